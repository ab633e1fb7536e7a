"""What every period of the governance shares: a first day, and the first day on which it is over.

Periods are half-open: the day something ends is the first day on which it is no more. An empty
beginning means "since ever", an empty end "until further notice".
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def lasting(on, *, since="began_on", until="ended_on"):
    """The condition that a period between the fields `since` and `until` contains the day `on`."""
    return (Q(**{since: None}) | Q(**{f"{since}__lte": on})) & (
        Q(**{until: None}) | Q(**{f"{until}__gt": on})
    )


def is_over(until, on):
    """Whether a period until `until` is over on the day `on`."""
    return until is not None and until <= on


def is_lasting(since, until, on):
    """What `lasting` asks of rows, of one period: whether it contains the day `on`."""
    return (since is None or since <= on) and not is_over(until, on)


def ends_after_it_begins(name, *, since="began_on", until="ended_on"):
    """The constraint, called `name`, that such a period has at least one day."""
    return models.CheckConstraint(
        condition=Q(**{since: None}) | Q(**{until: None}) | Q(**{f"{since}__lt": F(until)}),
        name=name,
        violation_error_message=_("終わる日は、始まる日より後にしてください。"),
    )
