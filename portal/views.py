"""The home page, and the pages shown when something is not there or goes wrong."""

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone

from governance.models import Decision
from guidelines.models import Category, Edition
from guidelines.nearby import suggest
from portal.models import WayIn


def show_home(request):
    """What this is, the ways in, the set by category, and what was decided and changed lately."""
    today = timezone.localdate()
    context = {
        "foremost": Edition.objects.foremost(today),
        "ways": WayIn.objects.by_kind(),
        "categories": Category.objects.with_guidelines(),
        "decisions": Decision.objects.latest_first(today)[:5],
        "changes": Edition.objects.changed_lately(today)[:5],
    }
    return render(request, "portal/home.html", context)


def show_day(request, on):
    """The set as it stood on a day: what was in force, and what had been decided."""
    context = {
        "on": on,
        "in_force": Edition.objects.in_force(on).select_related("guideline"),
        "decisions": Decision.objects.latest_first(on)[:5],
    }
    return render(request, "portal/day.html", context)


def show_icon(request):
    """The portal's icon, under the name that browsers guess."""
    return redirect(static("icon.svg"))


def not_found(request, exception):
    """Page not found, with what is near."""
    context = {"suggestions": suggest(request.path)}
    return render(request, "portal/not_found.html", context, status=404)


def bad_request(request, exception):
    """What was sent cannot be taken, most often because it is too large."""
    return render(request, "portal/refused.html", {"kind": "request"}, status=400)


def forbidden(request, exception=None, reason=""):
    """This may not be done, by this person or to this thing."""
    return render(request, "portal/refused.html", {"kind": "right"}, status=403)


def show_robots(request):
    """Machines are welcome; the admin is of no use to them."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\nDisallow: /en/admin/\n", "text/plain")


def failed(request):
    """Something went wrong here; said without the database, which may be what went wrong."""
    return HttpResponseServerError(render_to_string("portal/failed.html"))
