"""Reads the plain text out of rendered HTML, a line for each of its blocks."""

import re
from html import unescape

# Tags inside a line; any other begins a new one.
INLINE = {
    *("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "rp", "rt", "ruby"),
    *("s", "small", "span", "strong", "sub", "sup", "u", "img"),
}
_TAG = re.compile(r"</?(\w+)((?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>")
_ALT = re.compile(r"\salt=\"([^\"]*)\"")


def plain_text(html):
    """The text that a reader is shown, with what is said of pictures; no blank or line twice."""
    text = re.sub(r"\s+", " ", html)
    text = unescape(_TAG.sub(_kept, text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _kept(tag):
    name = tag[1].lower()
    if name == "img":
        alt = _ALT.search(tag[2])
        return f" {alt[1]} " if alt else ""
    return "" if name in INLINE else "\n"
