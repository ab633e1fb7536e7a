"""Turns the paragraphs and tables of a Word file into Markdown."""

import html
import re

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

# What Markdown would take for something else in running text.
_SPECIAL = re.compile(r"([\\`*]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\](?=[(\[])|\[(?=\^))")
_AT_START = re.compile(r"[#>]|[-+]\s|(?P<digits>\d+)[.)]\s|~~~|={2,}\s*$|-{2,}\s*$")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOX = qn("w:txbxContent")


def escape(text):
    """Plain text as Markdown that shows it unchanged."""
    text = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")


def _guard(line):
    """A line that shows its first signs, though they would begin a heading, list, rule or fence."""
    match = _AT_START.match(line)
    if match is None:
        return line
    # Markdown knows no backslash before these two.
    if line[0] in "~=":
        return f"&#{ord(line[0])};{line[1:]}"
    before = match["digits"] or ""
    return f"{before}\\{line.removeprefix(before)}"


class Box(str):
    """The text of a box that floats beside a paragraph."""


class Blocks:
    """Reads blocks in order and keeps what they show: pictures and footnotes met so far."""

    def __init__(self, document, pictures):
        self.document = document
        self.pictures = pictures
        self.footnotes = _read_footnotes(document)
        self.cited = []

    def paragraph(self, paragraph):
        """A paragraph as Markdown, pictures and footnote marks in place; "" for an empty one.

        A box that hangs on the paragraph follows it as a quotation.
        """
        pieces = list(self._inline(paragraph._p))
        boxes = [piece for piece in pieces if isinstance(piece, Box)]
        text = "".join(piece for piece in pieces if not isinstance(piece, Box))
        text = text.strip(" \u3000\t\n")
        text = re.sub(r"\*\*(\s*)\*\*", r"\1", text)
        text = "\n".join(map(_guard, text.split("\n")))
        return "\n\n".join(block for block in (text, *boxes) if block)

    def notes(self):
        """The footnotes cited since the last call, as Markdown."""
        lines = [f"[^{number}]: {escape(self.footnotes[number])}" for number in self.cited]
        self.cited = []
        return lines

    def table(self, table):
        """A table as Markdown: bars where each cell is one, HTML where cells are merged."""
        rows = [_cells(row) for row in table._tbl.tr_lst]
        rows = [row for row in rows if row]
        if not rows:
            return ""
        if len(rows) == 1 and len(rows[0]) == 1:
            return _quote(self._paragraphs(rows[0][0]["element"]))
        plain = all(cell["across"] == 1 and not cell["down"] for row in rows for cell in row)
        if plain and len({len(row) for row in rows}) == 1:
            return self._with_bars(rows)
        return self._as_html(rows)

    def _with_bars(self, rows):
        lines = [
            "| " + " | ".join(self._cell(cell).replace("|", r"\|") for cell in row) + " |"
            for row in rows
        ]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def _as_html(self, rows):
        lines = ["<table>"]
        for count, row in enumerate(rows):
            tag = "th" if count == 0 else "td"
            lines.append("<tr>")
            column = 0
            for cell in row:
                if cell["down"] != "continue":
                    spans = f' colspan="{cell["across"]}"' if cell["across"] > 1 else ""
                    height = _height(rows, count, column)
                    spans += f' rowspan="{height}"' if height > 1 else ""
                    lines.append(f"<{tag}{spans}>{self._html_cell(cell)}</{tag}>")
                column += cell["across"]
            lines.append("</tr>")
        return "\n".join([*lines, "</table>"])

    def _cell(self, cell):
        return "<br>".join(text.replace("\n", " ") for text in self._paragraphs(cell["element"]))

    def _html_cell(self, cell):
        pieces = []
        for element in cell["element"].iter(qn("w:p")):
            text = Paragraph(element, self.document).text.strip()
            pieces.append(html.escape(text, quote=False))
            pieces += [
                f'<img src="{source}" alt="{html.escape(described)}">'
                for described, source in self._pictures(element)
            ]
        return "<br>".join(piece for piece in pieces if piece)

    def _paragraphs(self, element):
        """The paragraphs of a cell or box, those of boxes inside it left to their paragraphs."""
        texts = (
            self.paragraph(Paragraph(p, self.document))
            for p in element.iter(qn("w:p"))
            if _box_around(p) == _box_around(element)
        )
        return [text for text in texts if text]

    def _inline(self, element):
        """The pieces of a paragraph: text, emphasis, links, breaks, pictures, footnote marks."""
        for child in element.iterchildren():
            if child.tag == qn("w:r"):
                yield from self._run(child)
            elif child.tag == qn("w:hyperlink"):
                text = "".join(self._inline(child))
                target = child.get(qn("r:id"))
                address = self.document.part.rels[target].target_ref if target else ""
                yield f"[{text}]({address})" if address.startswith("http") else text
            elif child.tag in (qn("w:ins"), qn("w:smartTag"), qn("w:sdt"), qn("w:sdtContent")):
                yield from self._inline(child)

    def _run(self, run):
        properties = run.find(qn("w:rPr"))
        mark = properties.find(qn("w:b")) if properties is not None else None
        bold = mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")
        for child in run.iterchildren():
            if child.tag == qn("w:t"):
                text = escape(child.text or "")
                yield f"**{text}**" if bold and text.strip() == text and text else text
            elif child.tag == qn("w:tab"):
                yield " "
            elif child.tag in (qn("w:br"), qn("w:cr")):
                yield "  \n"
            elif child.tag == qn("w:footnoteReference"):
                number = child.get(qn("w:id"))
                if number in self.footnotes:
                    self.cited.append(number)
                    yield f"[^{number}]"
            else:
                for described, source in self._pictures(child):
                    yield f"![{escape(described)}]({source})"
                for box in _shown_once(child, _BOX):
                    yield Box(_quote(self._paragraphs(box)))

    def _pictures(self, element):
        """(description, placeholder) of each picture in an element, boxes apart."""
        for blip in _shown_once(element, qn("a:blip")):
            part = self.document.part.related_parts.get(blip.get(qn("r:embed")))
            if part is not None:
                described = next(iter(element.iter(qn("wp:docPr"))), None)
                text = described.get("descr", "") if described is not None else ""
                yield text, self.pictures.keep(part)


def is_table(element):
    """Whether an element of the body is a table."""
    return element.tag == qn("w:tbl")


def as_table(element, document):
    """The table of an element."""
    return Table(element, document)


def _quote(texts):
    """Paragraphs as one quotation."""
    return "\n>\n".join("> " + text.replace("\n", "\n> ") for text in texts)


def _box_around(element):
    """The box that an element stands in, or is; None in running text."""
    return element if element.tag == _BOX else next(element.iterancestors(_BOX), None)


def _shown_once(element, tag):
    """The elements of a tag that are shown here: not those in a box of their own below this
    one, and of two alternatives, which Word writes of one drawing, the first only.
    """
    for child in element[:1] if element.tag == _ALTERNATIVES else element:
        if child.tag == tag:
            yield child
        elif child.tag != _BOX:
            yield from _shown_once(child, tag)


def _cells(row):
    """Each cell of a row: its element, how many columns it takes, and its part in a merge down."""
    cells = []
    for element in row.iterchildren(qn("w:tc")):
        across = element.grid_span
        merge = element.tcPr.find(qn("w:vMerge")) if element.tcPr is not None else None
        down = "" if merge is None else (merge.get(qn("w:val")) or "continue")
        cells.append({"element": element, "across": across, "down": down})
    return cells


def _height(rows, count, column):
    """How many rows a cell takes that starts a merge down at this row and column."""
    height = 1
    for row in rows[count + 1 :]:
        place = 0
        for cell in row:
            if place == column and cell["down"] == "continue":
                height += 1
                break
            place += cell["across"]
        else:
            return height
    return height


def _read_footnotes(document):
    """The text of each footnote by its number in the file."""
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if relation.reltype.endswith("/footnotes")
        ),
        None,
    )
    if part is None:
        return {}
    from lxml import etree

    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    return {
        note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip()
        for note in root.iter(qn("w:footnote"))
        if note.get(qn("w:type")) is None
    }
