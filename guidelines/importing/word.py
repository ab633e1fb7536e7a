"""Reads Word files: cover, sections with their automatic numbers, and an account of every block."""

import io

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from guidelines.importing import glossary
from guidelines.importing.accounting import normalised
from guidelines.importing.archive import open_archive, read_member
from guidelines.importing.composing import TABLE, Piece, compose
from guidelines.importing.cover import CoverItem, read_cover, read_notes
from guidelines.importing.pictures import Pictures
from guidelines.importing.source import Block, Fate, Source
from guidelines.importing.word_blocks import Blocks
from guidelines.importing.word_contents import take_out
from guidelines.importing.word_numbering import read_numbering
from guidelines.importing.word_styles import Styles
from guidelines.importing.word_tables import HOLDERS, rows_of
from guidelines.importing.word_text import (
    ALTERNATIVES,
    boxes_of,
    chosen,
    doubles,
    lines,
    pictures_in,
    plain,
)
from guidelines.limits import MAX_LEVELS
from guidelines.numbering import fold, parse_heading
from guidelines.refusals import ImportRefusal
from guidelines.tree import Node

_STRICT = b"http://purl.oclc.org/ooxml/"


def read(content: bytes, *, name: str, title: str = "") -> Source:
    """The guideline in a Word file. Raises ImportRefusal when it is none, or has no headings.

    Where somebody has said the `title`, a heading above all others is a section.
    """
    with open_archive(content, name=name) as archive:
        _refuse_strict(archive, name)
    try:
        document = docx.Document(io.BytesIO(content))
        return _Reader(document, name, title).read()
    except ImportRefusal:
        raise
    # Damaged XML leads python-docx and lxml into errors of every kind; for the person it is one.
    except Exception as error:
        raise ImportRefusal(
            _(
                "%s: Wordファイル（.docx）として開けません。"
                "壊れているか、Wordのファイルではありません。"
            )
            % name
        ) from error


def _refuse_strict(archive, name):
    """Refuse the variety of the format whose names nothing here knows."""
    for member in archive.infolist():
        if member.filename == "_rels/.rels" and _STRICT in read_member(archive, member, name=name):
            raise ImportRefusal(
                _(
                    "%s: 「Strict Open XML」形式の文書です。"
                    "Wordで「Word 文書 (*.docx)」として保存し直してください。"
                )
                % name
            )


class _Account:
    """Writes down what becomes of each block, and where it stands."""

    def __init__(self, source):
        self.source = source
        self.heading = ""
        self.node = None
        self.count = 0
        # The last block of contents.
        self.made: Block | None = None

    def place(self):
        """Nearest heading and number of the paragraph, as a person finds it in Word."""
        where = _("「%s」") % self.heading[:40] if self.heading else _("表紙")
        return _("%(where)s %(count)d番目の段落") % {"where": where, "count": self.count}

    def __call__(self, kind, fate, how, text="", *, warns=False, counts=False):
        """Something inside a block that did not come in as it was; mostly the block counts."""
        self.source.blocks.append(
            Block(self.place(), kind, text, fate, how, counts=counts, node=self.node)
        )
        if warns:
            self.warn(f"{kind}: {how}。")

    def block(self, kind, text, *, fate=Fate.IMPORTED, how="", counts=True):
        """A block of the text; returned, as its fate may still be found out."""
        block = Block(self.place(), kind, text, fate, how, counts=counts, node=self.node)
        self.source.blocks.append(block)
        return block

    def contents(self, text, *, goes_on):
        """A part of the table of contents; those in a row are one block."""
        if not text.strip():
            return
        if goes_on and self.made is not None:
            self.made.text += f"\n{text}"
            return
        how = _("目次は見出しから作り直されるため")
        self.made = self.block(_("目次"), text, fate=Fate.LEFT_OUT, how=how, counts=False)

    def warn(self, sentence):
        """Something for the editor to look at."""
        self.source.warnings.append(f"{self.place()}: {sentence}")


class _Reader:
    def __init__(self, document, name, title):
        self.document = document
        self.name = name
        self.title = title
        self.source = Source(name=name)
        self.account = _Account(self.source)
        self.styles = Styles(document)
        self.pictures = Pictures(name)
        self.blocks = Blocks(
            document,
            styles=self.styles,
            numbering=read_numbering(document),
            pictures=self.pictures,
            account=self.account,
        )
        self.path = [self.source.root]
        self.pieces: list[Piece] = []
        self.cover: list[CoverItem] = []
        # Where contents were taken out, and of which element.
        self.left_out: list[tuple] = []
        self.doubles = 0

    def read(self):
        elements = list(_blocks(self.document.element.body))
        self._refuse_too_many(elements)
        self.contents = take_out(elements, self.styles)
        first = next(
            (
                place
                for place, one in enumerate(elements)
                if self._level(one) and not self.contents.is_whole(one)
            ),
            None,
        )
        if first is None:
            raise ImportRefusal(
                _("%s: 見出しが一つもありません。見出しにはWordの見出しスタイルを使ってください。")
                % self.name
            )
        before = None
        for place, element in enumerate(elements):
            if place == first:
                self._close_cover()
            if element.tag == qn("w:p"):
                self.account.count += 1
            if element.tag == qn("w:altChunk"):
                how = _("別のファイルが埋め込まれています。Wordで開いて保存し直してください")
                self.account(_("埋込み"), Fate.LEFT_OUT, how, warns=True)
                continue
            if self.contents.taken_from(element) is not None:
                self._leave_out_contents(element, after=before)
            before = element
            if self.contents.is_whole(element):
                continue
            if element.tag == qn("w:tbl"):
                self._table(element, on_cover=place < first)
            else:
                self._paragraph(element, on_cover=place < first)
        self._close()
        self._account_for_contents()
        self._account_for_the_rest()
        self._lift_title()
        source = self.source
        source.pictures = list(self.pictures)
        source.images = len(self.blocks.images) + self.doubles
        source.footnotes = len(self.blocks.labels)
        return source

    def _refuse_too_many(self, elements):
        count = sum(1 for _one in self.document.element.body.iter(qn("w:p")))
        if count > settings.IMPORT_MAX_PARAGRAPHS:
            headings = [
                plain(one) for one in elements[: settings.IMPORT_MAX_PARAGRAPHS] if self._level(one)
            ]
            raise ImportRefusal(
                _(
                    "%(name)s: 段落が%(count)d個あります。%(limit)d個まで取り込めます"
                    "（「%(heading)s」より後）。文書を分けてください。"
                )
                % {
                    "name": self.name,
                    "count": count,
                    "limit": settings.IMPORT_MAX_PARAGRAPHS,
                    "heading": headings[-1].strip()[:40] if headings else _("表紙"),
                }
            )

    def _level(self, element):
        """The heading level of an element with text, or None."""
        if element.tag != qn("w:p"):
            return None
        return self.styles.heading_level(element) if plain(element).strip(" \u3000\t\n") else None

    def _leave_out_contents(self, element, *, after):
        goes_on = self.contents.taken_from(after) is not None
        self.account.contents(self.contents.taken_from(element), goes_on=goes_on)
        self.left_out.append((self.account.place(), element))

    def _account_for_contents(self):
        """What stands among the contents and is no heading is text, and lost."""
        known = {
            normalised(line)
            for block in self.source.blocks
            if block.fate is not Fate.LEFT_OUT
            for line in block.text.split("\n")
        }
        known |= {normalised(f"{one.number}{one.title}") for one, _level in self.source.root.walk()}
        for place, element in self.left_out:
            for line in self.contents.lost(element, known):
                why = _("目次の中にあり、見出しではないため")
                self.source.blocks.append(Block(place, _("目次"), line, Fate.LEFT_OUT, why))

    def _paragraph(self, element, *, on_cover):
        number = self.blocks.number_of(element)
        level = None if on_cover else self._level(element)
        if level:
            self._heading(element, level, number)
            return
        pieces = self.blocks.paragraph(element, number)
        text = plain(element)
        block = None
        if text.strip() or pieces:
            block = self.account.block(_("段落") if text.strip() else _("図"), text)
        for box in boxes_of(element):
            if boxed := lines(box):
                self.account.block(_("テキストボックス"), boxed)
        self._count_doubles(element)
        if on_cover and block:
            line = " ".join(text.split())
            is_title = self.styles.name(element) == "title"
            self.cover.append(CoverItem(block, line, is_title, body=compose(pieces)))
        elif not on_cover:
            self.pieces += pieces

    def _count_doubles(self, element):
        """Name the pictures that the file has once more for programs older than it."""
        count = doubles(element)
        self.doubles += count
        if count:
            how = _("同じ図が、古いソフトウェアのためにもう一度%d個書かれているため") % count
            self.account(_("図"), Fate.LEFT_OUT, how)

    def _table(self, element, *, on_cover):
        rows = rows_of(element)
        texts = [[lines(cell.element).strip() for cell in row.cells] for row in rows]
        columns = None
        if rows and not on_cover:
            columns = glossary.columns_of(texts[0], title=self.source.title or self.path[-1].title)
        if columns:
            self._glossary(rows, texts, columns)
            return
        known = len(self.source.blocks)
        pieces = self.blocks.table(element)
        if on_cover:
            # A table of the cover gives values; that it was a frame says nothing.
            del self.source.blocks[known:]
        block = self.account.block(_("表"), lines(element))
        self._count_doubles(element)
        if on_cover:
            body = compose(pieces)
            self.cover.append(CoverItem(block, rows=texts, body=body))
            return
        self.source.tables += 1
        notes = read_notes(texts) if not self.source.notes else None
        if notes:
            self.source.notes = notes
            block.how = _("改定履歴としても取り込みました")
        self.pieces += pieces

    def _glossary(self, rows, texts, columns):
        self.source.tables += 1
        self.account.block(
            _("表の見出し"),
            "".join(texts[0]),
            fate=Fate.TURNED,
            how=_("用語ごとの節"),
            counts=False,
        )
        here = self.path[-1]
        for row, cells in zip(rows[1:], texts[1:], strict=True):
            bodies = [self.blocks.cell(cell.element) for cell in row.cells]
            width = len(texts[0])
            cells, bodies = (one + [""] * (width - len(one)) for one in (cells, bodies))
            node = glossary.section_of(columns, texts[0], cells, bodies)
            self.account.node = node or here
            text = "\n".join(lines(cell.element) for cell in row.cells)
            if node is None:
                if text.strip():
                    self.account.block(_("表の行"), text)
                    self.pieces.append(Piece(TABLE, " ".join(filter(None, bodies))))
                continue
            self.account.block(_("表の行"), text, fate=Fate.TURNED, how=_("用語の節"))
            notes = self.blocks.footnotes()
            node.body = "\n\n".join(part for part in (node.body, *notes) if part)
            here.children.append(node)
        self.account.node = here

    def _heading(self, element, level, number):
        self._close()
        text, pieces = self.blocks.heading(element)
        if level > len(self.path) or level > MAX_LEVELS:
            raised = min(len(self.path), MAX_LEVELS)
            self.account.warn(
                _(
                    "「%(text)s」の見出しの段（%(level)d）が飛んでいるため、%(above)d段目にしました。"
                )
                % {"text": text[:80], "level": level, "above": raised}
            )
            level = raised
        node = _section(number.printed if number else "", text)
        self.path[level - 1].children.append(node)
        self.path[level:] = [node]
        self.account.heading, self.account.node = f"{node.number} {node.title}".strip(), node
        self.account.block(_("見出し"), plain(element))
        self.pieces = pieces

    def _close_cover(self):
        body = read_cover(self.cover, self.source)
        # The first heading closes it, with the notes that it cites.
        self.pieces = [Piece(TABLE, body)] if body else []

    def _close(self):
        """Give the section that ends here its body."""
        notes = self.blocks.footnotes()
        for _note in notes:
            self.account.block(_("脚注"), "")
        self.path[-1].body = "\n\n".join(part for part in (compose(self.pieces), *notes) if part)
        self.pieces = []

    def _account_for_the_rest(self):
        """What stands outside the body: notes nobody cites, running heads, comments."""
        labels, source = self.blocks.labels, self.source
        for own, paragraphs in self.blocks.notes.items():
            text = "".join(
                token.text for tokens in paragraphs for token in tokens if hasattr(token, "text")
            )
            if own in labels:
                source.blocks.append(Block(_("脚注%s") % labels[own], _("脚注の文"), text))
            elif text.strip():
                why = _("本文から参照されていないため")
                source.blocks.append(Block(_("脚注"), _("脚注の文"), text, Fate.LEFT_OUT, why))
        for ending, kind, why in (
            ("/header", _("ヘッダー"), _("ページごとの柱は本文ではないため")),
            ("/footer", _("フッター"), _("ページごとの柱は本文ではないため")),
            ("/comments", _("コメント"), _("本文への注釈は取り込まないため")),
        ):
            for relation in self.document.part.rels.values():
                if relation.reltype.endswith(ending) and not relation.is_external:
                    element = getattr(relation.target_part, "element", None)
                    text = plain(element).strip() if element is not None else ""
                    count = len(list(pictures_in(element))) if element is not None else 0
                    text = " ".join(filter(None, [text, _("図%d個") % count if count else ""]))
                    if text:
                        block = Block(kind, kind, text, Fate.LEFT_OUT, why, counts=False)
                        source.blocks.append(block)

    def _lift_title(self):
        """Without a cover, the one heading above all others is the title."""
        root = self.source.root
        if self.source.title or len(root.children) != 1 or root.children[0].number:
            return
        only = root.children[0]
        if not only.children or self.title not in ("", only.title):
            return
        self.source.title = only.title
        root.body = "\n\n".join(part for part in (root.body, only.body) if part)
        root.children = only.children
        for block in self.source.blocks:
            if block.node is only:
                block.node = root
        self.source.warnings.append(
            _("表紙がないため、ただ一つの最上位の見出し「%s」を標題にしました。") % only.title[:80]
        )


def _blocks(element):
    """The paragraphs and tables of the body in order, also those inside content controls.

    A control that holds the table of contents comes as one.
    """
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl"), qn("w:altChunk")) or _holds_contents(child):
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _blocks(chosen(child))
        elif child.tag in HOLDERS:
            yield from _blocks(child)


def _holds_contents(control):
    if control.tag != qn("w:sdt"):
        return False
    gallery = next(control.iter(qn("w:docPartGallery")), None)
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _section(number, text):
    """A section from a heading, its number automatic or typed."""
    if number:
        return Node(number=fold(number), title=text)
    typed, title = parse_heading(text)
    return Node(number=fold(typed), title=title) if title else Node(title=text)
