"""Reads the simple front matter of Markdown files: `name: value` between two lines of `---`."""

import re

from django.utils.translation import gettext as _

from guidelines.importing.source import Block, Fate, Source
from guidelines.wareki import read_day

# What other programs call the fields of a cover.
NAMES = {
    "code": "code",
    "id": "code",
    "title": "title",
    "subtitle": "subtitle",
    "date": "decided_on",
    "decided_on": "decided_on",
    "effective_on": "effective_on",
    "issuer": "issuer",
    "author": "issuer",
    "keywords": "keywords",
    "tags": "keywords",
    "abstract": "abstract",
    "description": "abstract",
    "lang": "language",
    "language": "language",
}
_MATTER = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)


def read_front_matter(text: str, source: Source) -> tuple[str, int]:
    """(the text without its front matter, how many lines that took); fields go to `source`."""
    match = _MATTER.match(text)
    if not match or not re.search(r"^\w[\w-]*[ \t]*:", match[1], re.MULTILINE):
        return text, 0
    name, found = "", {}
    for line in match[1].split("\n"):
        pair = re.fullmatch(r"(\w[\w-]*)[ \t]*:[ \t]*(.*)", line)
        if pair:
            name = pair[1].lower()
            found[name] = _words(pair[2])
        elif item := re.fullmatch(r"[ \t]*-?[ \t]+(.+)|-[ \t]*(.+)", line):
            found.setdefault(name, []).extend(_words(item[1] or item[2]))
    for name, words in found.items():
        _set(source, name, words)
    return text[match.end() :], match[0].count("\n")


def _set(source, name, words):
    field, value = NAMES.get(name), " ".join(words).strip()
    block = Block(_("見出し情報"), name, value, Fate.TURNED, _("表紙"), counts=False)
    source.blocks.append(block)
    if field is None:
        block.fate, block.how = Fate.LEFT_OUT, _("表紙に置く所がないため")
        source.warnings.append(_("見出し情報の「%s」は取り込んでいません。") % name)
    elif field == "keywords":
        source.keywords = [word for one in words for word in re.split(r"[、,，]\s*", one) if word]
    elif field in ("decided_on", "effective_on"):
        iso = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}).*", value)
        day = read_day("{}年{}月{}日".format(*iso.groups()) if iso else value)
        setattr(source, field, day)
    else:
        setattr(source, field, value)


def _words(text):
    """A value, or the values of a list in brackets, without the quotes around them."""
    text = text.strip()
    parts = text[1:-1].split(",") if re.fullmatch(r"\[.*\]", text) else [text]
    return [part.strip().strip("\"'") for part in parts if part.strip()]
