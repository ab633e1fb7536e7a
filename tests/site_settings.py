"""The settings of the site that a browser looks at: the portal's own, and addresses that fail."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.site_urls"
