"""Surveys how far the ministries perform the functions of their PMOs, from what was assessed."""

from collections import Counter
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from governance.models import PmoStatus

Level = PmoStatus.Level
# From the least to the most.
RANK = {level: rank for rank, level in enumerate(Level.values)}
# Each tells itself apart by its shape, without any colour.
SIGNS = {Level.PERFORMED.value: "●", Level.PARTLY.value: "◐", Level.NOT_STARTED.value: "×"}
UNASSESSED = "–"


class Trend(TextChoices):
    """Where a function went since the assessment before."""

    UP = "up", _("前回より前進")
    SAME = "same", _("前回から変わらず")
    DOWN = "down", _("前回より後退")

    @property
    def arrow(self):
        return {"up": "↑", "same": "→", "down": "↓"}[self.value]


class Cell(NamedTuple):
    """A function with a ministry: the latest assessment, and the one before it if any."""

    latest: Any
    before: Any = None

    @property
    def level(self):
        return self.latest.level

    @property
    def level_label(self):
        return Level(self.level).label

    @property
    def trend(self):
        if self.before is None:
            return None
        now, then = RANK[self.latest.level], RANK[self.before.level]
        return Trend.UP if now > then else Trend.DOWN if now < then else Trend.SAME


class Tally(NamedTuple):
    """How many of something are at which level."""

    performed: int
    partly: int
    not_started: int
    unassessed: int

    @property
    def total(self):
        return sum(self)

    @property
    def is_known(self):
        """Whether any was assessed at all."""
        return self.unassessed < self.total

    @property
    def shares(self):
        """Each count with its percentage of all, rounded."""
        return [(count, round(count * 100 / self.total) if self.total else 0) for count in self]


class Moment(NamedTuple):
    """How all stood on the day of an assessment."""

    day: Any
    tally: Tally


def survey(rows):
    """Where each function stands with each ministry, by (ministry_id, function_id).

    `rows` are assessments, the earliest first: PmoStatus or rows of its `as_rows`.
    """
    cells = {}
    for row in rows:
        key = row.ministry_id, row.function_id
        known = cells.get(key)
        cells[key] = Cell(row, known.latest if known else None)
    return cells


def tally(cells, *, of):
    """How many of the cells are at which level; `of` so many, the rest was not assessed."""
    counts = Counter(cell.level for cell in cells)
    return Tally(
        performed=counts[Level.PERFORMED],
        partly=counts[Level.PARTLY],
        not_started=counts[Level.NOT_STARTED],
        unassessed=of - counts.total(),
    )


def course(rows, *, of):
    """How many of `of` cells stood at which level on each day of an assessment, day by day."""
    standing, moments = {}, []
    for day, assessed in groupby(rows, key=lambda row: row.assessed_on):
        standing |= {(row.ministry_id, row.function_id): Cell(row) for row in assessed}
        moments.append(Moment(day, tally(standing.values(), of=of)))
    return moments


def groups(tree):
    """The functions that are assessed, under the abstract one they belong to.

    These are the ones that are not broken down any further, in the order of the tree.
    """
    return [(top, list(_leaves(top))) for top in tree]


def _leaves(function):
    if not function.parts:
        yield function
    for part in function.parts:
        yield from _leaves(part)
