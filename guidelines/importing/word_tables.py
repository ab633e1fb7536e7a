"""Turns the tables of a Word file into Markdown: bars where that is enough, HTML where not."""

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from guidelines.importing.word_text import is_on, plain
from guidelines.numbering import fold

# Words that head columns; a first row without any mark is taken for a header only with these.
HEADS = (
    *("項目", "コード", "区分", "分類", "番号", "種類", "名称", "用語", "主体", "段階", "日付"),
    *("改定年月日", "改訂年月日", "実施時期", "確認時期", "変換前", "No"),
)
# Elements around paragraphs, tables, rows and cells that show what they hold.
HOLDERS = tuple(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


@dataclass
class Cell:
    """A cell: the columns it takes, and its part in a merge downwards."""

    element: Any
    column: int
    across: int
    down: str


@dataclass
class Row:
    """A row of cells, and whether the file says that it repeats as a header."""

    cells: list[Cell]
    is_header: bool


def rows_of(table) -> list[Row]:
    """The rows of a table element, cells in order; rows without a cell are none."""
    rows, gaps = [], []
    for element in _children(table, qn("w:tr")):
        properties = element.find(qn("w:trPr"))
        before, after = (_number(properties, f"w:grid{side}") for side in ("Before", "After"))
        column, cells = before, []
        for one in _children(element, qn("w:tc")):
            merge = one.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            down = "" if merge is None else (merge.get(qn("w:val")) or "continue")
            across = min(max(_number(one.find(qn("w:tcPr")), "w:gridSpan"), 1), 200)
            cells.append(Cell(one, column, across, down))
            column += across
        if cells:
            header = properties is not None and properties.find(qn("w:tblHeader")) is not None
            rows.append(Row(cells, header))
            gaps.append((before, column, after))
    # A row that begins later, or ends earlier, than the others has nothing there.
    for row, (before, end, after) in zip(rows, gaps, strict=True):
        if len(rows) > 1:
            row.cells[:0] = _gap(0, before)
            row.cells += _gap(end, after)
    return rows


def _gap(column, across):
    return [Cell(OxmlElement("w:tc"), column, min(across, 200), "")] if across else []


def is_frame(rows) -> bool:
    """Whether a table is a box around text: one cell alone."""
    return len(rows) == 1 and len(rows[0].cells) == 1


def with_bars(rows, cell_text):
    """A table in Markdown; None where it has what bars cannot say."""
    plain = all(cell.across == 1 and not cell.down for row in rows for cell in row.cells)
    even = len({len(row.cells) for row in rows}) == 1
    nested = any(
        cell.element.find(f".//{qn('w:tbl')}") is not None for row in rows for cell in row.cells
    )
    if not plain or not even or nested or header_rows(rows) != 1 or len(rows[0].cells) < 2:
        return None
    lines = [
        "| " + " | ".join(cell_text(cell.element).replace("|", r"\|") for cell in row.cells) + " |"
        for row in rows
    ]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0].cells), *lines[1:]])


def as_html(rows, cell_html):
    """A table in HTML, with merged cells and as many header rows as it has."""
    heads = header_rows(rows)
    lines = ["<table>"]
    for count, row in enumerate(rows):
        if count == 0 and heads:
            lines.append("<thead>")
        lines.append("<tr>")
        tag = "th" if count < heads else "td"
        for cell in row.cells:
            # Read whatever it shows, so that lists inside merged cells count on.
            text = cell_html(cell.element)
            if cell.down == "continue" and _starts_above(rows, count, cell.column):
                continue
            spans = f' colspan="{cell.across}"' if cell.across > 1 else ""
            height = _height(rows, count, cell.column) if cell.down else 1
            spans += f' rowspan="{height}"' if height > 1 else ""
            lines.append(f"<{tag}{spans}>{text}</{tag}>")
        lines.append("</tr>")
        if heads and count == heads - 1:
            lines.append("</thead>")
    return "\n".join([*lines, "</table>"])


def header_rows(rows) -> int:
    """How many rows are headers: those the file repeats on each page, else a first that looks so.

    A first row looks so when all of it is shaded or bold and the second is not, or when it begins
    with a word that heads columns.
    """
    marked = 0
    while marked < len(rows) - 1 and rows[marked].is_header:
        marked += 1
    if marked or len(rows) < 2:
        return marked
    if _stands_out(rows[0]) and not _stands_out(rows[1]):
        return 1
    return int(fold(plain(rows[0].cells[0].element)).startswith(HEADS))


def _stands_out(row):
    cells = [cell.element for cell in row.cells if len(cell.element)]
    return all(_is_shaded(cell) or _is_bold(cell) for cell in cells)


def _is_shaded(cell):
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    fill = shade.get(qn("w:fill")) if shade is not None else None
    return fill not in (None, "auto", "FFFFFF")


def _is_bold(cell):
    runs = [run for run in cell.iter(qn("w:r")) if plain(run).strip()]
    return all(is_on(run.find(qn("w:rPr")), "w:b") for run in runs) and bool(runs)


def _starts_above(rows, count, column):
    """Whether the cell above is one that this cell may continue."""
    cells = rows[count - 1].cells if count else []
    return any(cell.column == column and cell.down for cell in cells)


def _height(rows, count, column):
    """How many rows a cell takes that starts a merge downwards at this row and column."""
    height = 1
    for row in rows[count + 1 :]:
        below = next((cell for cell in row.cells if cell.column == column), None)
        if below is None or below.down != "continue":
            break
        height += 1
    return height


def _children(element, tag):
    """The children of a tag, also those inside content controls."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in HOLDERS:
            yield from _children(child, tag)


def _number(properties, name):
    found = properties.find(qn(name)) if properties is not None else None
    value = found.get(qn("w:val")) if found is not None else None
    return int(value) if value and value.isdigit() else 0
