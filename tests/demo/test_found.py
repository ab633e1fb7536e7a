"""A search finds what a plain look through every text finds, for whatever part of whatever text."""

import random
from bisect import bisect
from collections import defaultdict
from datetime import date
from functools import cache

import pytest

from guidelines.folding import fold, stream
from guidelines.grams.pieces import FREQUENT
from guidelines.models import SearchEntry, Section
from guidelines.narrowing import Narrowing
from guidelines.querying import parse, stems
from guidelines.search_index import text_of
from guidelines.searching import search, section_ids
from tests.searched import OPERATOR

hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")
given, settings, st = hypothesis.given, hypothesis.settings, hypothesis.strategies
pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 1)
EVERYTHING = Narrowing(scope="all", language="ja")
PARTS = 500


def _stream(text):
    return stream(fold(text, digits=False))


class Looking:
    """A plain look through all texts: these stand in a row, and every occurrence is gone to."""

    def __init__(self, texts):
        self._ids, self._starts, lines, at = [], [], [], 0
        self._by_stem = defaultdict(set)
        for pk, text in texts.items():
            for line in map(_stream, text):
                self._ids.append(pk)
                self._starts.append(at)
                lines.append(line)
                at += len(line) + 1
                for stem in stems(line):
                    self._by_stem[stem].add(pk)
        # Nothing that is searched for has a line break.
        self._text = "\n".join(lines) + "\n"
        self.all = set(texts)

    def having(self, form):
        """The sections that have a part of a stream somewhere."""
        found, at = set(), self._text.find(form)
        while at >= 0:
            place = bisect(self._starts, at) - 1
            found.add(self._ids[place])
            at = self._text.find(form, self._text.index("\n", at))
        return found

    def fulfilling(self, query):
        """The sections that fulfil a query."""
        found = set()
        for clause in parse(query).any_of:
            wanted = [self._answering(word) for word in clause.all_of]
            unwanted = [self._answering(word) for word in clause.none_of]
            found |= self.all.intersection(*wanted).difference(*unwanted)
        return found

    @cache  # noqa: B019 — as long as the texts
    def _answering(self, word):
        found = set().union(*map(self.having, word.forms))
        return found | self._by_stem[word.stem] if word.stem else found


@pytest.fixture(scope="module")
def texts():
    """Every published section with its heading and text."""
    sections = Section.objects.filter(edition__status="published", edition__language="ja")
    return {
        section.pk: text_of(section, section.edition)
        for section in sections.select_related("edition__guideline")
    }


@pytest.fixture(scope="module")
def looking(texts):
    return Looking(texts)


def found(query):
    return section_ids(parse(query), narrowing=Narrowing(scope="all"), on=TODAY, language="ja")


def _is_one_run(part):
    """Whether a query is looked for just as it stands, without stems or other writings."""
    word, *others = parse(part).words
    return not others and not word.stem and len(word.forms) == 1 and " " not in word.forms[0]


def test_a_part_of_a_text_finds_its_section_and_all_that_have_it(texts, looking):
    chance = random.Random(20251201)
    sections, tried, single = sorted(texts), 0, 0
    while tried < PARTS:
        pk = chance.choice(sections)
        text = chance.choice(texts[pk])
        length = chance.randint(2, 10)
        start = chance.randrange(max(1, len(text) - length))
        part = text[start : start + length]
        if OPERATOR.search(part) or not _stream(part):
            continue
        tried += 1

        ids = found(part)

        assert pk in ids, part
        assert ids == looking.fulfilling(part), part
        if _is_one_run(part):
            single += 1
            assert ids == looking.having(_stream(part)), part
    assert single > PARTS / 4


WORDS = st.sampled_from(
    [
        *(
            "の",
            "府省",
            "PMO",
            "要件",
            "システム",
            "情報システム",
            "ガイドライン",
            "第3編",
            "第二編",
        ),
        *(
            "the",
            "policy",
            "IT",
            "1",
            "2.2",
            "別紙2",
            "するものとする",
            "プロジェクト推進組織",
            "x",
        ),
        *(
            "-調達",
            "-の",
            "OR",
            '"府省の"',
            '"情報システム"',
            "-プロジェクト",
            "-第2編第3章",
            "－IT",
        ),
    ]
)


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@given(query=st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_words_together_find_what_a_look_through_finds(looking, query):
    assert found(query) == looking.fulfilling(query)


@pytest.mark.parametrize("piece", [*"のをx録籠", *sorted(FREQUENT)[::10]])
def test_what_is_very_frequent_is_counted_right(looking, piece):
    total = search(parse(piece), narrowing=EVERYTHING, on=TODAY, language="ja").total

    strands = SearchEntry.objects.filter(section__in=looking.having(piece))
    assert total == strands.values("strand").distinct().count()
    in_force = search(parse(piece), on=TODAY, language="ja")
    assert in_force.total == len(
        section_ids(parse(piece), narrowing=Narrowing(), on=TODAY, language="ja")
    )


FACETS = ("document", "category", "position", "kind", "language", "role", "phase")


@pytest.mark.parametrize(
    "narrowing",
    [
        {},
        {"position": "normative"},
        {"document": "DS-100"},
        {"role": "pmo"},
        {"role": "pmo", "phase": "procurement"},
        {"phase": "procurement", "kind": "guideline"},
        {"scope": "all"},
        {"scope": "all", "role": "pmo"},
        {"scope": "all", "document": "DS-100"},
        {"scope": "day", "day": date(2019, 4, 1)},
        {"changed_since": date(2024, 1, 1)},
        {"language": "en"},
    ],
    ids=str,
)
@pytest.mark.parametrize("text", ["の", "PMO", "調達 OR the"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_count_is_what_the_choice_finds(text, narrowing, language):
    def found(**narrowing):
        return search(parse(text), narrowing=Narrowing(**narrowing), on=TODAY, language=language)

    facets = found(**narrowing).facets

    assert set(facets) == set(FACETS)
    for facet, choices in facets.items():
        for value, label, count in choices[:2]:
            assert label
            assert found(**narrowing | {facet: value}).total == count, (facet, value)
