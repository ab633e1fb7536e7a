"""Marks sentences in rendered HTML, so that a link can land on each of them."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from html import escape, unescape

from guidelines.tags import PIECE, TAG

# Tags that stand inside a sentence; any other ends one.
_INLINE = {
    *("a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "rp", "rt"),
    *("ruby", "s", "small", "span", "strong", "sub", "sup", "u"),
}
_OPENING = re.compile(r"(?:<(?:a|b|em|i|span|strong)\b[^<>]*>)+\Z")
# Stands in the text for the border of two blocks, which no sentence crosses.
_BORDER = "\0"


def mark(html: str, anchors: Mapping[str, str]) -> str:
    """The HTML with each sentence of `anchors` as a <span> whose id is the sentence's anchor.

    A sentence that is not there, as it was changed since, is left out; one that is there twice
    is marked where it first stands apart from the others. Where a tag begins inside a sentence
    and ends outside, only the text before that tag is marked.
    """
    if not anchors:
        return html
    spread, found = _Spread(html), []
    # The longest first: a short one may stand inside it as well as by itself.
    for sentence in sorted(anchors, key=len, reverse=True):
        place = _free_place(spread, sentence, found)
        if place:
            found.append((*place, anchors[sentence]))
    # From the last to the first, so that the places before stay true.
    for start, end, anchor in sorted(found, reverse=True):
        start, end = _part_to_mark(html, start, end)
        html = (
            f'{html[:start]}<span class="duty" id="{escape(anchor)}">{html[start:end]}</span>'
            f"{html[end:]}"
        )
    return html


def _free_place(spread, sentence, taken):
    """Where in the HTML a sentence first stands outside what is taken; None where nowhere."""
    at = spread.text.find(sentence) if sentence else -1
    while at >= 0:
        start, end = spread.begin(at), spread.end(at + len(sentence) - 1)
        if all(end <= other[0] or other[1] <= start for other in taken):
            return start, end
        at = spread.text.find(sentence, at + 1)
    return None


class _Spread:
    """The text of HTML, which knows where in the HTML each of its signs stands."""

    def __init__(self, html):
        self._starts, self._runs, parts, at = [], [], [], 0
        for piece in PIECE.finditer(html):
            if piece[2]:
                text = "" if piece[2].lower() in _INLINE else _BORDER
            else:
                text = unescape(piece[0])
            if text:
                self._starts.append(at)
                # A run stands in the HTML sign by sign, or is an entity or a tag: one sign.
                self._runs.append((piece.start(), piece.end(), text == piece[0]))
                parts.append(text)
                at += len(text)
        self.text = "".join(parts)

    def begin(self, at):
        """Where in the HTML the sign at a place of the text begins."""
        run = bisect_right(self._starts, at) - 1
        start, _end, is_plain = self._runs[run]
        return start + at - self._starts[run] if is_plain else start

    def end(self, at):
        """Where in the HTML the sign at a place of the text ends."""
        run = bisect_right(self._starts, at) - 1
        start, end, is_plain = self._runs[run]
        return start + at - self._starts[run] + 1 if is_plain else end


def _part_to_mark(html, start, end):
    """From where to where a sentence can stand in one element: all of it, or up to a tag."""
    # A tag that begins right before the sentence may end inside it.
    before = _OPENING.search(html, 0, start)
    for begin in (start, *([before.start()] if before else [])):
        if _balanced_until(html, begin, end) == end:
            return begin, end
    return start, _balanced_until(html, start, end)


def _balanced_until(html, start, end):
    """Up to where every tag that begins also ends, and the other way round."""
    opened = []
    for tag in TAG.finditer(html, start, end):
        name = tag[2].lower()
        if name == "br":
            continue
        if not tag[1]:
            opened.append((name, tag.start()))
        elif opened and opened[-1][0] == name:
            opened.pop()
        else:
            return tag.start()
    return opened[0][1] if opened else end
