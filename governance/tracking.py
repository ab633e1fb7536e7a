"""Says how a plan stands on a day: when its revision is due, and how far its measures are."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from governance.due import last_day_of_a_year_from
from governance.models.periods import is_over


def is_late(measure, on):
    """Whether a measure, read with its progress up to the day `on`, is past its day by then."""
    return measure.percent != 100 and measure.due_on < on


@dataclass(frozen=True)
class PlanState:
    """A plan on a day; the plan must have been read with its way up to that day."""

    # A Plan, with what its QuerySet adds to it.
    plan: Any
    on: date

    @property
    def is_over(self):
        """Whether the plan's period has ended."""
        return is_over(self.plan.ended_on, self.on)

    @property
    def is_ahead(self):
        """Whether the plan's period has not begun."""
        return self.plan.began_on > self.on

    @cached_property
    def due_on(self):
        """The last day on which the next revision is in time; None when its period ends first."""
        due = last_day_of_a_year_from(self.plan.last_revised_on or self.plan.began_on)
        ends = self.plan.ended_on
        return due if ends is None or due < ends else None

    @property
    def is_overdue(self):
        """Whether a year has passed without a revision; as `Plan.objects.overdue` answers."""
        if self.is_over or self.is_ahead or self.due_on is None:
            return False
        return self.due_on < self.on

    @property
    def revisions(self):
        """The days on which the plan was adopted and revised."""
        return [revision.revised_on for revision in self.plan.made_revisions]

    @cached_property
    def done(self):
        """How many measures are carried out."""
        return sum(measure.percent == 100 for measure in self.plan.all_measures)

    @cached_property
    def late(self):
        """How many measures are past their day and not carried out."""
        return sum(is_late(measure, self.on) for measure in self.plan.all_measures)

    @cached_property
    def under_way(self):
        """How many measures still have time."""
        return len(self.plan.all_measures) - self.done - self.late
