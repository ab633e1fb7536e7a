"""What Word draws comes in with its words and pictures, or is named in the report, once."""

import io

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from tests.words import png, saved

NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def text(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def drawing(inner, described=""):
    return (
        f'<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="a" descr="{described}"/><a:graphic>'
        f"<a:graphicData>{inner}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def put(document, xml):
    element = parse_xml(xml.replace(">", f" {NAMES}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)


def read(inner, *, whole=False, picture=False):
    """A file with this inside a paragraph, or by itself; {picture} is the id of a picture."""
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    if picture:
        relation, _image = document.part.get_or_add_image(io.BytesIO(png()))
        inner = inner.replace("{picture}", relation)
    put(document, inner if whole else f"<w:p>{inner}</w:p>")
    return read_file(saved(document), name="a.docx", code="DS-910", title="試験")


def body(source):
    return source.root.children[0].body


def said(source):
    return [(one.kind, one.fate, one.how, one.text) for one in losses(source)]


ARROW = '<wps:wsp><wps:spPr><a:prstGeom prst="rightArrow"/></wps:spPr></wps:wsp>'
BLIP = '<a:blip r:embed="{picture}"/>'
LEFT = "left_out"
SHAPES = "文字も画像もない図形%d個は取り込めません"
LOST = {
    "a described shape": (drawing(ARROW, "右向き"), ("図", LEFT, SHAPES % 1, "右向き")),
    "shapes of a group": (drawing(ARROW * 3), ("図", LEFT, SHAPES % 3, "")),
    "a line": ('<w:r><w:pict><v:line from="0,0"/></w:pict></w:r>', ("図", LEFT, SHAPES % 1, "")),
    "nothing": ("<w:r><w:object/></w:r>", ("図", LEFT, "文字も画像もない図のため", "")),
    "ink": (
        '<w:r><w:contentPart r:id="rId5"/></w:r>',
        ("図", LEFT, "手書き（インク）は読めません", ""),
    ),
    "another document": (
        '<w:subDoc r:id="rId8"/>',
        (
            "埋込み",
            LEFT,
            "別のファイルに分けた文書です。Wordで一つの文書にして保存し直してください",
            "",
        ),
    ),
    "a struck picture": (
        f'<w:del w:id="1">{drawing(BLIP)}</w:del>',
        ("図", LEFT, "変更履歴で削除された図のため", "図1個"),
    ),
    "a hidden picture": (
        drawing(BLIP).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1),
        ("図", LEFT, "隠し文字の中の図のため", "図1個"),
    ),
    "a picture that is not there": (
        drawing('<a:blip r:embed="rId999"/>'),
        ("図", LEFT, "図の画像がファイルの中にありません", ""),
    ),
    "a link that is not there": (
        f'<w:hyperlink r:id="rId404">{text("規程")}</w:hyperlink>',
        ("リンク", "turned", "リンク先がファイルにないため、文字だけを取り込みました", ""),
    ),
    "a mark without a note": (
        '<w:r><w:footnoteReference w:id="77"/></w:r>',
        ("脚注", LEFT, "脚注の印に当たる脚注がファイルにないため", ""),
    ),
}


@pytest.mark.parametrize(("inner", "line"), LOST.values(), ids=LOST.keys())
def test_what_cannot_come_in_has_one_line(inner, line):
    source = read(text("前の文") + inner + text("後の文"), picture=True)

    assert said(source) == [line]
    assert losses(source)[0].place == "「第1章 総則」 2番目の段落"
    assert body(source).replace("規程", "") == "前の文後の文"


def test_a_link_to_a_disk_has_a_line():
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    relation = document.part.relate_to("file:///C:/a.docx", RELATIONSHIP_TYPE.HYPERLINK, True)
    put(document, f'<w:p><w:hyperlink r:id="{relation}">{text("規程")}</w:hyperlink></w:p>')

    source = read_file(saved(document), name="a.docx", code="DS-910", title="試験")

    how = "リンク先「file:///C:/a.docx」はウェブの番地ではないため、文字だけを取り込みました"
    assert said(source) == [("リンク", "turned", how, "")]


def test_the_words_of_wordart_come_in():
    source = read('<w:r><w:pict><v:shape><v:textpath string="飾り文字"/></v:shape></w:pict></w:r>')

    assert body(source) == "飾り文字"
    assert [how for _kind, _fate, how, _text in said(source)] == [
        "ワードアートは、その文字だけを取り込みました"
    ]


def test_a_picture_that_fills_a_shape_comes_in():
    fill = '<w:r><w:pict><v:rect><v:fill r:id="{picture}"/></v:rect></w:pict></w:r>'

    source = read(fill, picture=True)

    assert (body(source)[:2], source.images, said(source)) == ("![", 1, [])


@pytest.mark.parametrize("in_cell", [False, True])
def test_alternatives_around_paragraphs_come_in_once(in_cell):
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="w14"><w:p>{text("甲の文")}</w:p></mc:Choice>'
        f"<mc:Fallback><w:p>{text('甲の文')}</w:p></mc:Fallback></mc:AlternateContent>"
    )
    table = f"<w:tbl><w:tr><w:tc>{both}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"

    source = read(table if in_cell else both, whole=True)

    assert body(source).count("甲の文") == 1
    assert source.text_kept == 100.0


def test_a_picture_in_a_running_head_is_named():
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))

    source = read_file(saved(document), name="a.docx", code="DS-910", title="試験")

    assert said(source) == [("ヘッダー", LEFT, "ページごとの柱は本文ではないため", "図1個")]


def test_rows_that_begin_later_or_end_earlier_keep_their_columns():
    def row(*cells, grid=""):
        inner = "".join(f"<w:tc><w:p>{text(cell)}</w:p></w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{grid}</w:trPr>{inner}</w:tr>"

    source = read(
        "<w:tbl>"
        + row("項目", "四月", "五月")
        + row("四月の値", "五月の値", grid='<w:gridBefore w:val="1"/>')
        + row("計", grid='<w:gridAfter w:val="2"/>')
        + "</w:tbl>",
        whole=True,
    )

    assert [line for line in body(source).split("\n") if line[:2] in ("<t", "</")] == [
        *("<table>", "<thead>", "<tr>", "<th>項目</th>", "<th>四月</th>", "<th>五月</th>"),
        *("</tr>", "</thead>", "<tr>", "<td></td>", "<td>四月の値</td>", "<td>五月の値</td>"),
        *("</tr>", "<tr>", "<td>計</td>", '<td colspan="2"></td>', "</tr>", "</table>"),
    ]


def test_a_table_in_a_footnote_becomes_its_words_and_is_said():
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    put(document, f'<w:p>{text("本文")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    cells = "".join(f"<w:tc><w:p>{text(words)}</w:p></w:tc>" for words in ("甲", "乙"))
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="2"><w:tbl><w:tr>{cells}</w:tr></w:tbl>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        f"{notes}</w:footnote></w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    source = read_file(saved(document), name="a.docx", code="DS-910", title="試験")

    assert body(source) == "本文[^1]\n\n[^1]: 甲 乙"
    assert said(source) == [("脚注", "turned", "脚注の中の表を、欄の文字を並べた文にしました", "")]
