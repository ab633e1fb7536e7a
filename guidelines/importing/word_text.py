"""Reads the bare characters of Word's XML, by itself and not through what becomes of them."""

from docx.oxml.ns import qn

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
BOX = qn("w:txbxContent")
_VML = "{urn:schemas-microsoft-com:vml}"
IMAGE_DATA = f"{_VML}imagedata"
# Tags that hold a picture, the last only where it names one.
PICTURES = (qn("a:blip"), IMAGE_DATA, f"{_VML}fill")
# Words drawn along a line are an attribute.
WORD_ART = f"{_VML}textpath"
# Shapes, which may hold words or pictures or be drawn for themselves.
SHAPES = {
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp",
    *(f"{_VML}{name}" for name in ("shape", "line", "rect", "roundrect", "oval", "polyline")),
    *(f"{_VML}{name}" for name in ("arc", "curve", "image")),
}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH = (f"{_MATH}oMath", f"{_MATH}oMathPara")
_MATH_TEXT = f"{_MATH}t"
# What was struck out while changes were tracked, and the codes of fields, is not shown.
HIDDEN = {qn("w:del"), qn("w:moveFrom"), qn("w:delText"), qn("w:instrText"), qn("w:rPr")}
# Signs of fonts that hold pictures instead of letters, as Word's lists and boxes use them.
SIGNS = {
    "F0B7": "・",
    "F06C": "●",
    "F06E": "■",
    "F0A7": "■",
    "F0A8": "□",
    "F06F": "□",
    "F0FE": "☑",
    "F0FC": "✓",
    "F0D8": "➢",
    "F0E0": "→",
    "F0E8": "⇒",
}


def is_on(properties, name):
    """Whether a run's properties switch something on, such as w:b."""
    mark = properties.find(qn(name)) if properties is not None else None
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off", "none")


def sign(element):
    """The character of a w:sym."""
    return symbol((element.get(qn("w:char")) or "").upper())


def symbol(code):
    """The character with a number, in capital hexadecimal digits."""
    if code in SIGNS:
        return SIGNS[code]
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    # Halves of pairs, zero and what is beyond all characters are none.
    if not 0 < value <= 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        return ""
    # Fonts of symbols put their letters into the private area, where nobody else has a shape.
    return (
        chr(value - 0xF000)
        if 0xF020 <= value <= 0xF07E
        else "・"
        if value >= 0xE000
        else chr(value)
    )


def chosen(element):
    """Of two alternatives that Word writes of one drawing, the one that can be read."""
    for one in element:
        if next(one.iter(BOX, qn("a:blip")), None) is not None:
            return one
    return element[-1] if len(element) else element


def lines(element):
    """The characters of each paragraph in an element, boxes included, on a line of its own."""
    paragraphs = (plain(one) for one in _paragraphs(element))
    return "\n".join(text for text in paragraphs if text)


def pictures_in(element):
    """The elements that hold pictures, of two alternatives one only."""
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag in PICTURES and (child.tag != PICTURES[-1] or child.get(qn("r:id"))):
            yield child
        yield from pictures_in(child)


def bare_shapes(element):
    """How many shapes in a drawing hold neither words nor a picture."""
    count = 0
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag in SHAPES:
            words = next(child.iter(BOX, WORD_ART), None) is not None
            count += not words and next(pictures_in(child), None) is None
        else:
            count += bare_shapes(child)
    return count


def doubles(element):
    """How many pictures are only written a second time, for programs that know less."""
    count = 0
    for both in element.iter(ALTERNATIVES):
        kept = chosen(both)
        count += sum(
            1 for one in both if one is not kept for _picture in one.iter(qn("a:blip"), IMAGE_DATA)
        )
    return count


def _paragraphs(element):
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag == qn("w:p"):
            yield child
        yield from _paragraphs(child)


def boxes_of(element):
    """The text boxes in an element, of two alternatives one only; boxes in boxes are theirs."""
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag == BOX:
            yield child
        else:
            yield from boxes_of(child)


def plain(element, *, boxes=False):
    """All characters shown in an element; those of boxes in it only when asked for."""
    return "".join(_plain(element, boxes, _coded(element)))


def _coded(element):
    """The characters of an element that are code of a field, and the ends of fields without more.

    At such an end something may be shown that is no character of the file.
    """
    found: set = set()
    # Of each open field: whether its code is over, and the characters among its code.
    fields: list[tuple[list, list]] = []
    for child in element.iter(qn("w:fldChar"), qn("w:t")):
        kind = child.get(qn("w:fldCharType"))
        if child.tag == qn("w:t"):
            # What a code says in its own fields is code as well.
            for results, code in fields:
                code += [] if results else [child]
        elif kind == "begin":
            fields.append(([], []))
        elif kind == "separate" and fields:
            fields[-1][0].append(child)
        elif kind == "end" and fields:
            results, code = fields.pop()
            found.update(code if results else [*code, child])
    return found


def _plain(element, boxes, coded):
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag in HIDDEN or (child.tag == BOX and not boxes):
            continue
        if child in coded:
            yield "\n" if child.tag == qn("w:fldChar") else ""
            continue
        if child.tag == qn("w:ruby"):
            # In the order in which it is read.
            for name in ("w:rubyBase", "w:rt"):
                part = child.find(qn(name))
                yield from _plain(part, boxes, coded) if part is not None else ()
            continue
        if child.tag in (qn("w:t"), _MATH_TEXT):
            yield child.text or ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:sym"):
            yield sign(child)
        elif child.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
            yield " "
        elif child.tag != qn("w:r") or not is_on(child.find(qn("w:rPr")), "w:vanish"):
            yield from _plain(child, boxes, coded)
