"""The people who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.offices import Ministry


class User(AbstractUser):
    """A person of the staff who signs in; readers need no account."""

    # At most one: whoever keeps a ministry's records keeps that ministry's alone.
    ministry = models.ForeignKey(
        Ministry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("所属する府省"),
        help_text=_("府省のグループの人は、この府省の計画とPMOの実施状況だけを編集できます。"),
    )

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
