"""The addresses of the guidelines; each page also exists as it stood on a day, under /on/."""

from django.urls import include, path

from guidelines import converters, views

converters.register()

app_name = "guidelines"

of_an_edition = [
    path("", views.show_cover, name="edition-show"),
    path("all/", views.show_whole_text, name="edition-read"),
    path("text.<slug:ending>", views.download_edition, name="edition-download"),
    path("<address:address>/", views.show_section, name="edition-section-show"),
]

pages = [
    path("guidelines/", views.list_guidelines, name="guideline-list"),
    path("guidelines/map/", views.show_map, name="guideline-map"),
    path("guidelines/<code:code>/", views.show_cover, name="guideline-show"),
    path("guidelines/<code:code>/all/", views.show_whole_text, name="guideline-read"),
    path("guidelines/<code:code>/history/", views.show_history, name="guideline-history"),
    path("guidelines/<code:code>/<day:decided_on>/", include(of_an_edition)),
    path("guidelines/<code:code>/<address:address>/", views.show_section, name="section-show"),
    path("s/<key:key>/", views.show_key, name="key-show"),
    path("decisions/", views.list_decisions, name="decision-list"),
    path("decisions/<int:pk>/", views.show_decision, name="decision-show"),
]

urlpatterns = [*pages, path("on/<day:on>/", include(pages))]
