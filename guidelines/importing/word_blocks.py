"""Turns the paragraphs, tables, boxes and notes of a Word file into pieces of Markdown."""

import re

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from lxml import etree

from guidelines.importing.composing import (
    CAPTION,
    FIGURE,
    FRAME,
    ITEM,
    TABLE,
    TEXT,
    Piece,
    compose,
    quote,
)
from guidelines.importing.inline import (
    Break,
    Cited,
    Shown,
    Text,
    noted,
    plain,
    to_html,
    to_markdown,
)
from guidelines.importing.source import Fate
from guidelines.importing.word_runs import Box, Runs
from guidelines.importing.word_styles import indent_of
from guidelines.importing.word_tables import HOLDERS, as_html, is_frame, rows_of, with_bars
from guidelines.importing.word_text import ALTERNATIVES, chosen

_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
# A step of indentation, in twentieths of a point: smaller ones are a matter of taste.
_STEP = 200


class Blocks:
    """Reads blocks in order and keeps what they show: pictures and notes met so far."""

    def __init__(self, document, *, styles, numbering, pictures, account):
        self.styles = styles
        self.numbering = numbering
        self.account = account
        self.images: list = []
        how = {
            "styles": styles,
            "pictures": pictures,
            "account": account,
            "images": self.images,
        }
        self.runs = Runs(document.part, **how)
        self.notes, self.tables_in_notes = _read_notes(document.part, how)
        # Id in the file → the number it has here, in the order of citing.
        self.labels: dict[str, str] = {}
        self.pending: list[str] = []

    def number_of(self, paragraph):
        """The automatic number of the next paragraph; to be asked once of each, in order."""
        return self.numbering.number_of(paragraph, self.styles)

    def heading(self, paragraph):
        """(text of a heading, pieces that its section begins with because of it)."""
        tokens, boxes = self._tokens(paragraph)
        text = plain([Text(" ") if isinstance(token, Break) else token for token in tokens])
        pieces = [Piece(FIGURE, to_markdown([one])) for one in tokens if isinstance(one, Shown)]
        pieces += [Piece(FRAME, quote([self.inside(box)])) for box in boxes]
        for token in tokens:
            if isinstance(token, Cited):
                self.pending.remove(token.label)
                pieces.append(Piece(TEXT, f"{noted('')} {self._note(token.label)}"))
                self.account(_("脚注"), Fate.TURNED, _("見出しの脚注を本文の段落にしました"))
        return re.sub(r"\s+", " ", text).strip(" \u3000"), pieces

    def paragraph(self, paragraph, number=None):
        """The pieces that a paragraph gives: itself, then the boxes that hang on it."""
        tokens, boxes = self._tokens(paragraph)
        text = to_markdown(tokens)
        boxed = [self._pieces(box) for box in boxes]
        frame = quote(filter(None, (compose(one) for one in boxed if not _is_figure(one))))
        if frame:
            self.account(_("テキストボックス"), Fate.TURNED, _("段落の後の引用にしました"))
        shows = any(isinstance(token, Shown) for token in tokens)
        bare = plain(tokens).strip(" \u3000")
        if shows and not bare:
            return [Piece(FIGURE, "\n\n".join(part for part in (text, frame) if part))]
        pieces = []
        if text and self.styles.is_caption(paragraph, bare):
            pieces.append(Piece(CAPTION, f"{number.printed} {text}".strip() if number else text))
        elif text and number and (number.printed or number.is_bullet):
            indent = self._indent(paragraph, number)
            pieces.append(Piece(ITEM, text, number=number.printed, indent=indent))
        elif text:
            pieces.append(Piece(TEXT, text))
        # A box around pictures alone only holds them in their place.
        pieces += [Piece(FIGURE, compose(one)) for one in boxed if one and _is_figure(one)]
        return [*pieces, *([Piece(FRAME, frame)] if frame else [])]

    def table(self, table):
        """The pieces of a table: bars, HTML, or a quotation where it only frames text."""
        rows = rows_of(table)
        if not rows:
            return []
        if self.styles.heads_tables(table):
            rows[0].is_header = True
        if is_frame(rows):
            inner = self.inside(rows[0].cells[0].element)
            self.account(_("表"), Fate.TURNED, _("一つの欄だけの表を引用にしました"))
            return [Piece(FRAME, quote([inner]))] if inner else []
        before = len(self.pending)
        text = with_bars(rows, self.cell)
        if text is not None:
            return [Piece(TABLE, text)]
        pieces = [Piece(TABLE, as_html(rows, self.html_cell))]
        for label in self.pending[before:]:
            pieces.append(Piece(TEXT, f"{noted(label)} {self._note(label)}"))
            self.account(_("脚注"), Fate.TURNED, _("結合のある表の脚注を、表の後の段落にしました"))
        del self.pending[before:]
        return pieces

    def inside(self, element):
        """The blocks inside a box or the cell of a frame, as one Markdown text."""
        return compose(self._pieces(element))

    def _pieces(self, element):
        pieces = []
        for child in _blocks_of(element):
            if child.tag == qn("w:tbl"):
                pieces += self.table(child)
            else:
                pieces += self.paragraph(child, self.number_of(child))
        return pieces

    def cell(self, element):
        """A cell between bars: its paragraphs on lines of their own."""
        lines = self._lines(element, to_markdown)
        return "<br>".join(re.sub(r" *\n", "<br>", line) for line in lines)

    def html_cell(self, element):
        """A cell in HTML, tables inside it included."""
        return "<br>".join(self._lines(element, to_html))

    def footnotes(self):
        """The notes cited since the last call, as Markdown."""
        lines = [f"[^{label}]: {self._note(label)}" for label in self.pending]
        self.pending = []
        return lines

    def _lines(self, element, write):
        lines = []
        for child in _blocks_of(element):
            if child.tag == qn("w:tbl"):
                # Only HTML has tables inside tables, and asks for them here.
                lines.append(as_html(rows_of(child), self.html_cell))
                continue
            number = self.number_of(child)
            tokens, boxes = self._tokens(child)
            text = write(tokens)
            if number and text:
                sign = Text(number.printed or ("・" if number.is_bullet else ""))
                text = f"{write([sign])} {text}".strip()
            lines.append(text)
            for box in boxes:
                lines += self._lines(box, write)
        return [line for line in lines if line]

    def _tokens(self, paragraph):
        """(tokens, boxes) of a paragraph, its notes numbered as they are cited."""
        tokens, boxes = [], []
        for token in self.runs.tokens(paragraph):
            if isinstance(token, Box):
                boxes.append(token.element)
            elif not isinstance(token, Cited):
                tokens.append(token)
            elif token.label in self.notes:
                tokens.append(self._cited(token))
            else:
                how = _("脚注の印に当たる脚注がファイルにないため")
                self.account(_("脚注"), Fate.LEFT_OUT, how, warns=True)
        return tokens, boxes

    def _cited(self, token):
        """The mark with the number that its note has here."""
        if token.label not in self.labels and token.label in self.tables_in_notes:
            how = _("脚注の中の表を、欄の文字を並べた文にしました")
            self.account(_("脚注"), Fate.TURNED, how)
        label = self.labels.setdefault(token.label, str(len(self.labels) + 1))
        if label not in self.pending:
            self.pending.append(label)
        return Cited(label)

    def _note(self, label):
        """The text of a note, on one line."""
        own = next(one for one, given in self.labels.items() if given == label)
        texts = [to_markdown(tokens).replace("  \n", " ") for tokens in self.notes[own]]
        return " ".join(text for text in texts if text)

    def _indent(self, paragraph, number):
        own = indent_of(paragraph.find(qn("w:pPr")))
        indent = own if own is not None else number.indent
        if indent is None:
            indent = self.styles.indent(paragraph) or 0
            return number.level * 2 + round(indent / _STEP)
        return round(indent / _STEP)


def _is_figure(pieces):
    return all(piece.kind == FIGURE for piece in pieces)


def _blocks_of(element):
    """The paragraphs and tables directly inside a box or cell."""
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _blocks_of(chosen(child))
        elif child.tag in HOLDERS:
            yield from _blocks_of(child)


def _read_notes(part, how):
    """(tokens of each paragraph of each note by its id in the file, ids of those with a table)."""
    notes, with_tables = {}, set()
    for kind, tag, prefix in (("/footnotes", "w:footnote", ""), ("/endnotes", "w:endnote", "e")):
        for relation in part.rels.values():
            if not relation.reltype.endswith(kind) or relation.is_external:
                continue
            runs = Runs(relation.target_part, **how)
            for note in etree.fromstring(relation.target_part.blob, _SAFE).iter(qn(tag)):
                if note.get(qn("w:type")) in (None, "normal"):
                    name = f"{prefix}{note.get(qn('w:id'))}"
                    # Boxes are paragraphs of the note themselves.
                    notes[name] = [
                        [one for one in runs.tokens(paragraph) if not isinstance(one, Box | Cited)]
                        for paragraph in note.iter(qn("w:p"))
                    ]
                    if next(note.iter(qn("w:tbl")), None) is not None:
                        with_tables.add(name)
    return notes, with_tables
