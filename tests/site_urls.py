"""The portal's addresses, and some that fail as an address may fail, to see what is shown then."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path

from portal.failing import failure
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def failing_with(failure):
    """A view in which this happens."""

    def fail(request):
        raise failure

    return fail


FAILURES = {
    400: SuspiciousOperation("It is too large."),
    403: PermissionDenied(),
    404: Http404(),
    500: RuntimeError("It went wrong, as it was asked to."),
}
# What the portal answers before any view is asked.
REFUSED = (414, 429, 503)


def refusing_with(status):
    """A view that answers as the portal does when it lets nobody in."""
    return lambda request: failure(status)


urlpatterns = [
    *(path(f"fail/{status}/", failing_with(failure)) for status, failure in FAILURES.items()),
    *(path(f"en/fail/{status}/", failing_with(failure)) for status, failure in FAILURES.items()),
    *(path(f"fail/{status}/", refusing_with(status)) for status in REFUSED),
    *urlpatterns,
]
