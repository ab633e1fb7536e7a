"""The admin's pages for bodies with their members, and for decisions."""

from django.contrib import admin

from governance import deciding
from governance.admin.records import RecordAdmin, RecordForm, RecordInline
from governance.models import Body, Decision, Membership


class BodyForm(RecordForm):
    """Found a body, or amend what is known of it."""

    def add(self, *, by, **facts):
        return deciding.found_body(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return deciding.amend_body(thing, by=by, **facts)


class MembershipInline(RecordInline):
    """Who belongs to a body, by role."""

    model = Membership
    fields = [
        *("capacity", "role", "ministry", "number", "began_on", "ended_on", "note", "note_en"),
        "demonstration",
    ]


@admin.register(Body)
class BodyAdmin(RecordAdmin):
    """Councils, committees and offices."""

    form = BodyForm
    inlines = [MembershipInline]
    fields = [
        *("slug", "name", "name_en", "parent", "founded_on", "abolished_on", "successor"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["name", "parent", "founded_on", "abolished_on", "successor"]
    list_select_related = ["parent", "successor"]
    search_fields = ["name", "name_en", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


class DecisionForm(RecordForm):
    """Record a decision, or correct it."""

    def add(self, *, by, **facts):
        return deciding.record_decision(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return deciding.amend_decision(thing, by=by, **facts)


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
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
    search_fields = ["title", "title_en", "body__name"]
