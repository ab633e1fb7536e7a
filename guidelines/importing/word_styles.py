"""Answers what the styles of a Word file mean: levels of headings, captions, contents, marks."""

import re

from docx.oxml.ns import qn

from guidelines.importing.word_text import is_on

_CAPTION = re.compile(r"caption|図表(の)?番号|図番号|表番号|表題番号|キャプション", re.IGNORECASE)
_CAPTION_TEXT = re.compile(r"(図表|図|表|写真|Figure|Table)\s*[\d０-９一二三四五六七八九A-Z]")


class Styles:
    """The styles of one document, read once."""

    def __init__(self, document):
        self.names, self.below, self.outline, self.elements = {}, {}, {}, {}
        self.default = ""
        for style in document.styles.element.iter(qn("w:style")):
            style_id = style.get(qn("w:styleId")) or ""
            self.elements[style_id] = style
            self.names[style_id] = (_val(style, "w:name") or "").lower()
            self.below[style_id] = _val(style, "w:basedOn")
            self.outline[style_id] = _level(style.find(qn("w:pPr")))
            heading = re.fullmatch(r"heading (\d)", self.names[style_id])
            if heading:
                self.outline[style_id] = int(heading[1])
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1":
                self.default = style_id

    def of(self, paragraph):
        """The id of a paragraph's style."""
        return _val(paragraph.find(qn("w:pPr")), "w:pStyle") or self.default

    def name(self, paragraph):
        """The name of a paragraph's style, small letters."""
        return self.names.get(self.of(paragraph), "")

    def chain(self, style_id):
        """The style and those it is based on, nearest first."""
        found = []
        # Files exist in which styles are based on each other.
        while style_id in self.names and style_id not in found:
            found.append(style_id)
            style_id = self.below[style_id]
        return found

    def heading_level(self, paragraph):
        """The level of a heading, 1 to 9; None for body text and the lines of the contents."""
        own = paragraph.find(qn("w:pPr"))
        level = _level(own)
        if level is None and not self.is_contents(paragraph):
            chain = self.chain(self.of(paragraph))
            level = next(
                (self.outline[one] for one in chain if self.outline[one] is not None), None
            )
        return level if level is not None and 1 <= level <= 9 else None

    def is_contents(self, paragraph):
        """Whether a paragraph is a line of a table of contents or figures that Word made."""
        name = self.name(paragraph)
        return name.startswith(("toc", "table of figures", "目次"))

    def is_caption(self, paragraph, text):
        """Whether a paragraph names a figure or table, by its style and its words."""
        names = [self.names[one] for one in self.chain(self.of(paragraph))]
        if any(_CAPTION.search(name) for name in names):
            return bool(text)
        # By its words alone only a short line that is no sentence.
        return bool(_CAPTION_TEXT.match(text)) and len(text) < 60 and not text.endswith("。")

    def marks(self, properties):
        """The marks of a run: what its own properties and its character style switch on."""
        if properties is None:
            return frozenset()
        chain = self.chain(_val(properties, "w:rStyle") or "")
        styled = [self.elements[one].find(qn("w:rPr")) for one in chain]
        found = set()
        for mark, tag in (("b", "w:b"), ("i", "w:i"), ("strike", "w:strike")):
            owner = next(
                (
                    one
                    for one in (properties, *styled)
                    if one is not None and one.find(qn(tag)) is not None
                ),
                None,
            )
            if is_on(owner, tag):
                found.add(mark)
        # Underlines of styles are those of links.
        if is_on(properties, "w:u"):
            found.add("u")
        raised = _val(properties, "w:vertAlign")
        if raised in ("superscript", "subscript"):
            found.add("sup" if raised == "superscript" else "sub")
        return frozenset(found)

    def heads_tables(self, table):
        """Whether a table's style draws its first row differently, and the table uses that."""
        properties = table.find(qn("w:tblPr"))
        look = properties.find(qn("w:tblLook")) if properties is not None else None
        chain = self.chain(_val(properties, "w:tblStyle") or "")
        return (
            look is not None
            and look.get(qn("w:firstRow")) in ("1", "true", "on")
            and any(
                part.get(qn("w:type")) == "firstRow"
                for one in chain
                for part in self.elements[one].iter(qn("w:tblStylePr"))
            )
        )

    def indent(self, paragraph):
        """How far a paragraph is set in, by itself or its style; see `indent_of`."""
        owners = [paragraph.find(qn("w:pPr"))]
        owners += [self.elements[one].find(qn("w:pPr")) for one in self.chain(self.of(paragraph))]
        return next((found for found in map(indent_of, owners) if found is not None), None)


def indent_of(properties):
    """The indent in paragraph properties, in twentieths of a point; None where they give none."""
    element = properties.find(qn("w:ind")) if properties is not None else None
    if element is None:
        return None
    # Hundredths of a character come before twentieths of a point; none of them takes back what
    # a style gives in characters, and leaves the rest to the list.
    for name, unit in (("w:leftChars", 2.1), ("w:startChars", 2.1), ("w:left", 1), ("w:start", 1)):
        value = element.get(qn(name))
        if value and value.lstrip("-").isdigit() and (unit == 1 or int(value)):
            return int(int(value) * unit)
    return None


def _val(element, name):
    found = element.find(qn(name)) if element is not None else None
    return found.get(qn("w:val")) if found is not None else None


def _level(properties):
    value = _val(properties, "w:outlineLvl")
    return int(value) + 1 if value and value.isdigit() else None
