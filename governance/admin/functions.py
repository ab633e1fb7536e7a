"""The admin's pages for the functions of the PMO, and for how far they are performed."""

from django.contrib import admin

from governance import defining, performing
from governance.admin.choosing import NamedFilter, ministry_name
from governance.admin.importing import ImportingAdmin
from governance.admin.records import RecordAdmin, RecordForm
from governance.models import PmoFunction, PmoStatus


class FunctionForm(RecordForm):
    """Define a function, or correct it."""

    def add(self, *, by, **facts):
        return defining.define_function(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return defining.amend_function(thing, by=by, **facts)


@admin.register(PmoFunction)
class PmoFunctionAdmin(RecordAdmin):
    """What a PMO is there for."""

    form = FunctionForm
    fields = [
        *("slug", "parent", "position", "number", "name", "name_en", "origin"),
        *("description", "description_en", "began_on", "ended_on"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["__str__", "parent", "origin", "began_on", "ended_on"]
    list_filter = ["origin"]
    list_select_related = ["parent"]
    search_fields = ["number", "name", "name_en", "slug"]


class StatusForm(RecordForm):
    """Assess a function, or correct what was assessed."""

    def add(self, *, by, **facts):
        return performing.assess(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return performing.amend_status(thing, by=by, **facts)


@admin.register(PmoStatus)
class PmoStatusAdmin(ImportingAdmin):
    """How far the ministries perform the functions."""

    import_kind = "pmo-statuses"
    form = StatusForm
    fields = [
        *("ministry", "function", "assessed_on", "level", "evidence", "evidence_en"),
        "demonstration",
    ]
    list_display = [ministry_name, "function", "assessed_on", "level"]
    list_display_links = ["function"]
    list_filter = ["level", ("ministry", NamedFilter), "assessed_on", "demonstration"]
    list_select_related = ["function"]
    search_fields = ["ministry__names__name", "function__name", "function__slug", "evidence"]
