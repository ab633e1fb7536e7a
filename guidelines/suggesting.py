"""Offers what a reader may be about to search for: terms, documents, places and headings in force.

Headings are looked through in memory, an edition at a time, as no database finds a part of a word
among a hundred thousand of them while somebody types.
"""

import re
from bisect import bisect
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.naming import in_reader_language, with_code
from guidelines.citing import place
from guidelines.contents import read_contents
from guidelines.documents_meant import catalogue, coded, entitled, titles
from guidelines.folding import DASHES, fold
from guidelines.models import Edition, Guideline
from guidelines.narrowing import Days
from guidelines.numbering import PLACE_BEGINS, same_place
from guidelines.synonyms import named_in

# What nobody types to the end; a longer text is no beginning of anything.
LONGEST = 60
_PLACE = re.compile(r"第?\d|別紙|別添|別表|付録|附録|附属書|part|chapter|annex|appendix")
# What may be left out of a code as it is typed.
_NO_SIGN = re.compile(f"[{DASHES} ]")


class Suggestion(NamedTuple):
    """What somebody may mean: its words, where it is, and what kind of thing it is."""

    text: str
    url: str
    kind: str
    # Where it stands, to tell it from others of the same words.
    where: str = ""

    def marking(self, typed):
        """Its address, with the words to be marked in the text that it leads to."""
        if self.kind not in ("term", "heading"):
            return self.url
        # By how it is read aloud nothing would be found in it.
        words = typed if fold(typed) in fold(self.text) else self.text
        return f"{self.url}?{urlencode({'q': words.strip()})}"

    @property
    def label(self):
        """The kind in the reader's language, with where it stands."""
        return " ".join(filter(None, (_kinds()[self.kind], self.where)))


class Row(NamedTuple):
    """A heading that can be offered, and where it leads."""

    text: str
    address: str
    # Where it is printed: 「第3編第5章」.
    place: str
    is_term: bool
    # Found by how it is read aloud, of which only the beginning is typed.
    is_reading: bool


class Shown(NamedTuple):
    """An edition in force for a reader, as far as its headings are offered."""

    pk: int
    seal: str
    translation_of: int | None
    language: str
    guideline: int
    code: str
    kind: str
    position: str


class Lines:
    """Rows with the folded words they are found by, all of which are looked through at once."""

    def __init__(self, pairs):
        self.rows, self._starts, parts, at = [], [], [], 1
        for line, row in pairs:
            self.rows.append(row)
            self._starts.append(at)
            parts.append(line)
            at += len(line) + 1
        self.text = "\n" + "\n".join(parts) + "\n"

    def beginning_with(self, words):
        """The rows whose words begin so."""
        return self._found(f"\n{words}", 1)

    def having(self, words):
        """The rows that have the words somewhere."""
        return (row for row in self._found(words, 0) if not row.is_reading)

    @cached_property
    def places(self):
        """Each row that has numbers, with these in the form in which they are compared."""
        return [(same_place(row.place), row) for row in self.rows if row.place]

    def _found(self, words, offset):
        at, known = self.text.find(words), -1
        while at >= 0:
            place = bisect(self._starts, at + offset) - 1
            if place != known:
                yield self.rows[place]
            known = place
            # On to the next line, which the end of this one begins.
            at = self.text.find(words, self.text.index("\n", at + offset))


def suggest(text: str, *, on, language: str, limit: int = 8, days=None) -> list[Suggestion]:
    """What a reader who has typed so far may mean, the likeliest first.

    What begins with it goes before what only has it; terms of the glossary before documents,
    documents before headings, and rules before what explains them.
    """
    words = fold(" ".join(text.split()))
    if not words or len(words) > LONGEST:
        return []
    found = {}
    for suggestion in _offered(words, editions_in_force(on, language, days), catalogue()):
        # Of the same heading twice in a document, the one above.
        document = suggestion.where.partition(" ")[0]
        found.setdefault((suggestion.kind, suggestion.text, document), suggestion)
        if len(found) == limit:
            break
    return list(found.values())


def _offered(words, editions, documents):
    """Everything that may be meant, in order; some of it twice."""
    named = coded(words, documents)
    if named and not named.before:
        document, rest = named.document, named.beside
        edition = next((one for one in editions if one.guideline == document.pk), None)
        if edition and rest:
            yield from _places(rest, edition)
            yield from _in_edition(rest, edition)
        if not rest:
            yield _of_document(document)
    if begin := PLACE_BEGINS.search(words):
        by_document = {one.guideline: one for one in editions}
        for document in entitled(words[: begin.start()], documents) if begin.start() else ():
            if edition := by_document.get(document.pk):
                yield from _places(words[begin.start() :], edition)
    if _PLACE.match(words):
        for edition in editions[:1]:
            yield from _places(words, edition)
    bare = _NO_SIGN.sub("", words)
    for document in documents if bare else ():
        if _NO_SIGN.sub("", document.code.lower()).startswith(bare):
            yield _of_document(document)
    language = get_language()
    lines = [(edition, _lines_of(edition, language)) for edition in editions]
    glossaries = [pair for pair in lines if pair[0].kind == Guideline.Kind.GLOSSARY]
    for pick in (Lines.beginning_with, Lines.having):
        for edition, headings in glossaries:
            for row in pick(headings, words):
                if row.is_term:
                    yield _of_row(row, edition)
        is_in = str.startswith if pick is Lines.beginning_with else str.__contains__
        for document in documents:
            if any(is_in(title, words) for title in titles(document)):
                yield _of_document(document)
        for edition, headings in lines:
            for row in pick(headings, words):
                if not row.is_term:
                    yield _of_row(row, edition)


def editions_in_force(on, language, days=None) -> list[Shown]:
    """The editions in force, rules first; for a reader of another language its translations.

    They are read from `days`, where somebody has these at hand.
    """
    shown: dict[int, Shown] = {}
    for row in (Days() if days is None else days)[on].values():
        if row.standing != Edition.Standing.IN_FORCE or row.language not in ("ja", language):
            continue
        if row.guideline not in shown or row.language == language:
            shown[row.guideline] = Shown(
                *(row.pk, row.seal, row.translation_of_id, row.language),
                *(row.guideline, row.document, row.kind, row.position),
            )
    is_rule = Guideline.Position.NORMATIVE
    return sorted(shown.values(), key=lambda edition: edition.position != is_rule)


def _places(words, edition):
    """The sections of an edition whose numbers begin, or end, with what is typed."""
    wanted, later = same_place(words), []
    for printed, row in _lines_of(edition, get_language()).places if wanted else ():
        if printed.startswith(wanted) or f"{row.address}.".startswith(f"{wanted}."):
            yield _of_row(row, edition, is_place=True)
        elif printed.endswith(wanted) and not wanted[0].isdigit():
            later.append(row)
    for row in later:
        yield _of_row(row, edition, is_place=True)


def _in_edition(words, edition):
    for pick in (Lines.beginning_with, Lines.having):
        for row in pick(_lines_of(edition, get_language()), words):
            yield _of_row(row, edition)


def _of_row(row, edition, *, is_place=False):
    url = reverse("guidelines:section-show", kwargs={"code": edition.code, "address": row.address})
    text = f"{row.place} {row.text}".strip() if is_place else row.text
    kind = "term" if row.is_term else "place" if is_place else "heading"
    where = [edition.code, "" if is_place or row.is_term else row.place]
    return Suggestion(text, url, kind, " ".join(filter(None, where)))


def _of_document(document):
    url = reverse("guidelines:guideline-show", kwargs={"code": document.code})
    return Suggestion(f"{document.code} {in_reader_language(document, 'title')}", url, "document")


def _kinds():
    return {
        "term": _("用語"),
        "document": _("文書"),
        "place": _("番号"),
        "heading": _("見出し"),
    }


def _lines_of(edition, language):
    """The headings of a published edition, which never change, kept in memory.

    Places are said in the reader's language, also those of a text in another.
    """
    is_glossary = edition.kind == Guideline.Kind.GLOSSARY
    return _kept(edition.pk, edition.seal, edition.translation_of, language, is_glossary)


@lru_cache(maxsize=1024)
def _kept(edition_id, seal, original_id, language, is_glossary):
    # The seal is part of the question: another text under the same id would have another.
    names: dict[str, list[str]] = {}
    if is_glossary:
        for key, _place, words in named_in(edition_id, seal, original_id):
            names.setdefault(key, []).extend(words)
    pairs = []
    for entry, above in read_contents(edition_id).walk():
        where = place(entry, above, language=language) if entry.number else ""
        title, is_term = entry.title, entry.key in names
        texts = {title: title, entry.reading: title}
        texts |= {name: with_code(name, title) for name in names.get(entry.key, ())}
        texts[title] = title
        pairs += [
            (
                entry.level,
                fold(words),
                Row(text, entry.address, where, is_term, words == entry.reading != title),
            )
            for words, text in texts.items()
            if words
        ]
    # Chapters before what is in them.
    pairs.sort(key=lambda pair: pair[0])
    return Lines([(line, row) for _level, line, row in pairs])
