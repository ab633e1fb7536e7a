"""What every page needs to know beside its own matter."""

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
    }
