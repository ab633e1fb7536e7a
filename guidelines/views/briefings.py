"""The pages of the briefings: how the ministries are told of the documents."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from governance.models import Briefing, Ministry, Role
from guidelines.models import BriefingLink


def list_briefings(request, on=None):
    """The briefings held, the latest first, each with the documents it told of."""
    links = BriefingLink.objects.select_related("guideline").order_by("guideline__code")
    briefings = Briefing.objects.held(on or timezone.localdate())
    context = {"briefings": briefings.prefetch_related(Prefetch("links", links)), "on": on}
    return render(request, "guidelines/briefing_list.html", context)


def show_briefing(request, slug, on=None):
    """A briefing: for whom, on which documents, with which materials, and who attended."""
    briefing = get_object_or_404(Briefing.objects.held(on or timezone.localdate()), slug=slug)
    # Under the names of that day: it is told who was there then.
    roles = Role.objects.named(briefing.held_on)
    ministries = Ministry.objects.named(briefing.held_on)
    attendance = briefing.attendance.order_by("ministry__position", "ministry__slug")
    attendance = attendance.prefetch_related(Prefetch("ministry", ministries))
    prefetch_related_objects([briefing], Prefetch("roles", roles, to_attr="addressed"))
    context = {
        "briefing": briefing,
        "links": briefing.links.select_related("guideline").order_by("guideline__code"),
        "materials": briefing.materials.all(),
        "attendance": attendance,
        "total": sum(row.people for row in attendance),
        "on": on,
    }
    return render(request, "guidelines/briefing_show.html", context)
