"""Finds the document that a query begins with: by its code, however written, or by its title."""

import re
from functools import lru_cache
from typing import NamedTuple

from guidelines.folding import DASHES, fold
from guidelines.models import FormerCode, Guideline

# 「DS100」, 「ds 100」 and 「DS–100」 are DS-100; 「ds-100.2」 may be a code to come.
_CODE = re.compile(
    rf"(?P<letters>[a-z]*)[{DASHES} ]?(?P<digits>\d[a-z0-9]*(?:[{DASHES}][a-z0-9]+)*)"
    rf"(?![a-z0-9]|[{DASHES}.][a-z0-9])"
)
# What stands between a document and a place in it: 「DS-100の第2編」, “DS-100: 2.2.1”.
_BETWEEN = " の:/、,;「」『』"
_FORMER = ("code", "guideline")


class Document(NamedTuple):
    """A document of the catalogue, as far as a query may name it."""

    pk: int
    code: str
    title: str
    title_en: str


def catalogue():
    """All documents in the order of the shelves."""
    rows = Guideline.objects.order_by("category__position", "category__slug", "code")
    return list(map(Document._make, rows.values_list(*Document._fields)))


def coded(words, documents):
    """The document whose code, or former code, folded words begin with, and what follows it."""
    match = _CODE.match(words)
    if match is None:
        return None, ""
    code = _even(match[0])
    document = next((one for one in documents if _even(one.code) == code), None)
    if document is None:
        former = {_even(other): pk for other, pk in FormerCode.objects.values_list(*_FORMER)}
        document = next((one for one in documents if one.pk == former.get(code)), None)
    return (document, words[match.end() :].strip(_BETWEEN)) if document else (None, "")


def entitled(words, documents):
    """The document in whose title some folded words are: at its end best, then the shortest title.

    None where they are in no title, or are not even two signs.
    """
    words = words.strip(_BETWEEN)
    found = [
        (not title.endswith(words), len(title), place)
        for place, one in enumerate(documents)
        for title in titles(one)
        if words in title
    ]
    return documents[min(found)[2]] if found and len(words) > 1 else None


@lru_cache(maxsize=2048)
def titles(document):
    """The titles of a document, folded."""
    return tuple(fold(title) for title in (document.title, document.title_en) if title)


@lru_cache(maxsize=4096)
def _even(code):
    """A code without what may or may not be between its letters and its number."""
    code = re.sub(f"[{DASHES}]", "-", fold(code))
    return re.sub(r"(?<=[a-z])[- ](?=\d)", "", code)
