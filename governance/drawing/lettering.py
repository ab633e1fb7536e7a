"""Writes names and days into drawings: escaped, in the reader's language, in the room there is."""

import unicodedata
from html import escape

from django.utils.dateformat import format as format_day
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.naming import in_reader_language


def said(thing, field="name"):
    """A field in the reader's language, escaped; Japanese for an English reader is marked."""
    text = escape(in_reader_language(thing, field))
    return f'<span lang="ja">{text}</span>' if is_foreign(thing, field) else text


def language_of(thing, field="name"):
    """The attribute of an SVG text that shows a field; empty in the page's own language."""
    return ' lang="ja"' if is_foreign(thing, field) else ""


def is_foreign(thing, field):
    """Whether the reader of English is shown a field in Japanese."""
    return get_language() == "en" and not getattr(thing, f"{field}_en")


def day(value):
    """A day in the reader's language, as a drawing has room for it."""
    # Translators: the form of a day for Django's `date`; in English "j F Y".
    return format_day(value, _("Y年n月j日"))


def width(text):
    """The room that a text takes, in signs of which a Japanese one counts as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text, room):
    """The text as at most two lines of that room, broken between words where it has any."""
    if width(text) <= room:
        return [text]
    first = _fitting(text, room)
    space = first.rfind(" ")
    if space > 0 and text[len(first) : len(first) + 1] not in ("", " "):
        first = first[:space]
    rest = text[len(first) :].strip()
    if width(rest) > room:
        rest = f"{_fitting(rest, room - 2)}…"
    return [first.strip(), rest]


def _fitting(text, room):
    while width(text) > room:
        text = text[:-1]
    return text
