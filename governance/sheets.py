"""Writes tables as CSV and as Excel files that any program opens rightly and none executes."""

import csv
import io

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a program that calculates would take for a formula.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write_csv(header, rows) -> bytes:
    """The table as CSV in UTF-8, with the mark by which Excel knows that."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([_harmless(value) for value in row] for row in (header, *rows))
    return file.getvalue().encode("utf-8-sig")


def write_excel(header, rows, *, title, widths=()) -> bytes:
    """The table as a sheet called `title`; `widths` are those of its columns, in signs."""
    book = Workbook()
    sheet = book.active
    # Excel takes neither long names nor these signs.
    sheet.title = "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31]
    for row in (header, *rows):
        sheet.append([_harmless(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str) and cell.value.startswith(("http://", "https://")):
                cell.hyperlink = cell.value
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    # The header stays in sight, and stands on every printed page.
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _harmless(value):
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    # Signs that no sheet can hold.
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if value.startswith(FORMULA) else value
