"""Finds what a query names itself: a document by its code, a section by its printed place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from guidelines.citing import place
from guidelines.contents import Entry, contents_of
from guidelines.models import Edition, Guideline
from guidelines.numbering import fold, same_place

# A code, and what follows it: 「DS-100第2編」 has no blank between the two.
_CODED = re.compile(r"([a-z0-9]+(?:[-.‐−][a-z0-9]+)*)(?![a-z0-9])(.*)", re.IGNORECASE | re.DOTALL)
# Of a place that does not begin with the outermost number, which: 「第2章」 of 第2編.
_INNER = re.compile("[第別附付]")


# What every place has: a number, or the name of an annex.
_NUMBERED = re.compile(
    r"\d|[〇一二三四五六七八九十百]|^(?:[別附付参様]|annex|appendix|[ア-ン]\)?$|[a-z][.)]?$|[ivx]+[.)]?$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Meant:
    """A document, or a section of one, that a query names; without an edition it has no text."""

    guideline: Guideline
    edition: Edition | None
    # None for the document as a whole.
    entry: Entry | None = None

    @property
    def why(self):
        """Why it stands before everything that only has the words."""
        return _("番号が一致") if self.entry else _("文書番号が一致")


def places_meant(query, *, on, language, document=""):
    """What a query such as 「第2編第2章」, 「DS-310 3.2」 or 「1001」 names; the place first.

    A place without a code is one of `document`, a code, or else of the first rule of the set.
    """
    query = fold(query.replace("\0", " "))
    if not any(sign.isalnum() for sign in query):
        return []
    coded = _CODED.match(query)
    code = re.sub("[‐−]", "-", coded[1]) if coded else ""
    guideline = Guideline.objects.coded(code).first() if code else None
    if guideline is None and not _NUMBERED.search(query):
        return []
    if guideline is None:
        edition = _edition(document, on, language)
        return _placed(query, edition) if edition else []
    edition = _edition(guideline.code, on, language)
    placed = _placed(coded[2], edition) if coded and edition else []
    return [*placed, Meant(guideline, edition)]


def _edition(code, on, language):
    """The edition in force of a document, or of the first rule; for its readers a translation."""
    official = (
        Edition.objects.in_force(on)
        .filter(guideline__code=code)
        .select_related("guideline")
        .first()
        if code
        else Edition.objects.foremost(on)
    )
    if official is None or official.language == language:
        return official
    translation = official.translations.published().filter(language=language)
    return translation.select_related("guideline").first() or official


def _placed(printed, edition):
    entries = _by_place(edition, edition.seal)
    wanted = same_place(printed)
    entry = entries.get(wanted)
    if entry is None and _INNER.match(wanted):
        # 「第3章」 alone is the first of that number.
        entry = next((one for there, one in entries.items() if there.endswith(wanted)), None)
    return [Meant(edition.guideline, edition, entry)] if entry else []


@lru_cache(maxsize=64)
def _by_place(edition, seal):
    """The sections of a published edition by their places, as printed and as in addresses."""
    # The seal is part of the question: another text under the same id would have another.
    entries = [pair for pair in contents_of(edition).walk() if pair[0].number]
    by_place = {same_place(entry.address): entry for entry, _above in entries}
    return by_place | {
        same_place(place(entry, above, language="ja")): entry for entry, above in entries
    }
