"""Finds what the commentary and the guidebooks of a document say to one of its sections.

Which section of another document answers:

1. the one with the same address and a like title;
2. else the one with the same number of its own and the same title, as a guidebook for one part
   begins at another place of the numbering;
3. else those tied to the section, or to what is below it, by a stored link from either side: the
   nearest chapter around them all, or, where that would be most of a document, the first of them;
4. else the same is asked of the section around it, up to its chapter, and the reader is told so.

Where none of these finds anything, nothing answers.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from guidelines.contents import Entry
from guidelines.document import Document, Text
from guidelines.models import GuidelineRelation, Section
from guidelines.numbering import fold

LIKE = 0.6
# A chapter around all that is tied to a section is shown up to so many sections,
MOST_SECTIONS = 20
# else so many of those that are tied to it.
MOST_PARTS = 3
_REFERENCE = re.compile(r'href="set:s/(\w+)/')


class Part(NamedTuple):
    """A section that answers, with its text."""

    entry: Entry
    texts: list[Text]


@dataclass(frozen=True, slots=True)
class Column:
    """One document beside the others: what answers there and why, `around` which section."""

    document: Document
    # "asked" for the section itself, "number", "title", "link", or "" where nothing answers.
    why: str
    parts: list[Part] = field(default_factory=list)
    # The section above the one asked about, where only that is answered.
    around: Entry | None = None


def columns_of(document, entry):
    """The section itself, then each document that explains it, or that it explains, in turn."""
    columns = [_column(document, "asked", [entry])]
    for other in _companions(document):
        why, entries, around = _answer(document, entry, other)
        columns.append(_column(other, why, entries, around))
    return columns


def _column(document, why, entries, around=None):
    parts = [Part(one, document.plain_text(one, heading=3)) for one in entries]
    return Column(document, why, parts, around)


def _companions(document):
    """The documents tied to this one as commentary or guidebook, on either side, with a text."""
    guideline = document.guideline
    relations = (
        (guideline.relations_out.all() | guideline.relations_in.all())
        .filter(kind__in=[GuidelineRelation.Kind.EXPLAINS, GuidelineRelation.Kind.PRACTICE_FOR])
        .select_related("source", "target")
        .order_by("kind", "source__code", "target__code")
    )
    others = dict.fromkeys(
        relation.target if relation.source == guideline else relation.source
        for relation in relations
    )
    companions = Document.of_several(
        list(others), on=document.on, language=document.language, dated=document.dated
    )
    return [companion for companion in companions if companion.edition]


def _answer(document, entry, other):
    """Why and with which sections another document answers, and around which section."""
    for asked in [entry, *document.contents.above(entry)[::-1]]:
        if asked.level == 1 and entry.level > 1:
            break
        why, found = _answer_to(asked, document, other)
        if found:
            return why, found, None if asked is entry else asked
    return "", [], None


def _answer_to(asked, document, other):
    there = other.contents
    same = there.by_address.get(asked.address)
    if same and asked.number and _is_like(asked.title, same.title):
        return "number", [same]
    heading = (fold(asked.number), fold(asked.title))
    alike = [one for one in there.entries if (fold(one.number), fold(one.title)) == heading]
    if len(alike) == 1:
        return "title", alike
    below = {one.key for one in document.contents.entries if asked.lft <= one.lft <= asked.rght}
    tied = {there_key for there_key, here in _links(other) if here in below}
    tied |= {there_key for here, there_key in _links(document) if here in below}
    return "link", _nearest([one for one in there.entries if one.key in tied], there)


def _is_like(one, other):
    one, other = fold(one), fold(other)
    return one in other or other in one or SequenceMatcher(None, one, other).ratio() >= LIKE


def _nearest(entries, contents):
    """The chapter around all these sections, or the first of them where it would be too much."""
    if not entries:
        return []
    first, last = entries[0], entries[-1]
    for one in [first, *contents.above(first)[::-1]]:
        if last.rght <= one.rght and (one.rght - one.lft) // 2 < MOST_SECTIONS:
            return [one]
    outermost = []
    for one in entries:
        if not outermost or outermost[-1].rght < one.lft:
            outermost.append(one)
    return outermost[:MOST_PARTS]


def _links(document):
    """Each link from a section of the edition shown to one of another document, as two keys."""
    return _kept(document.edition, document.edition.seal)


@lru_cache(maxsize=64)
def _kept(edition, seal):
    # The seal is part of the question: another text under the same id would have another.
    rows = Section.objects.filter(tree_id=edition.pk, html__contains="set:s/")
    return [
        (key, target)
        for key, html in rows.values_list("key", "html")
        for target in _REFERENCE.findall(html)
    ]
