"""Markdown as publishers give it away: cover in lines, tables as they come, pictures beside it."""

import io
import zipfile
from datetime import date

import pytest

from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from guidelines.importing.writing import write
from guidelines.models import Attachment, Section
from guidelines.refusals import ImportRefusal
from guidelines.rendering import render
from tests.words import png

COVER = """
# 試験ガイドブック <!-- omit in toc -->

実践ガイドブック DS-910

2018年（平成30年）3月30日

デジタル庁

-----
**〔キーワード〕**

一、二

**〔概要〕**

概要である。

## 改訂履歴 <!-- omit in toc -->

| 改訂年月日 | 改訂箇所 | 改訂内容 |
|---|---|---|
| 2018年3月30日 | 全体 | 初版 |

## 目次　<!-- omit in toc -->

- [1. 総論](#1-総論)

-----
"""


def source_of(text, *, cover=COVER, **how):
    return read_file((cover + text).encode(), name="a.md", **how)


def outline(source):
    return [(level, node.number, node.title) for node, level in source.root.walk() if level]


def body_of(text):
    return source_of(f"## 1. 総論\n{text}").root.children[0].body


def html_of(text):
    return render(body_of(text), key="bcdfghjk")


def test_the_lines_of_the_cover_are_the_cover():
    source = source_of("## 1. 総論\n本文\n")

    assert (source.code, source.title, source.subtitle, source.issuer) == (
        "DS-910",
        "試験ガイドブック",
        "実践ガイドブック",
        "デジタル庁",
    )
    assert (source.decided_on, source.keywords, source.abstract) == (
        date(2018, 3, 30),
        ["一", "二"],
        "概要である。",
    )
    assert [(note.place, note.content) for note in source.notes] == [("全体", "初版")]
    assert (source.root.body, source.text_kept) == ("", 100.0)


def test_front_matter_is_a_cover_too():
    cover = (
        '---\ntitle: "試験の手引"\ncode: DS-910\ndate: 2018-03-30\nissuer: デジタル庁\n'
        "keywords: [一, 二]\nauthors:\n  - 誰か\n---\n"
    )

    source = source_of("# 1. 総論\n本文\n# 2. 各論\n", cover=cover)

    assert (source.title, source.code, source.issuer) == ("試験の手引", "DS-910", "デジタル庁")
    assert (source.decided_on, source.keywords) == (date(2018, 3, 30), ["一", "二"])
    assert outline(source) == [(1, "1.", "総論"), (1, "2.", "各論")]
    assert source.warnings == ["見出し情報の「authors」は取り込んでいません。"]


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("##1. 総論", "1.", "総論"),
        ("## 1.総論", "1.", "総論"),
        (" ## 第1章　総論 ##", "第1章", "総論"),
        ("## 総論", "", "総論"),
        ("## 1. 1. 総論", "1.", "総論"),
        ("## 5. 付録　様式", "付録", "様式"),
        ("## 1. 2024年の取組", "1.", "2024年の取組"),
    ],
)
def test_a_heading_is_read_however_it_is_written(heading, number, title):
    assert outline(source_of(f"{heading}\n本文\n")) == [(1, number, title)]


def test_a_heading_that_skips_a_level_is_raised_and_said():
    source = source_of("## 1. 総論\n#### 1.1.1. 目的\n")

    assert outline(source) == [(1, "1.", "総論"), (2, "1.1.1.", "目的")]
    assert source.warnings == [
        "31行目: 「1.1.1. 目的」の見出しの段（3）が飛んでいるため、2段目にしました。"
    ]


def test_a_heading_in_code_is_code():
    source = source_of("## 1. 総論\n```\n# 見出しでない\n<tag>\n```\n")

    assert source.root.children[0].body == "```\n# 見出しでない\n<tag>\n```"


def test_tables_are_tables_wherever_they_begin_and_however_long_their_rows_are():
    source = source_of("## 1. 総論\n例）\n|甲|乙|\n|--|--|\n|一|\n|二|三|四|\n")

    html = render(source.root.children[0].body, key="bcdfghjk")
    assert html.startswith("<p>例）</p>\n<div")
    assert html.count("<td>") == 6
    assert "四" in html
    assert (source.tables, source.text_kept) == (1, 100.0)
    assert "欄の足りない行を空欄で補いました" in [block.how for block in source.blocks]


def test_lists_are_lists_without_a_blank_line_and_with_two_blanks_a_level():
    html = html_of("次による。\n* 甲\n  * 乙\n* 丙\n\nまた、\n1) 一\n2) 二\n")

    assert html.startswith("<p>次による。</p>\n<ul>\n<li>甲<ul>\n<li>乙</li>")
    assert '<li class="numbered">1) 一</li>' in html


def test_html_tables_and_breaks_are_kept_and_what_is_no_element_is_text():
    source = source_of(
        '## 1. 総論\n<table>\n<tr><td rowspan="2">甲<br>乙</td></tr>\n</table>\n\n{x} <Version>\n'
    )

    html = render(source.root.children[0].body, key="bcdfghjk")
    assert '<td rowspan="2">甲<br>乙</td>' in html
    assert "&lt;Version&gt;" in html
    assert (source.tables, source.text_kept) == (1, 100.0)


def test_footnotes_stand_below_the_section_that_cites_them():
    source = source_of("## 1. 総論\n文[^1]\n## 2. 各論\n\n[^1]:注\n    である。\n\n[^2]: 誰も\n")

    assert [node.body for node in source.root.children] == ["文[^1]\n\n[^1]: 注 である。", ""]
    assert source.footnotes == 1
    left_out = [block for block in source.blocks if block.fate == "left_out"]
    assert ("誰も", "本文から参照されていないため") in [(one.text, one.how) for one in left_out]


FIGURE = """## 1. 総論
<figure>
<img src="media/a.png" style="width:5in"/>
<figcaption>
図1 甲
</figcaption>
</figure>

![図2](b.png)
"""


def test_pictures_beside_the_file_come_with_it(by, tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.png").write_bytes(png())
    (tmp_path / "b.png").write_bytes(png(1, 2))
    path = tmp_path / "a.md"
    path.write_text(COVER + FIGURE)

    report = write(read_file(path), by=by)

    addresses = [one.get_absolute_url() for one in Attachment.objects.all()]
    html = render(Section.objects.get(title="総論").body, key="bcdfghjk")
    assert [address in html for address in addresses] == [True, True]
    assert report.images == 2
    assert report.warnings == ["「1. 総論」（30行目から）: 図「a.png」に代替テキストがありません。"]


def test_pictures_come_in_a_zip(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("guide/README.md", "説明")
        archive.writestr("guide/text.md", COVER + FIGURE)
        archive.writestr("guide/media/a.png", png())

    source = read_file(file.getvalue(), name="guide.zip")

    assert (source.title, source.images, len(source.pictures)) == ("試験ガイドブック", 1, 1)
    assert [one.split(": ")[1] for one in source.warnings] == [
        "図「b.png」がファイルと一緒に渡されていないため。",
        "図「a.png」に代替テキストがありません。",
    ]


@pytest.mark.parametrize(
    "address",
    ["../secret.png", "/etc/a.png", "https://example.jp/a.png", "file:///a.png", "link.png"],
)
def test_pictures_from_elsewhere_stay_out(tmp_path, address):
    (tmp_path / "secret.png").write_bytes(png())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    path = folder / "a.md"
    path.write_text(f"{COVER}## 1. 総論\n![図]({address})\n")

    source = read_file(path)

    assert (source.pictures, source.root.children[0].body) == ([], "")
    assert len(source.warnings) == 1


def test_a_zip_without_one_text_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.md", COVER)
        archive.writestr("b.md", COVER)

    with pytest.raises(ImportRefusal, match="一つだけ入れてください（2個あります）"):
        read_file(file.getvalue(), name="a.zip")


def test_a_text_without_headings_is_refused():
    with pytest.raises(ImportRefusal, match=r"見出し（#）が一つもありません"):
        source_of("", cover="本文だけ")


def test_what_the_person_says_comes_before_the_cover_and_the_file_name_after():
    source = read_file(
        "# 1. 総論\n# 2. 各論\n".encode(),
        name="DS-911_20180330_手引.md",
        title="試験の手引",
        issuer="CIO連絡会議",
    )

    assert (source.code, source.title, source.issuer) == ("DS-911", "試験の手引", "CIO連絡会議")
    assert source.decided_on == date(2018, 3, 30)
    assert source.warnings == [
        "文書番号DS-911は、表紙ではなくファイル名から読みました。",
        "日付2018-03-30は、表紙ではなくファイル名から読みました。",
    ]


@pytest.mark.parametrize(
    "text", ["- " * 2_000 + "x", "文[^1]\n\n[^1]: 注\n\n" + "> " * 2_000 + "x"]
)
def test_a_text_that_nests_too_deep_is_refused_and_spoils_no_other(text):
    before = html_of("本文[^1]\n\n[^1]: 注")

    with pytest.raises(
        ImportRefusal, match=r"a.md: 「1. 総論」の本文の\d行目の入れ子が深すぎます。"
    ):
        source_of(f"## 1. 総論\n{text}\n")

    assert html_of("本文[^1]\n\n[^1]: 注") == before


def heading_of(text, **said):
    source = read_file(text.encode(), name="a.md", code="DS-910", **said)
    return [source.title, *outline(source)]


def left_out(source):
    """What became of the text, without the cover."""
    below = [one for one in losses(source) if not one.place.startswith("表紙")]
    return [(one.kind, one.how, one.text) for one in below]


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_the_language_of_code_is_no_text_and_its_signs_are(fence):
    source = source_of(f"## 1. 総論\n\n{fence}python\nx = `1` * 2  # 注\n{fence}\n")

    assert (source.text_kept, left_out(source)) == (100.0, [])


def test_addresses_at_the_end_of_the_file_are_put_where_they_are_named():
    source = source_of(
        "## 1. 総論\n[省の頁][r]と[規程][]と[要綱]、`[r]`、[外]。\n\n## 2. 各論\n本文。\n\n"
        '[r]: https://example.jp/r "題"\n[規程]: <https://example.jp/k>\n'
        "[要綱]: https://example.jp/y\n[余り]: https://example.jp/z\n"
    )

    assert [node.body for node in source.root.children] == [
        "[省の頁](https://example.jp/r)と[規程](https://example.jp/k)と"
        "[要綱](https://example.jp/y)、`[r]`、[外]。",
        "本文。",
    ]
    assert source.text_kept == 100.0
    assert left_out(source) == [
        ("リンク先", "本文から参照されていないため", "https://example.jp/z")
    ]


def bundled(text, *names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.md", COVER + text)
        for count, name in enumerate(names, start=1):
            archive.writestr(name, png(1, count))
    return read_file(file.getvalue(), name="a.zip")


@pytest.mark.parametrize(
    "mark",
    [
        *("![図][p]\n\n[p]: img/b.png", "![図](<img/a b.png>)", "![図](img/a%20b.png '題')"),
        *("<img alt='図' src='img/b.png'>", "<img src=img/b.png alt=図>", "![図](IMG/B.PNG)"),
    ],
)
def test_a_picture_is_found_however_it_is_named(mark):
    source = bundled(f"## 1. 総論\n{mark}\n", "img/a b.png", "img/b.png")

    assert len(source.pictures) == 1
    assert 'alt="図"' in render(source.root.children[0].body, key="bcdfghjk")
    assert left_out(source) == []


@pytest.mark.parametrize(
    ("mark", "address"),
    [
        ("![図][p]\n\n[p]: c.png", "c.png"),
        ("<img src='c.png'>", "c.png"),
        ("![図](<c d.png>)", "c%20d.png"),
    ],
)
def test_a_picture_that_was_not_given_is_named(mark, address):
    source = bundled(f"## 1. 総論\n{mark}\n")

    how = f"図「{address}」がファイルと一緒に渡されていないため"
    assert left_out(source) == [("図", how, "")]


def test_underlined_headings_are_headings_and_rules_are_not():
    text = (
        "1 総則\n======\n\n本文一\n\n1.1 目的\n------\n\n本文二\n\n---\n\n- 項\n---\n\n"
        "2 雑則\n===\n\n本文三\n"
    )

    source = source_of(text, cover="", code="DS-910", title="試験")

    assert outline(source) == [(1, "1", "総則"), (2, "1.1", "目的"), (1, "2", "雑則")]
    assert source.root.children[0].children[0].body.split() == ["本文二", "-", "項"]


def test_the_one_heading_above_all_stays_a_section_where_a_title_was_said():
    text = "# 総則\n\n本文。\n\n## 目的\n\n本文二。\n"

    assert heading_of(text) == ["総則", (1, "", "目的")]
    assert heading_of(text, title="試験") == ["試験", (1, "", "総則"), (2, "", "目的")]


def test_a_link_that_leads_nowhere_is_text_and_said():
    source = source_of("## 1. 総論\n[甲](./x.md)と[乙](javascript:alert(1))と[丙](https://a.jp)\n")

    assert source.root.children[0].body == "甲と乙と[丙](https://a.jp)"
    assert [how for _kind, how, _text in left_out(source)] == [
        f"リンク先「{address}」はウェブの番地ではないため、文字だけを取り込みました"
        for address in ("./x.md", "javascript:alert(1)")
    ]
