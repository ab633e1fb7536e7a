"""Answers every request with the page on maintenance while the setting MAINTENANCE is on."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from portal.failing import failure

# Seconds after which a machine may ask again; nobody knows how long the work takes.
RETRY_AFTER = 600


class MaintenanceMiddleware:
    """Stands behind the static files, which the page needs, and before all that asks a database."""

    def __init__(self, get_response):
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed

    def __call__(self, request):
        return failure(503, retry_after=RETRY_AFTER)
