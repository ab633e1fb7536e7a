"""The admin's pages for the plans of the ministries, and for how far their measures have come."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance import planning
from governance.admin.choosing import NamedFilter, ministry_name
from governance.admin.importing import ImportingAdmin
from governance.admin.records import RecordAdmin, RecordForm, RecordInline
from governance.models import (
    Measure,
    Ministry,
    Plan,
    PlanChapter,
    PlanRevision,
    ProgressReport,
)
from governance.naming import in_reader_language
from governance.permissions import ministries_of


class RevisionInline(RecordInline):
    """When a plan was adopted and revised."""

    model = PlanRevision
    fields = ["revised_on", "decided_by", "decided_by_en", "summary", "summary_en"]

    def add(self, owner, *, by, **facts):
        return planning.revise_plan(owner, by=by, **facts)

    def amend(self, part, *, by, **facts):
        return planning.amend_revision(part, by=by, **facts)


class ChapterInline(RecordInline):
    """The chapters of a plan."""

    model = PlanChapter
    fields = ["position", "number", "title", "title_en", "body", "body_en"]

    def add(self, owner, *, by, **facts):
        return planning.add_chapter(owner, by=by, **facts)

    def amend(self, part, *, by, **facts):
        return planning.amend_chapter(part, by=by, **facts)


class MeasureInline(RecordInline):
    """The measures of a plan; how far each has come is on its own page."""

    model = Measure
    fields = ["chapter", "number", "title", "title_en", "target", "target_en", "due_on"]
    show_change_link = True

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "chapter":
            kwargs["queryset"] = PlanChapter.objects.filter(plan=self.owner)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def add(self, owner, *, by, **facts):
        return planning.add_measure(owner, by=by, **facts)

    def amend(self, part, *, by, **facts):
        return planning.amend_measure(part, by=by, **facts)


class PlanForm(RecordForm):
    """Adopt a plan, or correct it."""

    def add(self, *, by, **facts):
        return planning.adopt_plan(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return planning.amend_plan(thing, by=by, **facts)


@admin.register(Plan)
class PlanAdmin(RecordAdmin):
    """The medium-to-long-term plans of the ministries."""

    form = PlanForm
    inlines = [RevisionInline, ChapterInline, MeasureInline]
    fields = ["ministry", "title", "title_en", "began_on", "ended_on", "demonstration"]
    list_display = [ministry_name, "title", "began_on", "ended_on", "last_revised_on"]
    list_display_links = ["title"]
    list_filter = [("ministry", NamedFilter), "demonstration"]
    search_fields = ["title", "title_en", "ministry__names__name", "ministry__slug"]

    def get_queryset(self, request):
        """With the day of the last revision up to today."""
        return super().get_queryset(request).with_revision(timezone.localdate())  # type: ignore[attr-defined]

    @admin.display(description=_("最終の改定"), ordering="last_revised_on")
    def last_revised_on(self, plan):
        """When it was last revised."""
        return plan.last_revised_on


class OwnMinistryFilter(admin.SimpleListFilter):
    """A filter by the ministry whose plan it is."""

    title = _("府省")
    parameter_name = "ministry"
    way: str

    def lookups(self, request, model_admin):
        named = Ministry.objects.named(timezone.localdate()).filter(plans__isnull=False).distinct()
        return [
            (one.slug, in_reader_language(one, "name"))
            for one in ministries_of(request.user, named)
        ]

    def queryset(self, request, queryset):
        return queryset.filter(**{f"{self.way}__slug": self.value()}) if self.value() else queryset


class MeasureMinistryFilter(OwnMinistryFilter):
    """For measures."""

    way = "plan__ministry"


class ReportMinistryFilter(OwnMinistryFilter):
    """For progress reports."""

    way = "measure__plan__ministry"


class ReportForm(RecordForm):
    """Report on a measure, or correct a report."""

    def add(self, *, by, **facts):
        return planning.report_progress(by=by, **facts)


class ReportInline(RecordInline):
    """How far a measure had come on which day."""

    model = ProgressReport
    fields = ["reported_on", "percent", "note", "note_en"]

    def add(self, owner, *, by, **facts):
        return planning.report_progress(owner, by=by, **facts)


class MeasureForm(RecordForm):
    """Add a measure, or correct it."""

    def add(self, *, by, **facts):
        return planning.add_measure(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return planning.amend_measure(thing, by=by, **facts)


@admin.register(Measure)
class MeasureAdmin(RecordAdmin):
    """The measures of the plans, each with its progress."""

    form = MeasureForm
    inlines = [ReportInline]
    fields = ["plan", "chapter", "number", "title", "title_en", "target", "target_en", "due_on"]
    list_display = ["number", "title", "plan", "due_on"]
    list_display_links = ["number", "title"]
    list_filter = [MeasureMinistryFilter, "due_on"]
    list_select_related = ["plan"]
    search_fields = ["number", "title", "title_en", "plan__title", "plan__ministry__names__name"]

    def get_readonly_fields(self, request, obj=None):
        """A measure stays in its plan."""
        return ["plan"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.measure = obj
        return super().get_form(request, obj, change=change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "chapter":
            chapters = PlanChapter.objects.select_related("plan")
            measure = getattr(request, "measure", None)
            kwargs["queryset"] = chapters.filter(plan=measure.plan_id) if measure else chapters
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ProgressReport)
class ProgressReportAdmin(ImportingAdmin):
    """How far the measures have come."""

    import_kind = "plan-progress"
    form = ReportForm
    fields = ["measure", "reported_on", "percent", "note", "note_en"]
    autocomplete_fields = ["measure"]
    list_display = ["ministry", "measure", "reported_on", "percent"]
    list_display_links = ["measure"]
    list_filter = [ReportMinistryFilter, "reported_on"]
    list_select_related = ["measure"]
    search_fields = ["measure__number", "measure__title", "measure__plan__ministry__names__name"]

    def get_queryset(self, request):
        """With the ministries under their names of today."""
        ministries = Ministry.objects.named(timezone.localdate())
        return (
            super()
            .get_queryset(request)
            .select_related("measure__plan")
            .prefetch_related(Prefetch("measure__plan__ministry", ministries))
        )

    @admin.display(description=_("府省"), ordering="measure__plan__ministry__position")
    def ministry(self, report):
        """Whose plan it is of."""
        return in_reader_language(report.measure.plan.ministry, "name")
