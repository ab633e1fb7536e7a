"""Markdown becomes harmless HTML, whatever it holds."""

import re

import pytest

from guidelines.fences import Fence
from guidelines.limits import MAX_BODY
from guidelines.refusals import TextRefusal
from guidelines.rendering import render

KEY = "bcdfghjk"
FILE = f"/files/{'0' * 64}/a.png"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<script>alert(1)</script>本文", "<p>本文</p>"),
        ("<svg><script>alert(1)</script></svg>本文", "<p>本文</p>"),
        ('<p onclick="alert(1)">本文</p>', "<p>本文</p>"),
        ("[本文](javascript:alert(1))", '<p><a rel="noopener noreferrer">本文</a></p>'),
        ("[本文](JaVaScRiPt:alert(1))", '<p><a rel="noopener noreferrer">本文</a></p>'),
        ("[本文](data:text/html,x)", '<p><a rel="noopener noreferrer">本文</a></p>'),
        ("[本文](edition:1/)", '<p><a rel="noopener noreferrer">本文</a></p>'),
        ('<span style="color:red">本文</span>', "<p><span>本文</span></p>"),
        ("<style>p {color: red}</style>本文", "<p>本文</p>"),
        ('<span class="notice" id="top">本文</span>', "<p><span>本文</span></p>"),
        ('<iframe src="https://example.jp"></iframe>本文', "<p>本文</p>"),
        ("<form><input name=a>本文</form>", "本文"),
        ("本文<!-- 覚え書き -->", "<p>本文</p>"),
        ("![図](https://example.jp/a.png)本文", "<p>本文</p>"),
        ("<img src=x onerror=alert(1)>本文", "<p>本文</p>"),
        (f"![図]({FILE})", f'<p><img alt="図" src="{FILE}"></p>'),
        ("<em>閉じない", "<p><em>閉じない</em></p>"),
        ("</div></p>本文", "<p></p>本文<p></p>"),
        (
            '<a title="<table>">本文</a>',
            '<p><a title="&lt;table&gt;" rel="noopener noreferrer">本文</a></p>',
        ),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<ruby>字<rt>じ</rt></ruby>", "<p><ruby>字<rt>じ</rt></ruby></p>"),
        ("# 題", "<h4>題</h4>"),
        ("用語\n:   定義", "<dl>\n<dt>用語</dt>\n<dd>定義</dd>\n</dl>"),
        ('`class=""`', '<p><code>class=""</code></p>'),
        ('`<p class="">`', '<p><code>&lt;p class=""&gt;</code></p>'),
        ('`<li id="fn:1">`', '<p><code>&lt;li id="fn:1"&gt;</code></p>'),
    ],
)
def test_what_an_author_writes_comes_out_harmless(body, html):
    assert render(body, key=KEY).strip() == html


def test_an_unclosed_table_is_closed_inside_its_frame():
    html = render("<table><tr><td>一", key=KEY)

    assert html == (
        '<div class="table-frame" tabindex="0" role="group">'
        "<table><tbody><tr><td>一</td></tr></tbody></table></div>"
    )


def test_the_alignment_of_a_table_is_an_attribute():
    html = render("| 左 | 中 | 右 |\n|:--|:-:|--:|\n| 1 | 2 | 3 |", key=KEY)

    assert re.findall(r"<t[hd] [^>]*>", html) == [
        '<th align="left">',
        '<th align="center">',
        '<th align="right">',
        '<td align="left">',
        '<td align="center">',
        '<td align="right">',
    ]


def test_footnotes_of_two_sections_on_one_page_have_names_of_their_own():
    pages = [render("文[^1]と文[^1]。\n\n[^1]: 注", key=key) for key in ("bcdfghj2", "bcdfghj3")]

    names = [re.findall(r'id="([^"]+)"', page) for page in pages]
    assert names == [
        [f"fnref-{key}-1", f"fnref2-{key}-1", f"fn-{key}-1"] for key in ("bcdfghj2", "bcdfghj3")
    ]
    assert [sorted(re.findall(r'href="#([^"]+)"', page)) for page in pages] == [
        [f"fn-{key}-1", f"fn-{key}-1", f"fnref-{key}-1", f"fnref2-{key}-1"]
        for key in ("bcdfghj2", "bcdfghj3")
    ]


def test_fenced_code_is_shown_as_it_is_written():
    html = render("```html\n# <b>見出し</b>\n日本\n語\n```", key=KEY)

    assert html == "<pre><code># &lt;b&gt;見出し&lt;/b&gt;\n日本\n語\n</code></pre>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("日本語の\n文である。", "<p>日本語の文である。</p>"),
        ("文である。\nAPIは", "<p>文である。\nAPIは</p>"),
        ("one\ntwo", "<p>one\ntwo</p>"),
        ("一。\n\n二。", "<p>一。</p>\n<p>二。</p>"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>"),
        ("一  \n二", "<p>一<br>\n二</p>"),
    ],
)
def test_lines_of_one_japanese_sentence_are_joined(body, html):
    assert render(body, key=KEY) == html


def test_a_body_beyond_the_limit_is_not_rendered():
    with pytest.raises(ValueError, match="beyond"):
        render("あ" * (MAX_BODY + 1), key=KEY)


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("a\n```\nb\n```\nc", "01110"),
        ("~~~ sh\n```\n~~~\nb", "1110"),
        ("````\n```\n````\nb", "1110"),
        ("```\na\n``` b\nc", "1111"),
        ("```a``` b\nc", "00"),
    ],
)
def test_a_fence_holds_the_lines_of_its_code(text, coded):
    fence = Fence()

    assert "".join(str(int(fence.holds(line))) for line in text.split("\n")) == coded


DEEP = {
    "a list": "- " * 2_000 + "x",
    "numbers": "1. " * 2_000 + "x",
    "a list in lines": "".join("    " * level + "- x\n" for level in range(21)),
    "a quotation": ">" * 21 + " x",
    "a list in a quotation": "> - " * 11 + "x",
    "a list in a note": "文[^1]\n\n[^1]: " + "- " * 2_000 + "x",
    "elements": '<div markdown="1">\n' * 500 + "x",
    "brackets": "[" * 3_000 + "x" + "]" * 3_000,
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP.keys())
def test_a_body_that_nests_too_deep_is_refused_before_it_is_converted(monkeypatch, body):
    monkeypatch.setattr("guidelines.rendering._converter", lambda: pytest.fail("converted"))

    with pytest.raises(TextRefusal) as refusal:
        render(body, key=KEY)

    line = 3 if "[^1]" in body else 21 if "    -" in body else 1
    line = 21 if "<div" in body else line
    assert str(refusal.value) == (
        f"本文の{line}行目の入れ子が深すぎます。"
        "箇条書きと引用の入れ子は20段、括弧の入れ子は100段までです。"
    )


FLAT = {
    "rules": "- " * 200 + "\n\n" + "* * " * 200,
    "code": "```\n" + "> " * 200 + "\n```\n\n    " + " " * 400 + "- x",
    "twenty levels": "".join("    " * level + "- x\n" for level in range(20)),
    "open intervals": "\n\n".join(["[0, 1) [1, 2)"] * 60),
    "many lists": "- x\n    - y\n\n" * 200,
}


@pytest.mark.parametrize("body", FLAT.values(), ids=FLAT.keys())
def test_what_only_looks_deep_is_shown(body):
    assert render(body, key=KEY) != ""


def test_a_converter_that_failed_is_not_used_again(monkeypatch):
    before = render("文[^1]と文。\n\n[^1]: 注", key=KEY)
    monkeypatch.setattr("guidelines.rendering.refuse_nesting", lambda body: None)

    with pytest.raises(
        TextRefusal, match=r"本文の入れ子が深すぎます。箇条書きと引用の入れ子は20段"
    ):
        render("文[^1]\n\n[^1]: 注\n\n" + "- " * 2_000 + "x", key=KEY)

    assert render("文[^1]と文。\n\n[^1]: 注", key=KEY) == before
