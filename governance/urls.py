"""The addresses of who decides and who is responsible; each also as it stood on a day."""

from django.urls import include, path

from governance.views import bodies, functions, offices, plans, proposals

app_name = "governance"

pages = [
    path("roles/", offices.list_roles, name="role-list"),
    path("ministries/", offices.list_ministries, name="ministry-list"),
    path("ministries/<slug:slug>/", offices.show_ministry, name="ministry-show"),
    path("pmo/", functions.list_functions, name="function-list"),
    path("pmo/matrix/", functions.show_matrix, name="function-matrix"),
    path("plans/", plans.list_plans, name="plan-list"),
    path("bodies/", bodies.list_bodies, name="body-list"),
    path("bodies/<slug:slug>/", bodies.show_body, name="body-show"),
    path("bodies/<slug:slug>/<day:held_on>/", bodies.show_meeting, name="meeting-show"),
    path("proposals/", proposals.list_proposals, name="proposal-list"),
]

urlpatterns = [*pages, path("on/<day:on>/", include(pages))]
