"""The acts by which ministries, roles and appointments come to be; the only writer of them."""

from datetime import date
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance.lineage import refuse_circle
from governance.models import Appointment, Ministry, Role
from governance.recording import amend, lock, record, refuse_misfits, strike
from governance.refusals import Refusal


@transaction.atomic
def establish_ministry(*, slug, names, by, **facts):
    """Add a ministry or agency with its names over time.

    `names` are dicts of the fields of MinistryName; `facts` further fields of Ministry.
    Raises Refusal when two names meet in time.
    """
    return _call(record(Ministry, by=by, slug=slug, **facts), names, by=by)


@transaction.atomic
def amend_ministry(ministry, *, by, names=None, **facts):
    """Correct a ministry; `names`, when given, replace all it had.

    Raises Refusal when it would stand below itself.
    """
    refuse_circle(ministry, facts.get("parent"))
    return _amend(ministry, names, facts, by=by)


@transaction.atomic
def define_role(*, slug, names, by, **facts):
    """Add a role with its official names over time; as for ministries."""
    return _call(record(Role, by=by, slug=slug, **facts), names, by=by)


@transaction.atomic
def amend_role(role, *, by, names=None, **facts):
    """Correct a role; `names`, when given, replace all it had."""
    return _amend(role, names, facts, by=by)


@transaction.atomic
def appoint(*, role, post, began_on, by, ministry=None, **facts):
    """Record that a post holds a role from a day on.

    Raises Refusal when the office has one holder and somebody holds it in that time.
    """
    appointment = Appointment(role=role, ministry=ministry, post=post, began_on=began_on, **facts)
    return _keep(appointment, by=by)


@transaction.atomic
def amend_appointment(appointment, *, by, **facts):
    """Correct or end an appointment; refused as a new one would be."""
    appointment = lock(appointment)
    for field, value in facts.items():
        setattr(appointment, field, value)
    return _keep(appointment, by=by)


def _amend(thing, names, facts, *, by):
    thing = amend(thing, by=by, **facts)
    return thing if names is None else _call(thing, names, by=by)


def _call(thing, names, *, by):
    """Give a ministry or role these names, instead of those it had."""
    refuse_meeting_names(names)
    owner = thing.names.field.name
    for name in thing.names.all():
        strike(name, by=by)
    for name in names:
        record(thing.names.model, by=by, **{owner: thing}, **name)
    return thing


def _keep(appointment, *, by):
    if appointment.ended_on and appointment.ended_on <= appointment.began_on:
        raise Refusal(
            _("退任日（%(ended)s）は就任日（%(began)s）より後の日にしてください。")
            % {"ended": appointment.ended_on, "began": appointment.began_on}
        )
    refuse_misfits(appointment)
    appointment._history_user = by
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as error:
        if "one holder" not in str(error):
            raise
        raise Refusal(
            _(
                "この役割には同時に一人しか就けません。%(began)sから就く「%(post)s」と期間の重なる任命が"
                "既にあります。先にその退任日を入れてください。"
            )
            % {"began": appointment.began_on, "post": appointment.post}
        ) from error
    return appointment


def refuse_meeting_names(names):
    """Raise Refusal for no name at all, and for names of which two hold on one day."""
    if not names:
        raise Refusal(_("名称を一つは入れてください。"))
    ordered = sorted(names, key=lambda name: name.get("since") or date.min)
    for earlier, later in pairwise(ordered):
        if (
            later.get("since") is None
            or earlier.get("until") is None
            or (later["since"] < earlier["until"])
        ):
            raise Refusal(
                _("名称「%(earlier)s」と「%(later)s」の期間が重なっています。")
                % {"earlier": earlier["name"], "later": later["name"]}
            )
