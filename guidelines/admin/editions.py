"""The admin's pages for editions: the cover of a draft, and its way to publication."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acting import ActAdmin, ActForm
from governance.models import Decision
from governance.words import WordsField
from guidelines import drafting, publishing
from guidelines.admin.catalogue import import_tools, sections_url
from guidelines.admin.confirming import confirm
from guidelines.admin.importing import import_view
from guidelines.models import Edition, RevisionNote


class EditionForm(ActForm):
    """Open a draft, or set its cover."""

    keywords = WordsField(label=gettext_lazy("キーワード"))

    def perform(self):
        edition = self.before()
        if edition:
            return drafting.describe_draft(edition, by=self.by, **self.changed())
        return drafting.open_draft(by=self.by, **self.cleaned_data)


class NewEditionForm(EditionForm):
    """Open the next edition of a document, or a translation of a published edition."""

    keywords = None  # type: ignore[assignment]
    translation_of = forms.ModelChoiceField(
        Edition.objects.published().official().select_related("guideline"),
        label=gettext_lazy("翻訳元の版"),
        required=False,
    )

    def clean(self):
        data = super().clean() or self.cleaned_data
        original = data.get("translation_of")
        if original and original.guideline != data.get("guideline"):
            self.add_error("translation_of", _("別の文書の版です。"))
        if (data.get("language") == "ja") != (original is None):
            self.add_error(
                "translation_of", _("翻訳には元の版を選び、日本語の版では選ばないでください。")
            )
        return data


class NoteForm(forms.ModelForm):
    """A row of the table; one without a place in the order comes first, as the newest does."""

    position = forms.IntegerField(label=gettext_lazy("並び順"), required=False, min_value=0)


class NoteInline(admin.TabularInline):
    """The table of revisions on the cover."""

    model = RevisionNote
    form = NoteForm
    formfield_overrides: ClassVar = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 50})}
    }
    fields = ["position", "revised_on", "place", "content"]
    extra = 1


class NoForm(forms.Form):
    """Nothing to fill in."""


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}))


class PublicationForm(forms.Form):
    """By what decision, and from when."""

    decision = forms.ModelChoiceField(
        Decision.objects.select_related("body"), label=gettext_lazy("決定")
    )
    effective_on = forms.DateField(
        label=gettext_lazy("施行日"),
        widget=AdminDateWidget,
        required=False,
        help_text=gettext_lazy("空欄なら決定日から。"),
    )


@admin.register(Edition)
class EditionAdmin(ActAdmin):
    """Editions: drafts to be worked on, published ones to be looked at."""

    form = EditionForm
    change_form_template = "admin/edition_form.html"
    inlines = [NoteInline]
    list_display = ["__str__", "title", "status", "decided_on", "effective_on", "text"]
    list_filter = ["status", "language", "guideline"]
    list_select_related = ["guideline"]
    search_fields = ["guideline__code", "title"]
    actions = ["submit", "return_to_draft", "publish"]
    # A draft has no public page; a published edition is linked from its text.
    view_on_site = False
    change_list_template = "admin/record_list.html"

    def get_urls(self):
        """With the page of the import."""
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="guidelines_edition_import"), *super().get_urls()]

    def import_view(self, request):
        """Take an edition in from a file."""
        return import_view(self, request)

    def changelist_view(self, request, extra_context=None):
        """The list leads to the import."""
        tools = {"tools": import_tools(request)}
        return super().changelist_view(request, extra_context=(extra_context or {}) | tools)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change=change, **kwargs | ({} if obj else {"form": NewEditionForm})
        )

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["guideline", "language", "translation_of"]
        return ["guideline", "language", "status", *drafting.COVER, "text", *self.readonly_facts]

    readonly_facts = ("decision", "decided_on", "effective_on", "seal")

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return ["guideline", "language", "status", "text", *self.readonly_facts]

    def get_inlines(self, request, obj):
        return [NoteInline] if obj else []

    @admin.display(description=gettext_lazy("本文"))
    def text(self, edition):
        """A link to the text: its tree while it is a draft, its page once it is published."""
        if edition.is_published:
            return format_html(
                '<a href="{}">{}</a>', edition.get_absolute_url(), _("公開ページを開く")
            )
        return format_html('<a href="{}">{}</a>', sections_url(edition), _("本文の木を開く"))

    def has_change_permission(self, request, obj=None):
        """Only a draft's cover may be changed; everything else is to be looked at."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.status == Edition.Status.DRAFT)

    def has_delete_permission(self, request, obj=None):
        """Only a draft may be thrown away."""
        allowed = request.user.has_perm("guidelines.delete_edition")
        return allowed and (obj is None or obj.status == Edition.Status.DRAFT)

    def delete_model(self, request, obj):
        drafting.discard(obj, by=request.user)

    def get_actions(self, request):
        # Drafts are thrown away one by one, with what is lost in sight.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs, request):
        """What goes with a draft, in numbers; its rows have no pages to be allowed on."""
        named = [
            _("%(edition)s（節 %(sections)d）")
            % {"edition": edition, "sections": edition.sections.count()}
            for edition in objs
        ]
        return named, {}, set(), []

    def save_formset(self, request, form, formset, change):
        """Set the whole table of revisions at once, in the order of the position typed."""
        rows = [
            row
            for row in (entry.cleaned_data for entry in formset.forms)
            if row and not row.get("DELETE") and row.get("content")
        ]
        rows.sort(key=lambda row: -1 if row["position"] is None else row["position"])
        notes = [(row["revised_on"], row["place"], row["content"]) for row in rows]
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        drafting.set_notes(form.instance, notes, by=request.user)

    @admin.action(description=gettext_lazy("決定機関に提出する"), permissions=["change"])
    def submit(self, request, queryset):
        """Hand drafts to the deciding body."""

        def perform(_answers):
            for edition in queryset:
                publishing.submit(edition, by=request.user)
            return _("%d件の版を提出しました。") % len(queryset)

        return confirm(
            self,
            request,
            queryset,
            action="submit",
            title=_("提出"),
            explain=_("提出すると、差し戻されるまで本文は変えられません。"),
            form_class=NoForm,
            perform=perform,
        )

    @admin.action(description=gettext_lazy("起案に差し戻す"), permissions=["change"])
    def return_to_draft(self, request, queryset):
        """Give editions back to their authors, with the reason."""

        def perform(answers):
            for edition in queryset:
                publishing.return_to_draft(edition, by=request.user, note=answers["note"])
            return _("%d件の版を差し戻しました。") % len(queryset)

        return confirm(
            self,
            request,
            queryset,
            action="return_to_draft",
            title=_("差戻し"),
            form_class=ReasonForm,
            perform=perform,
        )

    @admin.action(description=gettext_lazy("決定により公開する"), permissions=["change"])
    def publish(self, request, queryset):
        """Publish editions by one decision: all of them, or none."""

        def perform(answers):
            decision = answers["decision"]
            effective_on = answers["effective_on"] or decision.decided_on
            publishing.publish(
                dict.fromkeys(queryset, effective_on), decision=decision, by=request.user
            )
            return _("%(count)d件の版を公開しました。%(day)sから効力を持ちます。") % {
                "count": len(queryset),
                "day": effective_on,
            }

        return confirm(
            self,
            request,
            queryset,
            action="publish",
            title=_("公開"),
            explain=_(
                "公開した版は二度と変えられません。一つの決定ですべてを公開し、一つでも誤りがあればどれも公開しません。"
            ),
            form_class=PublicationForm,
            perform=perform,
        )
