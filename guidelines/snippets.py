"""Cuts out of a text the sentences that show why it was found, with the words marked."""

import re
from html import escape

from django.utils.safestring import mark_safe

# Letters of a snippet; a sentence that alone is longer is cut.
LONGEST = 160
# Letters shown before the first word of a sentence that is cut.
BEFORE = 40
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?]+[」』）)]?|\.(?=\s)|\n|\Z)|[^\n]+")
_CUT = "…"


def snippet(text, query):
    """A part of a plain text as safe HTML: the sentences with the most words of the query, marked.

    It begins and ends with a sentence; where one is cut, it says so with an ellipsis. A text
    without the words gives its beginning.
    """
    marks = query.spans(text)
    sentences = [
        match.span() for match in _SENTENCE.finditer(text) if text[slice(*match.span())].strip()
    ]
    if not sentences:
        return ""
    start, end = _best(sentences, marks, text)
    marks = [span for span in marks if start <= span[0] and span[1] <= end]
    before = after = ""
    if end - start > LONGEST:
        first = marks[0][0] if marks else start
        begin = _at_a_word(text, max(start, min(first - BEFORE, end - LONGEST)), first)
        before, start = (_CUT if begin > start else ""), begin
        after, end = (_CUT if start + LONGEST < end else ""), min(end, start + LONGEST)
        # A word that is cut is none.
        marks = [span for span in marks if start <= span[0] and span[1] <= end]
    return mark_safe(before + mark(text, marks, start, end) + after)  # noqa: S308 — escaped


def _at_a_word(text, begin, first):
    """The same place, or further on where it is inside an English word."""
    while begin < first and text[begin - 1 : begin + 1].isascii() and text[begin - 1].isalnum():
        begin += 1
    return begin


def mark(text, spans, start=0, end=None):
    """A part of a text as safe HTML, with what stands at the places as <mark>."""
    parts, done = [], start
    end = len(text) if end is None else end
    for begin, stop in spans:
        parts += [escape(text[done:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
        done = stop
    parts.append(escape(text[done:end]))
    return mark_safe(" ".join("".join(parts).split()))  # noqa: S308 — every part is escaped


def _best(sentences, marks, text):
    """From where to where: the sentence with the most different words, and what fits after it."""
    best, most = 0, -1
    for place, (start, end) in enumerate(sentences):
        found = {text[begin:stop] for begin, stop in marks if start <= begin and stop <= end}
        if len(found) > most:
            best, most = place, len(found)
    start, end = sentences[best]
    for _start, following in sentences[best + 1 :]:
        if following - start > LONGEST:
            break
        end = following
    # A short one at the end of the text is not left alone.
    while best and end - sentences[best - 1][0] <= LONGEST:
        best -= 1
        start = sentences[best][0]
    return start, len(text[:end].rstrip())
