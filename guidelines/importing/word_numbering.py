"""Computes the automatic numbers of a Word file, which exist only in its numbering definitions.

A paragraph names a `num`, itself or through its style; the num names an `abstractNum`, whose
levels say how to count and what to print. All nums of one abstractNum count together, but for
the levels that a num starts anew when it is first used.
"""

from dataclasses import dataclass, field

from docx.oxml.ns import qn

from guidelines.importing.word_styles import indent_of
from guidelines.numbering import KANA

IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
KANJI = "〇一二三四五六七八九"
# The digits of deeds, which cannot be altered by a stroke.
LEGAL = "〇壱弐参四伍六七八九"
# Formats that count through a row of signs and begin anew behind the last.
IN_TURN = {
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), KANA),
    **dict.fromkeys(("iroha", "irohaFullWidth"), IROHA),
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
# Formats for which there are signs up to 20, or 10 in Japanese, each with the first.
ENCLOSED = {
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
    "decimalEnclosedParen": "⑴",
    "decimalEnclosedFullstop": "⒈",
    "ideographEnclosedCircle": "㊀",
}
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
    indent: int | None = None


@dataclass(frozen=True)
class Number:
    """What Word prints before a paragraph: a number, or a bullet where `printed` is empty."""

    printed: str
    is_bullet: bool
    level: int
    indent: int | None


@dataclass
class Numbering:
    """The definitions of one file, and how far each list has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    # (num, level) that each style gives, by style id.
    styles: dict = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def number_of(self, paragraph, styles):
        """The Number of the next paragraph of the file, an element; None without one.

        Must be asked of every paragraph in order, since each numbered one counts.
        """
        num, level = self._place_of(paragraph, styles)
        levels = self._levels_of(num)
        if level not in levels:
            return None
        self._count(num, level, levels)
        definition = levels[level]
        text = definition.text
        for upper in range(level + 1):
            if f"%{upper + 1}" in text and upper in levels:
                count = self.counters.get((self.abstract_of[num], upper), levels[upper].start)
                style = "decimal" if definition.legal else levels[upper].format
                text = text.replace(f"%{upper + 1}", spell(count, style))
        is_bullet = definition.format == "bullet"
        return Number(
            "" if is_bullet else text.strip(" \u3000"), is_bullet, level, definition.indent
        )

    def _levels_of(self, num):
        """The definitions of a num's levels, its own before those of its abstractNum."""
        return self.levels.get(self.abstract_of.get(num, ""), {}) | self.own_levels.get(num, {})

    def _place_of(self, paragraph, styles):
        """(num, level) of a paragraph: its own, else that of its style or the styles below it."""
        num = _value(paragraph, "w:pPr/w:numPr/w:numId")
        level = _value(paragraph, "w:pPr/w:numPr/w:ilvl")
        chain = styles.chain(styles.of(paragraph))
        if num is None:
            nums = (self.styles[one][0] for one in chain if one in self.styles)
            num = next((styled for styled in nums if styled is not None), None)
        # A style may give the level alone and leave the num to the style it is based on.
        for style_id in chain:
            if level is None:
                linked = self._level_linked_to(style_id, num)
                level = linked if linked is not None else self.styles.get(style_id, (0, None))[1]
        return (str(num) if num else ""), level or 0

    def _level_linked_to(self, style_id, num):
        levels = self._levels_of(str(num))
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
        numbering.styles[style.get(qn("w:styleId"))] = (
            _value(style, "w:pPr/w:numPr/w:numId"),
            _value(style, "w:pPr/w:numPr/w:ilvl"),
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
            index = int(override.get(qn("w:ilvl")))
            start = _value(override, "w:startOverride")
            own = override.find(qn("w:lvl"))
            if own is not None:
                numbering.own_levels.setdefault(name, {})[index] = _read_level(own)
            if start is not None:
                numbering.overrides[name, index] = start
    _follow_links(part.element, numbering)
    return numbering


def _follow_links(element, numbering):
    """Give an abstractNum that only names a list style the levels of the one behind that style."""
    for abstract in element.iter(qn("w:abstractNum")):
        link = abstract.find(qn("w:numStyleLink"))
        if link is None:
            continue
        num, _level = numbering.styles.get(link.get(qn("w:val")), (None, None))
        behind = numbering.levels.get(numbering.abstract_of.get(str(num), ""))
        if behind:
            numbering.levels[abstract.get(qn("w:abstractNumId"))] = behind


def spell(count, style):
    """A count in one of Word's formats, such as decimalFullWidth, aiueoFullWidth or iroha."""
    if style in ("none", "bullet"):
        return ""
    # Beyond that nobody counts, and letters would be repeated without end.
    if not 0 < count < 10_000:
        return str(count)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(count).translate(FULL_WIDTH)
    if style in IN_TURN:
        signs = IN_TURN[style]
        return signs[(count - 1) % len(signs)]
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        return _roman(count) if style == "upperRoman" else _roman(count).lower()
    if style in ENCLOSED and count <= (10 if style.startswith("ideograph") else 20):
        return chr(ord(ENCLOSED[style]) + count - 1)
    if style in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(KANJI[int(digit)] for digit in str(count))
    if style in ("japaneseCounting", "chineseCounting", "taiwaneseCounting"):
        return _kanji(count)
    if style == "japaneseLegal":
        return _kanji(count, digits=LEGAL, units="阡百拾", ones=True)
    if style == "chineseCountingThousand":
        return _kanji(count, ones=count >= 100)
    if style == "ordinal":
        return f"{count}{_ending(count)}"
    return {"decimalZero": f"{count:02}", "numberInDash": f"-{count}-"}.get(style, str(count))


def _roman(count):
    signs = (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    )
    text = ""
    for value, sign in signs:
        text += sign * (count // value)
        count %= value
    return text


def _kanji(count, *, digits=KANJI, units="千百十", ones=False):
    """A count in Japanese digits; with `ones`, a one is written before its unit as well."""
    text = ""
    for value, sign in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit, count = divmod(count, value)
        if digit:
            text += ("" if digit == 1 and sign and not ones else digits[digit]) + sign
    return text


def _ending(count):
    if 10 < count % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


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
        indent=indent_of(level.find(qn("w:pPr"))),
    )
