"""The pages of what a PMO is there for, and of how far the ministries perform it."""

from collections import Counter

from django.shortcuts import render

from governance.drawing import matrix, shares
from governance.models import Ministry, PmoFunction, PmoStatus
from governance.surveying import course, groups, survey
from governance.views.days import address, meant


def list_functions(request, on=None):
    """The functions of the day, from the abstract ones to what they were broken down into."""
    day = meant(on)
    surveyed, _rows = _survey(day)
    counts = {function.pk: surveyed.down(function) for function in surveyed.functions}
    tops = [top for top, _leaves in surveyed.groups]
    context = {
        "tree": _tree(tops, counts),
        "origins": _origins(tops),
        "broken_down_from": PmoFunction.objects.broken_down_from(day),
        "is_broken_down": any(leaves != [top] for top, leaves in surveyed.groups),
        "on": on,
    }
    return render(request, "governance/function_list.html", context)


def show_matrix(request, on=None):
    """Every ministry with every function: where it stands on the day, and how it came there."""
    surveyed, rows = _survey(meant(on))
    whole = surveyed.whole()

    def where(thing):
        # The page of a function lives with the texts that it shows.
        is_ministry = isinstance(thing, Ministry)
        page = "governance:ministry-show" if is_ministry else "guidelines:function-show"
        return address(page, on, slug=thing.slug)

    context = {
        "table": matrix.draw(surveyed, address=where),
        "is_empty": not whole.total,
        "whole": whole,
        "course": [(moment, shares.draw(moment.tally)) for moment in course(rows, of=whole.total)],
        "shown": {"demonstration": any(row.demonstration for row in rows)},
        "on": on,
    }
    return render(request, "governance/function_matrix.html", context)


def _survey(day):
    """The matrix of a day, and the assessments it is made of."""
    ministries = list(Ministry.objects.existing(day).named(day))
    grouped = groups(PmoFunction.objects.existing(day).as_tree())
    shown = {function.pk for _top, leaves in grouped for function in leaves}
    known = {ministry.pk for ministry in ministries}
    rows = [
        row
        for row in PmoStatus.objects.assessed(day).as_rows()
        if row.function_id in shown and row.ministry_id in known
    ]
    return matrix.Matrix(ministries, grouped, survey(rows)), rows


def _tree(functions, counts):
    """The functions for a template: each with how the ministries stand, and what is below it."""
    return [(one, counts.get(one.pk), _tree(one.parts, counts)) for one in functions]


def _origins(tops):
    """How many functions there are of each origin."""
    counts = Counter(function.origin for function in _all(tops))
    return [(origin, counts[origin]) for origin in PmoFunction.Origin]


def _all(functions):
    for function in functions:
        yield function
        yield from _all(function.parts)
