"""The switch between editions, which keeps the place; what is printed; what can be put by."""

import re

import pytest

from tests import factories
from tests.browsing import page

SWITCH = re.compile(r'<nav class="editions".*?</nav>', re.DOTALL)


def stands(html):
    """Each edition of the switch: its day, where it leads, and whether it is the one shown."""
    return [
        (
            re.search(r"\d{4}年", item)[0],
            (re.findall(r'href="([^"]*)"', item) or [None])[0],
            "aria-current" in item,
        )
        for item in re.findall(r"<li>.*?</li>", SWITCH.search(html)[0], re.DOTALL)
    ]


def test_the_switch_leads_to_the_same_section_wherever_it_stands(client, guideline):
    assert stands(page(client, "/guidelines/DS-100/1.annex-2/")) == [
        ("2020年", "/guidelines/DS-100/2020-03-31/1.annex-2/", True),
        ("2018年", "/guidelines/DS-100/2018-03-30/annex-2/", False),
    ]


def test_the_switch_says_where_the_section_is_not(client, guideline):
    html = page(client, "/guidelines/DS-100/2018-03-30/2.2.1/")

    assert stands(html) == [
        ("2020年", None, False),
        ("2018年", "/guidelines/DS-100/2018-03-30/2.2.1/", True),
    ]
    assert html.count("この節はこの版にはありません。") == 1


def test_the_switch_keeps_the_reader_s_language_and_day(client, guideline):
    assert 'href="/en/guidelines/DS-100/2020-03-31/2.2/"' in page(
        client, "/en/guidelines/DS-100/2018-03-30/2.2/"
    )
    assert stands(page(client, "/on/2019-04-01/guidelines/DS-100/2.2/")) == [
        ("2018年", "/on/2019-04-01/guidelines/DS-100/2018-03-30/2.2/", True)
    ]


def test_the_switch_of_a_cover_leads_to_covers(client, guideline):
    assert stands(page(client, "/guidelines/DS-100/")) == [
        ("2020年", "/guidelines/DS-100/2020-03-31/", True),
        ("2018年", "/guidelines/DS-100/2018-03-30/", False),
    ]


def test_the_switch_of_a_whole_text_leads_to_whole_texts(client, guideline):
    assert stands(page(client, "/guidelines/DS-100/2018-03-30/all/")) == [
        ("2020年", "/guidelines/DS-100/2020-03-31/all/", False),
        ("2018年", "/guidelines/DS-100/2018-03-30/all/", True),
    ]


@pytest.mark.parametrize(
    "path", ["", "2.2/", "all/", "history/", "2018-03-30/2.2/", "2.2/beside/", "2.2/bilingual/"]
)
def test_every_page_of_a_document_prints_once_what_it_is(client, guideline, path):
    html = page(client, f"/guidelines/DS-100/{path}")

    (printed,) = re.findall(r'<p class="printed">(.*?)</p>', html, re.DOTALL)
    shown = " ".join(re.sub("<[^>]*>", "", printed).split())
    day, standing = (
        ("2018年（平成30年）3月30日", "過去の版")
        if "2018" in path
        else ("2020年（令和2年）3月31日", "現行")
    )
    assert shown == (
        f"DS-100 標準ガイドライン · {day}決定 CIO連絡会議 · {standing}"
        f" · http://testserver/guidelines/DS-100/{path}"
    )


def test_a_section_can_be_put_by_under_its_permanent_address(client, guideline):
    key = guideline.editions.get(serial=1).sections.get(title="組織体制").key

    html = page(client, "/on/2019-04-01/guidelines/DS-100/2.2/")

    assert (
        f'<button type="button" class="keep" hidden data-key="{key}"'
        f' data-title="DS-100 標準ガイドライン 第2編第2章" data-url="/s/{key}/" data-lang="ja"'
        ' data-citation="「標準ガイドライン」'
        '（DS-100、2018年（平成30年）3月30日CIO連絡会議決定）第2編第2章"'
        ' data-source="/guidelines/DS-100/2018-03-30/2.2/">' in html
    )


def test_a_section_of_a_dated_edition_is_put_by_as_of_that_edition(client, guideline):
    html = page(client, "/en/guidelines/DS-100/2018-03-30/2.2/")

    assert 'data-url="/en/guidelines/DS-100/2018-03-30/2.2/" data-lang="en"' in html


def test_a_cover_can_be_put_by(client, guideline):
    root = guideline.editions.get(serial=1).sections.get(parent=None)

    html = page(client, "/guidelines/DS-100/")

    assert f'data-key="{root.key}" data-title="DS-100 標準ガイドライン" data-url="/s/' in html
    assert client.get(f"/s/{root.key}/")["Location"] == "/guidelines/DS-100/"


@pytest.mark.parametrize(("language", "said"), [("", "ブラウザーの中だけに"), ("/en", "only in")])
def test_the_reading_list_says_that_it_is_never_sent(client, db, language, said):
    html = page(client, f"{language}/reading-list/")

    assert said in html
    assert re.search(r'<ol id="reading-list"[^>]*></ol>', html)
    assert "Set-Cookie" not in client.get("/reading-list/").headers


def test_in_english_a_decision_is_by_somebody_only_where_a_body_follows(client, guideline):
    html = page(client, "/en/guidelines/DS-100/2.2/")

    summary = re.search(r"<summary>Edition: (.*?)<", html)[1].strip()
    printed = re.search(r'<p class="printed">.*?</p>', html, re.DOTALL)[0]
    assert re.fullmatch(r"Decided on \d+ \w+ \d{4}", summary)
    assert re.search(r"Decided on \d+ \w+ \d{4} by <?\w", printed)


def test_an_entry_of_the_catalogue_is_printed_without_an_edition(client, db):
    factories.guideline("DS-555", title="未収録の文書")

    assert '<p class="printed">DS-555 未収録の文書 · http://testserver/guidelines/DS-555/</p>' in (
        page(client, "/guidelines/DS-555/")
    )
