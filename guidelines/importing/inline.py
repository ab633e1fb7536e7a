"""Writes running text as Markdown, or as the HTML that a cell needs: escaped, marked, linked."""

import html
import re
from dataclasses import dataclass

# What Markdown would take for something else in running text.
_SPECIAL = re.compile(r"([\\`*]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|\](?=[(\[])|\[(?=\^))")
_AT_START = re.compile(r"[#>]|[-+]\s|(?P<digits>\d+)[.)]\s|~~~|={2,}\s*$|-{2,}\s*$|:\s|\|")
# Marks that Markdown has no sign for are written as elements.
ELEMENTS = {"u": "u", "strike": "del", "sup": "sup", "sub": "sub"}
_MARKS = (("i", "em"), ("b", "strong"), *ELEMENTS.items())


@dataclass(frozen=True)
class Text:
    """Some characters with the same marks (b, i, u, strike, sup, sub) and the same link."""

    text: str
    marks: frozenset = frozenset()
    link: str = ""


@dataclass(frozen=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True)
class Shown:
    """A picture, with the text for those who do not see it; or a file to download instead."""

    address: str
    alternative: str
    downloads: str = ""


@dataclass(frozen=True)
class Cited:
    """The mark of a footnote."""

    label: str


@dataclass(frozen=True)
class Ruby:
    """A word with its reading above it."""

    text: str
    reading: str


def escape(text):
    """Plain text as Markdown that shows it unchanged."""
    text = _SPECIAL.sub(r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")


def guard(line):
    """A line that shows its first signs, though they would begin a heading, list, rule or fence."""
    match = _AT_START.match(line)
    if match is None:
        return line
    # Markdown knows no backslash before these.
    if line[0] in "~=:":
        return f"&#{ord(line[0])};{line[1:]}"
    before = match["digits"] or ""
    return f"{before}\\{line.removeprefix(before)}"


def to_markdown(tokens):
    """The tokens of a paragraph as Markdown, guarded against being anything but a paragraph."""
    text = "".join(_as_markdown(token) for token in _joined(tokens)).strip(" \u3000\t\n")
    return "\n".join(guard(line) for line in text.split("\n"))


def to_html(tokens):
    """The tokens of a paragraph as HTML, for the cell of a table and the like."""
    return "".join(_as_html(token) for token in _joined(tokens)).strip(" \u3000\t\n")


def noted(label):
    """The name of a note where no footnote can stand."""
    return f"（注{label}）"


def plain(tokens):
    """The characters alone."""
    return "".join(token.text for token in tokens if isinstance(token, Text | Ruby))


def _joined(tokens):
    """The tokens with neighbours of the same look made one, as Word cuts them anywhere."""
    found = []
    for token in tokens:
        last = found[-1] if found else None
        if (
            isinstance(token, Text)
            and isinstance(last, Text)
            # A blank takes the look of what is before it, so that no mark stands around it alone.
            and ((last.marks, last.link) == (token.marks, token.link) or not token.text.strip())
        ):
            found[-1] = Text(last.text + token.text, last.marks, last.link)
        else:
            found.append(token)
    return found


def _as_markdown(token):
    if isinstance(token, Break):
        return "  \n"
    if isinstance(token, Cited):
        return f"[^{token.label}]"
    if isinstance(token, Ruby):
        return _ruby(token)
    if isinstance(token, Shown):
        if token.downloads:
            return f"[{escape(token.downloads)}]({token.address})"
        return f"![{escape(token.alternative)}]({token.address})"
    before, text, after = _trimmed(token.text)
    if not text:
        return before + after
    text = escape(text)
    for mark, sign in (("i", "*"), ("b", "**")):
        if mark in token.marks:
            text = f"{sign}{text}{sign}"
    for mark, name in ELEMENTS.items():
        if mark in token.marks:
            text = f"<{name}>{text}</{name}>"
    if token.link:
        target = token.link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        text = f"<{token.link}>" if token.link == token.text else f"[{text}]({target})"
    return before + text + after


def _as_html(token):
    if isinstance(token, Break):
        return "<br>"
    if isinstance(token, Cited):
        # Markdown's marks mean nothing inside HTML; the note follows the table under this name.
        return noted(token.label)
    if isinstance(token, Ruby):
        return _ruby(token)
    if isinstance(token, Shown):
        address = html.escape(token.address)
        if token.downloads:
            return f'<a href="{address}">{html.escape(token.downloads, quote=False)}</a>'
        return f'<img src="{address}" alt="{html.escape(token.alternative)}">'
    before, text, after = _trimmed(token.text)
    if not text:
        return before + after
    text = html.escape(text, quote=False)
    for mark, name in _MARKS:
        if mark in token.marks:
            text = f"<{name}>{text}</{name}>"
    if token.link:
        text = f'<a href="{html.escape(token.link)}">{text}</a>'
    return before + text + after


def _ruby(token):
    base, reading = (html.escape(text, quote=False) for text in (token.text, token.reading))
    return f"<ruby>{base}<rt>{reading}</rt></ruby>"


def _trimmed(text):
    """(blanks before, text, blanks after): marks must stand close to what they mark."""
    inner = text.strip(" \u3000\t")
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]
