"""Marks the words that were searched for in the texts that a page shows."""

from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from html import escape, unescape
from math import inf

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from guidelines.plain import INLINE
from guidelines.querying import parse, shown
from guidelines.synonyms import groups
from guidelines.tags import PIECE

# Letters in which words are looked for on one page: some hundred pages of paper.
MOST_LETTERS = 200_000
# What the first word marked is called, so that a link can lead to it.
FIRST = "marked"
# How a word is read aloud stands inside it, and is none of its letters.
_ASIDE = {"rt", "rp"}


class Highlighter:
    """The words of a query, to be marked in one page after another of its texts."""

    def __init__(self, text, *, on, language):
        self.text = shown(text)
        self.on, self.language = on, language
        # How many words were marked so far, and in how many letters they were looked for.
        self.count = self.letters = 0

    @property
    def first(self):
        """What the first word marked is called in the page."""
        return FIRST

    def texts(self, texts):
        """Sections as a page shows them, with the words marked in headings and texts."""
        if not self._query:
            return texts
        return [
            replace(one, title=self.title(one.title), html=self.html(one.html)) for one in texts
        ]

    def title(self, text):
        """A plain text as safe HTML with the words marked."""
        return self.html(escape(text, quote=False))

    def html(self, html):
        """The same HTML with the words marked, also where a tag begins inside of one."""
        self.letters += len(html)
        if not self._query or self.letters > MOST_LETTERS:
            return mark_safe(html)  # noqa: S308 — as it came
        text, runs = _read(html)
        parts, done = [], 0
        for span in self._query.spans(text):
            for place, (begin, end) in enumerate(_segments(runs, *span)):
                parts += [html[done:begin], self._opening(is_new=not place), html[begin:end]]
                parts.append("</mark>")
                done = end
        return mark_safe("".join([*parts, html[done:]]))  # noqa: S308 — only marks are added

    @cached_property
    def _query(self):
        query = parse(self.text)
        return query.with_synonyms(groups(self.on, self.language)) if query else query

    def _opening(self, *, is_new):
        self.count += is_new
        if self.count == 1 and is_new:
            return format_html('<mark id="{}">', FIRST)
        return "<mark>"


def _read(html):
    """The text of HTML, a line for each block, and its runs.

    A run is where it begins in the text, where it stands in the HTML, and how many signs it has.
    """
    runs, parts, at, aside = [], [], 0, 0
    for piece in PIECE.finditer(html):
        name = piece[2] and piece[2].lower()
        if name in _ASIDE:
            aside += -1 if piece[1] else 1
            continue
        if aside:
            continue
        if name:
            text = "" if name in INLINE else "\n"
        else:
            text = unescape(piece[0])
            runs.append((at, piece.start(), piece.end(), len(text)))
        parts.append(text)
        at += len(text)
    return "".join(parts), runs


def _segments(runs, start, end):
    """Where in the HTML a part of its text stands: one piece, or several around tags."""
    found = []
    for place in range(bisect_right(runs, (start, inf)) - 1, len(runs)):
        at, begin, stop, length = runs[place]
        if at >= end:
            break
        if at + length <= start:
            continue
        # What is one sign in the text and several in the HTML is marked as a whole.
        if length == stop - begin:
            stop = begin + min(end - at, length)
            begin += max(start - at, 0)
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
    return found
