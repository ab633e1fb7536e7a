"""The admin's page for the ways in on the home page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from governance.acting import ActAdmin, ActForm
from portal import ways
from portal.models import WayIn

admin.site.site_header = _("標準ガイドライン群ポータル 編集")
admin.site.site_title = _("標準ガイドライン群ポータル")
admin.site.index_title = _("編集するものを選んでください")


class WayInForm(ActForm):
    """Offer a way in, or change one."""

    def perform(self):
        way = self.before()
        if way:
            return ways.change_way_in(way, by=self.by, **self.changed())
        return ways.offer_way_in(by=self.by, **self.cleaned_data)


@admin.register(WayIn)
class WayInAdmin(ActAdmin):
    """Ways in by role and by phase."""

    form = WayInForm
    fields = ["kind", "name", "name_en", "section_key", "position"]
    list_display = ["name", "kind", "section_key", "position"]
    list_filter = ["kind"]

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("portal.delete_wayin")

    def delete_model(self, request, obj):
        ways.withdraw_way_in(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for way in queryset:
            ways.withdraw_way_in(way, by=request.user)
