"""The app that knows the texts and how they become binding."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidelinesConfig(AppConfig):
    """Guidelines, their editions and sections; drafting, publishing, reading, importing."""

    name = "guidelines"
    verbose_name = _("標準ガイドライン群")
