"""The pages of the bodies that decide, and of their meetings."""

from datetime import date

from django.shortcuts import get_object_or_404, render

from governance.arranging import Arrangement
from governance.drawing import organisation
from governance.due import DAY
from governance.models import Body, Decision, Meeting, Proposal
from governance.views.days import address, meant


def list_bodies(request, on=None):
    """The bodies of the day as a chart and as a list, and those that are no more."""
    arrangement = Arrangement(Body.objects.all(), meant(on))
    places = arrangement.places()

    def where(body):
        return address("governance:body-show", on, slug=body.slug)

    context = {
        "places": places,
        "drawing": organisation.draw(places, address=where),
        "past": [(body, arrangement.successor(body)) for body in arrangement.past],
        "on": on,
    }
    return render(request, "governance/body_list.html", context)


def show_body(request, slug, on=None):
    """A body: what is around it, who belongs to it, when it met, what it proposed and decided."""
    day = meant(on)
    body = get_object_or_404(Body, slug=slug)
    proposals = Proposal.objects.made(day)
    context = {
        "body": body,
        "around": _around(body, day),
        # Of a body that is no more, those of its last day.
        "members": body.members.serving(min(day, (body.abolished_on or date.max) - DAY)),
        "meetings": Meeting.objects.held(day).filter(body=body),
        "decisions": Decision.objects.latest_first(day).filter(body=body),
        "made": proposals.filter(source=body),
        "received": proposals.filter(target=body),
        "on": on,
    }
    return render(request, "governance/body_show.html", context)


def _around(body, day):
    """What a page says of the place of a body among the others."""
    arrangement = Arrangement(Body.objects.all(), day)
    return {
        "is_awaited": arrangement.is_awaited(body),
        "is_over": arrangement.is_over(body),
        "above": arrangement.above(body),
        "below": arrangement.below(body),
        "before": arrangement.before(body),
        "successor": arrangement.successor(body) if arrangement.is_over(body) else None,
    }


def show_meeting(request, slug, held_on, on=None):
    """A meeting: its agenda with what came of each point, and its materials."""
    held = Meeting.objects.held(meant(on)).with_papers(meant(on))
    meeting = get_object_or_404(held, body__slug=slug, held_on=held_on)
    return render(request, "governance/meeting_show.html", {"meeting": meeting, "on": on})
