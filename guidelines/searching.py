"""Finds sections by their words, ranks them, and counts what each way of narrowing would leave.

What is found is exact: every section that has the words, however many. Of very many, those of rules
and with the words in their headings are ranked first; the others are ranked as a page shows them.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter

from guidelines.contents import FIELDS, Entry
from guidelines.grams import store
from guidelines.models import Edition, SearchEntry
from guidelines.narrowing import Days, Narrowing, Reach, Reached
from guidelines.plain import plain_text
from guidelines.ranking import TERM, TEXT, TITLE, Texts, worth
from guidelines.search_index import body_of
from guidelines.snippets import snippet
from guidelines.tallying import Tally, facets

# Of what is found, how many are compared with one another.
MOST_RANKED = 150
# A word in more sections tells them apart by their headings alone.
COMMON = 3_000
# What a page shows: documents, and sections of each; sections where one document is searched.
DOCUMENTS, SECTIONS, ALONE = 8, 3, 20
_WHY = {TERM: "term", TITLE: "title"}
# Read without the models, as every search does it.
_COLUMNS = ", ".join(f"s.{name}" for name in FIELDS)


@dataclass(frozen=True)
class Hit:
    """A section that was found."""

    edition: Reached
    entry: Entry
    # The sections around it, the outermost first.
    breadcrumb: list[Entry]
    # Safe HTML with the words marked.
    snippet: str
    # What it goes before others for: "term", "title", or nothing.
    why: str = ""
    # How many other editions have it too, where past ones are searched.
    past: int = 0
    # Whether the words are in its text; of what stands before it all, some are on the cover alone.
    is_in_text: bool = True

    @property
    def key(self):
        """The permanent key of the section."""
        return self.entry.key

    @property
    def address(self):
        """The address of the section in its edition; empty for what stands before it all."""
        return self.entry.address

    @property
    def number(self):
        """The number as printed."""
        return self.entry.number

    @property
    def title(self):
        """The heading; of what stands before the first one, the title of the edition."""
        return self.entry.title if self.entry.level else self.edition.title


@dataclass(frozen=True)
class Group:
    """What was found in one document: some hits, and how many more there are after them."""

    # Its code.
    document: str
    hits: list[Hit]
    more: int = 0


@dataclass(frozen=True)
class Found:
    """A page of what was found."""

    total: int = 0
    groups: list[Group] = field(default_factory=list)
    # By what can be narrowed by: (value, label, how many there would be), in order.
    facets: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    # In seconds.
    took: float = 0.0

    @property
    def hits(self):
        """The hits of every document on the page in a row."""
        return [hit for group in self.groups for hit in group.hits]


def search(query, *, narrowing=None, on, language, page=1, days=None):
    """What of the published texts fulfils a query on a day, as narrowed, for a reader.

    `query` comes from querying.parse, perhaps with synonyms. What is not in force yet on the day is
    never found. A page that is not there is the last. Searches with the same `days` read the
    editions once.
    """
    began = perf_counter()
    if not query:
        return Found(took=perf_counter() - began)
    kept = store()
    reach = _reach(narrowing, on, language, days)
    with kept.planned():
        tally = Tally(query, reach, kept)
        ranking = _Ranking(query, tally)
        page = max(1, min(page, ranking.pages))
        return Found(
            total=tally.total,
            groups=ranking.groups(page),
            facets=facets(tally),
            page=page,
            pages=ranking.pages,
            took=perf_counter() - began,
        )


def count_found(query, *, narrowing=None, on, language, days=None):
    """How many sections a search finds, at a fraction of the price of showing them."""
    if not query:
        return 0
    kept = store()
    reach = _reach(narrowing, on, language, days)
    with kept.planned():
        return Tally(query, reach, kept).total


def section_ids(query, *, narrowing=None, on, language):
    """The ids of all the sections that a search finds."""
    if not query:
        return set()
    kept = store()
    reach = _reach(narrowing, on, language, None)
    with kept.planned():
        tally = Tally(query, reach, kept)
        entries = SearchEntry.objects.filter(pk__in=tally.ids())
        return set(entries.values_list("section", flat=True))


def _reach(narrowing, on, language, days):
    days = Days() if days is None else days
    return Reach(narrowing or Narrowing(), on=on, language=language, days=days)


class _Ranking:
    """What is found in the order in which it is shown, by documents."""

    def __init__(self, query, tally):
        self.query, self.tally, self.reach = query, tally, tally.reach
        self.is_alone = bool(self.reach.narrowing.document)
        self.counts = tally.by_guideline
        self.ranked = self._ranked(self._candidates())

    @property
    def pages(self):
        """How many pages there are."""
        if self.is_alone:
            return max(1, math.ceil(self.tally.total / ALONE))
        return max(1, math.ceil(len(self.counts) / DOCUMENTS))

    def groups(self, page):
        """The documents of a page with their first hits."""
        chosen, more = {}, {}
        if self.is_alone:
            start = (page - 1) * ALONE
            for guideline, count in self.counts.items():
                chosen[guideline] = self._in_a_row(guideline, start + ALONE)[start:]
                more[guideline] = count - start - len(chosen[guideline])
        else:
            order = [*self.ranked, *self._unranked()]
            order = order[(page - 1) * DOCUMENTS : page * DOCUMENTS]
            # Of a document of which nothing was ranked, what comes first in it.
            firsts = self.tally.firsts([pk for pk in order if pk not in self.ranked])
            for guideline in order:
                ranked = self.ranked.get(guideline) or [(firsts[guideline], TEXT)]
                chosen[guideline] = ranked[:SECTIONS]
                more[guideline] = self.counts[guideline] - len(chosen[guideline])
        hits = self._hits([pair for some in chosen.values() for pair in some])
        return [
            Group(found[0].edition.document, found, max(0, more[guideline]))
            for guideline, some in chosen.items()
            if (found := [hits[pk] for pk, _tier in some if pk in hits])
        ]

    def _in_a_row(self, guideline, count):
        """The first hits of the one document that is searched: the ranked, then as they stand."""
        row = self.ranked.get(guideline, [])
        if len(row) < min(count, self.counts[guideline]):
            known = {pk for pk, _tier in row}
            others = self.tally.some(self.reach.chosen)
            row = [*row, *((pk, TEXT) for pk in others if pk not in known)]
        return row[:count]

    def _unranked(self):
        """The documents of which nothing was compared, rules first."""
        rules = {
            row.guideline for pk, row in self.reach.known.items() if self.reach.is_normative(pk)
        }
        others = [pk for pk in self.counts if pk not in self.ranked]
        return sorted(others, key=lambda pk: pk not in rules)

    def _candidates(self):
        """The ids that are compared with one another: all, or the likeliest of very many."""
        tally, chosen = self.tally, self.reach.chosen
        if tally.is_of_duties or tally.total <= MOST_RANKED:
            return tally.some(chosen, most=MOST_RANKED)
        found = dict.fromkeys(tally.some(chosen, most=MOST_RANKED, in_heading=True))
        if tally.total <= COMMON:
            normative = set(filter(self.reach.is_normative, chosen))
            for editions in (normative, chosen - normative):
                if len(found) < MOST_RANKED and editions:
                    found |= dict.fromkeys(tally.some(editions, most=MOST_RANKED - len(found)))
        return list(found)

    def _ranked(self, pks):
        """By document, the best first: pairs of an id and what it is before others for."""
        reach, found = self.reach, []
        for pk, *texts in self.tally.texts(pks):
            edition = pk >> 20
            tier, heading, text = worth(self.query, Texts(*texts)).order
            # Of the same heading, what is to be observed goes before what explains it.
            order = (tier, reach.is_past(edition), heading, not reach.is_normative(edition), text)
            found.append((*order, reach.order[edition], pk))
        by_guideline = defaultdict(list)
        for tier, *_order, pk in sorted(found):
            by_guideline[reach.known[pk >> 20].guideline].append((pk, tier))
        return dict(by_guideline)

    def _hits(self, pairs):
        """The hit of each id, with what a page shows of it."""
        shown = {pk: pk for pk, _tier in pairs}
        past = {}
        if self.reach.is_folded:
            shown, past = self.tally.newest([pk for pk, _tier in pairs])
        rows = self._read(shown.values())
        covers = self._covers(pk for pk, (entry, _html) in rows.items() if not entry.level)
        above = self._above(rows)
        hits = {}
        for pk, tier in pairs:
            entry, html = rows[shown[pk]]
            edition = shown[pk] >> 20
            text = body_of(covers.get(edition), html, is_root=not entry.level)
            known = self.reach.known[edition]
            # A document is also found by its code, which is not in its title.
            is_by_code = not entry.level and tier == TITLE and not self.query.spans(known.title)
            hits[pk] = Hit(
                known,
                entry,
                above[shown[pk]],
                snippet(text, self.query),
                "" if is_by_code else _WHY.get(tier, ""),
                past.get(pk, 0),
                bool(entry.level or self.query.spans(plain_text(html))),
            )
        return hits

    def _covers(self, pks):
        """The editions of which what stands before the first heading is shown."""
        editions = {pk >> 20 for pk in pks}
        return Edition.objects.in_bulk(editions) if editions else {}

    def _read(self, pks):
        """The section of each id as the contents show it, and its HTML."""
        one_of, params = self.tally.kept.one_of(pks, "e.id")
        rows = self.tally.kept.fetch(
            f"SELECT e.id, s.html, {_COLUMNS} FROM guidelines_searchentry e"
            f" JOIN guidelines_section s ON s.id = e.section_id WHERE {one_of}",
            params,
        )
        return {pk: (Entry._make(fields), html) for pk, html, *fields in rows}

    def _above(self, pks):
        """The sections around that of each id, the outermost first."""
        one_of, params = self.tally.kept.one_of(pks, "e.id")
        rows = self.tally.kept.fetch(
            f"WITH RECURSIVE up AS (SELECT e.id AS pk, 0 AS far, s.parent_id, {_COLUMNS}"
            " FROM guidelines_searchentry e JOIN guidelines_section s ON s.id = e.section_id"
            f" WHERE {one_of} UNION ALL SELECT up.pk, up.far + 1, s.parent_id, {_COLUMNS}"
            # CROSS, as SQLite would otherwise begin with the sections.
            " FROM up CROSS JOIN guidelines_section s WHERE s.id = up.parent_id)"
            f" SELECT pk, {', '.join(FIELDS)} FROM up WHERE far > 0 AND level > 0"
            " ORDER BY far DESC",
            params,
        )
        above = {pk: [] for pk in pks}
        for pk, *fields in rows:
            above[pk].append(Entry._make(fields))
        return above
