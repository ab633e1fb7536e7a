"""The admin's pages for the people who sign in, each with the ministry whose staff they are."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.admin.choosing import NamedFilter, NamingAdmin, ministry_name
from governance.models import Ministry, User


@admin.register(User)
class PersonAdmin(NamingAdmin, UserAdmin):
    """The people who sign in."""

    list_display = ["username", "last_name", "first_name", "email", ministry_name, "is_staff"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups", ("ministry", NamedFilter)]

    def get_fieldsets(self, request, obj=None):
        """With the ministry, once there is a name and a password."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (_("所属"), {"fields": ["ministry"]})] if obj else fieldsets

    def get_queryset(self, request):
        """With the names of the ministries of today."""
        ministries = Ministry.objects.named(timezone.localdate())
        return super().get_queryset(request).prefetch_related(Prefetch("ministry", ministries))
