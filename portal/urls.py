"""The addresses of the site: Japanese without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.cache import cache_control

import guidelines.urls  # noqa: F401 — registers the converters used below
from guidelines.views.texts import show_file
from portal import feeds, views
from portal.pages import PAGES

# A feed is asked for again and again by programs; a few minutes make no difference to readers.
for_minutes = cache_control(public=True, max_age=300)

NO_SIDEBAR = {"is_nav_sidebar_enabled": False}

urlpatterns = [
    # Browsers ask for it by this name on pages that do not name an icon, such as the admin's.
    path("robots.txt", views.show_robots, name="robots-show"),
    path("favicon.ico", views.show_icon, name="icon-show"),
    path("sitemap.xml", views.download_sitemap, name="sitemap-download"),
    path("sitemap-<int:number>.xml", views.download_sitemap, name="sitemap-file-download"),
    # Files are the same in every language.
    path("files/<hash:sha256>/<file_name:name>", show_file, name="file-show"),
    *i18n_patterns(
        # Nobody has signed in who could use the list of what to edit: two files less to fetch.
        path("admin/login/", admin.site.login, {"extra_context": NO_SIDEBAR}, name="sign-in"),
        path("admin/", admin.site.urls),
        path("", views.show_home, name="home"),
        path("on/<day:on>/", views.show_day, name="home"),
        path("styleguide/", views.show_styleguide, name="styleguide"),
        path("search/", views.search, name="search"),
        path("search/suggest/", views.suggest_words, name="search-suggest"),
        path("opensearch.xml", views.show_opensearch, name="opensearch-show"),
        *(
            path(page.address, views.show_page, {"slug": page.slug}, name="page-show")
            for page in PAGES.values()
        ),
        path("sitemap/", views.show_sitemap, name="sitemap-show"),
        path("news/", views.list_news, name="news-list"),
        path("news/<int:pk>/", views.show_news, name="news-show"),
        path("feeds/news/", for_minutes(feeds.NewsFeed()), name="news-feed"),
        path("feeds/editions/", for_minutes(feeds.EditionsFeed()), name="editions-feed"),
        path("", include("guidelines.urls")),
        path("", include("governance.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.failed"
