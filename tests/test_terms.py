"""The terms of the glossary: which they are, and where they are marked in a text."""

import re
from datetime import date
from html import unescape

import pytest

from guidelines import cataloguing, publishing
from guidelines.terms import Terms, also, forms, terms_for
from tests import factories
from tests.browsing import page
from tests.factories import node

hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")
given, st = hypothesis.given, hypothesis.strategies

GLOSSARY = Terms(
    "DS-130",
    [
        ("k1", "k1", "要件定義", "ようけんていぎ", "工程をいう。"),
        ("k2", "k2", "要件定義書", "ようけんていぎしょ", "文書をいう。"),
        ("k3", "k3", "府省内全体管理組織", "ふしょうない", "組織をいう。PMO（Office）ともいう。"),
        ("k4", "k4", "アクセシビリティ", "あくせしびりてぃ", "度合いをいう。"),
        ("k5", "k5", "ＡＰＩ", "えーぴーあい", "接続仕様をいう。"),
        ("k6", "k6", "amp", "あんぷ", "増幅器をいう。"),
        ("k7", "k7", "データ", "でーた", "値をいう。"),
        ("k8", "k8", "IT人材", "あいてぃーじんざい", "職員をいう。"),
    ],
)
ENGLISH = Terms(
    "DS-130",
    [
        ("k1", "k1", "Procurement Specification", "", "A document."),
        ("k3", "k3", "Portfolio Management Office", "", "Abbreviated PMO: the organisation."),
    ],
    language="en",
)


def link(term, text):
    return f'<a class="term" href="/guidelines/DS-130/{term}/">{text}</a>'


def ruby(text, reading):
    return f"<ruby>{text}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


DOCUMENT = link("k2", ruby("要件定義書", "ようけんていぎしょ"))
REQUIREMENTS = link("k1", ruby("要件定義", "ようけんていぎ"))


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>要件定義を行う。</p>", f"<p>{REQUIREMENTS}を行う。</p>"),
        # The longest, and each but once.
        (
            "<p>要件定義書と要件定義と要件定義</p>",
            f"<p>{DOCUMENT}と{REQUIREMENTS}と要件定義</p>",
        ),
        ("<p>PMOは、</p>", f"<p>{link('k3', 'PMO')}は、</p>"),
        ("<p>ＰＭＯは、</p>", f"<p>{link('k3', 'ＰＭＯ')}は、</p>"),
        ("<p>PMOと府省内全体管理組織</p>", f"<p>{link('k3', 'PMO')}と府省内全体管理組織</p>"),
        ("<p>PMOS, xPMO, PMO2</p>", "<p>PMOS, xPMO, PMO2</p>"),
        ("<p>api</p>", f"<p>{link('k5', 'api')}</p>"),
        # What is read as it is written has no reading above it, in whatever width.
        ("<p>アクセシビリティ</p>", f"<p>{link('k4', 'アクセシビリティ')}</p>"),
        ("<p>㈱ｱｸｾｼﾋﾞﾘﾃｨ</p>", f"<p>㈱{link('k4', 'ｱｸｾｼﾋﾞﾘﾃｨ')}</p>"),
        ("<p>IT人材</p>", f"<p>{link('k8', ruby('IT人材', 'あいてぃーじんざい'))}</p>"),
        # A word of katakana is not a part of a longer one.
        ("<p>データベースとメタデータ</p>", "<p>データベースとメタデータ</p>"),
        ("<p>R&amp;D and amp</p>", f"<p>R&amp;D and {link('k6', 'amp')}</p>"),
        # Not across tags, nor inside of these.
        ("<p>要件<em>定義</em></p>", "<p>要件<em>定義</em></p>"),
        ("<p><strong>要件定義</strong></p>", f"<p><strong>{REQUIREMENTS}</strong></p>"),
        ('<a href="/x/">要件定義</a>', '<a href="/x/">要件定義</a>'),
        ('<p title="要件定義">x</p>', '<p title="要件定義">x</p>'),
        *[
            (f"<{tag}>要件定義</{tag}>", f"<{tag}>要件定義</{tag}>")
            for tag in ("code", "pre", "h4", "ruby")
        ],
        ("<pre><code>x</code>要件定義</pre>", "<pre><code>x</code>要件定義</pre>"),
    ],
)
def test_the_first_place_of_each_term_leads_to_the_glossary(html, marked):
    assert GLOSSARY.mark(html, root="/") == marked


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (
            "<p>The procurement\nspecifications</p>",
            "<p>The " + link("k1", "procurement\nspecifications") + "</p>",
        ),
        ("<p>PMOs</p>", "<p>" + link("k3", "PMOs") + "</p>"),
        ("<p>specification</p>", "<p>specification</p>"),
    ],
)
def test_english_terms_are_found_in_the_plural_and_over_lines(html, marked):
    assert ENGLISH.mark(html, root="/") == marked


def test_a_definition_does_not_lead_to_itself():
    html = "<p>要件定義と要件定義書</p>"

    assert GLOSSARY.mark(html, root="/", key="k1") == (f"<p>要件定義と{DOCUMENT}</p>")


def shown(html):
    """What a reader is shown of HTML apart from readings."""
    return unescape(re.sub(r"<r[pt]>.*?</r[pt]>|<[^>]*>", "", html))


PIECES = st.sampled_from(
    [
        *("要件定義", "書", "要", "PMO", "ＰＭＯ", "pmo", "ｱｸｾｼﾋﾞﾘﾃｨ", "アクセシビリティ", "ﾞ", "㈱"),
        *("İ", "ß", "&amp;", "&lt;", " ", "\n", "、", "データ", "が", "か\u3099", "①", "IT人材"),
        *("<em>", "</em>", "<code>", "</code>", "<br>", '<a href="/x/">', "</a>", "API", "amp"),
    ]
)


@given(st.lists(PIECES | st.text(st.characters(exclude_characters="<>&"), max_size=3), max_size=20))
def test_marking_changes_no_character_of_the_text(pieces):
    html = "".join(pieces)

    for terms in (GLOSSARY, ENGLISH):
        assert shown(terms.mark(html, root="/")) == shown(html)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("要件定義", ["要件定義"]),
        ("PMO（府省内全体管理組織）", ["PMO", "府省内全体管理組織"]),
        ("情報化統括責任者(CIO)", ["情報化統括責任者", "CIO"]),
        ("補佐官（各府省担当）", ["補佐官"]),
        ("運用、保守", ["運用", "保守"]),
        ("連絡（CIO）会議", ["連絡（CIO）会議", "連絡会議"]),
        ("Office, Secretariat", ["Office, Secretariat"]),
        ("A", []),
    ],
)
def test_a_heading_of_the_glossary_names_each_of_its_forms(title, named):
    assert forms(title) == named


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("組織をいう。PMO（Portfolio Management Office）ともいう。", ["PMO"]),
        ("会議（Council）をいい、「CIO連絡会議」と略称する。", ["CIO連絡会議"]),
        ("組織のこと。ＰＭＯと別称。", ["ＰＭＯ"]),
        ("Abbreviated BPR: the rebuilding.", ["BPR"]),
        ("工程をいう。", []),
    ],
)
def test_a_definition_says_what_else_a_term_is_called(body, named):
    assert also(body) == named


@pytest.fixture
def glossary(by):
    """DS-130, which defines terms for DS-100: an introduction and two terms, also in English."""
    glossary = factories.guideline("DS-130", kind="glossary")
    tree = node(
        "",
        "前文。",
        node("はじめに", "用語集の使い方。", key="bcdfghj2"),
        node("全体像", "全体の姿をいう。", key="bcdfghj3"),
        node("管理", "整えることをいう。全体像による。", key="bcdfghj4"),
    )
    for term, reading in zip(tree.children[1:], ("ぜんたいぞう", "かんり"), strict=True):
        term.reading = reading
    edition = factories.published(glossary, tree=tree, by=by)
    factories.published(
        glossary,
        adopted_by=edition.decision,
        language="en",
        translation_of=edition,
        tree=node(
            "",
            "",
            node("Introduction", "How to use it.", key="bcdfghj2"),
            node("Whole", "The whole.", key="bcdfghj3"),
        ),
        by=by,
    )
    cataloguing.relate(glossary, "defines_terms_for", factories.guideline("DS-100"), by=by)
    return glossary


def test_terms_are_the_sections_that_have_a_reading_or_whose_original_has(glossary):
    html = "<p>はじめに全体像と管理 Introduction Whole</p>"

    found = {
        language: re.findall(
            r"DS-130/(\w+)/",
            terms_for(glossary, language=language, on=date(2018, 4, 1)).mark(html, root="/"),
        )
        for language in ("ja", "en")
    }

    assert found == {"ja": ["bcdfghj3", "bcdfghj4"], "en": ["bcdfghj3"]}


def test_without_readings_the_terms_are_the_sections_with_neither_number_nor_parts(db, by):
    tree = node("", "", node("1 用語", "", node("全体像", "全体の姿。", key="bcdfghj3")))
    glossary = factories.guideline("DS-130", kind="glossary")
    factories.published(glossary, tree=tree, by=by)

    terms = terms_for(glossary, language="ja", on=date(2018, 4, 1))

    assert terms.mark("用語と全体像", root="/") == ("用語と" + link("bcdfghj3", "全体像"))


def test_terms_are_those_of_the_glossary_in_force_on_the_day(glossary, by):
    draft = factories.draft(glossary, tree=node("", "", node("節", "新しい用語。")), by=by)
    publishing.submit(draft, by=by)
    decision = factories.decision("2020-03-31")
    publishing.publish({draft: decision.decided_on}, decision=decision, by=by)

    marked = [
        terms and terms.mark("全体像の節", root="/")
        for day in ("2017-01-01", "2018-04-01", "2020-04-01")
        for terms in [terms_for(glossary, language="ja", on=date.fromisoformat(day))]
    ]

    assert marked[0] is None
    assert ("bcdfghj3" in marked[1], "bcdfghj3" in marked[2]) == (True, False)


def test_pages_lead_to_the_glossary_in_the_reader_s_language_and_day(client, glossary, by):
    factories.published(glossary.relations_out.get().target, tree=factories.text(), by=by)
    factories.published(factories.guideline("DS-900"), tree=factories.text(), by=by)

    assert 'href="/guidelines/DS-130/bcdfghj3/"><ruby>全体像<rp>' in page(
        client, "/guidelines/DS-100/2.1/"
    )
    assert 'href="/on/2019-01-01/guidelines/DS-130/bcdfghj3/"' in page(
        client, "/on/2019-01-01/guidelines/DS-100/all/"
    )
    assert 'href="/en/guidelines/DS-130/bcdfghj3/"' in page(client, "/en/guidelines/DS-100/2.1/")
    assert "DS-130" not in page(client, "/guidelines/DS-900/2.1/")
