"""What is offered while somebody types, and what is asked when nothing is found."""

from datetime import date

import pytest
from django.utils import translation

from guidelines.respelling import did_you_mean
from guidelines.suggesting import suggest

pytestmark = pytest.mark.django_db
TODAY = date(2025, 12, 1)


def offered(text, language="ja", **how):
    with translation.override(language):
        return suggest(text, on=TODAY, language=language, **how)


@pytest.mark.parametrize(
    ("text", "first", "kind", "url"),
    [
        # Terms, by the beginning of the word, its reading or its abbreviation.
        ("要件", "要件定義", "term", "/guidelines/DS-130/gwhrp3rg/"),
        ("ようけん", "要件定義", "term", "/guidelines/DS-130/gwhrp3rg/"),
        ("ｐｍｏ", "PMO（府省内全体管理組織）", "term", "/guidelines/DS-130/hnpx8jcq/"),
        ("ガバメント・クラ", "ガバメントクラウド", "term", "/guidelines/DS-130/g6z5xrrn/"),
        # Codes, former ones too.
        (
            "ds1",
            "DS-100 デジタル・ガバメント推進標準ガイドライン",
            "document",
            "/guidelines/DS-100/",
        ),
        (
            "1001",
            "DS-100 デジタル・ガバメント推進標準ガイドライン",
            "document",
            "/guidelines/DS-100/",
        ),
        # Places, also before they are typed to the end.
        ("第2編第2章", "第2編第2章 組織体制", "place", "/guidelines/DS-100/2.2/"),
        ("第二編第二", "第2編第2章 組織体制", "place", "/guidelines/DS-100/2.2/"),
        ("Part 2 Chapter 2", "第2編第2章 組織体制", "place", "/guidelines/DS-100/2.2/"),
        ("別紙2", "別紙2 情報システムの経費区分", "place", "/guidelines/DS-100/annex-2/"),
        ("2.2", "第2編第2章 組織体制", "place", "/guidelines/DS-100/2.2/"),
        ("DS-310 3.2", "3.2 クラウドサービスの選定", "place", "/guidelines/DS-310/3.2/"),
        ("DS-100第3編第5", "第3編第5章 要件定義", "place", "/guidelines/DS-100/3.5/"),
        # Headings, and titles of documents.
        ("除算", "除算方式", "heading", "/guidelines/DS-100/3.6.1.2.2.a/"),
        (
            "実践ガイドブック",
            "DS-120 デジタル・ガバメント推進標準ガイドライン実践ガイドブック",
            "document",
            "/guidelines/DS-120/",
        ),
    ],
)
def test_the_likeliest_is_offered_first(text, first, kind, url):
    suggestion = offered(text)[0]

    assert (suggestion.text, suggestion.kind, suggestion.url) == (first, kind, url)


def test_an_english_reader_is_offered_translations_and_english_addresses():
    found = offered("requi", language="en")

    assert (found[0].text, found[0].url) == (
        "Requirements Definition",
        "/en/guidelines/DS-130/gwhrp3rg/",
    )


@pytest.mark.parametrize("text", ["Part 3, Chapter 5", "第三編第五章"])
def test_places_are_said_in_the_reader_s_language_and_typed_in_either(text):
    first = offered(text, language="en")[0]

    assert (first.text, first.url) == (
        "Part 3, Chapter 5 要件定義",
        "/en/guidelines/DS-100/3.5/",
    )


def test_terms_come_before_headings_and_rules_before_what_explains_them():
    found = offered("要件定義")

    assert [one.label.split(" ")[0] for one in found[:3]] == ["用語", "用語", "見出し"]
    documents = [one.where.split(" ")[0] for one in found if one.kind == "heading"]
    assert documents.index("DS-100") < documents.index("DS-110")


def test_a_heading_is_offered_once_a_document_with_where_it_stands():
    found = [one for one in offered("監査計画の策定") if one.text == "監査計画の策定"]

    assert [(one.where, one.label) for one in found] == [
        ("DS-100 第2編第10章1.", "見出し DS-100 第2編第10章1."),
    ]


def test_no_more_is_offered_than_asked_for():
    assert len(offered("の")) == 8
    assert len(offered("の", limit=3)) == 3


@pytest.mark.parametrize(
    "text", ["", "  ", "。", "\0", "zzzz", "長" * 61, "-", '"', "第", "%", "第零編", "\n"]
)
def test_whatever_is_typed_is_no_mistake(text):
    assert [one for one in offered(text) if text.strip("\0 \n") not in one.text] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("要件定議", "要件定義"),
        ("要件定議書の作成", "要件定義書の作成"),
        ("ガバメントクラウト", "ガバメントクラウド"),
        ("ようけんていぎ", "要件定義"),
        ("非機能要権 調達", "非機能要件 調達"),
        ('"要件定議" -調達', '"要件定義" -調達'),
        # What is known stays, and so does what is near to nothing.
        ("要件定義", ""),
        ("要件", ""),
        ("魑魅魍魎", ""),
        ("OR", ""),
        ("", ""),
        ("要件定議" * 20, ""),
    ],
)
def test_a_misspelt_word_is_corrected_by_the_words_of_the_texts(typed, meant):
    assert did_you_mean(typed, on=TODAY, language="ja") == meant


def test_english_words_are_corrected_by_those_of_english_editions():
    assert did_you_mean("procurment specifcation", on=TODAY, language="en") == (
        "procurement specification"
    )
