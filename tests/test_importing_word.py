"""Word files: real guidelines give the outline that Word printed, small ones the expected text."""

import io
import json
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from guidelines.importing.inline import escape
from guidelines.importing.word import read
from guidelines.importing.word_numbering import spell
from guidelines.importing.writing import write
from guidelines.models import Attachment, Edition
from guidelines.refusals import ImportRefusal
from guidelines.rendering import render
from tests.words import FOOTNOTE, body_of, number, outline, png, saved, with_cover

HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK


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


NO_ZIP = "a.docx: ZIP形式のファイルとして開けません。壊れているか、途中で切れています。"


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", NO_ZIP),
        ("文".encode(), NO_ZIP),
        (
            zipped(),
            "a.docx: Wordファイル（.docx）として開けません。"
            "壊れているか、Wordのファイルではありません。",
        ),
        (saved(docx.Document())[:-100], NO_ZIP),
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


def test_a_heading_that_skips_a_level_is_raised_and_said():
    document = docx.Document()
    document.add_heading("第1編　総論", 1)
    document.add_heading("　1. 目的\t趣旨", 3)
    document.add_heading("", 2)

    source = read(saved(document), name="a.docx")

    assert outline(source) == [[1, "第1編", "総論"], [2, "1", "目的 趣旨"]]
    assert source.warnings == [
        "「第1編 総論」 2番目の段落: 「1. 目的 趣旨」の見出しの段（3）が飛んでいるため、"
        "2段目にしました。"
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
        (15, "japaneseLegal", "壱拾伍"),
        (120, "japaneseLegal", "壱百弐拾"),
        (3, "ideographEnclosedCircle", "㊂"),
        (11, "ideographEnclosedCircle", "11"),
        (21, "chineseCountingThousand", "二十一"),
        (120, "chineseCountingThousand", "一百二十"),
        (11, "ordinal", "11th"),
        (22, "ordinal", "22nd"),
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
        expected = "> 本文\n>\n> > 囲み\n> >\n> > 二段"
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


def test_automatic_lists_keep_their_levels_and_numbers():
    def write_to(document):
        for level, text in ((0, "甲"), (1, "乙"), (2, "丙"), (1, "丁"), (0, "戊")):
            number(document, document.add_paragraph(text), level)

    body = body_of(write_to)

    assert body.split("\n") == [
        "- （1） 甲",
        "    - ア 乙",
        "        - a) 丙",
        "    - イ 丁",
        "- （2） 戊",
    ]
    assert render(body, key="bcdfghjk").count('<li class="numbered">') == 5


def test_a_list_counted_in_digits_is_markdowns_own_and_begins_anew_as_printed():
    def write_to(document):
        for level, text in ((3, "一"), (3, "二"), (0, "間"), (3, "三")):
            number(document, document.add_paragraph(text), level)

    assert body_of(write_to) == "1. 一\n2. 二\n\n- （1） 間\n\n1. 三"


def test_a_caption_stays_with_its_table_or_picture():
    def write_to(document):
        document.add_paragraph("表1 一覧")
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "項目", "値"
        document.add_paragraph().add_run().add_picture(io.BytesIO(png()))
        document.add_paragraph("図1　全体像")
        document.add_paragraph("図1に示す。")

    html = render(body_of(write_to), key="bcdfghjk")

    figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
    assert [re.sub(r"<[^>]*>|\s", "", figure) for figure in figures] == [
        "表1一覧項目値",
        "図1全体像",
    ]
    assert "<figcaption>図1　全体像</figcaption>\n</figure>" in html
    assert html.endswith("<p>図1に示す。</p>")


def test_links_emphasis_and_line_breaks_are_kept_also_in_merged_cells():
    def fill(paragraph):
        link = OxmlElement("w:hyperlink")
        relation = paragraph.part.relate_to("https://example.jp/", HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        run = paragraph.add_run("規程")
        link.append(run._r)
        paragraph._p.append(link)
        paragraph.add_run("と").italic = True
        paragraph.add_run("下線").underline = True
        paragraph.add_run().add_break()
        paragraph.add_run("2").font.superscript = True

    def write_to(document):
        fill(document.add_paragraph())
        table = document.add_table(2, 2)
        fill(table.cell(0, 0).merge(table.cell(0, 1)).paragraphs[0])

    text, table = body_of(write_to).split("\n\n")

    assert text == "[規程](https://example.jp/)*と*<u>下線</u>  \n<sup>2</sup>"
    assert '<a href="https://example.jp/">規程</a><em>と</em><u>下線</u><br><sup>2</sup>' in table


def test_a_link_to_a_disk_or_a_script_is_text():
    def write_to(document):
        for address in ("javascript:alert(1)", r"C:\a.docx"):
            paragraph = document.add_paragraph()
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(address, HYPERLINK, is_external=True))
            link.append(paragraph.add_run("規程")._r)
            paragraph._p.append(link)

    assert body_of(write_to) == "規程\n\n規程"


FOOTNOTES = """<w:footnotes {ns}>
<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>注 </w:t></w:r>
<w:r><w:rPr><w:b/></w:rPr><w:t>である</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def noted(document):
    """A document given a footnote with the id 2."""
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        FOOTNOTES.format(ns=nsdecls("w")).encode(),
        document.part.package,
    )
    document.part.relate_to(part, f"{HYPERLINK.rpartition('/')[0]}/footnotes")
    return document


def cite(paragraph):
    paragraph._p.append(parse_xml(FOOTNOTE.format(ns=nsdecls("w"), id=2)))


def test_a_footnote_follows_the_section_that_cites_it_and_keeps_its_emphasis():
    document = noted(docx.Document())
    document.add_heading("総論", 1)
    cite(document.add_paragraph("本文"))
    document.add_heading("各論", 1)

    source = read(saved(document), name="a.docx")

    assert source.root.children[0].body == "本文[^1]\n\n[^1]: 注 **である**"
    assert source.footnotes == 1


def test_a_footnote_of_a_heading_or_merged_table_becomes_a_paragraph_and_is_said():
    document = noted(docx.Document())
    cite(document.add_heading("総論", 1))

    source = read(saved(document), name="a.docx")

    assert source.root.children[0].title == "総論"
    assert source.root.children[0].body == "（注） 注 **である**"
    assert "見出しの脚注を本文の段落にしました" in [block.how for block in source.blocks]


def test_a_picture_has_the_alternative_text_of_the_file_or_a_warning():
    document = with_cover("総論")
    for described in ("組織図", ""):
        run = document.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(png(1, 1 + len(described))))
        shape._inline.docPr.set("descr", described)

    source = read(saved(document), name="a.docx")

    body = source.root.children[0].body
    assert re.findall(r"!\[(.*?)\]", body) == ["組織図", ""]
    assert source.warnings == ["「総論」 8番目の段落: 図「image2.png」に代替テキストがありません。"]


def test_struck_out_and_hidden_text_stays_out_and_is_said():
    document = with_cover("総論")
    paragraph = document.add_paragraph("残る")
    struck = "<w:del {ns}><w:r><w:delText>消えた</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(struck.format(ns=nsdecls("w"))))
    paragraph.add_run("隠れた").font.hidden = True

    source = read_file(saved(document), name="a.docx")

    assert source.root.children[0].body.endswith("残る")
    assert [(block.text, block.how) for block in losses(source) if block.fate == "left_out"] == [
        ("消えた", "変更履歴で削除された文字のため"),
        ("隠れた", "隠し文字のため"),
    ]
    assert source.text_kept == 100.0


def test_what_a_reader_loses_is_found_by_the_comparison(monkeypatch):
    document = with_cover("総論")
    document.add_paragraph("この段落は、読み手が失くす。")
    monkeypatch.setattr(
        "guidelines.importing.inline.escape", lambda text: text.replace("この段落は、", "")
    )

    source = read_file(saved(document), name="a.docx")

    assert source.text_kept < 95
    assert [(block.place, block.how) for block in losses(source) if "見当" in block.how] == [
        ("「総論」 7番目の段落", "14字のうち6字が見当たりません")
    ]


DIAGRAM = """<w:r {ns}><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData><{tag} xmlns:{prefix}="http://schemas.openxmlformats.org/drawingml/2006/{kind}"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:{attribute}="{id}"/>
</a:graphicData></a:graphic></w:drawing></w:r>"""
WORDS = """<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:p><a:r><a:t>計画</a:t></a:r></a:p><a:p><a:r><a:t>実行</a:t></a:r></a:p></x>"""


def drawn(tag, kind, attribute):
    """What becomes of a drawing whose words, 計画 and 実行, are in a part of its own."""
    document = with_cover("総論")
    part = Part(
        PackURI(f"/word/{kind}.xml"), "application/xml", WORDS.encode(), document.part.package
    )
    relation = document.part.relate_to(part, f"{HYPERLINK.rpartition('/')[0]}/{kind}")
    drawing = DIAGRAM.format(
        ns=nsdecls("w"),
        tag=tag,
        prefix=tag.split(":")[0],
        kind=kind,
        attribute=attribute,
        id=relation,
    )
    document.add_paragraph()._p.append(parse_xml(drawing))
    return read_file(saved(document), name="a.docx")


def test_the_words_of_a_smartart_come_in():
    source = drawn("dgm:relIds", "diagram", "dm")

    assert source.root.children[0].body.endswith("計画  \n実行")
    assert source.text_kept == 100.0
    assert source.warnings == [
        "「総論」 7番目の段落: 図: SmartArtは、その文字だけを取り込みました。"
    ]


def test_a_chart_stays_out_and_its_words_count_as_lost():
    source = drawn("c:chart", "chart", "id")

    assert source.text_kept < 100
    assert source.warnings == [
        "「総論」 7番目の段落: 図: グラフは読めません。画像にして貼り付けてください。"
    ]
