"""The people who sign in."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person of the staff who signs in; readers need no account."""

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
