"""The pages of the roles and the ministries."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from governance.models import Appointment, Briefing, Ministry, PmoFunction, Role
from governance.surveying import groups, survey, tally
from governance.tracking import PlanState
from governance.views.days import meant


def list_roles(request, on=None):
    """The roles that the guidelines give, by scope, under the names of the day."""
    day = meant(on)
    roles = list(Role.objects.named(day))
    scopes = [
        (scope, [role for role in roles if role.scope == scope and role.exists_on(day)])
        for scope in Role.Scope
    ]
    context = {
        "scopes": scopes,
        "past": [role for role in roles if role.is_over_on(day)],
        "on": on,
    }
    return render(request, "governance/role_list.html", context)


def list_ministries(request, on=None):
    """The ministries of the day, each with its agencies."""
    day = meant(on)
    existing = Ministry.objects.existing(day).named(day)
    # An agency stays listed when the ministry above it is no more, or not yet.
    tops = existing.exclude(parent__in=Ministry.objects.existing(day))
    ministries = tops.prefetch_related(Prefetch("agencies", existing))
    past = Ministry.objects.named(day).filter(abolished_on__lte=day)
    context = {"ministries": ministries, "past": past, "on": on}
    return render(request, "governance/ministry_list.html", context)


def show_ministry(request, slug, on=None):
    """A ministry: who holds which role, what its PMO performs, its plans, and what it was told."""
    day = meant(on)
    ministry = get_object_or_404(Ministry.objects.named(day), slug=slug)
    appointments = Appointment.objects.filter(ministry=ministry).with_role(day)
    plans = ministry.plans.made(day).with_way(day).order_by("-began_on")
    context = {
        "ministry": ministry,
        "is_abolished": ministry.is_abolished_on(day),
        "is_awaited": ministry.is_awaited_on(day),
        "names": ministry.names.begun(day),
        "holders": appointments.in_office(day),
        "former": appointments.ended(day),
        "performance": _performance(ministry, day),
        "states": [PlanState(plan, day) for plan in plans],
        "briefings": Briefing.objects.held(day).attended_by(ministry),
        "on": on,
    }
    return render(request, "governance/ministry_show.html", context)


def _performance(ministry, day):
    """The functions of the ministry's PMO with where each stands, and how many stand where."""
    cells = survey(ministry.pmo_statuses.assessed(day))
    rows = [
        (top, [(function, cells.get((ministry.pk, function.pk))) for function in leaves])
        for top, leaves in groups(PmoFunction.objects.existing(day).as_tree())
    ]
    known = [cell for _top, leaves in rows for _function, cell in leaves]
    assessed = [cell for cell in known if cell]
    return {
        "rows": rows,
        "tally": tally(assessed, of=len(known)),
        "demonstration": any(cell.latest.demonstration for cell in assessed),
    }
