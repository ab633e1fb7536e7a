"""Takes in the pictures that a Markdown text shows from beside it; none is ever fetched."""

import html
import re

from django.utils.translation import gettext as _

from guidelines.importing.bundle import Archive, Folder
from guidelines.importing.pictures import SHOWN, Pictures
from guidelines.importing.source import Fate
from guidelines.importing.straightening import straighten

_MARKDOWN = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(\s*(?P<src>(?:[^()\s<>]|\([^()\s]*\))+)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""")
_HTML = re.compile(r"<img\b(?P<rest>[^>]*)>", re.IGNORECASE)
_PORTAL = re.compile(r"/files/[0-9a-f]{64}/[^/]+")


class LocalPictures:
    """Replaces the addresses of pictures in a text by those of the portal.

    `account(kind, fate, how)` is told of pictures that stay out, `images` counts the others.
    """

    def __init__(self, files: Folder | Archive, *, name: str, account):
        self.files = files
        self.pictures = Pictures(name)
        self.account = account
        self.images = 0

    def take_in(self, text: str, *, place: str) -> str:
        """The text with its pictures taken in; the marks of those left out are gone."""
        if "](<" in text or re.search(r"!\[[^\]]*\]\s?\[", text):
            text = straighten(text)[0]
        text = _MARKDOWN.sub(
            lambda match: self._replace(
                match["src"], match["alt"], match[0], place, "![{alt}]({src})"
            ),
            text,
        )
        return _HTML.sub(lambda match: self._replace_element(match, place), text)

    def _replace_element(self, match, place):
        found = {
            name.lower(): html.unescape("".join(values))
            for name, *values in _ATTRIBUTE.findall(match["rest"])
        }
        form = '<img src="{src}" alt="{alt}">'
        alt = html.escape(found.get("alt", ""))
        return self._replace(found.get("src", ""), alt, match[0], place, form)

    def _replace(self, address, alt, whole, place, form):
        if _PORTAL.fullmatch(address):
            self.images += 1
            return whole
        content = self.files.content(address) if address else None
        picture = self.pictures.keep(content, address, place=place) if content else None
        if picture is None:
            how = _("図「%s」がファイルと一緒に渡されていないため") % (address or whole)[:80]
            if address.lower().startswith(("http:", "https:", "//", "data:")):
                how = _("図「%s」はファイルの外にあり、読みに行かないため") % address[:80]
            self.account(_("図"), Fate.LEFT_OUT, how)
            return ""
        self.images += 1
        if picture.media_type not in SHOWN:
            kind = picture.name.rpartition(".")[2].upper()
            how = _("%s形式はブラウザで表示できないため、ダウンロードするファイルにしました") % kind
            self.account(_("図"), Fate.TURNED, how)
            label = alt or _("図（%s）") % kind
            return f'<a href="{picture.address}">{label}</a>'
        if not alt:
            how = _("図「%s」に代替テキストがありません") % picture.name
            self.account(_("図"), Fate.IMPORTED, how)
        return form.format(src=picture.address, alt=alt)
