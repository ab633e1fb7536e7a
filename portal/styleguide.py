"""What the page of the components shows: colours, and specimens taken from the set itself."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from guidelines.document import Document
from guidelines.models import Edition
from portal.changes import draw, lately

# The colours by their names in base.css, and what each is for.
COLOURS = (
    ("ink", _("文字")),
    ("quiet", _("補足の文字")),
    ("paper", _("地")),
    ("shade", _("区切りの地")),
    ("line", _("罫線")),
    ("edge", _("入力の枠")),
    ("link", _("リンク")),
    ("visited", _("訪れたリンク")),
    ("accent", _("主な色")),
    ("good", _("現行")),
    ("warn", _("注意")),
    ("bad", _("過去、廃止、誤り")),
)
# As many entries of the contents as a specimen needs.
ENTRIES = 12


def specimens(on: date, *, language: str) -> dict[str, object]:
    """What the template fits into the components; without a text in force, what needs none."""
    shown: dict[str, object] = {"colours": COLOURS, "drawing": draw(lately(on))}
    foremost = Edition.objects.foremost(on)
    if foremost:
        document = Document(foremost.guideline, on=on, language=language)
        first = document.contents.entries[:ENTRIES]
        shown["document"] = document
        shown["contents"] = document.contents.draw(document.root, only=first)
    return shown
