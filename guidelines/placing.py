"""Says where sections of many editions stand, all of them at the price of one query."""

from itertools import groupby
from operator import attrgetter

from django.db.models import F

from guidelines import citing
from guidelines.models import Section


def places_of(sections):
    """The printed place of each section by its id: 「第2編第2章1.1)」.

    `sections` have their editions at hand.
    """
    sections = sorted(set(sections), key=attrgetter("tree_id", "lft"))
    inner = (
        Section.objects.filter(
            tree_id__in={section.tree_id for section in sections},
            level__gt=0,
            rght__gt=F("lft") + 1,
        )
        .in_order()
        .only("tree_id", "lft", "rght", "number", "title")
    )
    above = {tree: list(rows) for tree, rows in groupby(inner, attrgetter("tree_id"))}
    places = {}
    for tree, wanted in groupby(sections, attrgetter("tree_id")):
        coming, path = iter(above.get(tree, [])), []
        upcoming = next(coming, None)
        for section in wanted:
            while upcoming and upcoming.lft < section.lft:
                path = [*(one for one in path if one.rght > upcoming.lft), upcoming]
                upcoming = next(coming, None)
            around = [one for one in path if one.rght > section.rght]
            places[section.pk] = citing.place(section, around, language=section.edition.language)
    return places
