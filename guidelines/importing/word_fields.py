"""Says what the fields of Word show that keep it in their code, such as enclosed characters."""

import re
import unicodedata

from docx.oxml.ns import qn

from guidelines.importing.inline import Ruby, Text
from guidelines.importing.word_text import is_on, symbol

# Fields that show nothing, or what the portal makes by itself.
SILENT = {
    *("XE", "TC", "TA", "RD", "SET", "ASK", "ADVANCE", "PRIVATE", "TOC", "INDEX", "BIBLIOGRAPHY"),
    *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "LISTNUM"),
}
_SHAPES = "○◯〇□△▽◇"
# Signs that are drawn in a circle and have a place of their own.
_CIRCLED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x3280, 0x32B1), *range(0x2460, 0x2474), *range(0x24B6, 0x24EA))
}
_RAISED = re.compile(r"\s*\\s\s*\\up\s*-?[\d.]*\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
_OVER = re.compile(r"\\o\s*(?:\\a[lcrd]\s*)*\(", re.IGNORECASE)


def shown_by(code: str, begin, marks: frozenset, link: str) -> tuple[list, bool] | None:
    """(tokens, whether some of its look was lost) of a field without a result.

    None for one that nobody knows; `begin` is the element that begins it, with a form's choices.
    """
    match = re.match(r"\s*([A-Za-z]*)(.*)", code, re.DOTALL)
    name, rest = (match[1].upper(), match[2]) if match else ("", code)
    if name in SILENT:
        return [], False
    if name == "EQ":
        return _equation(rest, marks, link)
    form = {"FORMDROPDOWN": _choice, "FORMCHECKBOX": _tick}.get(name)
    if form:
        text = form(begin)
    elif name == "MACROBUTTON":
        text = rest.strip().partition(" ")[2].strip()
    elif name == "QUOTE":
        text = re.sub(r"\\\*\s*\S+", "", rest).strip().strip('"“”')
    elif name == "SYMBOL":
        text = _symbol(rest)
    else:
        return None
    return ([Text(text, marks, link)], False) if text else None


def _equation(code, marks, link):
    code = re.sub(r'\\\*\s*(?:"[^"]*"|\S+)', "", code).strip()
    over = _OVER.match(code)
    parts = _parts(code, over.end()) if over else []
    if len(parts) == 2:
        raised = _RAISED.fullmatch(parts[0])
        if raised:
            return [Ruby(_bare(parts[1]), _bare(raised[1]))], False
        if parts[0].strip() in _SHAPES and parts[0].strip():
            text = _bare(parts[1])
            circled = _CIRCLED.get(text) if parts[0].strip() in "○◯〇" else None
            return [Text(circled or text, marks, link)], circled is None
    text = _bare(code)
    return ([Text(text, marks, link)], True) if text else None


def _parts(code, place):
    """What stands between the bracket before a place and its other end, cut at its commas."""
    parts, depth, escaped = [""], 0, False
    for sign in code[place:]:
        if sign == ")" and not depth and not escaped:
            return parts
        depth += (sign == "(") - (sign == ")") if not escaped else 0
        if sign in ",;" and not depth and not escaped:
            parts.append("")
        else:
            parts[-1] += sign
        escaped = sign == "\\" and not escaped
    return []


def _bare(code):
    """The characters of a formula without its instructions, one part after the other."""
    code = re.sub(r"\\[A-Za-z]{1,2}(?![A-Za-z])\s*-?\d*(?:\.\d+)?(?=\s*[\\(])", "", code)
    code = re.sub(r"(?<!\\)[()]", "", code)
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[,;]\s*", " ", code)).strip()


def _choice(begin):
    """What was chosen from the list of a form, else its first entry."""
    found = begin.find(f"{qn('w:ffData')}/{qn('w:ddList')}") if begin is not None else None
    if found is None:
        return ""
    entries = [one.get(qn("w:val")) or "" for one in found.iterchildren(qn("w:listEntry"))]
    for name in ("w:result", "w:default"):
        mark = found.find(qn(name))
        value = mark.get(qn("w:val")) if mark is not None else None
        if value and value.isdigit() and int(value) < len(entries):
            return entries[int(value)]
    return entries[0] if entries else ""


def _tick(begin):
    """The sign of a box to be ticked."""
    found = begin.find(f"{qn('w:ffData')}/{qn('w:checkBox')}") if begin is not None else None
    if found is None:
        return "□"
    name = "w:checked" if found.find(qn("w:checked")) is not None else "w:default"
    return "☑" if is_on(found, name) else "□"


def _symbol(rest):
    """The sign of a SYMBOL field: its number, in a font of signs or among all characters."""
    match = re.match(r"\s*(0x[0-9a-f]+|\d+)(.*)", rest, re.IGNORECASE | re.DOTALL)
    if not match:
        return ""
    number = int(match[1], 0) if match[1][:2].lower() == "0x" else int(match[1])
    is_sign = re.search(r'\\f\s*"?(?:Symbol|Wingdings|Webdings)', match[2], re.IGNORECASE)
    return symbol(f"{number + 0xF000 if is_sign and number < 256 else number:X}")
