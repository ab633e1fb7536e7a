"""Reading side by side: which sections of other documents answer, and the two languages in rows."""

import re
from datetime import date

import pytest

from guidelines import cataloguing, drafting, publishing
from guidelines.document import Document
from guidelines.pairing import pair
from guidelines.paralleling import columns_of
from tests import factories
from tests.browsing import page
from tests.factories import node


def rule():
    """DS-100: a part of three chapters, of which the second has two clauses."""
    return node(
        "",
        "",
        node(
            "第2編 管理",
            "編。",
            node("第1章 全体像", "全体。"),
            node("第2章 組織体制", "体制。", node("1. 政府", "政府。"), node("2. 府省", "府省。")),
            node("第3章 予算", "予算。"),
        ),
        node("別紙1 用語", "用語。"),
    )


@pytest.fixture
def shelf(by):
    """The rule; its commentary, which repeats the numbers; its guidebook, for one part of it."""
    guideline = factories.guideline("DS-100")
    factories.published(guideline, tree=rule(), by=by)
    commentary = factories.guideline("DS-110", kind="commentary", title="解説書")
    factories.published(
        commentary,
        tree=node(
            "",
            "",
            node(
                "第2編 管理",
                "",
                node("第1章 全体像の解説", "説。"),
                node("第2章 よもやま話", "説。"),
            ),
        ),
        by=by,
    )
    guidebook = factories.guideline("DS-120", kind="guidebook", title="実践書")
    factories.published(
        guidebook,
        tree=node(
            "",
            "",
            node("第3章 予算", "実践。"),
            node(
                "第4章 体制",
                "",
                node("1. 始め方", "DS-100 第2編第2章1.を見る。"),
                node("2. 続け方", "DS-100 第2編第2章2.を見る。"),
            ),
        ),
        by=by,
    )
    cataloguing.relate(commentary, "explains", guideline, by=by)
    cataloguing.relate(guidebook, "practice_for", guideline, by=by)
    return guideline


def answers(guideline, address):
    """Of each column: the document, why it answers, with which sections, around which."""
    document = Document(guideline, on=date(2018, 4, 1), language="ja")
    return [
        (
            column.document.guideline.code,
            column.why,
            [part.entry.address for part in column.parts],
            column.around and column.around.address,
        )
        for column in columns_of(document, document.contents.by_address[address])
    ]


@pytest.mark.parametrize(
    ("address", "commentary", "guidebook"),
    [
        # The same number and a like title; nothing in the guidebook.
        ("2.1", ("number", ["2.1"], None), ("", [], None)),
        # The same number of its own and the same title, elsewhere in the numbering.
        ("2.3", ("", [], None), ("title", ["3"], None)),
        # The chapter around all that refer to it; another title under the same number is another.
        ("2.2", ("", [], None), ("link", ["4"], None)),
        ("2.2.1", ("", [], None), ("link", ["4.1"], None)),
        # A part is answered by a part alone.
        ("2", ("number", ["2"], None), ("link", ["4"], None)),
        ("annex-1", ("", [], None), ("", [], None)),
    ],
)
def test_the_section_that_answers_is_found_by_number_title_or_link(
    shelf, address, commentary, guidebook
):
    assert answers(shelf, address) == [
        ("DS-100", "asked", [address], None),
        ("DS-110", *commentary),
        ("DS-120", *guidebook),
    ]


def test_where_a_clause_is_not_answered_its_chapter_is(shelf, by):
    draft = drafting.open_draft(shelf, by=by)
    chapter = draft.sections.get(title="予算")
    drafting.add_section(chapter, number="1.", title="見積り", body="見積り。", by=by)
    publishing.submit(draft, by=by)
    decision = factories.decision("2018-03-31")
    publishing.publish({draft: decision.decided_on}, decision=decision, by=by)

    assert answers(shelf, "2.3.1")[2] == ("DS-120", "title", ["3"], "2.3")


def test_a_guidebook_is_read_beside_what_it_is_for(shelf):
    guidebook = shelf.relations_in.get(kind="practice_for").source

    assert answers(guidebook, "3") == [
        ("DS-120", "asked", ["3"], None),
        ("DS-100", "title", ["2.3"], None),
    ]
    assert answers(guidebook, "4.2")[1] == ("DS-100", "link", ["2.2.2"], None)


def test_the_page_shows_what_answers_and_says_what_does_not(client, shelf):
    html = page(client, "/guidelines/DS-100/2.2/beside/")

    assert html.count('<section class="column"') == 3
    assert "この節を参照しているか、この節が参照している箇所です。" in html
    assert 'href="/guidelines/DS-120/4/">「第4章 体制」のページへ' in html
    assert html.count("この節に対応する箇所は見つかりませんでした。") == 1
    assert 'href="/on/2019-01-01/guidelines/DS-120/4.1/"' in page(
        client, "/on/2019-01-01/guidelines/DS-100/2.2.1/beside/"
    )
    assert "体制。" in page(client, "/guidelines/DS-100/2018-03-30/2.2/beside/")


def test_a_document_by_itself_says_that_nothing_explains_it(client, by):
    factories.published(factories.guideline("DS-900"), tree=rule(), by=by)

    html = page(client, "/guidelines/DS-900/2.2/beside/")

    assert "まだこのポータルに収められていません。" in html


@pytest.mark.parametrize("guidebooks", [1, 3])
def test_reading_beside_costs_one_query_a_column(
    client, shelf, by, django_assert_num_queries, guidebooks
):
    for number in range(guidebooks - 1):
        other = factories.guideline(f"DS-12{number + 1}", kind="guidebook")
        factories.published(other, tree=node("", "", node("第3章 予算", "実践。")), by=by)
        cataloguing.relate(other, "practice_for", shelf, by=by)
    client.get("/guidelines/DS-100/2.3/beside/")

    # Of the columns, those that answer.
    with django_assert_num_queries(6 + guidebooks):
        assert client.get("/guidelines/DS-100/2.3/beside/").status_code == 200


def test_the_two_languages_stand_in_rows_by_key(client, guideline):
    html = page(client, "/guidelines/DS-100/2018-03-30/2.2/bilingual/")

    rows = re.findall(r'<div class="pair-row">(.*?)</div>\s*</div>', html, re.DOTALL)
    assert ["The set-up." in row and "に示す全体像による。" in row for row in rows] == [
        True,
        False,
        False,
        False,
    ]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_an_edition_without_translation_shows_the_newest_that_has_one(client, guideline):
    html = page(client, "/guidelines/DS-100/2.2/bilingual/")

    assert "2018年（平成30年）3月30日決定）の日本語と英語を示しています。" in html
    assert "体制を改めた。" not in html


def test_a_section_that_one_side_lacks_is_said_to_be_missing(db, by):
    guideline = factories.guideline("DS-100")
    original = factories.published(
        guideline,
        tree=node("", "", node("第1章 章", "", node("1. 甲", key="bcdfghj2"), key="bcdfghj3")),
        by=by,
    )
    factories.published(
        guideline,
        adopted_by=original.decision,
        language="en",
        translation_of=original,
        tree=node("", "", node("Chapter 1", "", node("2. B", key="bcdfghj4"), key="bcdfghj3")),
        by=by,
    )
    document = Document(guideline, on=date(2018, 4, 1), language="ja")

    rows = pair(document, document.contents.by_address["1"]).rows

    assert [(bool(row.japanese), bool(row.english)) for row in rows] == [
        (True, True),
        (False, True),
        (True, False),
    ]


def test_a_document_never_translated_has_no_pair(client, by):
    factories.published(factories.guideline("DS-900"), tree=rule(), by=by)

    assert "この文書の英訳は、まだこのポータルに収められていません。" in page(
        client, "/guidelines/DS-900/2.2/bilingual/"
    )


@pytest.mark.parametrize(
    "path", ["9/beside/", "9/bilingual/", "2018-03-30/beside/", "history/bilingual/"]
)
def test_what_is_no_section_has_nothing_beside_it(client, guideline, path):
    page(client, f"/guidelines/DS-100/{path}", status=404)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", ["2.2/beside/", "2.2/bilingual/", "2018-03-30/2.2/bilingual/"])
def test_pages_side_by_side_are_valid_html(client, guideline, path, language):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")

    content = page(client, f"{language}/guidelines/DS-100/{path}")

    html5lib.HTMLParser(strict=True).parse(content)
