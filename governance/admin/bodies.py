"""The admin's pages for people, bodies and decisions."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from governance import deciding
from governance.acting import ActAdmin, ActForm
from governance.models import Body, Decision, User

admin.site.register(User, UserAdmin)


class BodyForm(ActForm):
    """Found a body, or amend what is known of it."""

    def perform(self):
        body = self.before()
        if body:
            return deciding.amend_body(body, by=self.by, **self.changed())
        return deciding.found_body(by=self.by, **self.cleaned_data)


@admin.register(Body)
class BodyAdmin(ActAdmin):
    """Councils, committees and offices."""

    form = BodyForm
    fields = [
        *("slug", "name", "name_en", "parent", "founded_on", "abolished_on", "successor"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["name", "parent", "founded_on", "abolished_on", "successor"]
    search_fields = ["name", "name_en", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


class DecisionForm(ActForm):
    """Record a decision, or correct it."""

    def perform(self):
        decision = self.before()
        if decision:
            return deciding.amend_decision(decision, by=self.by, **self.changed())
        return deciding.record_decision(by=self.by, **self.cleaned_data)


@admin.register(Decision)
class DecisionAdmin(ActAdmin):
    """What bodies decided."""

    form = DecisionForm
    fields = [
        *("body", "decided_on", "title", "title_en", "reason", "reason_en"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["decided_on", "title", "body"]
    list_filter = ["body"]
    list_select_related = ["body"]
    date_hierarchy = "decided_on"
    search_fields = ["title", "title_en"]
