"""Finds the tables of contents that Word made, and takes them out of a body before it is read."""

from dataclasses import dataclass, field

from docx.oxml.ns import qn

from guidelines.importing.accounting import normalised
from guidelines.importing.word_text import lines, plain
from guidelines.numbering import fold

# What stands between an entry and its page.
_LEADERS = " \u3000\t.…・‥"
# Children of runs that are drawn, and no text of the contents.
_DRAWN = {qn("w:drawing"), qn("w:pict"), qn("w:object")}


@dataclass
class Contents:
    """What of the body was a table of contents."""

    # What was taken out of an element, and whether nothing else is in it.
    taken: dict = field(default_factory=dict)
    whole: set = field(default_factory=set)
    # Of these, lines that Word did not make from a heading by itself, as far as the file says.
    typed: dict = field(default_factory=dict)

    def taken_from(self, element):
        """The text that was taken out of an element; None where there was none."""
        return self.taken.get(element)

    def is_whole(self, element):
        """Whether an element is nothing but a table of contents."""
        return element in self.whole

    def lost(self, element, titles):
        """The lines taken out of an element that no heading repeats; `titles` are normalised."""
        return [
            line
            for line in self.typed.get(element, [])
            if normalised(line) not in titles and normalised(_without_page(line)) not in titles
        ]


def take_out(elements, styles) -> Contents:
    """Take the tables of contents out of the elements of a body.

    A field may begin and end in the middle of paragraphs, whose other text stays. One that never
    ends, and one that a heading interrupts, is believed only as far as its lines look like it.
    """
    return _Taker(elements, styles).take()


@dataclass(eq=False)
class _Field:
    """A field that is open: its code so far, and whether an end belongs to it."""

    # What belongs to it so far, its beginning first.
    parts: list
    end: object
    code: str = ""
    # What it shows is left to the text, as it cannot all be contents.
    given_up: bool = False

    @property
    def is_contents(self):
        return not self.given_up and self.code.split()[:1] in (["TOC"], ["toc"])


class _Taker:
    def __init__(self, elements, styles):
        self.elements = elements
        self.styles = styles
        self.found = Contents()
        self.open: list[_Field] = []
        self.ended = _ended(elements)

    def take(self):
        for element in self.elements:
            if element.tag == qn("w:sdt"):
                self._keep(element, element.iter(qn("w:p")), whole=True)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag == qn("w:p"):
                self._paragraph(element, element)
        for element, after in zip(self.elements, self.elements[1:], strict=False):
            # The word stands for what followed.
            if _is_title(element) and self.found.is_whole(after) and after.tag != qn("w:tbl"):
                self._keep(element, [], whole=True)
        return self.found

    def _table(self, element):
        if any(one.is_contents and one.end is not None for one in self.open):
            self._follow(element)
            self._keep(element, element.iter(qn("w:p")), whole=True)
            return
        self._give_up()
        for paragraph in element.iter(qn("w:p")):
            self._paragraph(paragraph, element)

    def _paragraph(self, paragraph, element):
        """Take out of a paragraph what stands inside a field; `element` is it, or its table."""
        within = [one for one in self.open if one.is_contents]
        if within and not self._goes_on(paragraph, within):
            self._give_up()
        is_made = self._is_made(paragraph)
        before = plain(paragraph)
        marked = self._follow(paragraph)
        if not marked:
            return
        for child in marked:
            # The beginning of a field may have stood in a paragraph before.
            if child.getparent() is not None:
                child.getparent().remove(child)
        rest = plain(paragraph)
        taken = "".join(filter(None, (_shown(child) for child in marked)))
        drawn = any(next(paragraph.iter(tag), None) is not None for tag in _DRAWN)
        title = rest.strip() and _is_title(paragraph)
        whole = element is paragraph and not drawn and (title or not rest.strip())
        if taken.strip() or before.strip() == "":
            text = before if whole else taken
            self._note(element, text, whole=whole, is_typed=not is_made)

    def _goes_on(self, paragraph, within):
        """Whether a paragraph, at whose start contents are open, may belong to them."""
        if self._is_made(paragraph) or not plain(paragraph).strip():
            return True
        marks = set(paragraph.iter(qn("w:fldChar")))
        ends_here = any(one.end in marks for one in within)
        if self.styles.heading_level(paragraph):
            return ends_here
        return any(one.end is not None for one in within)

    def _is_made(self, paragraph):
        """Whether a paragraph is a line that Word made, by its style or its page."""
        return self.styles.is_contents(paragraph) or _has_page(paragraph)

    def _give_up(self):
        for one in self.open:
            if one.is_contents:
                one.given_up = True

    def _follow(self, element):
        """Follow the fields through an element; returns what of its runs is contents."""
        taken = []
        for run in element.iter(qn("w:r")):
            for child in run:
                within = self._within()
                if child.tag == qn("w:fldChar"):
                    self._mark(child)
                elif child.tag == qn("w:instrText") and self.open:
                    self.open[-1].code += child.text or ""
                    self.open[-1].parts.append(child)
                if not within and self._within():
                    # Only now its code says what it is.
                    taken += self.open[-1].parts
                elif within and child.tag not in {qn("w:rPr"), *_DRAWN}:
                    taken.append(child)
        for simple in element.iter(qn("w:fldSimple")):
            if (simple.get(qn("w:instr")) or "").split()[:1] == ["TOC"]:
                taken += simple.iter(qn("w:t"), qn("w:tab"))
        return taken

    def _within(self):
        return any(one.is_contents for one in self.open)

    def _mark(self, mark):
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            self.open.append(_Field([mark], self.ended.get(mark)))
        elif kind == "end" and self.open:
            self.open.pop()

    def _keep(self, element, paragraphs, *, whole):
        for paragraph in paragraphs:
            self._note(element, plain(paragraph), whole=whole, is_typed=not _has_page(paragraph))
        self.found.taken.setdefault(element, lines(element))
        if whole:
            self.found.whole.add(element)

    def _note(self, element, text, *, whole, is_typed):
        taken = self.found.taken.get(element)
        self.found.taken[element] = "\n".join(filter(None, (taken, text)))
        if is_typed and text.strip() and not _is_title_text(text):
            self.found.typed.setdefault(element, []).append(text)
        if whole:
            self.found.whole.add(element)


def _ended(elements):
    """The end of each field that has one, by its begin."""
    found, begun = {}, []
    for element in elements:
        for mark in element.iter(qn("w:fldChar")):
            kind = mark.get(qn("w:fldCharType"))
            if kind == "begin":
                begun.append(mark)
            elif kind == "end" and begun:
                found[begun.pop()] = mark
    return found


def _has_page(paragraph):
    codes = paragraph.iter(qn("w:instrText"))
    simple = (one.get(qn("w:instr")) or "" for one in paragraph.iter(qn("w:fldSimple")))
    return any("PAGEREF" in code for code in (*(one.text or "" for one in codes), *simple))


def _without_page(line):
    return line.rstrip(_LEADERS).rstrip("0123456789０１２３４５６７８９ivxIVX").rstrip(_LEADERS)


def _shown(child):
    if child.tag == qn("w:t"):
        return child.text or ""
    return " " if child.tag in (qn("w:tab"), qn("w:br")) else ""


def _is_title(element):
    return element.tag == qn("w:p") and _is_title_text(plain(element))


def _is_title_text(text):
    return fold(text).replace(" ", "").replace("\u3000", "") in ("目次", "もくじ")
