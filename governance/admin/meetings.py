"""The admin's pages for meetings with their papers, and for proposals with their stages."""

from django.contrib import admin

from governance import proposing
from governance.admin.records import RecordAdmin, RecordForm, RecordInline
from governance.models import AgendaItem, Meeting, MeetingMaterial, Proposal, ProposalStage


class AgendaInline(RecordInline):
    """The points of a meeting's agenda."""

    model = AgendaItem
    fields = [
        *("position", "title", "title_en", "proposal", "decision", "outcome", "outcome_en"),
    ]
    autocomplete_fields = ["proposal", "decision"]


class MaterialInline(RecordInline):
    """The papers of a meeting."""

    model = MeetingMaterial
    fields = ["position", "title", "title_en", "url"]


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin):
    """Meetings of the bodies."""

    inlines = [AgendaInline, MaterialInline]
    fields = [
        *("body", "held_on", "title", "title_en", "summary", "summary_en"),
        *("unconfirmed", "unconfirmed_en", "demonstration"),
    ]
    list_display = ["held_on", "title", "body"]
    list_filter = ["body", "demonstration"]
    list_select_related = ["body"]
    date_hierarchy = "held_on"
    search_fields = ["title", "title_en", "body__name"]


class StageInline(RecordInline):
    """The stages that a proposal reached."""

    model = ProposalStage
    fields = ["stage", "reached_on", "meeting", "decision", "note", "note_en"]
    autocomplete_fields = ["meeting", "decision"]

    def add(self, owner, *, by, **facts):
        return proposing.advance(owner, facts.pop("stage"), by=by, **facts)

    def amend(self, part, *, by, **facts):
        return proposing.amend_stage(part, by=by, **facts)

    def strike(self, part, *, by):
        proposing.strike_stage(part, by=by)


class ProposalForm(RecordForm):
    """Record a proposal, or correct it."""

    def amend(self, thing, *, by, **facts):
        return proposing.amend_proposal(thing, by=by, **facts)


@admin.register(Proposal)
class ProposalAdmin(RecordAdmin):
    """What one body puts before another."""

    form = ProposalForm
    inlines = [StageInline]
    fields = [
        *("slug", "source", "target", "subject", "title", "title_en", "summary", "summary_en"),
        *("unconfirmed", "unconfirmed_en", "demonstration"),
    ]
    list_display = ["title", "source", "target", "subject"]
    list_filter = ["subject", "source", "target", "demonstration"]
    list_select_related = ["source", "target"]
    search_fields = ["title", "title_en", "slug"]
