"""What readers search for is found where they look first, as judged query by query."""

import pytest

from benchmarks.judged import LEAST, judged_queries, rank, shown
from guidelines.models import Guideline, Section

pytestmark = pytest.mark.django_db
QUERIES = judged_queries()


@pytest.fixture(scope="module")
def ranks():
    """The rank of each section asked for, as the queries of the module were asked."""
    return {}


def test_at_least_150_queries_are_judged_for_every_sentence():
    assert len(QUERIES) >= 150
    by_sentence = [judged.says for judged in QUERIES]
    assert min(map(by_sentence.count, by_sentence)) >= 5


def test_judged_sections_are_in_the_texts():
    names = {judged.wanted for judged in QUERIES} | {judged.over for judged in QUERIES}
    names |= {judged.without for judged in QUERIES}
    known = {
        f"{code} {address}".strip()
        for code, address in Section.objects.values_list("edition__guideline__code", "address")
    }

    assert names - known - set(Guideline.objects.values_list("code", flat=True)) == {""}


@pytest.mark.parametrize("judged", QUERIES, ids=str)
def test_query_finds_what_was_judged(ranks, judged):
    places = shown(judged)

    names = [place.name for place in places]
    if judged.nothing:
        assert names == []
        return
    ranks[judged] = rank(judged, places)
    assert judged.wanted in names[: judged.lowest]
    place = places[names.index(judged.wanted)]
    assert judged.over not in names[: names.index(judged.wanted)]
    assert judged.without not in names
    assert place.edition == (judged.edition or place.edition)
    assert place.why == (judged.why or place.why)


def test_mean_reciprocal_rank_is_as_promised(ranks):
    # Of the queries asked before it in this module; all of them when it is run as a whole.
    if len(ranks) < 100:
        pytest.skip("only some of the queries were asked")
    assert sum(1 / place for place in ranks.values() if place) / len(ranks) >= LEAST
