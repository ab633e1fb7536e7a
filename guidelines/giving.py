"""Keeps in memory which published sections give duties, and the words by which these are found.

Every search counts the duties of what it finds, and few sections give any: to look through their
texts is far less work than to fetch all that is found.
"""

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from guidelines.models import Responsibility, SearchEntry


class Giver(NamedTuple):
    """A section that gives duties, by its entry in the index of the search."""

    pk: int
    strand: int
    changed_on: date
    # Pairs of the role's id and the phase.
    duties: frozenset[tuple[int, str]]
    # What it is found by: a line for each stream, and the stems; see SearchText.
    text: str
    stems: str


def givers(known, state) -> tuple[Giver, ...]:
    """The sections of some editions that give duties; `known` are their rows by their ids.

    `state` is another whenever a duty changed; see Days. A section of a translation that gives none
    of its own has those of its original.
    """
    editions = tuple((row.pk, row.seal, row.translation_of_id) for row in known.values())
    return _kept(editions, state)


# Of today and of a day that readers look back at.
@lru_cache(maxsize=2)
def _kept(editions, state):
    # The seals and the state are part of the question: with other texts it is another.
    originals = {pk: original for pk, _seal, original in editions}
    given = defaultdict(set)
    rows = Responsibility.objects.filter(section__search_entry__edition__in=originals)
    for pk, role, phase in rows.order_by().values_list("section__search_entry", "role", "phase"):
        given[pk].add((role, phase))
    by_strand = {}
    for pk, strand in _entries(given, "strand"):
        by_strand[pk >> 20, strand] = given[pk]
    translations = [pk for pk, original in originals.items() if original]
    entries = SearchEntry.objects.filter(edition__in=translations)
    for pk, strand in entries.order_by().values_list("pk", "strand"):
        duties = by_strand.get((originals[pk >> 20], strand))
        if duties and pk not in given:
            given[pk] = duties
    return tuple(
        Giver(pk, strand, changed_on, frozenset(given[pk]), f"{heading}\n{body}", stems)
        for pk, strand, changed_on, heading, body, stems in _entries(
            given, "strand", "changed_on", "text__heading", "text__body", "text__stems"
        )
    )


def _entries(pks, *fields):
    """The entries of some ids, some hundred at a time: (id, and the fields)."""
    pks = sorted(pks)
    for start in range(0, len(pks), 500):
        rows = SearchEntry.objects.filter(pk__in=pks[start : start + 500]).order_by()
        yield from rows.values_list("pk", *fields)
