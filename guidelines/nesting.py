"""Measures how deep the lists, quotations and elements of a Markdown text stand in each other.

The converter calls itself once for every level, so it must be known before it begins.
"""

import re
from collections.abc import Iterator

from guidelines.fences import Fence

# What opens a level inside a line; the blanks before it may continue levels of lines above.
_OPENS = re.compile(r"([ \t]*)(?:>|(?:[-*+:]|\d{1,9}[.)])(?=[ \t])|\[\^[^\]\s]+\]:)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>")


def too_deep(body: str, *, levels: int, brackets: int) -> int:
    """The first line, counted from 1, on which more is open than that; 0 where none is."""
    limits = {"[": brackets, "<": levels}
    return min(filter(None, (_marked(body, levels), _bracketed(body, limits))), default=0)


def _marked(body, limit):
    """The first line with too many levels of lists and quotations."""
    fence, before = Fence(), 0
    for count, line in enumerate(body.split("\n"), start=1):
        if fence.holds(line) or not line.strip():
            continue
        blanks, marks = _levels(line, limit)
        if not marks:
            before = before if line[0] in " \t" else 0
            continue
        # Blanks beyond the levels that are open make code, which holds nothing.
        before = min(blanks, before) + marks
        if before > limit:
            return count
    return 0


def _levels(line, limit):
    """(levels that the blanks of a line continue, levels that its marks open)."""
    blanks = marks = place = 0
    while marks <= limit and not _RULE.fullmatch(line, place):
        match = _OPENS.match(line, place)
        if match is None:
            break
        blanks += len(match[1].expandtabs(4)) // 4
        marks, place = marks + 1, match.end()
    return blanks, marks


def _bracketed(body, limits):
    """The first line on which too many brackets, or elements that hold Markdown, are open."""
    depth = dict.fromkeys(limits, 0)
    for sign, step, place in _steps(body):
        depth[sign] = max(depth[sign] + step, 0) if step else 0
        if depth[sign] > limits[sign]:
            return body.count("\n", 0, place) + 1
    return 0


def _steps(body) -> Iterator[tuple[str, int, int]]:
    """(sign, 1 or -1, place) of what opens and closes; 0 where a blank line ends all brackets."""
    holding = {
        tag[2].lower() for tag in _TAG.finditer(body) if re.search(r"\bmarkdown\b", tag[3], re.I)
    }
    for match in re.finditer(rf"\n[ \t]*\n|(?<!\\)[\[\]]|{_TAG.pattern}", body):
        if not match[0].strip():
            yield "[", 0, match.start()
        elif match[0] in "[]":
            yield "[", (1 if match[0] == "[" else -1), match.start()
        elif match[2].lower() in holding:
            yield "<", (-1 if match[1] else 1), match.start()
