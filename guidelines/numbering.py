"""How headings are numbered: reading a printed number, and suggesting the next one."""

import re
import unicodedata

KANJI_DIGITS = {
    "〇": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
# The order in which ア, イ, ウ … count.
KANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)

KANJI = "〇一二三四五六七八九十百"
# What annexes are called.
ANNEXES = "別紙|別添|別表|付録|附録|附属書|参考|様式"
N = rf"(?:\d+|[{KANJI}]+)"
_NUMBER = re.compile(
    rf"""
    第{N}[編部章節款目条]              # 第2編, 第三章
    | (?:{ANNEXES}|附則)\s?(?:{N}|[A-Za-z])?(?:-\d+)*
    | (?:Part|Chapter|Section|Annex|Appendix|Step)[ .]?(?:\d+|[A-Z])
    | \d+(?:[.]\d+)*[.]?              # 1.  2.3.1
    | \d+\)                          # 1)
    | \((?:\d+|[A-Za-z]|[ア-ン])\)      # (1) (a) (ア)
    | [ア-ン]\)?                       # ア
    | [A-Za-z][.)]                    # a)  A.
    | [IVX]+[.)]?                     # IV
    | [①-⑳]
    """,
    re.VERBOSE,
)

# 「別紙二」 and 「別紙第2」 are 「別紙2」.
_NAMED_NUMBER = re.compile(rf"({ANNEXES})\s?第?\s?(\d+|[{KANJI}]+)")
# Where a place begins, behind the title of its document: 「解説書第3編」.
PLACE_BEGINS = re.compile(
    rf"第[\d{KANJI}ivx]|(?:{ANNEXES})第?[\d{KANJI}a-z]"
    r"|(?<![\d.])\d+(?:\.\d+)*|(?:part|chapter|section|annex|appendix|step)[ .]?[\divx]"
)
# 「第Ⅱ編」 and “Part II”, after NFKC.
_ROMAN = re.compile(r"(第|\b(?:part|chapter) )([ivx]+)(?=[編部章節]|\b)")
# What readers leave out or put in.
_LOOSELY = (
    # 「3編4章」
    (re.compile(r"(?<![第\d.])(\d+)(?=[編章節款条])"), r"第\1"),
    # 「別紙2の3.」
    (re.compile(r"(?<=[\d編部章節款目条])の(?=[第\d])"), ""),
    # “section 2.2.1”
    (re.compile(r"^section ?(?=\d+\.\d)"), ""),
    # 「3-4-1」
    (re.compile(r"^(\d+)((?:-\d+)+)$"), lambda place: place[0].replace("-", ".")),
    # 「1.（1）」 is 「1.1)」.
    (re.compile(r"(?<=\d)\.?\((\w+)\)"), r".\1)"),
)
_IN_JAPANESE = tuple(
    (re.compile(rf"(?<![a-z]){word}[ .]?(\d+)(?!\.\d)"), number)
    for word, number in (
        ("part", r"第\1編"),
        ("chapter", r"第\1章"),
        ("section", r"第\1節"),
        ("annex", r"別紙\1"),
        ("step", r"step\1"),
    )
)


def fold(text):
    """The text with full-width and half-width forms made one (NFKC), blanks trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_heading(text):
    """Split a heading into its printed number and its title.

    「第2編 ITガバナンス」 gives `("第2編", "ITガバナンス")`, one without a number `("", text)`.
    The number must be followed by a blank, or be the whole heading.
    """
    text = text.strip(" \t\u3000")
    head, *rest = re.split(r"[ \t\u3000]+", text, maxsplit=1)
    if _NUMBER.fullmatch(unicodedata.normalize("NFKC", head)):
        return head, rest[0] if rest else ""
    # 「Part 2」 and 「Annex 1」 have a blank inside.
    match = re.match(r"((?:Part|Chapter|Annex|Appendix|Section) (?:\d+|[A-Z]))(?:[ :]+|$)", text)
    if match:
        return match[1], text[match.end() :]
    return "", text


def to_int(digits):
    """The value of Arabic or Japanese digits: 「12」, 「１２」 and 「十二」 are all 12."""
    digits = fold(digits)
    if digits.isdecimal():
        return int(digits)
    total, current = 0, 0
    for sign in digits:
        if sign == "百":
            total, current = total + (current or 1) * 100, 0
        elif sign == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = current * 10 + KANJI_DIGITS[sign]
    return total + current


def same(number):
    """The form in which two prints of a number are equal: 「第二編」 and 「第２編」 → 「第2編」."""
    folded = re.sub(
        rf"(?<=第)[{KANJI}]+(?=[編部章節款目条])",
        lambda digits: str(to_int(digits[0])),
        fold(number),
    )
    return folded.replace(" ", "").rstrip(".")


def same_place(place):
    """The form in which two prints of a place are equal: “Part 2, Chapter 2” and 「第二編第二章」.

    A place that is not typed to the end yet, as 「第二編第二」, is the beginning of that form.
    """
    text = fold(place).lower()
    text = _ROMAN.sub(lambda roman: f"{roman[1]}{_from_roman(roman[2])}", text)
    for english, number in _IN_JAPANESE:
        text = english.sub(number, text)
    text = re.sub(
        f"(?<=第)[{KANJI}]+(?=[編部章節款目条]|$)", lambda digits: str(to_int(digits[0])), text
    )
    text = _NAMED_NUMBER.sub(lambda named: f"{named[1]}{to_int(named[2])}", text)
    for written, even in _LOOSELY:
        text = written.sub(even, text)
    return re.sub(r"[\s,、]|\.$", "", text)


def _from_roman(digits):
    """The value of Roman digits in small letters, below forty."""
    values = [{"i": 1, "v": 5, "x": 10}[digit] for digit in digits]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)


def following(number):
    """The number that comes after `number` in its own style; empty when nobody can say."""
    if match := re.fullmatch(r"(.*?)(\d+|[０-９]+)(\D*)", number):
        before, digits, after = match.groups()
        count = str(int(digits) + 1)
        if not digits.isascii():
            count = count.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        return f"{before}{count}{after}"
    if match := re.fullmatch(r"([ア-ン])(.*)", number):
        place = KANA.find(match[1])
        return f"{KANA[place + 1]}{match[2]}" if 0 <= place < len(KANA) - 1 else ""
    if match := re.fullmatch(r"(\(?)([a-yA-Y])([).]+)", number):
        return f"{match[1]}{chr(ord(match[2]) + 1)}{match[3]}"
    return ""
