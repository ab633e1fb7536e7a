"""Arranges the bodies of a day: which there were, what stood above, below, before and after each.

Of many bodies no day of founding or abolition is known. Such a body is taken to have begun and
ended with the one it belongs to.
"""

from dataclasses import dataclass
from datetime import date

from governance.models import Body
from governance.models.periods import is_over


@dataclass(frozen=True)
class Place:
    """A body in its place: the bodies it followed that are no more, and the places below it."""

    body: Body
    before: list[Body]
    below: list["Place"]


class Arrangement:
    """All bodies, as they stood to each other on a day."""

    def __init__(self, bodies, on):
        self.on = on
        self.bodies = sorted(bodies, key=lambda body: (body.founded_on or date.max, body.name))
        self._by_id = {body.pk: body for body in self.bodies}

    def is_awaited(self, body):
        """Whether the body is yet to be founded."""
        known = self._first_known(body, "founded_on")
        return known is not None and known > self.on

    def is_over(self, body):
        """Whether the body is no more."""
        known = self._first_known(body, "abolished_on")
        return is_over(known, self.on)

    def exists(self, body):
        """Whether the body exists."""
        return not self.is_awaited(body) and not self.is_over(body)

    @property
    def past(self):
        """The bodies that are no more, the last abolished first."""
        past = [body for body in self.bodies if self.is_over(body)]
        return sorted(past, key=lambda body: body.abolished_on or date.min, reverse=True)

    def above(self, body):
        """The body it belongs to, if that has been founded."""
        return self._if_founded(body.parent_id)

    def successor(self, body):
        """The body that followed it, if that has been founded."""
        return self._if_founded(body.successor_id)

    def below(self, body):
        """The existing bodies that belong to it."""
        return [one for one in self.bodies if one.parent_id == body.pk and self.exists(one)]

    def before(self, body):
        """The bodies that it followed and that are no more."""
        return [one for one in self.bodies if one.successor_id == body.pk and self.is_over(one)]

    def places(self):
        """The existing bodies that stand at the top, each with what is below it."""
        existing = [body for body in self.bodies if self.exists(body)]
        there = {body.pk for body in existing}
        return [self._place(body) for body in existing if body.parent_id not in there]

    def _place(self, body):
        below = [self._place(other) for other in self.below(body)]
        return Place(body, self.before(body), below)

    def _if_founded(self, pk):
        body = self._by_id.get(pk)
        return body if body and not self.is_awaited(body) else None

    def _first_known(self, body, field):
        """The day in this field of the body, or of the nearest above it of which it is known."""
        seen = set()
        # The acts refuse a circle of bodies; the database by itself would hold one.
        while body and body.pk not in seen:
            if day := getattr(body, field):
                return day
            seen.add(body.pk)
            body = self._by_id.get(body.parent_id)
        return None
