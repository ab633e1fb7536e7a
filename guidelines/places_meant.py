"""Finds what a query names itself: a document by its code, a section by its printed place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from guidelines.citing import place
from guidelines.contents import Entry, contents_of
from guidelines.documents_meant import BETWEEN, catalogue, coded, entitled
from guidelines.folding import fold
from guidelines.models import Edition, Guideline
from guidelines.numbering import ANNEXES, KANJI, PLACE_BEGINS, same_place

# 「第4章」 is in many parts of a text.
MOST_PLACES = 5
# How many documents of a title are looked through for a place.
MOST_ENTITLED = 5
# Of a place that does not begin with the outermost number: 「第2章」 of 第2編.
_INNER = re.compile(r"(?:第\d+[編部章節款目条])+|(?:[別附付参様]\D+|step)\d+")
# Places that are no mere number, which may begin any text.
_CERTAIN = re.compile(r"第|[別附付参様]|step|\d+\.\d")
# The last step of a place: 「1)」 of 「第2章1.1)」, 「2」 of 「1.2」.
_LAST = re.compile(r"(?:第\d+[編部章節款目条]|\.?[\dア-ンa-z]+[.)]?)$")
# What every place has: a number, or the name of an annex.
_NUMBERED = re.compile(
    rf"\d|[{KANJI}]|(?:{ANNEXES}|第)[a-z]"
    r"|^(?:[別附付参様]|annex|appendix|part|[ア-ン]\)?$|[a-z][.)]?$|[ivx]+[.)]?$)"
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
    # Whether it is only what is around the place named, which is not there.
    is_near: bool = False

    @property
    def why(self):
        """Why it stands before everything that only has the words."""
        if self.is_near:
            return _("その上の節")
        return _("番号が一致") if self.entry else _("文書番号が一致")


def places_meant(query, *, on, language, document="", documents=()):
    """What a query such as 「第2編第2章」, 「DS-310 3.2」 or 「1001」 names; the places first.

    A place is one of the document whose code or title stands before it; else of `document`, a code,
    or of the first rule of the set. `documents` are the catalogue, where somebody has it at hand.
    """
    query = query.replace("\0", " ").strip()
    words = fold(query)
    if not _NUMBERED.search(words):
        return []
    documents = documents or catalogue()
    if named := coded(query, documents):
        code, rest = named.document.code, fold(named.behind).strip(BETWEEN)
        edition = _edition(code, on, language)
        placed = _placed(rest, edition) if edition and rest and not named.before else []
        guideline = edition.guideline if edition else Guideline.objects.get(code=code)
        return [*placed, Meant(guideline, edition)]
    begin = PLACE_BEGINS.search(words)
    if begin and begin.start():
        for one in entitled(words[: begin.start()], documents)[:MOST_ENTITLED]:
            edition = _edition(one.code, on, language)
            if edition and (placed := _placed(words[begin.start() :], edition)):
                return placed
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
    """The section of an edition at a printed place, perhaps with its title or other words behind.

    Else those that have the place inside of others, or what is around a place that is not there.
    """
    entries = _by_place(edition, edition.seal)
    wanted = same_place(printed)
    found = [entries[wanted]] if wanted in entries else _begun(wanted, entries)
    if not found and (inner := _INNER.match(wanted)):
        title = wanted[inner.end() :]
        found = [
            pair
            for there, pair in entries.items()
            if there.endswith(inner[0]) and title in _even(pair[0].title)
        ]
    unlike = {pair[0].key: pair for pair in found}
    meant = [
        Meant(edition.guideline, edition, entry, tuple(above)) for entry, above in unlike.values()
    ]
    return meant[:MOST_PLACES] or _around(wanted, entries, edition)


def _begun(wanted, entries):
    """What is at the longest place that some words begin with, before its title or other words."""
    there = max((one for one in entries if wanted.startswith(one)), key=len, default="")
    rest = wanted[len(there) :]
    if not there or re.match(r"[\d.a-z)編部章節款目条]", rest):
        return []
    is_meant = _CERTAIN.match(there) or rest in _even(entries[there][0].title)
    return [entries[there]] if is_meant else []


def _around(wanted, entries, edition):
    """The nearest section around a place that is not there."""
    if not _CERTAIN.match(wanted):
        return []
    while (last := _LAST.search(wanted)) and last.start():
        wanted = wanted[: last.start()]
        if wanted in entries:
            entry, above = entries[wanted]
            return [Meant(edition.guideline, edition, entry, tuple(above), is_near=True)]
    return []


def _even(title):
    return re.sub(r"[\s,、]", "", fold(title))


@lru_cache(maxsize=64)
def _by_place(edition, seal):
    """The sections of a published edition by their places, as printed and as in addresses."""
    # The seal is part of the question: another text under the same id would have another.
    entries = [pair for pair in contents_of(edition).walk() if pair[0].number]
    by_place = {same_place(entry.address): (entry, above) for entry, above in entries}
    return by_place | {
        same_place(place(entry, above, language="ja")): (entry, above) for entry, above in entries
    }
