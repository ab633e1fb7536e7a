"""Only the contents that Word made stay out of an import; what looks like them is text."""

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from tests.words import saved

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
TOC = f'{BEGIN}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>{SEPARATE}'
PAGE = f"{BEGIN}<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>{SEPARATE}"


def text(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def read(*paragraphs, before=None):
    """A Word file with these paragraphs, in XML, below its first heading."""
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    document.add_paragraph("総則の本文である。" * 5)
    if before:
        before(document)
    for inner in paragraphs:
        element = parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, element)
    document.add_heading("第2章 雑則", 1)
    document.add_paragraph("雑則の本文である。" * 5)
    return read_file(saved(document), name="a.docx", code="DS-910", title="試験")


def body(source):
    return source.root.children[0].body.removeprefix("総則の本文である。" * 5).strip("\n")


def left_out(source):
    return [(one.how, one.text) for one in losses(source) if one.fate == "left_out"]


MADE = "目次は見出しから作り直されるため"


@pytest.mark.parametrize("style", ["TOC Heading", "toc 1", "table of figures"])
def test_a_paragraph_merely_set_in_a_style_of_contents_is_text(style):
    def write(document):
        if style not in [one.name for one in document.styles]:
            document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("改定履歴", style=style)

    source = read(before=write)

    assert (body(source), left_out(source), source.text_kept) == ("改定履歴", [], 100.0)


def test_text_before_and_behind_the_contents_in_their_paragraphs_stays():
    source = read(
        text("前の文") + TOC + text("第1章 総則…1"),
        text("第2章 雑則…2"),
        END + text("後の文"),
        text("次の文"),
    )

    assert body(source) == "前の文\n\n後の文\n\n次の文"
    assert left_out(source) == [(MADE, "第1章 総則…1\n第2章 雑則…2")]
    assert source.text_kept == 100.0


@pytest.mark.parametrize(("following", "kept"), [(text("本文"), "本文"), (PAGE, "")])
def test_contents_that_never_end_stop_where_their_lines_do(following, kept):
    source = read(
        TOC + text("第1章 総則…1"), text("第2章 雑則") + PAGE + text("2") + END, following
    )

    assert body(source) == kept
    assert [node.title for node in source.root.children] == ["総則", "雑則"]
    assert source.root.children[1].body == "雑則の本文である。" * 5
    assert source.text_kept == 100.0


def test_contents_end_at_a_heading_although_their_end_comes_later():
    source = read(
        TOC + text("第1章 総則…1"),
        f'<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{text("第3章 罰則")}',
        text("罰則の本文である。") + END,
    )

    assert [node.title for node in source.root.children] == ["総則", "罰則", "雑則"]
    assert source.root.children[1].body == "罰則の本文である。"


def test_what_stands_among_the_contents_and_is_no_heading_counts_as_lost():
    source = read(TOC + text("第1章 総則…1"), text("この文書は案である。"), END)

    assert left_out(source) == [
        (MADE, "第1章 総則…1\nこの文書は案である。"),
        ("目次の中にあり、見出しではないため", "この文書は案である。"),
    ]
    assert source.text_kept < 100


def test_a_stale_line_with_its_page_is_no_loss():
    source = read(TOC + text("第9章 旧題") + PAGE + text("9") + END, END)

    assert [how for how, _text in left_out(source)] == [MADE]
    assert source.text_kept == 100.0


@pytest.mark.parametrize(
    ("following", "kept"), [(TOC + text("第1章 総則…1") + END, ""), ("", "目次")]
)
def test_the_word_for_contents_stays_out_only_before_them(following, kept):
    source = read(text("目次"), *filter(None, [following]))

    assert body(source) == kept
    assert source.text_kept == 100.0


def test_contents_in_a_cell_leave_the_table():
    def write(document):
        table = document.add_table(1, 2)
        cell = table.cell(0, 0).paragraphs[0]._p
        for run in parse_xml(f"<w:p {nsdecls('w')}>{TOC}{text('第1章 総則…1')}{END}</w:p>"):
            cell.append(run)
        table.cell(0, 1).text = "隣の欄"

    source = read(before=write)

    assert "<td>隣の欄</td>" in body(source)
    assert left_out(source) == [(MADE, "第1章 総則…1")]
    assert source.text_kept == 100.0
