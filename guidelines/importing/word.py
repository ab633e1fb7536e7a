"""Reads Word files whose headings use Word's heading styles."""

import io
import re
import zipfile

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from guidelines.importing.source import Note, Picture, Source
from guidelines.importing.word_blocks import Blocks, as_table, is_table
from guidelines.importing.word_numbering import read_numbering
from guidelines.limits import MAX_LEVELS
from guidelines.numbering import fold, parse_heading
from guidelines.refusals import ImportRefusal
from guidelines.tree import Node
from guidelines.wareki import read_day

_CODE = re.compile(r"\bDS-\d[0-9A-Z]*(?:[-.]\d+)*")


class Pictures(list):
    """The pictures met in a file, each kept once."""

    def keep(self, part):
        """The placeholder of a picture's part, which the writer replaces by its address."""
        name = part.partname.rsplit("/", 1)[-1]
        placeholder = f"word-picture:{name}"
        if all(picture.placeholder != placeholder for picture in self):
            self.append(Picture(placeholder, name, part.content_type, part.blob))
        return placeholder


def read(content: bytes, *, name: str) -> Source:
    """The guideline in a Word file. Raises ImportRefusal when it is none, or has no headings."""
    try:
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise ImportRefusal(_("%s: Wordファイル（.docx）として開けません。") % name) from error
    source, pictures = Source(name=name), Pictures()
    elements = list(_blocks(document.element.body))
    numbering = read_numbering(document)
    levels = _heading_levels(document)
    paragraphs = {
        id(element): Paragraph(element, document)
        for element in elements
        if element.tag == qn("w:p")
    }
    first = next(
        (
            place
            for place, element in enumerate(elements)
            if id(element) in paragraphs and _level(paragraphs[id(element)], levels) is not None
        ),
        None,
    )
    if first is None:
        raise ImportRefusal(
            _("%s: 見出しが一つもありません。見出しにはWordの見出しスタイルを使ってください。")
            % name
        )
    _read_cover(elements[:first], document, source)
    _read_body(elements, first, document, source, numbering, levels, paragraphs, pictures)
    source.pictures = list(pictures)
    return source


def _blocks(element):
    """The paragraphs and tables of the body in order, also those inside content controls."""
    for child in element.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")) and not _is_contents(child):
            yield from _blocks(child)


def _is_contents(control):
    """Whether a content control holds the table of contents that Word made."""
    gallery = next(control.iter(qn("w:docPartGallery")), None)
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _read_body(elements, first, document, source, numbering, levels, paragraphs, pictures):
    """The tree of sections, in the order of the file."""
    blocks = Blocks(document, pictures)
    path, lines = [source.root], []

    def close():
        path[-1].body = "\n\n".join(lines + blocks.notes()).strip("\n")
        lines.clear()

    for place, element in enumerate(elements):
        if is_table(element):
            if place > first:
                source.tables += 1
                lines.append(blocks.table(as_table(element, document)))
            continue
        paragraph = paragraphs[id(element)]
        number, style = numbering.number_of(paragraph)
        if place < first:
            continue
        level = _level(paragraph, levels)
        text = paragraph.text.strip(" \u3000\t\n")
        if level is not None and text:
            close()
            if level > len(path) or level > MAX_LEVELS:
                source.warnings.append(
                    _(
                        "「%(text)s」の見出しの段（%(level)d）が飛んでいるため、%(above)d段目にしました。"
                    )
                    % {"text": text, "level": level, "above": len(path)}
                )
                level = min(len(path), MAX_LEVELS)
            node = _heading(number, re.sub(r"\s*[\n\t]\s*", " ", text))
            path[level - 1].children.append(node)
            path[level:] = [node]
        elif block := blocks.paragraph(paragraph):
            _add(lines, block, number, style)
    close()
    source.footnotes = sum(
        len(re.findall(r"^\[\^", node.body, re.MULTILINE)) for node, _level in source.root.walk()
    )


def _add(lines, block, number, style):
    """Append a paragraph, its automatic number or bullet in front."""
    if style == "bullet":
        if lines and lines[-1].startswith("- "):
            lines[-1] += f"\n- {block}"
        else:
            lines.append(f"- {block}")
    else:
        lines.append(f"{number} {block}" if number else block)


def _heading(number, text):
    """A section from a heading, its number automatic or typed."""
    if number:
        return Node(number=fold(number), title=text)
    typed, title = parse_heading(text)
    return Node(number=fold(typed), title=title) if title else Node(title=text)


def _heading_levels(document):
    """The level of each paragraph style that makes headings, by style id; contents are none."""
    outline, below, names = {}, {}, {}
    for style in document.styles.element.iter(qn("w:style")):
        style_id = style.get(qn("w:styleId"))
        name = style.find(qn("w:name"))
        names[style_id] = (name.get(qn("w:val")) if name is not None else "").lower()
        level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        outline[style_id] = int(level.get(qn("w:val"))) + 1 if level is not None else None
        heading = re.fullmatch(r"heading (\d)", names[style_id])
        if heading:
            outline[style_id] = int(heading[1])
        based_on = style.find(qn("w:basedOn"))
        below[style_id] = based_on.get(qn("w:val")) if based_on is not None else None
    levels = {}
    for style_id, name in names.items():
        if name.startswith("toc"):
            continue
        level, ancestor = outline[style_id], below[style_id]
        while level is None and ancestor in outline:
            level, ancestor = outline[ancestor], below[ancestor]
        if level is not None and level <= 9:
            levels[style_id] = level
    return levels


def _level(paragraph, levels):
    """The heading level of a paragraph with text, or None."""
    if not paragraph.text.strip(" \u3000\t\n"):
        return None
    own = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if own is not None:
        level = int(own.get(qn("w:val"))) + 1
        return level if level <= 9 else None
    return levels.get(paragraph.style.style_id) if paragraph.style is not None else None


def _read_cover(elements, document, source):
    """Code, title, day, issuer, keywords, abstract and revisions from what precedes the text."""
    expects_issuer, between = False, []
    for element in elements:
        if is_table(element):
            _read_cover_table(as_table(element, document), source)
            continue
        paragraph = Paragraph(element, document)
        text = " ".join(paragraph.text.split())
        style = (paragraph.style.name if paragraph.style is not None else "").lower()
        if not text or style.startswith("toc"):
            continue
        code = _CODE.search(fold(text))
        day = read_day(text)
        if code and not source.code:
            source.code = code[0]
        elif style == "title":
            source.title = f"{source.title} {text}".strip()
        elif day and not source.decided_on:
            source.decided_on, expects_issuer = day, True
            # Covers without Word's own title style have the title between code and day.
            source.title = source.title or " ".join(between)
        elif expects_issuer and text not in ("改定履歴", "改訂履歴", "目次"):
            source.issuer, expects_issuer = text, False
        elif source.code and not source.decided_on:
            between.append(text)


def _read_cover_table(table, source):
    rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    if not rows:
        return
    head = "".join(rows[0])
    if re.search(r"改[定訂]年月日", head):
        source.notes = [
            Note(read_day(row[0]), row[1], row[2]) for row in rows[1:] if len(row) >= 3 and row[2]
        ]
    elif "キーワード" in head or "概要" in head:
        text = "\n".join(rows[0])
        keywords = re.search(
            r"キーワード[〕］\]】]?\s*(.+?)\s*(?=[〔［\[【]概要|$)", text, re.DOTALL
        )
        abstract = re.search(r"概要[〕］\]】]?\s*(.+)", text, re.DOTALL)
        if keywords:
            source.keywords = [
                word.strip() for word in re.split(r"[、,，\n]", keywords[1]) if word.strip()
            ]
        if abstract:
            source.abstract = re.sub(r"\s*\n\s*", "\n", abstract[1]).strip()
