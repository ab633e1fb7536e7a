"""What every page of the governance asks: which day is meant, and where a thing is on that day."""

from django.urls import reverse
from django.utils import timezone


def meant(on):
    """The day that the reader named, or today."""
    return on or timezone.localdate()


def address(name, on, **kwargs):
    """The address of a page, on the day that the reader named, if any."""
    return reverse(name, kwargs=kwargs | ({"on": on} if on else {}))
