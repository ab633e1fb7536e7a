"""Citations: the official Japanese form, the English one, and BibTeX, of editions and sections."""

from datetime import date

import pytest

from guidelines.citing import citations, patterns, place, place_in
from guidelines.contents import Entry
from guidelines.document import Document
from tests import factories
from tests.browsing import page
from tests.factories import node


def entry(number, title=""):
    return Entry("k", number, title, "", "", 1, 2, 3)


@pytest.mark.parametrize(
    ("numbers", "english"),
    [
        (["第2編", "第十章", "1.", "2)"], "Part 2, Chapter 10, 1., 2)"),
        (["第3章", "第1節"], "Chapter 3, Section 1"),
        (["別紙2"], "Annex 2"),
        (["2.", "2.3", "2.3.1"], "2.3.1"),
        (["2", "2.1", "2)"], "2.1, 2)"),
        (["Part 2", "Chapter 1"], "Part 2, Chapter 1"),
    ],
)
def test_the_numbers_of_a_japanese_text_can_be_said_in_english(numbers, english):
    *above, last = map(entry, numbers)

    assert place(last, above, language="en") == english


@pytest.mark.parametrize(
    ("numbers", "japanese"),
    [
        (["第2編", "第2章", "1.", "1)"], "第2編第2章1.1)"),
        (["2", "2.1", "2)"], "2.1 2)"),
        (["2.", "2.3", "2.3.1"], "2.3.1"),
    ],
)
def test_numbers_that_would_run_into_one_stand_apart(numbers, japanese):
    *above, last = map(entry, numbers)

    assert place(last, above, language="ja") == japanese


def document(guideline, *, language="ja", **how):
    return Document(guideline, on=date(2018, 4, 1), language=language, **how)


@pytest.fixture
def translated(by):
    """A guideline of one chapter and a closing word, and its translation."""
    guideline = factories.guideline("DS-100")
    chapter = node("第1章 目的", key="bcdfghj2")
    original = factories.published(
        guideline,
        title="規則 & 指針_100%",
        tree=node("", "", node("第2編 総論", "", chapter), node("おわりに", key="bcdfghj3")),
        by=by,
    )
    factories.published(
        guideline,
        adopted_by=original.decision,
        language="en",
        translation_of=original,
        title="Rules",
        tree=node(
            "",
            "",
            node("Part 2 General", "", node("Chapter 1 Purpose", key="bcdfghj2")),
            node("Closing", key="bcdfghj3"),
        ),
        by=by,
    )
    return guideline


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_reader_gets_the_forms_of_both_languages(translated, language):
    shown = document(translated, language=language)

    japanese, english, _bibtex = citations(
        shown, shown.contents.by_key["bcdfghj3"], site="https://e.jp/"
    )

    assert japanese.text == (
        "「規則 & 指針_100%」（DS-100、2018年（平成30年）3月30日CIO連絡会議決定）「おわりに」"
    )
    assert english.text == (
        "Rules (DS-100, decided by the CIO Council on 30 March 2018; provisional translation),"
        " “Closing”"
    )


def test_without_a_translation_the_english_form_says_that_the_text_is_japanese(db):
    guideline = factories.guideline("DS-100", title_en="Standard Guideline")
    factories.published(guideline, tree=factories.text())
    shown = document(guideline)

    _japanese, english, _bibtex = citations(
        shown, shown.contents.by_address["2.2.1"], site="https://e.jp/"
    )

    assert english.text == (
        "Standard Guideline (DS-100, decided by the CIO Council on 30 March 2018; in Japanese),"
        " Part 2, Chapter 2, 1."
    )


def test_bibtex_names_every_field_and_escapes_what_tex_takes_for_commands(translated):
    shown = document(translated)

    bibtex = citations(shown, shown.contents.by_key["bcdfghj2"], site="https://e.jp/")[2]

    assert bibtex.text == (
        "@techreport{DS-100:2018-03-30:2.1,\n"
        "  title = {{規則 \\& 指針\\_100\\%}},\n"
        "  author = {{CIO連絡会議}},\n"
        "  institution = {{CIO連絡会議}},\n"
        "  number = {DS-100},\n"
        "  year = {2018},\n"
        "  month = mar,\n"
        "  day = {30},\n"
        "  date = {2018-03-30},\n"
        "  url = {https://e.jp/guidelines/DS-100/2018-03-30/2.1/},\n"
        "  language = {japanese},\n"
        "  note = {第2編第1章},\n"
        "}"
    )


def test_bibtex_of_a_translation_says_so_and_leads_to_it(translated):
    bibtex = citations(document(translated, language="en"), site="https://e.jp")[2].text

    assert bibtex.startswith("@techreport{DS-100:2018-03-30,\n  title = {{Rules}},")
    assert "url = {https://e.jp/en/guidelines/DS-100/2018-03-30/}" in bibtex
    assert "note = {Provisional translation}" in bibtex


def test_the_place_of_what_is_copied_is_left_open(translated):
    found = patterns(document(translated), site="https://e.jp/")

    bibtex = found.pop("bibtex")
    assert bibtex.startswith("@techreport{DS-100:2018-03-30:{address},\n")
    assert "url = {https://e.jp/guidelines/DS-100/2018-03-30/{address}/}" in bibtex
    assert "note = {{place}}" in bibtex
    assert found == {
        "ja": "「規則 & 指針_100%」（DS-100、2018年（平成30年）3月30日CIO連絡会議決定）{place}",
        "en": "Rules (DS-100, decided by the CIO Council on 30 March 2018;"
        " provisional translation), {place}",
    }


def test_a_section_that_the_translation_lacks_is_placed_by_the_original(translated):
    shown = document(translated)

    assert place_in(shown, "bcdfghj3", language="en") == "“Closing”"
    assert place_in(shown, shown.contents.entries[0].key, language="en") == "Part 2"


def test_pages_hand_out_every_form_and_the_places_of_what_they_show(client, translated):
    html = page(client, "/guidelines/DS-100/2/")

    assert html.count('class="copyable japanese" lang="ja"') == 1
    assert html.count('class="copyable english" lang="en"') == 1
    assert "<pre>@techreport{DS-100:2018-03-30:2," in html
    assert 'data-key="bcdfghj2" data-place="第2編第1章" data-place-en="Part 2, Chapter 1"' in html
    assert 'data-cite-en="Rules (DS-100' in html
    assert 'data-cite-ja="「規則 &amp; 指針' in page(client, "/guidelines/DS-100/all/")
