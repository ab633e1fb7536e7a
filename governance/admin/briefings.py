"""The admin's pages for briefings, with their materials and who came."""

from django.contrib import admin

from governance.admin.records import RecordAdmin, RecordInline
from governance.models import Attendance, Briefing, BriefingMaterial


class MaterialInline(RecordInline):
    """The papers of a briefing."""

    model = BriefingMaterial
    fields = ["position", "title", "title_en", "url"]


class AttendanceInline(RecordInline):
    """How many came from which ministry."""

    model = Attendance
    fields = ["ministry", "people"]


@admin.register(Briefing)
class BriefingAdmin(RecordAdmin):
    """Meetings and trainings by which the ministries are told."""

    inlines = [MaterialInline, AttendanceInline]
    fields = [
        *("slug", "kind", "held_on", "title", "title_en", "audience", "audience_en"),
        *("organiser", "roles", "summary", "summary_en", "demonstration"),
    ]
    filter_horizontal = ["roles"]
    list_display = ["held_on", "title", "kind", "organiser"]
    list_filter = ["kind", "organiser", "demonstration"]
    list_select_related = ["organiser"]
    date_hierarchy = "held_on"
    search_fields = ["title", "title_en", "slug"]
