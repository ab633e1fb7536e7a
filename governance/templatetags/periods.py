"""What templates ask for when they show periods: no more than was known on the reader's day."""

from django import template

from governance.models.periods import is_over
from governance.views.days import meant

register = template.Library()


@register.filter
def known(until, on):
    """The end of a period if it has come by the day that the reader named, or by today."""
    return until if is_over(until, meant(on)) else None
