"""The addresses of who decides and who is responsible; each also as it stood on a day."""

from django.urls import include, path

from governance import views

app_name = "governance"

pages = [
    path("roles/", views.list_roles, name="role-list"),
    path("roles/<slug:slug>/", views.show_role, name="role-show"),
    path("ministries/", views.list_ministries, name="ministry-list"),
    path("ministries/<slug:slug>/", views.show_ministry, name="ministry-show"),
]

urlpatterns = [*pages, path("on/<day:on>/", include(pages))]
