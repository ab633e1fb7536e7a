"""What a query names itself comes first: a document by its code, a section by its printed place."""

from datetime import date

import pytest

from guidelines.places_meant import places_meant
from tests import factories

TODAY = date(2025, 6, 1)


@pytest.fixture
def texts(by):
    """DS-100, once 1001, whose text is that of the factories, and DS-310 without a text."""
    factories.published(factories.guideline("DS-100", former_codes=["1001"], title="標準"), by=by)
    factories.guideline("DS-310", title="クラウドの基本方針", title_en="Cloud policy")


def meant(query, language="ja", on=TODAY, **how):
    found = places_meant(query, on=on, language=language, **how)
    return [
        " ".join(
            filter(
                None,
                [one.guideline.code, one.entry and one.entry.address, one.is_near and "near"],
            )
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("第2編第2章", ["DS-100 2.2"]),
        ("第二編　第二章", ["DS-100 2.2"]),
        ("第２編第２章２．１）", ["DS-100 2.2.2.1"]),
        ("第2章", ["DS-100 1.2", "DS-100 2.2"]),
        ("2.2.2", ["DS-100 2.2.2"]),
        ("別紙2", ["DS-100 annex-2"]),
        ("別紙二", ["DS-100 annex-2"]),
        ("Part 2, Chapter 2", ["DS-100 2.2"]),
        ("annex 2", ["DS-100 annex-2"]),
        ("DS-100 2.2", ["DS-100 2.2", "DS-100"]),
        ("ｄｓ-100 第2編第2章", ["DS-100 2.2", "DS-100"]),
        ("DS-100第2編第2章", ["DS-100 2.2", "DS-100"]),
        ("1001 別紙2", ["DS-100 annex-2", "DS-100"]),
        ("DS-100の第2編第2章", ["DS-100 2.2", "DS-100"]),
        ("DS-100/2.2.1", ["DS-100 2.2.1", "DS-100"]),
        ("DS-100：第2編", ["DS-100 2", "DS-100"]),
        ("DS‐100", ["DS-100"]),
        ("DS–100", ["DS-100"]),
        ("DSー100", ["DS-100"]),
        ("DS100", ["DS-100"]),
        ("ＤＳ１００", ["DS-100"]),
        ("ds 100 2.2.1", ["DS-100 2.2.1", "DS-100"]),
        ("ds100 別紙第二", ["DS-100 annex-2", "DS-100"]),
        ("標準 第2編第2章", ["DS-100 2.2"]),
        ("「標準」の第二編第二章", ["DS-100 2.2"]),
        ("クラウドの基本方針 第2編", []),
        ("別紙第2", ["DS-100 annex-2"]),
        ("第2編2章", ["DS-100 2.2"]),
        ("２編２章２", ["DS-100 2.2.2"]),
        ("第Ⅱ編", ["DS-100 2"]),
        ("Part II", ["DS-100 2"]),
        ("section 2.2.1", ["DS-100 2.2.1"]),
        ("DS-100 2-2-1", ["DS-100 2.2.1", "DS-100"]),
        ("第2編第2章2.（1）", ["DS-100 2.2.2.1"]),
        ("第2編 第2章 組織体制", ["DS-100 2.2"]),
        ("第2章 組織体制", ["DS-100 2.2"]),
        ("第2章 ほかの題", []),
        ("第2編第2章に基づく", ["DS-100 2.2"]),
        ("2.2.2 体制", ["DS-100 2.2.2"]),
        ("DS-100 2.2 体制", ["DS-100 2.2", "DS-100"]),
        ("体制 DS-100", ["DS-100"]),
        ("第2編第2章9.", ["DS-100 2.2 near"]),
        ("DS-100 2.9", ["DS-100 2 near", "DS-100"]),
        ("2つの体制", []),
        ("1001", ["DS-100"]),
        ("ds-310", ["DS-310"]),
        ("DS-310 3.2", ["DS-310"]),
        ("DS-100 組織", ["DS-100"]),
    ],
)
def test_a_code_and_a_place_are_known_however_they_are_written(texts, query, expected):
    assert meant(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "\0",
        "第９９編",
        "組織体制",
        "(\"' OR 1=1",
        "😀",
        "第",
        "DS-",
        "DS-100.2",
        "DS1002",
        "無い題 第2編",
        "2018年",
        "-",
        "A" * 9999,
    ],
)
def test_what_names_nothing_means_nothing(texts, query):
    assert meant(query) == []


def test_a_place_is_one_of_the_document_searched(texts, by):
    factories.published(factories.guideline("DS-500", position="informative"), by=by)

    assert meant("第2編第2章", document="DS-500") == ["DS-500 2.2"]


def test_readers_of_english_are_led_into_the_translation(guideline):
    found = places_meant("Part 1", on=date(2019, 1, 1), language="en")
    found += places_meant("第2章", on=date(2019, 1, 1), language="en", document=guideline.code)

    assert {one.edition.language for one in found} == {"en"}


def test_a_future_edition_has_no_places_yet(by):
    factories.published(factories.guideline("DS-100"), day="2030-03-30", by=by)

    assert meant("第2編第2章") == []
