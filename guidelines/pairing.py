"""Pairs a section in Japanese with the same in English, section by section."""

from dataclasses import dataclass
from typing import NamedTuple

from guidelines.document import Document, Text
from guidelines.models import Edition


class Row(NamedTuple):
    """One section in both languages; None where an edition has it not."""

    japanese: Text | None
    english: Text | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The two editions and their sections; `is_other` where they are not the edition asked for."""

    edition: Edition
    is_other: bool
    rows: list[Row]


def pair(document, entry):
    """The section in the two languages, of the edition shown or else of the newest translated.

    None where the document was never translated.
    """
    english = document.english or next(
        (
            edition
            for edition in document.editions
            # A reader of a day is not told of what was decided later.
            if edition.language == "en"
            and (not document.dated or edition.decided_on <= document.on)
        ),
        None,
    )
    if english is None:
        return None
    japanese, english = (
        _texts(document, english.decided_on, language, entry.key) for language in ("ja", "en")
    )
    official, texts = japanese
    rows = [
        Row(texts.get(key), english[1].get(key)) for key in _in_order(list(texts), [*english[1]])
    ]
    return Pair(official, official != document.official, rows)


def _texts(document, decided_on, language, key):
    """The edition decided on a day in a language, and the section in it with what is below."""
    one = Document(
        document.guideline,
        on=document.on,
        language=language,
        decided_on=decided_on,
        dated=document.dated,
        editions=document.editions,
    )
    entry = one.contents.by_key.get(key)
    apart = "" if language == "ja" else "en-"
    texts = one.plain_text(entry, heading=2, apart=apart) if entry else []
    return one.edition, {text.entry.key: text for text in texts}


def _in_order(keys, others):
    """The keys of two texts as one row: what only the other has stands behind what it follows."""
    rest = list(keys)
    for before, key in zip([None, *others], others, strict=False):
        if key not in keys:
            rest.insert(rest.index(before) + 1 if before else 0, key)
    return rest
