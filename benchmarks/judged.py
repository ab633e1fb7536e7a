"""How near to the top the search shows the sections that queries were judged to ask for.

The queries are those of tests/search/judged.toml; tests/demo/test_judged.py asks of each what was
judged of it. They are asked of the demonstration set alone.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure
from guidelines.places_meant import places_meant
from guidelines.querying import parse
from guidelines.searching import Narrowing, search
from guidelines.synonyms import groups

JUDGED = Path(__file__).resolve().parent.parent / "tests" / "search" / "judged.toml"
# Promised for the mean of the reciprocal ranks.
LEAST = 0.9


@dataclass(frozen=True)
class Judged:
    """A query with what must be found for it."""

    query: str
    says: str
    on: date
    # The code of a document and the address of a section in it; see the head of the list.
    first: str = ""
    near: str = ""
    nothing: bool = False
    over: str = ""
    without: str = ""
    language: str = "ja"
    scope: str = "in_force"
    past_day: date | None = None
    edition: date | None = None
    why: str = ""

    def __str__(self):
        return f"{self.query} ({self.language}, {self.past_day or self.scope})"

    @property
    def wanted(self) -> str:
        """The section asked for; empty where nothing is to be found."""
        return self.first or self.near

    @property
    def lowest(self) -> int:
        """The lowest rank at which it may stand."""
        return 1 if self.first else 3


class Place(NamedTuple):
    """Something that a page of the search shows: where it stands, of which day, and why."""

    name: str
    edition: date | None
    why: str


def judged_queries() -> list[Judged]:
    """The queries in the order of the list."""
    judged = tomllib.loads(JUDGED.read_text())
    return [
        Judged(says=sentence["says"], **{"on": judged["on"]} | query)
        for sentence in judged["sentences"]
        for query in sentence["queries"]
    ]


def shown(judged: Judged) -> list[Place]:
    """What the first page shows for a query, from the top."""
    on, language = judged.past_day or judged.on, judged.language
    meant = places_meant(judged.query, on=on, language=language)
    query = parse(judged.query).with_synonyms(groups(on, language))
    narrowing = Narrowing(
        scope="day" if judged.past_day else judged.scope,
        day=judged.past_day,
    )
    found = search(query, narrowing=narrowing, on=judged.on, language=language)
    places = [_place(one.guideline.code, one.edition, one.entry, "place") for one in meant]
    places += [_place(hit.edition.document, hit.edition, hit.entry, hit.why) for hit in found.hits]
    known: dict[str, Place] = {}
    for place in places:
        known.setdefault(place.name, place)
    return list(known.values())


def rank(judged: Judged, places: list[Place]) -> int:
    """At which rank the section asked for is shown; 0 where it is not."""
    names = [place.name for place in places]
    return names.index(judged.wanted) + 1 if judged.wanted in names else 0


def mean_reciprocal_rank() -> float:
    """The mean over all queries that ask for a section; 1 if each had it on top."""
    asking = [judged for judged in judged_queries() if judged.wanted]
    ranks = [rank(judged, shown(judged)) for judged in asking]
    return sum(1 / place for place in ranks if place) / len(asking)


def judged() -> list[Figure]:
    """The mean reciprocal rank on the demonstration set, which must be all there is."""
    count = len(judged_queries())
    what = f"search, mean reciprocal rank of {count} judged queries (at least {LEAST})"
    return [Figure(what, mean_reciprocal_rank(), "")]


def _place(code, edition, entry, why):
    address = entry.address if entry else ""
    name = f"{code} {address}".strip()
    return Place(name, edition.decided_on if edition else None, why)
