"""Writes citations of an edition or a section in the form that official documents use."""

from django.utils import translation
from django.utils.dateformat import format as format_day

from guidelines.wareki import in_both_calendars


def place(contents, entry):
    """The printed place of a section: 「第2編第2章1.1)」, 「2.3.1」, else its title."""
    if not entry.number:
        return f"「{entry.title}」"
    return "".join([*_numbers_above(contents, entry), entry.number])


def place_in_english(contents, entry):
    """The printed place of a section in an English text: “Part 2, Chapter 2, 1.”"""
    if not entry.number:
        return f"“{entry.title}”"
    return ", ".join([*_numbers_above(contents, entry), entry.number])


def _numbers_above(contents, entry):
    """The printed numbers on the way to an entry, without those that its own begins with."""
    numbers = [above.number for above in contents.above(entry) if above.number]
    while numbers and entry.number.startswith(numbers[-1].rstrip(".") + "."):
        numbers.pop()
    return numbers


def cite(document, entry=None):
    """The citation of the edition shown, or of one of its sections, in the edition's language."""
    edition, contents = document.edition, document.contents
    if edition.language == "ja":
        where = place(contents, entry) if entry else ""
        day = in_both_calendars(edition.decided_on)
        decided = f"{day}{edition.decision.body.name}決定"
        return f"「{edition.title}」（{edition.guideline.code}、{decided}）{where}"
    where = f", {place_in_english(contents, entry)}" if entry else ""
    body = edition.decision.body.name_en or edition.decision.body.name
    # Also where it is asked for by a Japanese page.
    with translation.override("en"):
        day = format_day(edition.decided_on, "j F Y")
    return (
        f"{edition.title} ({edition.guideline.code}, decided by the {body} on {day};"
        f" provisional translation){where}"
    )
