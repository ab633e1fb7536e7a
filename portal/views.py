"""The home page, and the pages shown when something is not there or goes wrong."""

from django.http import HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone

from governance.models import Decision
from guidelines.models import Category, Edition
from guidelines.nearby import suggest
from portal.models import WayIn


def show_home(request, on=None):
    """What this is, the ways in, the set by category, and what was decided and changed lately."""
    day = on or timezone.localdate()
    context = {
        "on": on,
        "ways": WayIn.objects.by_kind(),
        "categories": Category.objects.with_guidelines(),
        "decisions": Decision.objects.latest_first(day)[:5],
        "changes": Edition.objects.changed_lately(day)[:5],
    }
    return render(request, "portal/home.html", context)


def show_icon(request):
    """The portal's icon, under the name that browsers guess."""
    return redirect(static("icon.svg"))


def not_found(request, exception):
    """Page not found, with what is near."""
    context = {"suggestions": suggest(request.path)}
    return render(request, "portal/not_found.html", context, status=404)


def failed(request):
    """Something went wrong here; said without the database, which may be what went wrong."""
    return HttpResponseServerError(render_to_string("portal/failed.html"))
