"""The words one came for, marked in the text one lands on."""

from datetime import date

import pytest

from guidelines.highlighting import Highlighter
from tests import factories
from tests.browsing import page


def highlighter(words, **question):
    return Highlighter(words, **{"on": date(2025, 6, 1), "language": "ja"} | question)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "html", "expected"),
    [
        ("要件", "<p>要件を定める。</p>", '<p><mark id="marked">要件</mark>を定める。</p>'),
        ("ＲＦＩ", "<p>RFIの実施</p>", '<p><mark id="marked">RFI</mark>の実施</p>'),
        # A tag begins inside of the word.
        (
            "要件定義書",
            '<p><a href="/x/">要件定義</a>書を作る</p>',
            '<p><a href="/x/"><mark id="marked">要件定義</mark></a><mark>書</mark>を作る</p>',
        ),
        # How it is read stands between its letters.
        (
            "要件定義",
            "<ruby>要件<rp>（</rp><rt>ようけん</rt><rp>）</rp></ruby>定義",
            '<ruby><mark id="marked">要件</mark><rp>（</rp><rt>ようけん</rt><rp>）</rp></ruby>'
            "<mark>定義</mark>",
        ),
        # An address and a tag are no text; an entity is one sign.
        ("href", '<a href="/href/">x</a>', '<a href="/href/">x</a>'),
        ("b&c", "a b&amp;c", 'a <mark id="marked">b&amp;c</mark>'),
        # No word goes from one block to the next.
        ("要件", "<p>要</p><p>件</p>", "<p>要</p><p>件</p>"),
        ("要件", "<p>要件、要件</p>", '<p><mark id="marked">要件</mark>、<mark>要件</mark></p>'),
        ("", "<p>要件</p>", "<p>要件</p>"),
        ("<b>", "<b>b</b>", '<b><mark id="marked">b</mark></b>'),
    ],
)
def test_words_are_marked_in_html(words, html, expected):
    assert highlighter(words).html(html) == expected


@pytest.mark.django_db
def test_marks_are_counted_and_only_the_first_has_a_name():
    words = highlighter("要件")

    shown = words.title("要件定義") + words.html("<p>要件</p>")

    assert (words.count, shown.count('id="marked"'), shown.count("<mark")) == (2, 1, 2)


@pytest.mark.django_db
def test_a_title_is_a_text_and_no_html():
    assert highlighter("要件").title("要件 <b>") == '<mark id="marked">要件</mark> &lt;b&gt;'


@pytest.mark.parametrize("path", ["/guidelines/DS-100/2.2/", "/guidelines/DS-100/all/"])
def test_a_text_marks_the_words_of_its_address(client, by, path):
    factories.published(factories.guideline("DS-100"), by=by)

    plain, marked = page(client, path), page(client, f"{path}?q=体制")

    assert "<mark" not in plain
    assert 'class="notice highlighted"' not in plain
    assert '組織<mark id="marked">体制</mark>' in marked
    assert f'<link rel="canonical" href="http://testserver{path}">' in marked
    assert f'<a href="{path}">印を消す</a>' in marked
    assert '<a class="back" href="/search/?q=%E4%BD%93%E5%88%B6">探した結果へ戻る</a>' in marked


def test_a_cover_marks_the_words_of_its_address(client, by):
    factories.published(factories.guideline("DS-100"), by=by)

    assert '<mark id="marked">' not in page(client, "/guidelines/DS-100/?q=zzz")
    assert "<mark" in page(client, "/guidelines/DS-100/?q=ガイドライン")
