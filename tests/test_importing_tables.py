"""Tables of Word files: plain ones, merged cells, headers, tables in tables."""

import io
import re
from hashlib import sha256

from docx.oxml import OxmlElement

from tests.words import body_of, number, png


def test_a_plain_table_is_drawn_with_bars():
    def write_to(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "項目", "値"
        table.cell(1, 0).text, table.cell(1, 1).text = "a|b", "一\n二"

    assert body_of(write_to) == "| 項目 | 値 |\n| --- | --- |\n| a\\|b | 一<br>二 |"


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
        "<thead>",
        "<tr>",
        '<th colspan="2">項目 &lt;b&gt;</th>',
        "<th>値</th>",
        "</tr>",
        "</thead>",
        "<tr>",
        '<td rowspan="2">縦</td>',
        "<td>い</td>",
        "<td>ろ</td>",
        "</tr>",
        "<tr>",
        "<td>は</td>",
        f'<td><img src="/files/{sha256(png()).hexdigest()}/image1.png" alt=""></td>',
        "</tr>",
        "</table>",
    ]


def test_a_table_of_one_cell_is_a_quotation():
    def write_to(document):
        document.add_table(1, 1).cell(0, 0).text = "枠の中"

    assert body_of(write_to) == "> 枠の中"


def test_a_table_of_keys_and_values_has_no_header():
    def write_to(document):
        table = document.add_table(2, 2)
        for row, texts in zip(
            table.rows, [("都道府県", "東京都"), ("町字", "霞が関")], strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    assert "<th" not in body_of(write_to)


def test_a_row_that_repeats_on_each_page_is_a_header():
    def write_to(document):
        table = document.add_table(3, 1)
        for row, text in zip(table.rows, ("甲", "乙", "丙"), strict=True):
            row.cells[0].text = text
        for row in table.rows[:2]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    assert re.findall(r"<t([hd])>(.*?)</", body_of(write_to)) == [
        ("h", "甲"),
        ("h", "乙"),
        ("d", "丙"),
    ]


def test_a_table_in_a_table_and_a_list_in_a_cell_are_kept():
    def write_to(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "項目"
        inner = table.cell(1, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "い", "ろ"
        number(document, table.cell(1, 0).paragraphs[0], 0).add_run("は")

    body = body_of(write_to)

    assert body.count("<table>") == 2
    assert "<td>（1） は</td>" in body
    assert re.findall(r"<td>([いろ])</td>", body) == ["い", "ろ"]
