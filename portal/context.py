"""What every page needs to know beside its own matter."""

import re

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language


def languages(request):
    """The other languages of this page, each with its address, and the day it is in Japan."""
    path = request.get_full_path()
    # An address that leads nowhere has no twin in the other language: offer that one's home.
    leads = request.resolver_match is not None
    return {
        "languages": [
            {
                "code": code,
                "name": name,
                "url": translate_url(path if leads else reverse("home"), code),
                "is_current": code == get_language(),
            }
            for code, name in settings.LANGUAGES
        ],
        "today": timezone.localdate(),
        "undated": _undated(request),
    }


def _undated(request):
    """The page as it is today, for one that shows a day.

    The number of a section may be another's by now, so from a section it is the home page.
    """
    match = request.resolver_match
    if match is None or "section-" in (match.url_name or ""):
        return reverse("home")
    return re.sub(r"/on/\d{4}-\d{2}-\d{2}/", "/", request.get_full_path(), count=1)
