"""The app that knows who decides."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """Bodies, their decisions, and the people who sign in."""

    name = "governance"
    verbose_name = _("ガバナンス")
