"""Finds the document that a query names: by its code, however written, or by its title."""

import re
from functools import lru_cache
from typing import NamedTuple

from guidelines.folding import DASHES, fold, searched
from guidelines.models import FormerCode, Guideline

# 「DS100」, 「ｄｓ 100」 and 「DS–100」 are DS-100; 「DS-100.2」 may be a code to come.
_CODE = re.compile(
    rf"(?:(?<![a-zａ-ｚ\d.])[a-zａ-ｚ]+[{DASHES}\s]?|(?<!\S))"
    rf"\d[a-zａ-ｚ\d]*(?:[{DASHES}][a-zａ-ｚ\d]+)*(?![a-zａ-ｚ\d]|[{DASHES}.．][a-zａ-ｚ\d])",
    re.IGNORECASE,
)
# What stands between a document and a place in it: 「DS-100の第2編」, “DS-100: 2.2.1”.
BETWEEN = " \u3000の:：/／、,;「」『』"


class Document(NamedTuple):
    """A document of the catalogue, as far as a query may name it."""

    pk: int
    code: str
    title: str
    title_en: str


class Coded(NamedTuple):
    """A query in which the code of a document stands: what is before it, as it is typed, behind."""

    document: Document
    before: str
    typed: str
    behind: str

    @property
    def beside(self):
        """What is asked beside the code."""
        return f"{self.before.strip(BETWEEN)} {self.behind.strip(BETWEEN)}".strip()

    @property
    def respelt(self):
        """The query with the code as it is written; as typed, where that is another word."""
        code = self.typed if self.spellings else self.document.code
        return f"{self.before}{code}{self.behind}"

    @property
    def spellings(self):
        """The code as typed and as written, where the two are other words; else nothing."""
        both = (self.typed, self.document.code)
        return () if searched(both[0]) == searched(both[1]) else both


def catalogue():
    """All documents in the order of the shelves."""
    rows = Guideline.objects.order_by("category__position", "category__slug", "code")
    return list(map(Document._make, rows.values_list(*Document._fields)))


def coded(query, documents):
    """A query, typed or folded, by the first code or former code in it; None without one."""
    matches = list(_CODE.finditer(query))
    if not matches or not documents:
        return None
    by_code = {_even(one.code): one for one in documents}
    found = next((match for match in matches if _even(match[0]) in by_code), None)
    if found is None:
        by_pk = {one.pk: one for one in documents}
        former = FormerCode.objects.values_list("code", "guideline")
        by_code = {_even(code): by_pk[pk] for code, pk in former}
        found = next((match for match in matches if _even(match[0]) in by_code), None)
    if found is None:
        return None
    start, end = found.span()
    return Coded(by_code[_even(found[0])], query[:start], found[0], query[end:])


def entitled(words, documents):
    """The documents in whose titles some folded words are; those that end with them first.

    Words of less than two signs are in too many.
    """
    words = words.strip(BETWEEN)
    if len(words) < 2:
        return []
    found = [one for one in documents if any(words in title for title in titles(one))]
    return sorted(found, key=lambda one: not any(title.endswith(words) for title in titles(one)))


@lru_cache(maxsize=2048)
def titles(document):
    """The titles of a document, folded."""
    return tuple(fold(title) for title in (document.title, document.title_en) if title)


@lru_cache(maxsize=4096)
def _even(code):
    """A code without what may or may not be between its letters and its number."""
    code = re.sub(f"[{DASHES}]", "-", fold(code))
    return re.sub(r"(?<=[a-z])[- ](?=\d)", "", code)
