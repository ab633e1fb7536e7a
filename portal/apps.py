"""The app that puts the guidelines on the web."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The site: settings, addresses, home, ways in."""

    name = "portal"
    verbose_name = _("ポータル")
