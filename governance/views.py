"""The pages of the roles and the ministries, for anyone to read."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from governance.models import Appointment, Ministry, Role


def list_roles(request, on=None):
    """The roles that the guidelines give, by scope, under the names of the day."""
    day = on or timezone.localdate()
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


def show_role(request, slug, on=None):
    """A role: its names over time, and who holds it, ministry by ministry."""
    day = on or timezone.localdate()
    role = get_object_or_404(Role.objects.named(day), slug=slug)
    appointments = role.appointments.with_ministry(day)
    context = {
        "role": role,
        "is_over": role.is_over_on(day),
        "names": role.names.all(),
        "holders": appointments.in_office(day),
        "former": appointments.ended(day),
        "on": on,
    }
    return render(request, "governance/role_show.html", context)


def list_ministries(request, on=None):
    """The ministries of the day, each with its agencies."""
    day = on or timezone.localdate()
    existing = Ministry.objects.existing(day).named(day)
    ministries = existing.filter(parent=None).prefetch_related(Prefetch("agencies", existing))
    past = Ministry.objects.named(day).filter(abolished_on__lte=day)
    context = {"ministries": ministries, "past": past, "on": on}
    return render(request, "governance/ministry_list.html", context)


def show_ministry(request, slug, on=None):
    """A ministry: its names over time, and who holds which role now and before."""
    day = on or timezone.localdate()
    ministry = get_object_or_404(Ministry.objects.named(day), slug=slug)
    appointments = Appointment.objects.filter(ministry=ministry).with_role(day)
    context = {
        "ministry": ministry,
        "is_abolished": ministry.is_abolished_on(day),
        "names": ministry.names.all(),
        "holders": appointments.in_office(day),
        "former": appointments.ended(day),
        "on": on,
    }
    return render(request, "governance/ministry_show.html", context)
