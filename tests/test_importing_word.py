"""Word files: real guidelines give the outline that Word printed, small ones the expected text."""

import io
import json
import struct
import zipfile
import zlib
from datetime import date

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guidelines.importing import read_file
from guidelines.importing.source import Note
from guidelines.importing.word import read
from guidelines.importing.word_blocks import escape
from guidelines.importing.word_numbering import spell
from guidelines.importing.writing import write
from guidelines.models import Attachment, Edition
from guidelines.numbering import fold
from guidelines.refusals import ImportRefusal
from guidelines.rendering import render


def saved(document):
    """The bytes of a document made for a test."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def png():
    """A picture of one dot."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def outline(source):
    return [
        [level, fold(node.number).rstrip("."), fold(node.title)]
        for node, level in source.root.walk()
        if level
    ]


def body_of(*fill):
    """The Markdown that a section has when `fill` has been written below its heading."""
    document = docx.Document()
    document.add_heading("総論", 1)
    for write_to in fill:
        write_to(document)
    return read(saved(document), name="a.docx").root.children[0].body


REAL = [
    "DS-430/2022-09-12",
    "DS-430/2026-03-17",
    "DS-441/2023-03-31",
    "DS-442/2025-03-25",
    "DS-464-1/2022-03-31",
    "DS-464-1/2024-09-30",
    "DS-465-2/2023-02-28",
]


@pytest.mark.parametrize("name", REAL)
def test_a_real_guideline_gives_the_outline_that_word_printed(corpus, name):
    expected = json.loads((corpus / "expected.json").read_text())[f"{name}.docx"]

    source = read_file(corpus / f"{name}.docx")

    assert outline(source) == expected["outline"]
    assert (source.code, source.decided_on.isoformat()) == (
        expected["code"],
        expected["decided_on"],
    )
    assert source.warnings == []


def test_a_real_cover_is_read(corpus):
    source = read_file(corpus / "DS-464-1" / "2024-09-30.docx")

    assert (source.code, source.title, source.issuer) == (
        "DS-464-1",
        "API導入実践ガイドブック",
        "デジタル庁",
    )
    assert source.decided_on == date(2024, 9, 30)
    assert source.keywords == [
        *("行政情報の流通・活用", "APIエコノミー", "データモデル", "国際標準"),
        *("デファクト標準", "相互運用性", "モデル仕様書"),
    ]
    assert source.abstract.startswith("データは公開もさることながら、活用してこそ価値を生みます。")
    assert len(source.notes) == 6
    assert [note.revised_on.year for note in source.notes] == [2024, 2022, 2022, 2022, 2019, 2017]


def test_a_title_without_its_style_stands_between_code_and_day(corpus):
    source = read_file(corpus / "DS-465-2" / "2023-02-28.docx")

    assert source.title == "データマネジメント実践ガイドブック （運用編）"
    assert len(source.pictures) == 6


@pytest.mark.parametrize("name", ["DS-441/2022-03-31", "DS-442/2022-03-31"])
def test_a_real_guideline_is_published_and_the_same_file_changes_nothing(by, corpus, name):
    path = corpus / f"{name}.docx"
    first = write(read_file(path), by=by, publish=True)

    second = write(read_file(path), by=by, publish=True)

    assert (first.outcome, second.outcome) == (
        "公開済み",
        "同じ版が公開済みのため、何も変えていません",
    )
    assert Edition.objects.count() == 1
    assert Attachment.objects.count() == first.images


def test_the_next_real_edition_carries_the_keys_on(by, corpus):
    folder = corpus / "DS-464-1"
    first = write(read_file(folder / "2022-03-31.docx"), by=by, publish=True)

    second = write(read_file(folder / "2024-09-30.docx"), by=by, publish=True)

    assert {one["matched"] for one in first.sections} == {"new"}
    known = {(one["number"], one["title"]): one["key"] for one in first.sections}
    kept = [one for one in second.sections if (one["number"], one["title"]) in known]
    assert len(kept) > 20
    assert [one["key"] for one in kept] == [known[one["number"], one["title"]] for one in kept]


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.docx: Wordファイル（.docx）として開けません。"),
        ("文".encode(), "a.docx: Wordファイル（.docx）として開けません。"),
        (zipped(), "a.docx: Wordファイル（.docx）として開けません。"),
        (saved(docx.Document())[:-100], "a.docx: Wordファイル（.docx）として開けません。"),
        (
            saved(docx.Document()),
            "a.docx: 見出しが一つもありません。見出しにはWordの見出しスタイルを使ってください。",
        ),
    ],
    ids=["nothing", "text", "another zip", "cut short", "without headings"],
)
def test_a_file_that_is_no_guideline_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ImportRefusal) as refusal:
        read(content, name="a.docx")

    assert str(refusal.value) == sentence


def test_the_cover_is_read_from_what_precedes_the_text():
    document = docx.Document()
    document.add_paragraph("実践ガイドブック　ＤＳ－９１０")
    document.add_paragraph("試験用", style="Title")
    document.add_paragraph("ガイドブック", style="Title")
    document.add_paragraph("２０１８年（平成30年）３月30日")
    document.add_paragraph("デジタル庁")
    document.add_table(1, 1).cell(0, 0).text = "［キーワード］\n一、二\n［概要］\n概要である。"
    notes = document.add_table(3, 3)
    for row, texts in zip(
        notes.rows,
        [("改訂年月日", "改訂箇所", "改訂内容"), ("2018年3月30日", "全体", "初版"), ("", "", "")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("総論", 1)

    source = read(saved(document), name="a.docx")

    assert (source.code, source.title, source.issuer) == (
        "DS-910",
        "試験用 ガイドブック",
        "デジタル庁",
    )
    assert (source.decided_on, source.keywords, source.abstract) == (
        date(2018, 3, 30),
        ["一", "二"],
        "概要である。",
    )
    assert source.notes == [Note(date(2018, 3, 30), "全体", "初版")]
    assert outline(source) == [[1, "", "総論"]]


def test_a_heading_that_skips_a_level_is_raised_and_said():
    document = docx.Document()
    document.add_heading("第1編　総論", 1)
    document.add_heading("　1. 目的\t趣旨", 3)
    document.add_heading("", 2)

    source = read(saved(document), name="a.docx")

    assert outline(source) == [[1, "第1編", "総論"], [2, "1", "目的 趣旨"]]
    assert source.warnings == [
        "「1. 目的\t趣旨」の見出しの段（3）が飛んでいるため、2段目にしました。"
    ]


LIST = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/>
    <w:lvlText w:val="第%1編"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/>
    <w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>"""
NUM = '<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
AGAIN = """
<w:num {ns} w:numId="91"><w:abstractNumId w:val="90"/>
  <w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""


def test_automatic_numbers_follow_from_the_definitions():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LIST.format(ns=nsdecls("w"))))
    for num in (NUM, AGAIN):
        numbering.append(parse_xml(num.format(ns=nsdecls("w"))))
    styles = document.styles
    styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 90
    # As real files do: the level alone, the num from the style it is based on.
    styles["Heading 2"].base_style = styles["Heading 1"]
    styles["Heading 2"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_ilvl().val = 1
    for level, title in [(1, "甲"), (2, "乙"), (2, "丙"), (1, "丁"), (2, "戊")]:
        document.add_heading(title, level)
    own = document.add_heading("己", 2)._p.get_or_add_pPr().get_or_add_numPr()
    own.get_or_add_numId().val = 91

    source = read(saved(document), name="a.docx")

    assert [(node.number, node.title) for node, level in source.root.walk() if level] == [
        ("第1編", "甲"),
        ("(ア)", "乙"),
        ("(イ)", "丙"),
        ("第2編", "丁"),
        ("(ア)", "戊"),
        ("(オ)", "己"),
    ]


@pytest.mark.parametrize(
    ("count", "style", "printed"),
    [
        (3, "decimal", "3"),
        (12, "decimalFullWidth", "１２"),
        (2, "aiueoFullWidth", "イ"),
        (2, "iroha", "ロ"),
        (28, "lowerLetter", "bb"),
        (1, "upperLetter", "A"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (21, "japaneseCounting", "二十一"),
        (10, "japaneseCounting", "十"),
        (5, "bullet", ""),
        (5, "none", ""),
    ],
)
def test_a_count_is_spelled_in_the_formats_of_word(count, style, printed):
    assert spell(count, style) == printed


def test_bold_text_is_strong_unless_the_run_says_it_is_not():
    def write_to(document):
        paragraph = document.add_paragraph("これは")
        paragraph.add_run("重要").bold = True
        paragraph.add_run("である").bold = True
        paragraph.add_run("。").bold = False

    assert body_of(write_to) == "これは**重要である**。"


def test_bullets_are_one_list():
    def write_to(document):
        document.add_paragraph("次による。")
        for text in ("一", "二"):
            document.add_paragraph(text, style="List Bullet")

    assert body_of(write_to) == "次による。\n\n- 一\n- 二"


def test_a_plain_table_is_drawn_with_bars():
    def write_to(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "項目", "値"
        table.cell(1, 0).text, table.cell(1, 1).text = "a|b", "一\n二"

    assert body_of(write_to) == "| 項目 | 値 |\n| --- | --- |\n| a\\|b | 一   二 |"


def test_a_merged_table_keeps_its_spans_and_pictures():
    def write_to(document):
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "項目 <b>"
        table.cell(0, 2).text = "値"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "縦"
        table.cell(1, 1).text, table.cell(1, 2).text = "い", "ろ"
        table.cell(2, 1).text = "は"
        table.cell(2, 2).paragraphs[0].add_run().add_picture(io.BytesIO(png()))

    assert body_of(write_to).split("\n") == [
        "<table>",
        "<tr>",
        '<th colspan="2">項目 &lt;b&gt;</th>',
        "<th>値</th>",
        "</tr>",
        "<tr>",
        '<td rowspan="2">縦</td>',
        "<td>い</td>",
        "<td>ろ</td>",
        "</tr>",
        "<tr>",
        "<td>は</td>",
        '<td><img src="word-picture:image1.png" alt=""></td>',
        "</tr>",
        "</table>",
    ]


def test_a_table_of_one_cell_is_a_quotation():
    def write_to(document):
        document.add_table(1, 1).cell(0, 0).text = "枠の中"

    assert body_of(write_to) == "> 枠の中"


BOX = """
<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>
</mc:AlternateContent></w:r>"""
PARAGRAPHS = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("囲み", "二段"))
CONTENT = f"<w:txbxContent>{PARAGRAPHS}</w:txbxContent>"


@pytest.mark.parametrize("in_table", [False, True])
def test_a_text_box_follows_its_paragraph_once(in_table):
    def write_to(document):
        paragraph = document.add_paragraph("本文") if not in_table else None
        if in_table:
            paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
            paragraph.text = "本文"
        paragraph._p.append(parse_xml(BOX.format(ns=nsdecls("w"), box=CONTENT)))

    expected = "本文\n\n> 囲み\n>\n> 二段"
    if in_table:
        expected = "> 本文\n> \n> > 囲み\n> >\n> > 二段"
    assert body_of(write_to) == expected


CONTROL = """
<w:sdt {ns}><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>
<w:p><w:r><w:t>管理の中</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


@pytest.mark.parametrize(("kind", "body"), [("", "管理の中"), (GALLERY, "")])
def test_a_content_control_is_text_unless_it_holds_the_contents(kind, body):
    def write_to(document):
        control = parse_xml(CONTROL.format(ns=nsdecls("w"), kind=kind))
        document.element.body.insert(len(document.element.body) - 1, control)

    assert body_of(write_to) == body


def test_a_picture_is_kept_once_and_shown_from_the_portals_files(by):
    document = docx.Document()
    document.add_heading("総論", 1)
    for _turn in range(2):
        document.add_paragraph().add_run().add_picture(io.BytesIO(png()))
    source = read(saved(document), name="a.docx")
    source.code, source.title = "DS-910", "試験"

    write(source, by=by)

    attachment = Attachment.objects.get()
    body = Edition.objects.get().sections.get(title="総論").body
    assert body == "\n\n".join([f"![]({attachment.get_absolute_url()})"] * 2)
    assert (attachment.name, attachment.media_type) == ("image1.png", "image/png")


def test_a_line_break_begins_no_heading_list_or_fence():
    def write_to(document):
        document.add_paragraph("一\n# 二\n1. 三\n~~~\n===")

    html = render(body_of(write_to), key="bcdfghjk")

    assert html == "<p>一<br>\n# 二<br>\n1. 三<br>\n~~~<br>\n===</p>"


@pytest.mark.parametrize(
    "text",
    [
        *("a*b*c", "_a_ b_c_d", "`x`", "[文](x)", "[^1]", "<b>太い</b>", "&lt;", "\\", "![図](x)"),
        *(
            "# 題",
            "> 引用",
            "- 項",
            "+ 項",
            "1. 項",
            "12) 項",
            "---",
            "===",
            "~~~",
            "```",
            "| a | b |",
        ),
    ],
)
def test_plain_text_is_shown_unchanged(text):
    def write_to(document):
        document.add_paragraph(text)

    html = render(body_of(write_to), key="bcdfghjk")

    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html == f"<p>{shown}</p>"


def test_what_is_no_markup_is_not_escaped():
    assert escape("snake_case (a) 100% A&B") == "snake_case (a) 100% A&B"
