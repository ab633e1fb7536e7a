"""Sentences marked in rendered HTML, so that a link can land on them."""

import html5lib
import pytest

from guidelines.marking import mark

LINKED = '<a href="x">甲</a>は行う。'


def span(text, anchor="d"):
    return f'<span class="duty" id="{anchor}">{text}</span>'


@pytest.mark.parametrize(
    ("html", "sentence", "marked"),
    [
        ("<p>甲。乙は行う。丙。</p>", "乙は行う。", f"<p>甲。{span('乙は行う。')}丙。</p>"),
        (
            "<p>甲は<em>必ず</em>行う。</p>",
            "甲は必ず行う。",
            f"<p>{span('甲は<em>必ず</em>行う。')}</p>",
        ),
        (
            '<p><a href="x">甲</a>は行う。</p>',
            "甲は行う。",
            f"<p>{span(LINKED)}</p>",
        ),
        (
            "<p><b>甲は行う。乙</b>は。</p>",
            "甲は行う。",
            f"<p><b>{span('甲は行う。')}乙</b>は。</p>",
        ),
        (
            "<p>甲は<b>行う。乙</b>は。</p>",
            "甲は行う。",
            f"<p>{span('甲は')}<b>行う。乙</b>は。</p>",
        ),
        ("<p>A &amp; B は行う。</p>", "A & B は行う。", f"<p>{span('A &amp; B は行う。')}</p>"),
        ("<p>1 &lt; 2 なら行う。</p>", "< 2 なら行う。", f"<p>1 {span('&lt; 2 なら行う。')}</p>"),
        ("<p>甲は<br>行う。</p>", "甲は行う。", f"<p>{span('甲は<br>行う。')}</p>"),
        ('<p title="甲。">乙。甲。</p>', "甲。", f'<p title="甲。">乙。{span("甲。")}</p>'),
        ("<p>甲は行う。甲は行う。</p>", "甲は行う。", f"<p>{span('甲は行う。')}甲は行う。</p>"),
        ("<li>甲は</li><li>行う。</li>", "甲は行う。", "<li>甲は</li><li>行う。</li>"),
        ("<p>甲は行わない。</p>", "甲は行う。", "<p>甲は行わない。</p>"),
        ("<p>甲。</p>", "", "<p>甲。</p>"),
    ],
)
def test_sentence_is_marked_where_it_stands(html, sentence, marked):
    assert mark(html, {sentence: "d"}) == marked


def test_several_sentences_are_marked_each_with_its_own_anchor():
    html = "<p>甲は行う。乙は<b>行う</b>。</p><p>丙は行う。</p>"

    marked = mark(html, {"丙は行う。": "d-3", "甲は行う。": "d-1", "乙は行う。": "d-2"})

    first, second, third = (
        span("甲は行う。", "d-1"),
        span("乙は<b>行う</b>。", "d-2"),
        span("丙は行う。", "d-3"),
    )
    assert marked == f"<p>{first}{second}</p><p>{third}</p>"


@pytest.mark.parametrize("turn", [1, -1])
def test_sentence_inside_another_is_marked_where_it_stands_by_itself(turn):
    short, long = "甲は行う。", "なお、甲は行う。"
    anchors = dict([(long, "d-1"), (short, "d-2")][::turn])

    both = mark(f"<p>{long}{short}</p>", anchors)
    alone = mark(f"<p>{long}</p>", anchors)

    assert both == f"<p>{span(long, 'd-1')}{span(short, 'd-2')}</p>"
    assert alone == f"<p>{span(long, 'd-1')}</p>"


def test_marked_text_stays_valid_and_says_the_same():
    html = "<p>甲は<em>行う。<a href='x'>乙</a></em>は行う。</p><ul><li>丙は行う。</li></ul>"

    marked = mark(html, {"甲は行う。": "d-1", "乙は行う。": "d-2", "丙は行う。": "d-3"})

    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>–</title>{marked}")
    assert text_of(marked) == text_of(html)


def text_of(html):
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
