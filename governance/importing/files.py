"""Reads the rows of a CSV or Excel file, each with its number in the file and its cells."""

import csv
import io
import zipfile
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from governance.refusals import Refusal

# Bytes of a file; ten thousand rows with their evidence are about two million.
MAX_BYTES = 5_000_000
# Bytes of an Excel file once it is unpacked.
MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS = 10_000

_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, ParseError, XMLSyntaxError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError),
)


def read_rows(content: bytes):
    """The header, and the rows that are not empty as pairs of their number and their cells.

    Raises Refusal for a file that is none of a kind we read, or too large.
    """
    if len(content) > MAX_BYTES:
        raise Refusal(
            _("ファイルが大きすぎます（%(size).1f MB）。%(most).1f MBまで取り込めます。")
            % {"size": len(content) / 1e6, "most": MAX_BYTES / 1e6}
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(_("古い形式のExcelファイルです。xlsx形式かCSVで保存し直してください。"))
    rows = _excel_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    numbered = [
        (number, row) for number, row in enumerate(rows, start=1) if any(map(_is_filled, row))
    ]
    if not numbered:
        raise Refusal(_("ファイルに行がありません。一行目に列の名前を書いてください。"))
    if len(numbered) > MAX_ROWS + 1:
        raise Refusal(
            _("行が多すぎます（%(rows)d行）。%(most)d行ずつに分けてください。")
            % {"rows": len(numbered) - 1, "most": MAX_ROWS}
        )
    (_number, header), *rest = numbered
    return header, rest


def _csv_rows(content):
    try:
        return list(csv.reader(io.StringIO(_decoded(content), newline=""), strict=True))
    except csv.Error as error:
        raise Refusal(_("CSVとして読めません（%s）。引用符を確かめてください。") % error) from error


def _decoded(content):
    # A file in UTF-16 could be taken for one in cp932, and read as nonsense.
    encodings = () if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(_("文字コードが分かりません。UTF-8のCSVかxlsx形式で保存してください。"))


def _excel_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED_BYTES:
                raise Refusal(_("Excelファイルの中身が大きすぎます。"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # What a file says of its own extent may be wrong.
        sheet.reset_dimensions()
        rows = []
        for row in sheet.iter_rows(values_only=True):
            rows.append(list(row))
            if len(rows) > 2 * MAX_ROWS:
                break
        return rows
    except _BROKEN as error:
        raise Refusal(_("Excelファイルとして読めません。保存し直してください。")) from error


def _is_filled(cell):
    return cell is not None and str(cell).strip() != ""
