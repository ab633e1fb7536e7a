"""Makes the pages for when the site itself fails, without asking the database for anything.

They are in Japanese and English at once, as nobody can tell any more in which language a reader
came, and a proxy may show them by itself.
"""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

TEMPLATES = {
    414: "portal/failures/too_long.html",
    429: "portal/failures/too_many.html",
    500: "portal/failures/failed.html",
    503: "portal/failures/maintenance.html",
}

STYLESHEETS = ("vendor/design-tokens/tokens.css", "base.css")


def failure_page(status):
    """The HTML of the page for a status."""
    context = {
        "stylesheets": [_address_of(name) for name in STYLESHEETS],
        "icon": _address_of("icon.svg"),
        "home": _home("ja"),
        "home_in_english": _home("en"),
    }
    return render_to_string(TEMPLATES[status], context)


def failure(status, *, retry_after=None):
    """The answer with a status; it is never kept, as the next one may be another."""
    response = HttpResponse(failure_page(status), status=status)
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def _home(language):
    with override(language):
        return reverse("home")


def _address_of(name):
    try:
        return static(name)
    except ValueError:
        # Nobody has collected the static files, which may be why this page is shown.
        return settings.STATIC_URL + name
