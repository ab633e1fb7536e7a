"""Writes citations of an edition or a section: as official documents do, in English, as BibTeX."""

import re
from functools import lru_cache
from typing import NamedTuple

from django.utils import translation
from django.utils.dateformat import format as format_day

from guidelines.addresses import NAMED
from guidelines.contents import contents_of
from guidelines.numbering import N, fold, to_int
from guidelines.wareki import in_both_calendars

# Where a script puts the place and the address of what a reader copies.
PLACE, ADDRESS = "{place}", "{address}"
_STEPS = {"編": "Part", "部": "Part", "章": "Chapter", "節": "Section", "条": "Article"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX takes for a command, and how it is told not to.
_ESCAPED = {sign: f"\\{sign}" for sign in "$&#%_{}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


class Citation(NamedTuple):
    """One form of a citation: `form` is japanese, english or bibtex."""

    form: str
    language: str
    text: str


def place(section, above, *, language):
    """The printed place of a section below those `above` it, the outermost first.

    「第2編第2章1.1)」, 「2.3.1」 or “Part 2, Chapter 2, 1.”; the title of one without a number.
    In English also of a Japanese text.
    """
    if not section.number:
        return f"「{section.title}」" if language == "ja" else f"“{section.title}”"
    numbers = []
    for number in (one.number for one in (*above, section) if one.number):
        # A decimal number repeats those above it.
        while numbers and number.startswith(numbers[-1].rstrip(".") + "."):
            numbers.pop()
        numbers.append(number)
    if language == "ja":
        # 「第2章1.1)」 is read as it is; 「2.1」 before 「2)」 would be another number.
        return re.sub(r"(?<=\d)\0(?=\d)", " ", "\0".join(numbers)).replace("\0", "")
    return ", ".join(_in_english(number) for number in numbers)


def _in_english(number):
    """A printed number as an English text has it: 「第2編」 is Part 2, 「別紙2」 Annex 2."""
    folded = fold(number)
    if match := re.fullmatch(rf"第({N})([{''.join(_STEPS)}])", folded):
        return f"{_STEPS[match[2]]} {to_int(match[1])}"
    for name, english in NAMED.items():
        if not name.isascii() and folded.startswith(name):
            return f"{english.capitalize()} {folded.removeprefix(name).strip()}".strip()
    return number


def places(edition, *, language):
    """The place of each section of a published edition in a language, by the section's key."""
    return _places(edition, edition.seal, language)


@lru_cache(maxsize=64)
def _places(edition, seal, language):
    # The seal is part of the question: another text under the same id would have another.
    return {
        entry.key: place(entry, above, language=language)
        for entry, above in contents_of(edition).walk()
    }


def place_in(document, key, *, language):
    """Where a section of the document shown is in its edition in a language; "" for the whole.

    Without an edition in that language, or the section in it, by the numbers of the one shown.
    """
    editions = (document.official if language == "ja" else document.english, document.edition)
    for edition in editions:
        if edition and (found := places(edition, language=language).get(key)):
            return found
    return ""


def cite(document, entry=None):
    """The citation of the edition shown, or of one of its sections, in the edition's language."""
    language = document.edition.language
    where = place_in(document, entry.key, language=language) if entry else ""
    return (in_japanese if language == "ja" else in_english)(document, where)


def in_japanese(document, where=""):
    """The form that official documents use, of the Japanese edition."""
    edition = document.official
    day = in_both_calendars(edition.decided_on)
    decided = f"{day}{edition.decision.body.name}決定"
    return f"「{edition.title}」（{edition.guideline.code}、{decided}）{where}"


def in_english(document, where=""):
    """The English form: of the translation, or of the Japanese edition where there is none."""
    edition, official = document.english, document.official
    body = official.decision.body.name_en or official.decision.body.name
    # Also where it is asked for by a Japanese page.
    with translation.override("en"):
        day = format_day(official.decided_on, "j F Y")
    title = edition.title if edition else document.guideline.title_en or official.title
    status = "provisional translation" if edition else "in Japanese"
    return (
        f"{title} ({document.guideline.code}, decided by the {body} on {day}; {status})"
        f"{', ' if where else ''}{where}"
    )


def in_bibtex(document, entry=None, *, site):
    """The edition shown, or a section of it, as BibTeX; `site` is where the portal is."""
    where = place_in(document, entry.key, language=document.edition.language) if entry else ""
    return _bibtex(document, entry.address if entry else "", _escape(where), site)


def _bibtex(document, address, where, site):
    edition = document.edition
    code, day, language = document.guideline.code, edition.decided_on, edition.language
    with translation.override(language):
        root = site.rstrip("/") + edition.get_absolute_url()
    body = edition.decision.body
    body = body.name if language == "ja" else body.name_en or body.name
    notes = [where, "Provisional translation" if language == "en" else ""]
    fields = {
        "title": f"{{{_escape(edition.title)}}}",
        "author": f"{{{_escape(body)}}}",
        "institution": f"{{{_escape(body)}}}",
        "number": _escape(code),
        "year": f"{day.year:04}",
        "month": _MONTHS[day.month - 1],
        "day": str(day.day),
        "date": day.isoformat(),
        "url": f"{root}{address}/" if address else root,
        "language": "japanese" if language == "ja" else "english",
        "note": ", ".join(filter(None, notes)),
    }
    key = ":".join(filter(None, [code, day.isoformat(), address]))
    lines = [
        # The name of a month is a word that each style spells.
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@techreport{{{key},", *lines, "}"])


def _escape(text):
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def citations(document, entry=None, *, site):
    """The citation in each form, of the edition shown or of one of its sections."""
    key = entry.key if entry else ""
    return [
        Citation("japanese", "ja", in_japanese(document, place_in(document, key, language="ja"))),
        Citation("english", "en", in_english(document, place_in(document, key, language="en"))),
        Citation("bibtex", document.edition.language, in_bibtex(document, entry, site=site)),
    ]


def patterns(document, *, site):
    """Each form with PLACE, and in BibTeX also ADDRESS, where those of what is copied go."""
    return {
        "ja": in_japanese(document, PLACE),
        "en": in_english(document, PLACE),
        "bibtex": _bibtex(document, ADDRESS, PLACE, site),
    }
