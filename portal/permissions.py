"""Who may see the pages of the site that are not for everybody."""

from django.conf import settings


def may_see_styleguide(user) -> bool:
    """The staff; where the portal is being developed, anyone."""
    return settings.DEBUG or user.is_staff
