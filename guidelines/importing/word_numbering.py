"""Computes the automatic numbers of a Word file, which exist only in its numbering definitions.

A paragraph names a `num`, itself or through its style; the num names an `abstractNum`, whose
levels say how to count and what to print. All nums of one abstractNum count together, but for
the levels that a num starts anew when it is first used.
"""

from dataclasses import dataclass, field

from docx.oxml.ns import qn

from guidelines.numbering import KANA

IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
KANJI = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass
class Level:
    """How one level of a list counts and prints."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass
class Numbering:
    """The definitions of one file, and how far each list has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def number_of(self, paragraph):
        """(printed number, its format) of the next paragraph of the file; ("", "") without one.

        Must be asked of every paragraph in order, since each numbered one counts.
        """
        num, level = self._place_of(paragraph)
        levels = self.levels.get(self.abstract_of.get(num, ""))
        if not levels or level not in levels:
            return "", ""
        self._count(num, level, levels)
        definition = levels[level]
        text = definition.text
        for upper in range(level + 1):
            if f"%{upper + 1}" in text and upper in levels:
                count = self.counters.get((self.abstract_of[num], upper), levels[upper].start)
                style = "decimal" if definition.legal else levels[upper].format
                text = text.replace(f"%{upper + 1}", spell(count, style))
        return text.strip(" \u3000"), definition.format

    def _place_of(self, paragraph):
        """(num, level) of a paragraph: its own, else that of its style or the styles below it."""
        properties = paragraph._p.pPr
        own = properties.numPr if properties is not None else None
        num = own.numId.val if own is not None and own.numId is not None else None
        level = own.ilvl.val if own is not None and own.ilvl is not None else None
        styles = self._styles_of(paragraph)
        if num is None:
            num = next((styled for _id, styled, _level in styles if styled is not None), None)
        # A style may give the level alone and leave the num to the style it is based on.
        for style_id, _num, styled in styles:
            if level is None:
                linked = self._level_linked_to(style_id, num)
                level = linked if linked is not None else styled
        return (str(num) if num else ""), level or 0

    def _styles_of(self, paragraph):
        """(id, num, level) of the paragraph's style and of those below it."""
        found = []
        style_id = paragraph.style.style_id if paragraph.style is not None else ""
        while style_id:
            num, level, below = self.styles.get(style_id, (None, None, ""))
            found.append((style_id, num, level))
            # Files exist in which styles are based on each other.
            style_id = below if all(below != one for one, _num, _level in found) else ""
        return found

    def _level_linked_to(self, style_id, num):
        levels = self.levels.get(self.abstract_of.get(str(num), ""), {})
        return next((index for index, level in levels.items() if level.style == style_id), None)

    def _count(self, num, level, levels):
        abstract = self.abstract_of[num]
        here = (abstract, level)
        if (num, level) in self.overrides and (num, level) not in self.started:
            self.counters[here] = self.overrides[num, level]
        else:
            self.counters[here] = self.counters.get(here, levels[level].start - 1) + 1
        self.started.add((num, level))
        for lower, definition in levels.items():
            if (
                lower > level
                and definition.restart != 0
                and (definition.restart is None or level < definition.restart)
            ):
                self.counters.pop((abstract, lower), None)


def read_numbering(document):
    """The numbering definitions of a python-docx document; empty where it has none."""
    numbering = Numbering()
    for style in document.styles.element.iter(qn("w:style")):
        based_on = style.find(qn("w:basedOn"))
        numbering.styles[style.get(qn("w:styleId"))] = (
            _value(style, "w:pPr/w:numPr/w:numId"),
            _value(style, "w:pPr/w:numPr/w:ilvl"),
            based_on.get(qn("w:val")) if based_on is not None else "",
        )
    part = next(
        (
            relation.target_part
            for relation in document.part.rels.values()
            if relation.reltype.endswith("/numbering")
        ),
        None,
    )
    if part is None:
        return numbering
    for abstract in part.element.iter(qn("w:abstractNum")):
        numbering.levels[abstract.get(qn("w:abstractNumId"))] = {
            int(level.get(qn("w:ilvl"))): _read_level(level) for level in abstract.iter(qn("w:lvl"))
        }
    for num in part.element.iter(qn("w:num")):
        name = num.get(qn("w:numId"))
        numbering.abstract_of[name] = str(_value(num, "w:abstractNumId"))
        for override in num.iter(qn("w:lvlOverride")):
            start = _value(override, "w:startOverride")
            if start is not None:
                numbering.overrides[name, int(override.get(qn("w:ilvl")))] = start
    return numbering


def spell(count, style):
    """A count in one of Word's formats, such as decimalFullWidth, aiueoFullWidth or iroha."""
    if style in ("none", "bullet"):
        return ""
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate(FULL_WIDTH)
    if style in ("aiueo", "aiueoFullWidth"):
        return KANA[(count - 1) % len(KANA)]
    if style in ("iroha", "irohaFullWidth"):
        return IROHA[(count - 1) % len(IROHA)]
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        return _roman(count) if style == "upperRoman" else _roman(count).lower()
    if style == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if style in ("japaneseCounting", "ideographDigital", "chineseCounting", "taiwaneseCounting"):
        return _kanji(count)
    return str(count)


def _roman(count):
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        text += sign * (count // value)
        count %= value
    return text


def _kanji(count):
    tens, ones = divmod(count, 10)
    return ("" if tens == 0 else ("十" if tens == 1 else KANJI[tens] + "十")) + (
        KANJI[ones] if ones or not tens else ""
    )


def _value(element, path):
    """The whole number in w:val of the first element at the path, or None."""
    for step in path.split("/"):
        element = element.find(qn(step)) if element is not None else None
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value is not None and value.lstrip("-").isdigit() else None


def _read_level(level):
    def text(name):
        found = level.find(qn(name))
        return found.get(qn("w:val")) or "" if found is not None else ""

    return Level(
        start=_value(level, "w:start") if _value(level, "w:start") is not None else 1,
        format=text("w:numFmt") or "decimal",
        text=text("w:lvlText"),
        style=text("w:pStyle"),
        restart=_value(level, "w:lvlRestart"),
        legal=level.find(qn("w:isLgl")) is not None,
    )
