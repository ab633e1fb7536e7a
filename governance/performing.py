"""The acts by which it is recorded how far a ministry performs the functions of its PMO."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import PmoStatus
from governance.recording import amend, record
from governance.refusals import Refusal


@transaction.atomic
def assess(ministry, function, *, assessed_on, level, by, **facts):
    """Record how far a ministry performed a function on a day.

    The same day again corrects what was recorded. Raises Refusal when there was no such ministry
    or function on that day.
    """
    refuse_strangers(ministry, function, assessed_on)
    found = PmoStatus.objects.filter(
        ministry=ministry, function=function, assessed_on=assessed_on
    ).first()
    if found:
        return amend(found, by=by, level=level, **facts)
    return record(
        PmoStatus,
        by=by,
        ministry=ministry,
        function=function,
        assessed_on=assessed_on,
        level=level,
        **facts,
    )


def amend_status(status, *, by, **facts):
    """Correct an assessment, also its day; refused as a new one would be."""
    ministry = facts.get("ministry", status.ministry)
    function = facts.get("function", status.function)
    refuse_strangers(ministry, function, facts.get("assessed_on", status.assessed_on))
    return amend(status, by=by, **facts)


def refuse_strangers(ministry, function, on):
    """Raise Refusal when the ministry or the function did not exist on the day `on`."""
    if not type(ministry).objects.existing(on).filter(pk=ministry.pk).exists():
        raise Refusal(
            _("%(day)sに府省「%(slug)s」はありません。") % {"day": on, "slug": ministry.slug}
        )
    if not type(function).objects.existing(on).filter(pk=function.pk).exists():
        raise Refusal(
            _("%(day)sにPMOの機能「%(name)s」はありません。") % {"day": on, "name": function}
        )
