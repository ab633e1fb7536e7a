"""References in the text become links, and what cannot be found stays as it is written."""

from datetime import date

import pytest

from guidelines.references import Library, Places, link, unlink
from tests import factories
from tests.factories import node


def to(address, text):
    return f'<a class="reference" href="{address}">{text}</a>'


@pytest.mark.parametrize("at", ["", "1.1", "2.2.2.1", "annex-2"])
@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("第2編第2章1.", "2.2.1"),
        ("第２編第２章１．", "2.2.1"),
        ("第二編第二章1.", "2.2.1"),
        ("第2編第2章2.1)", "2.2.2.1"),
        ("第2編第1章", "2.1"),
        ("第1編", "1"),
        ("別紙2", "annex-2"),
        ("別紙２", "annex-2"),
    ],
)
def test_a_whole_place_is_found_from_anywhere(linked, at, place, address):
    assert linked(f"<p>{place}に定める。</p>", at=at) == (
        f"<p>{to(f'edition:{address}/', place)}に定める。</p>"
    )


@pytest.mark.parametrize(
    ("place", "at", "address"),
    [
        ("第2章", "1.1", "1.2"),
        ("第2章", "2.1", "2.2"),
        ("第1章", "2.2.2.1", "2.1"),
        ("第2章2.1)", "2.1", "2.2.2.1"),
        ("第2章", "2", "2.2"),
    ],
)
def test_a_place_without_its_upper_part_is_found_from_inside_out(linked, place, at, address):
    assert linked(place, at=at) == to(f"edition:{address}/", place)


@pytest.mark.parametrize(
    "text",
    [
        "第9編第1章",
        "第3章",
        "別紙9",
        "第2編第2章9.",
        "全体の第2次計画",
        "第9章1.5倍",
        "2018年3月30日",
        "DS-999 1.2",
        "UTF-8",
        "ISO-8859-1",
    ],
)
def test_what_cannot_be_found_stays_as_written(linked, text):
    assert linked(text) == text


def test_a_figure_behind_a_place_is_no_part_of_it(linked):
    assert linked("第2編第2章1.5倍") == to("edition:2.2/", "第2編第2章") + "1.5倍"


def test_a_decimal_place_is_linked_where_the_sentence_says_it_is_one(library):
    edition = factories.published(tree=node("", "", node("2 設計", "", node("2.1 手順"))))
    places = Places(list(edition.sections.in_order()))

    html = link("2.1を参照。費用は2.1倍。", section=None, places=places, library=library)

    assert html == f"{to('edition:2.1/', '2.1')}を参照。費用は2.1倍。"


def test_an_english_place_is_found(library):
    tree = node(
        "",
        "",
        node("Part 2 IT", "", node("Chapter 1 Whole", "", node("1. All"))),
        node("Annex 1 Costs"),
    )
    edition = factories.published(tree=tree)
    places = Places(list(edition.sections.in_order()))

    root = places.by_address[""]

    html = link(
        "see Part 2, Chapter 1, 1. and Annex 1", section=root, places=places, library=library
    )

    assert html == (
        f"see {to('edition:2.1.1/', 'Part 2, Chapter 1, 1.')}"
        f" and {to('edition:annex-1/', 'Annex 1')}"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DS-310 3.2", to("set:s/bcdfghj2/", "DS-310 3.2")),
        ("DS-310の3.2", to("set:s/bcdfghj2/", "DS-310の3.2")),
        ("ＤＳ－３１０ 3.2", to("set:s/bcdfghj2/", "ＤＳ－３１０ 3.2")),
        ("DS-310", to("set:guidelines/DS-310/", "DS-310")),
        ("DS-310を参照", to("set:guidelines/DS-310/", "DS-310") + "を参照"),
        ("DS-310 9.9", to("set:guidelines/DS-310/", "DS-310") + " 9.9"),
        ("DS-310 2019年", to("set:guidelines/DS-310/", "DS-310") + " 2019年"),
        ("DS-400 1.1", to("set:guidelines/DS-400/", "DS-400") + " 1.1"),
        ("GL-7", to("set:guidelines/DS-400/", "GL-7")),
    ],
)
def test_another_document_is_linked_by_a_code_it_has_or_had(linked, text, expected):
    assert linked(text) == expected


@pytest.mark.parametrize(
    "text", ["（TLS 1.2）", "TLS 1.2による通信", "1.2に示す", "DS-310の1つの原則", "DS-310 1件"]
)
def test_a_number_that_is_no_place_is_no_link_to_a_section(linked, text):
    assert "edition:" not in linked(text)
    assert "set:s/" not in linked(text)


def test_an_edition_published_together_is_looked_up_in_its_new_text(db):
    factories.guideline("DS-310")
    adopted = factories.draft(factories.guideline("DS-320"), tree=node("", "", node("1.1 新設")))
    sections = list(adopted.sections.in_order())
    sections[1].address = "1.1"
    library = Library(on=date(2025, 6, 1), adopted={"DS-320": Places(sections)})

    html = link("DS-320 1.1", section=None, places=Places([]), library=library)

    assert html == to(f"set:s/{sections[1].key}/", "DS-320 1.1")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://portal.example.go.jp/guidelines/DS-100/2.2.1/", "guidelines/DS-100/2.2.1/"),
        ("https://portal.example.go.jp/en/s/bcdfghj2/", "s/bcdfghj2/"),
        ("https://portal.example.go.jp/decisions/3/#fn-1", "decisions/3/#fn-1"),
    ],
)
def test_an_address_of_the_portal_follows_the_reader(linked, url, path):
    assert linked(f"{url}を見る") == to(f"set:{path}", url) + "を見る"


@pytest.mark.parametrize(
    "href",
    [
        "/guidelines/DS-100/",
        "/en/guidelines/DS-100/",
        "https://portal.example.go.jp/guidelines/DS-100/",
    ],
)
def test_an_authors_link_into_the_portal_follows_the_reader(linked, href):
    assert linked(f'<a href="{href}" rel="noopener noreferrer">これ</a>') == to(
        "set:guidelines/DS-100/", "これ"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.digital.go.jp/",
        "https://example.jp/?a=1&amp;b=2",
        "https://portal.example.go.jp/admin/",
        "http://portal.example.go.jp/guidelines/DS-100/",
    ],
)
def test_an_external_address_leads_outside(linked, url):
    assert linked(f"<p>&lt;{url}&gt;、{url}を参照する。</p>") == (
        "<p>&lt;{0}&gt;、{0}を参照する。</p>".format(
            f'<a href="{url}" rel="noopener noreferrer">{url}</a>'
        )
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.jp/" rel="noopener noreferrer">第2編 DS-310</a>',
        '<a href="//[" rel="noopener noreferrer">第2編</a>',
        "<code>第2編 DS-310</code>",
        "<pre><code>第2編\nhttps://example.jp/</code></pre>",
        '<abbr title="第2編 > DS-310">略</abbr>',
        '<a href="https://example.jp/"><code>x</code>第2編</a>',
    ],
)
def test_links_code_and_attributes_are_left_alone(linked, html):
    assert linked(html) == html


def test_text_after_code_is_linked_again(linked):
    assert linked("<code>x</code>第1編") == "<code>x</code>" + to("edition:1/", "第1編")


def test_unlinking_gives_the_text_before_linking(linked):
    html = "<p>第2編第2章1.、DS-310 3.2、https://example.jp/、GL-7、<code>第2編</code></p>"

    assert unlink(linked(html)) == html


def test_unlinking_keeps_an_authors_link_to_another_site():
    html = '<a href="https://example.jp/" rel="noopener noreferrer">例</a>'

    assert unlink(html) == html
