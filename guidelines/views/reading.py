"""The pages that help to read a text: beside others, in two languages, and a list of one's own."""

from django.shortcuts import render

from guidelines.pairing import pair
from guidelines.paralleling import columns_of
from guidelines.views.texts import of_guideline, open_section


@of_guideline
def show_beside(request, guideline, address, decided_on=None, on=None):
    """A section with what the commentary and the guidebooks say to it."""
    document, entry = open_section(guideline, address, on=on, decided_on=decided_on)
    context = _context(document, entry, on) | {"columns": columns_of(document, entry)}
    return render(request, "guidelines/section_beside.html", context)


@of_guideline
def show_bilingual(request, guideline, address, decided_on=None, on=None):
    """A section in Japanese and in English."""
    document, entry = open_section(guideline, address, on=on, decided_on=decided_on)
    context = _context(document, entry, on) | {"pair": pair(document, entry)}
    return render(request, "guidelines/section_bilingual.html", context)


def show_reading_list(request, on=None):
    """What the reader has put by, which only the reader's browser knows."""
    return render(request, "guidelines/reading_list.html", {"on": on})


def _context(document, entry, on):
    return {
        "document": document,
        "entry": entry,
        "path": [*document.contents.above(entry), entry],
        "address_now": document.address_now(entry),
        "on": on,
    }
