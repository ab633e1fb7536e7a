"""Finds what a query names itself: a document by its code, a section by its printed place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from guidelines.citing import place
from guidelines.contents import Entry, contents_of
from guidelines.documents_meant import catalogue, coded, entitled
from guidelines.folding import fold
from guidelines.models import Edition, Guideline
from guidelines.numbering import KANJI, same_place

# 「第4章」 is in many parts of a text.
MOST_PLACES = 5
# Of a place that does not begin with the outermost number: 「第2章」 of 第2編.
_INNER = re.compile("第|[別附付参様]|step")
_NAMES = "別紙|別添|別表|付録|附録|附属書|参考|様式"
# Where a place begins, after the title of its document: 「解説書第3編」.
_BEGIN = re.compile(
    rf"第[\d{KANJI}]|(?:{_NAMES})第?[\d{KANJI}a-z]|(?<![\d.])\d+(?:\.\d+)*"
    r"|(?:part|chapter|section|annex|appendix|step)[ .]?\d"
)
# What every place has: a number, or the name of an annex.
_NUMBERED = re.compile(
    rf"\d|[{KANJI}]|(?:{_NAMES})[a-z]"
    r"|^(?:[別附付参様]|annex|appendix|[ア-ン]\)?$|[a-z][.)]?$|[ivx]+[.)]?$)"
)


@dataclass(frozen=True)
class Meant:
    """A document, or a section of one, that a query names; without an edition it has no text."""

    guideline: Guideline
    edition: Edition | None
    # None for the document as a whole.
    entry: Entry | None = None
    # The sections around it, the outermost first.
    above: tuple[Entry, ...] = ()

    @property
    def why(self):
        """Why it stands before everything that only has the words."""
        return _("番号が一致") if self.entry else _("文書番号が一致")


def places_meant(query, *, on, language, document=""):
    """What a query such as 「第2編第2章」, 「DS-310 3.2」 or 「1001」 names; the places first.

    A place is one of the document whose code or title stands before it; else of `document`, a code,
    or of the first rule of the set.
    """
    words = fold(query.replace("\0", " "))
    if not _NUMBERED.search(words):
        return []
    documents = catalogue()
    named, rest = coded(words, documents)
    if named:
        guideline = Guideline.objects.get(pk=named.pk)
        edition = _edition(named.code, on, language)
        return [*(_placed(rest, edition) if edition else []), Meant(guideline, edition)]
    begin = _BEGIN.search(words)
    if begin and begin.start() and (named := entitled(words[: begin.start()], documents)):
        document, words = named.code, words[begin.start() :]
    edition = _edition(document, on, language)
    return _placed(words, edition) if edition else []


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
    """The section of an edition at a printed place, or those that have it inside of others."""
    entries = _by_place(edition, edition.seal)
    wanted = same_place(printed)
    found = [entries[wanted]] if wanted in entries else []
    if not found and _INNER.match(wanted):
        inner = {one[0].key: one for there, one in entries.items() if there.endswith(wanted)}
        found = list(inner.values())[:MOST_PLACES]
    return [Meant(edition.guideline, edition, entry, tuple(above)) for entry, above in found]


@lru_cache(maxsize=64)
def _by_place(edition, seal):
    """The sections of a published edition by their places, as printed and as in addresses."""
    # The seal is part of the question: another text under the same id would have another.
    entries = [pair for pair in contents_of(edition).walk() if pair[0].number]
    by_place = {same_place(entry.address): (entry, above) for entry, above in entries}
    return by_place | {
        same_place(place(entry, above, language="ja")): (entry, above) for entry, above in entries
    }
