"""The contents of an edition: how its sections nest, follow each other, are drawn and cited."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidelines.citing import cite
from guidelines.contents import read_contents
from guidelines.document import Document
from tests import factories
from tests.browsing import page
from tests.factories import node

ORDER = ["1", "1.1", "1.2", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.2.1", "annex-2"]


@pytest.fixture
def contents(db):
    return read_contents(factories.published(tree=factories.text()).pk)


def addresses(entries):
    return [entry.address for entry in entries]


def test_the_entries_stand_in_reading_order_without_the_root(contents):
    assert addresses(contents.entries) == ORDER
    assert len(contents) == 10
    assert (contents.root.level, contents.root.address) == (0, "")


@pytest.mark.parametrize("sections", [1, 300])
def test_the_contents_are_one_query_whatever_their_size(db, sections):
    edition = factories.published(tree=factories.wide_text(sections))

    with CaptureQueriesContext(connection) as queries:
        read_contents(edition.pk)

    assert len(queries) == 1


@pytest.mark.parametrize(
    ("address", "above"),
    [("1", []), ("2.2", ["2"]), ("2.2.2.1", ["2", "2.2", "2.2.2"]), ("annex-2", [])],
)
def test_the_entries_above_are_those_around(contents, address, above):
    assert addresses(contents.above(contents.by_address[address])) == above


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("1", None, "2"),
        ("1.1", "1", "1.2"),
        ("1.2", "1.1", "2"),
        ("2", "1", "annex-2"),
        ("2.1", "2", "2.2"),
        ("2.2.2", "2.2.1", "annex-2"),
        ("2.2.2.1", "2.2.2", "annex-2"),
        ("annex-2", "2", None),
    ],
)
def test_a_page_turns_to_what_it_does_not_show(contents, address, before, after):
    entry = contents.by_address[address]

    turned = contents.before(entry), contents.after(entry)

    assert [other and other.address for other in turned] == [before, after]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("1", ["1", "1.1", "1.2", "2", "annex-2"]),
        ("2", ["1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.2.1", "annex-2"]),
        ("2.2.1", ["1", "2", "2.1", "2.2", "2.2.1", "2.2.2", "annex-2"]),
        ("annex-2", ["1", "2", "annex-2"]),
    ],
)
def test_beside_a_section_stand_the_way_down_and_what_is_below(contents, address, shown):
    assert addresses(contents.beside(contents.by_address[address])) == shown


def test_of_very_much_below_a_section_two_levels_stand_beside_it(db, monkeypatch):
    chapter = node("第1章 章", "", node("1. 節", "", node("1) 項", "", node("ア 目"))))
    contents = read_contents(factories.published(tree=node("", "", chapter)).pk)
    entry = contents.by_address["1"]

    all_of_it = addresses(contents.beside(entry))
    monkeypatch.setattr("guidelines.contents.MOST_BELOW", 2)

    assert all_of_it == ["1", "1.1", "1.1.1", "1.1.1.1"]
    assert addresses(contents.beside(entry)) == ["1", "1.1", "1.1.1"]


def test_what_the_page_shows_is_led_to_inside_of_it(contents):
    entry = contents.by_address["2.2"]

    html = contents.draw("/g/", only=contents.beside(entry), current=entry, shown=entry)

    assert re.findall(r'href="([^"]*)"( aria-current="page")?', html) == [
        ("/g/1/", ""),
        ("/g/2/", ""),
        ("/g/2.1/", ""),
        ("/g/2.2/", ' aria-current="page"'),
        (f"#{contents.by_address['2.2.1'].anchor}", ""),
        (f"#{contents.by_address['2.2.2'].anchor}", ""),
        (f"#{contents.by_address['2.2.2.1'].anchor}", ""),
        ("/g/annex-2/", ""),
    ]


def test_each_entry_is_walked_to_with_those_above_it(contents):
    walked = {entry.address: addresses(above) for entry, above in contents.walk()}

    assert list(walked) == ORDER
    assert walked["2.2.2.1"] == ["2", "2.2", "2.2.2"]
    assert (walked["1.2"], walked["annex-2"]) == (["1"], [])


@pytest.mark.parametrize("path", ["2/", "all/"])
def test_every_anchor_of_the_contents_is_on_the_page(client, db, path):
    factories.published(factories.guideline("DS-100"), tree=factories.text())

    html = page(client, f"/guidelines/DS-100/{path}")

    led_to = re.findall(r'href="#(s-\w+)"', html)
    assert len(led_to) == {"2/": 5, "all/": 9}[path]
    assert [html.count(f' id="{anchor}"') for anchor in led_to] == [1] * len(led_to)
    assert 'popovertarget="contents-beside"' in html


def test_the_contents_are_drawn_as_nested_lists(db):
    tree = node(
        "", "", node("第1編 <総論>", "", node("第1章 目的")), node("はじめに", key="bcdfghj2")
    )
    contents = read_contents(factories.published(tree=tree).pk)

    html = contents.draw("/guidelines/DS-100/", current=contents.by_address["1.1"])

    assert html == (
        '<ol class="contents">'
        '<li><a href="/guidelines/DS-100/1/"><span class="number">第1編</span> &lt;総論&gt;</a>'
        '<ol class="contents">'
        '<li><a href="/guidelines/DS-100/1.1/" aria-current="page">'
        '<span class="number">第1章</span> 目的</a></li></ol></li>'
        '<li><a href="/guidelines/DS-100/bcdfghj2/">はじめに</a></li></ol>'
    )


@pytest.mark.parametrize("address", [None, *ORDER])
def test_every_list_that_is_opened_is_closed(contents, address):
    only = address and contents.beside(contents.by_address[address])

    html = contents.draw("/", only=only)

    for tag in ("ol", "li", "a"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")


def test_contents_without_entries_draw_nothing(db):
    contents = read_contents(factories.published(tree=node("", "前文のみ。")).pk)

    assert (len(contents), contents.draw("/")) == (0, "")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (None, ""),
        ("2.2.2.1", "第2編第2章2.1)"),
        ("annex-2", "別紙2"),
        ("3.1", "3.1"),
        ("bcdfghj2", "「おわりに」"),
    ],
)
def test_a_citation_names_title_code_day_issuer_and_place(db, address, place):
    tree = factories.text()
    tree.children += [node("3. 設計", "", node("3.1 手順")), node("おわりに", key="bcdfghj2")]
    guideline = factories.guideline("DS-100")
    factories.published(guideline, tree=tree, title="整備ガイドライン", issuer="CIO連絡会議")
    document = Document(guideline, on=date(2018, 4, 1), language="ja")

    cited = cite(document, address and document.contents.by_address[address])

    assert (
        cited == f"「整備ガイドライン」（DS-100、2018年（平成30年）3月30日CIO連絡会議決定）{place}"
    )


@pytest.mark.parametrize(
    ("address", "place"),
    [(None, ""), ("2.1", ", Part 2, Chapter 1"), ("3.1", ", 3.1"), ("bcdfghj2", ", “Closing”")],
)
def test_an_english_citation_says_that_the_translation_is_provisional(db, address, place):
    tree = node(
        "",
        "",
        node("Part 2 IT", "", node("Chapter 1 Whole")),
        node("3. Design", "", node("3.1 Steps")),
        node("Closing", key="bcdfghj2"),
    )
    guideline = factories.guideline("DS-100")
    original = factories.published(guideline)
    factories.published(
        guideline,
        adopted_by=original.decision,
        language="en",
        translation_of=original,
        tree=tree,
        title="Standard Guideline",
    )
    document = Document(guideline, on=date(2018, 4, 1), language="en")

    cited = cite(document, address and document.contents.by_address[address])

    assert cited == (
        "Standard Guideline (DS-100, decided by the CIO Council on 30 March 2018;"
        f" provisional translation){place}"
    )
