"""The addresses of the site: Japanese without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import guidelines.urls  # noqa: F401 — registers the converters used below
from guidelines.views import show_file
from portal import views

urlpatterns = [
    # Browsers ask for it by this name on pages that do not name an icon, such as the admin's.
    path("robots.txt", views.show_robots, name="robots-show"),
    path("favicon.ico", views.show_icon, name="icon-show"),
    # Files are the same in every language.
    path("files/<hash:sha256>/<file_name:name>", show_file, name="file-show"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", views.show_home, name="home"),
        path("on/<day:on>/", views.show_day, name="home"),
        path("", include("guidelines.urls")),
        path("", include("governance.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.failed"
