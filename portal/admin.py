"""The admin's pages for the site: ways in, news, and what readers search for."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.acting import ActAdmin, ActForm
from governance.admin.histories import HistoryAdmin
from guidelines.admin.confirming import confirm
from portal import announcing, counting, ways
from portal.models import News, QueryCount, WayIn

# Over how many days what was searched for is summed up.
PERIODS = (7, 30, counting.DAYS_KEPT)

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


class NewsForm(ActForm):
    """Announce an item, or change one."""

    def perform(self):
        news = self.before()
        if news:
            today = timezone.localdate()
            return announcing.change_news(news, on=today, by=self.by, **self.changed())
        return announcing.announce(by=self.by, **self.cleaned_data)


class WithdrawalForm(forms.Form):
    """From when."""

    on = forms.DateField(
        label=_("取下げの日"), widget=AdminDateWidget, initial=lambda: timezone.localdate()
    )


@admin.register(News)
class NewsAdmin(HistoryAdmin, ActAdmin):
    """The news."""

    form = NewsForm
    fields = [
        *("title", "title_en", "body", "body_en", "published_on"),
        *("guideline", "decision", "demonstration"),
    ]
    list_display = ["title", "published_on", "changed_on", "withdrawn_on"]
    list_filter = ["published_on"]
    search_fields = ["title", "title_en"]
    autocomplete_fields = ["guideline"]
    actions = ["withdraw"]

    def has_change_permission(self, request, obj=None):
        """What was withdrawn stays as it was, to be looked at."""
        stands = obj is None or obj.withdrawn_on is None
        return stands and super().has_change_permission(request, obj)

    @admin.action(description=_("取り下げる"), permissions=["change"])
    def withdraw(self, request, queryset):
        """Take items away from the readers, after asking from when."""

        def perform(answers):
            for news in queryset:
                announcing.withdraw_news(news, by=request.user, **answers)
            return gettext("%d件のお知らせを取り下げました。") % len(queryset)

        return confirm(
            self,
            request,
            queryset,
            action="withdraw",
            title=gettext("お知らせを取り下げる"),
            explain=gettext("番地は残り、取り下げたことを伝えます。元には戻せません。"),
            form_class=WithdrawalForm,
            perform=perform,
        )


@admin.register(QueryCount)
class QueryCountAdmin(admin.ModelAdmin):
    """What readers search for: looked at in sums, and changed by nobody."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """The most frequent queries, those without hits, and those made anew at once."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("days", "")
        days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
        since = timezone.localdate() - timedelta(days=days - 1)
        context = {
            **self.admin_site.each_context(request),
            "title": self.model._meta.verbose_name,
            "opts": self.model._meta,
            "days": days,
            "periods": PERIODS,
            "may_add_synonym": request.user.has_perm("guidelines.add_synonym"),
            "lists": [
                (_("多く探された言葉"), counting.most_asked(since=since)),
                (_("何も当たらなかった言葉"), counting.without_hits(since=since)),
                (_("すぐに探し直された言葉"), counting.refined_at_once(since=since)),
            ],
        }
        return TemplateResponse(request, "admin/query_counts.html", context)
