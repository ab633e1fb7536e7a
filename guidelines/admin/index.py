"""The admin's pages for the index to the texts: who must do what in a section, and its links."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, ForeignKey, Q
from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acting import ActAdmin, ActForm
from governance.admin.choosing import NamedFilter, NamingAdmin, role_name, with_names
from governance.admin.records import RecordAdmin, RecordForm
from guidelines import indexing
from guidelines.admin.judging import judging_view, list_editions_view
from guidelines.models import (
    BriefingLink,
    Edition,
    FunctionLink,
    MeasureLink,
    PrincipleLink,
    Rejection,
    Responsibility,
    Section,
    StrategyLink,
)

PER_PAGE = 20


class SectionSelect(AutocompleteSelect):
    """A select that searches the sections of every edition, published ones too."""

    url_name = "%s:guidelines_responsibility_sections"


class SectionChoiceField(forms.ModelChoiceField):
    """A choice of a section, said with its document and edition."""

    def label_from_instance(self, section):
        return place_of(section)


def place_of(section):
    """A section with where it stands: 「DS-100 2025-05-27 2.2.1 1. 政府全体管理」."""
    edition = section.edition
    day = str(edition.decided_on or edition.get_status_display())
    language = "" if edition.language == "ja" else edition.get_language_display()
    words = [edition.guideline.code, day, language, section.address, str(section)]
    return " ".join(filter(None, words))


def find_sections(words):
    """The sections in which each word is found, those of drafts and the newest editions first.

    A word is a code, an address, a number, or part of a title.
    """
    sections = Section.objects.filter(level__gt=0).select_related("edition__guideline")
    for word in words.split():
        sections = sections.filter(
            Q(edition__guideline__code__istartswith=word)
            | Q(address=word)
            | Q(address__startswith=f"{word}.")
            | Q(number=word)
            | Q(title__icontains=word)
        )
    return sections.order_by(
        F("edition__decided_on").desc(nulls_first=True),
        "edition__guideline__code",
        "edition",
        "lft",
    )


class IndexForm(RecordForm):
    """Link a section or a document, or correct the link."""

    def add(self, *, by, **facts):
        return indexing.link(self._meta.model, by=by, **facts)


class IndexAdmin(RecordAdmin):
    """An admin page of entries of the index, which may be kept whatever the edition's status."""

    form: type[ActForm] = IndexForm

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Section:
            kwargs |= {
                "queryset": Section.objects.select_related("edition__guideline"),
                "form_class": SectionChoiceField,
                "widget": SectionSelect(db_field, self.admin_site),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "section" and field is not None:
            # The pages of sections are those of drafts; none is made or changed from here.
            for act in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def get_queryset(self, request):
        """With the sections and their documents."""
        ends = [
            "section__edition__guideline" if field.name == "section" else field.name
            for field in self.model._meta.fields
            if isinstance(field, ForeignKey) and field.name != "role"
        ]
        return super().get_queryset(request).select_related(*ends)

    @admin.display(
        description=gettext_lazy("節"),
        ordering=F("section__edition__decided_on").desc(nulls_first=True),
    )
    def place(self, entry):
        """Where it stands."""
        return place_of(entry.section) if entry.section_id else None


class ResponsibilityForm(RecordForm):
    """Say that a section gives a role a duty, or correct it."""

    def add(self, *, by, **facts):
        return indexing.assign(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return indexing.amend_responsibility(thing, by=by, **facts)


@admin.register(Responsibility)
class ResponsibilityAdmin(IndexAdmin):
    """Who must do what."""

    form = ResponsibilityForm
    fields = ["section", "role", "duty", "phase", "force", "sentence"]
    list_display = ["place", role_name, "duty", "phase", "force"]
    list_filter = [
        *("duty", "phase", "force", ("role", NamedFilter), "section__edition__guideline__category"),
    ]
    search_fields = ["section__edition__guideline__code", "section__title", "sentence"]

    def get_urls(self):
        """With the search for sections, and the pages on which proposals are judged."""
        wrap = self.admin_site.admin_view
        return [
            path(
                "sections/",
                wrap(self.sections_view),
                name="guidelines_responsibility_sections",
            ),
            path("judge/", wrap(self.editions_view), name="guidelines_responsibility_editions"),
            path("judge/<int:pk>/", wrap(self.judge_view), name="guidelines_responsibility_judge"),
            *super().get_urls(),
        ]

    def tools(self, request):
        """The list leads to what the finder proposes."""
        if not self.has_add_permission(request):
            return []
        address = reverse("admin:guidelines_responsibility_editions")
        return [(address, _("候補を判断する"))]

    def sections_view(self, request):
        """Sections for a select, as its script asks for them."""
        if not (request.user.has_perm("guidelines.view_responsibility")):
            raise PermissionDenied
        pages = Paginator(find_sections(request.GET.get("term", "")[:200]), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        results = [{"id": str(one.pk), "text": place_of(one)} for one in page]
        return JsonResponse({"results": results, "pagination": {"more": page.has_next()}})

    def editions_view(self, request):
        """The editions of which proposals can be judged."""
        self._refuse_others(request)
        return list_editions_view(self, request, Edition.objects.all())

    def judge_view(self, request, pk):
        """What the finder proposes for an edition, to be judged."""
        self._refuse_others(request)
        return judging_view(self, request, pk)

    def _refuse_others(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied


@admin.register(Rejection)
class RejectionAdmin(NamingAdmin, ActAdmin):
    """Proposals that were refused; one that is taken away is proposed again."""

    list_display = ["sentence", role_name, "refused_by", "refused_at"]
    list_filter = [("role", NamedFilter)]
    list_select_related = ["refused_by"]
    search_fields = ["sentence", "key"]

    def get_queryset(self, request):
        """With the roles under their names of today."""
        return with_names(super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("guidelines.delete_rejection")

    def delete_model(self, request, obj):
        indexing.unlink(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for rejection in queryset:
            indexing.unlink(rejection, by=request.user)


@admin.register(FunctionLink)
class FunctionLinkAdmin(IndexAdmin):
    """Which section sets out which function of the PMO."""

    fields = ["section", "function"]
    list_display = ["place", "function"]
    list_filter = ["function"]
    search_fields = ["section__edition__guideline__code", "section__title", "function__name"]


@admin.register(StrategyLink)
class StrategyLinkAdmin(IndexAdmin):
    """Which section reflects which item of a strategy."""

    fields = ["section", "item"]
    autocomplete_fields = ["item"]
    list_display = ["place", "item"]
    list_filter = ["item__strategy"]
    search_fields = ["section__edition__guideline__code", "section__title", "item__title"]


@admin.register(MeasureLink)
class MeasureLinkAdmin(IndexAdmin):
    """Which measure follows from which section."""

    fields = ["section", "measure"]
    autocomplete_fields = ["measure"]
    list_display = ["place", "measure"]
    search_fields = ["section__edition__guideline__code", "section__title", "measure__title"]


@admin.register(PrincipleLink)
class PrincipleLinkAdmin(IndexAdmin):
    """Which section or document implements which principle of the OECD."""

    fields = ["section", "guideline", "principle"]
    list_display = ["principle", "guideline", "place"]
    list_filter = ["principle"]
    search_fields = ["guideline__code", "section__edition__guideline__code", "section__title"]


@admin.register(BriefingLink)
class BriefingLinkAdmin(IndexAdmin):
    """Of which document a briefing told."""

    fields = ["guideline", "briefing"]
    autocomplete_fields = ["briefing"]
    list_display = ["briefing", "guideline"]
    search_fields = ["guideline__code", "guideline__title", "briefing__title"]
