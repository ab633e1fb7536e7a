"""Writes Markdown of other programs in the way that the portal's own converter understands."""

import html
import re

from guidelines.fences import Fence
from guidelines.rendering import TAGS

_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,3}[.)])[ \t]+(\S.*)")
_DELIMITER = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
RULE = re.compile(r"\s{0,3}([-*_])(\s*\1){2,}\s*")
_CELLS = re.compile(r"(?<!\\)\|")
_KNOWN = "|".join(sorted(TAGS | {"h1", "h2", "h3", "font"}, key=len, reverse=True))
_TAG = re.compile(rf"</?(?:{_KNOWN})\b[^<>]*>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_LINK = re.compile(r"!?\[((?:[^\[\]]|\\.)*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")


def tidy(lines: list[str]) -> str:
    """The lines of a section with blank lines around tables and lists, and lists set in by four.

    Other programs take a list or table right below a paragraph, and two blanks for a level.
    """
    return "\n".join(_Tidier(lines).run()).strip("\n")


def bare(lines: list[str]) -> str:
    """The characters of some lines that are text: no marks, no addresses, no tags."""
    kept, code, fence = [], [], Fence()
    for place, line in enumerate(lines):
        is_open = bool(fence.opened)
        if fence.holds(line):
            # The fence itself, with the language of the code, is no text.
            code += [line] if is_open and fence.opened else []
            continue
        if is_table(lines, place - 1):
            continue
        match = _ITEM.fullmatch(line)
        if match:
            line = match[3] if not match[2].endswith(")") else f"{match[2]} {match[3]}"
        line = re.sub(r"^\s{0,3}(?:#{1,6}|(?:>\s?)+)", "", line)
        kept.append("\n".join(_cells(line)) if "|" in line else line)
    text = re.sub(r"<!--.*?-->", "", "\n".join(kept), flags=re.DOTALL)
    text = _AUTOLINK.sub(r"\1", _TAG.sub("", text))
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[\^[^\]]+\]:?", "", _LINK.sub(r"\1", text))
    text = re.sub(r"(?<!\\)(\*+|`+)", "", text)
    text = html.unescape(re.sub(r"\\([^\w\s])", r"\1", text))
    return "\n".join([text, *code]) if code else text


def is_table(lines: list[str], place: int) -> bool:
    """Whether a table begins at a line: a row of cells, with the row of dashes below it."""
    return (
        0 <= place < len(lines) - 1
        and "|" in lines[place]
        and "|" in lines[place + 1]
        and bool(_DELIMITER.fullmatch(lines[place + 1]))
    )


def escape_unknown_tags(line: str) -> tuple[str, bool]:
    """(line, whether something changed): what looks like a tag but is none is text."""
    kept = [match.span() for pattern in (_TAG, _AUTOLINK) for match in pattern.finditer(line)]
    changed = re.sub(
        r"<(?=[A-Za-z/!?])",
        lambda match: "<" if any(a <= match.start() < b for a, b in kept) else "&lt;",
        line,
    )
    return changed, changed != line


class _Tidier:
    def __init__(self, lines):
        self.lines = lines
        self.out: list[str] = []
        self.indents: list[int] = []

    def run(self):
        fence, place = Fence(), 0
        while place < len(self.lines):
            line = self.lines[place]
            if fence.holds(line):
                self.out.append(line)
            elif is_table(self.lines, place):
                place = self._table(place)
                continue
            elif match := self._item(line):
                self._list_item(match)
            else:
                self._text(line)
            place += 1
        return self.out

    def _item(self, line):
        match = _ITEM.fullmatch(line)
        if match is None or RULE.fullmatch(line):
            return None
        # Outside a list, four blanks begin code.
        deep = len(match[1].expandtabs(4)) >= 4
        return None if deep and not self.indents else match

    def _list_item(self, match):
        indent, marker, text = len(match[1].expandtabs(4)), match[2], match[3]
        if not self.indents and self.out and self.out[-1].strip():
            self.out.append("")
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        # A single blank more is no level.
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        level = len(self.indents) - 1
        if not marker[0].isdigit():
            marker = "-"
        elif level or marker.endswith(")"):
            # The converter knows one kind of number only, and none inside other lists.
            marker, text = "-", f"{marker[:-1]}\\{marker[-1]} {text}"
        self.out.append(" " * 4 * level + f"{marker} {text}")

    def _text(self, line):
        if not line.strip():
            self.out.append("")
            return
        follows = bool(self.out) and bool(self.out[-1].strip())
        if self.indents and (follows or line.startswith(("  ", "\t"))):
            self.out.append(" " * 4 * len(self.indents) + line.strip(" \t"))
            return
        self.indents = []
        # Less than four blanks mean nothing.
        self.out.append(re.sub(r"^ {1,3}(?! )", "", line))

    def _table(self, place):
        """Write a table with as many columns as its longest row; returns the line behind it."""
        self.indents = []
        if self.out and self.out[-1].strip():
            self.out.append("")
        rows = []
        while place < len(self.lines) and self.lines[place].strip():
            if "|" not in self.lines[place]:
                break
            rows.append(_cells(self.lines[place]))
            place += 1
        width = max(map(len, rows))
        rows[1] += ["---"] * (width - len(rows[1]))
        for row in rows:
            row += [""] * (width - len(row))
            self.out.append("| " + " | ".join(row) + " |")
        self.out.append("")
        return place


def uneven(lines: list[str]) -> bool:
    """Whether the rows of a table differ in their number of cells."""
    return len({len(_cells(line)) for line in lines if "|" in line}) > 1


def _cells(line):
    line = line.strip()
    line = line.removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip() for cell in _CELLS.split(line)]
