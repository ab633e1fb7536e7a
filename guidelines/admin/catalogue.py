"""The admin's pages for the catalogue of the set."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acting import ActAdmin, ActForm
from governance.models import Decision
from governance.refusals import Refusal
from governance.words import WordsField
from guidelines import cataloguing, drafting
from guidelines.admin.confirming import confirm
from guidelines.models import Category, Edition, Guideline, GuidelineRelation


class CategoryForm(ActForm):
    """Add a shelf, or rename it."""

    def perform(self):
        category = self.before()
        if category:
            return cataloguing.describe_category(category, by=self.by, **self.changed())
        return cataloguing.add_category(by=self.by, **self.cleaned_data)


@admin.register(Category)
class CategoryAdmin(ActAdmin):
    """The shelves of the set."""

    form = CategoryForm
    fields = ["slug", "name", "name_en", "position"]
    list_display = ["name", "slug", "position"]


class GuidelineForm(ActForm):
    """Register a document, or describe it anew."""

    keywords = WordsField(label=gettext_lazy("キーワード"))
    former_codes = WordsField(label=gettext_lazy("旧文書番号"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            codes = self.instance.former.values_list("code", flat=True)
            self.initial["former_codes"] = list(codes)

    def perform(self):
        guideline = self.before()
        if guideline:
            return cataloguing.describe_guideline(guideline, by=self.by, **self.changed())
        return cataloguing.register_guideline(by=self.by, **self.cleaned_data)


class WithdrawalForm(forms.Form):
    """By what decision, from when, and what takes its place."""

    on = forms.DateField(label=gettext_lazy("廃止日"), widget=AdminDateWidget)
    decision = forms.ModelChoiceField(
        Decision.objects.select_related("body"), label=gettext_lazy("廃止の決定"), required=False
    )
    replaced_by = forms.ModelChoiceField(
        Guideline.objects.all(), label=gettext_lazy("後継の文書"), required=False
    )


@admin.register(Guideline)
class GuidelineAdmin(ActAdmin):
    """The documents of the set."""

    form = GuidelineForm
    fields = [
        *("code", "former_codes", "category", "kind", "position", "title", "title_en"),
        *("abstract", "abstract_en", "keywords", "unconfirmed", "unconfirmed_en"),
        *("withdrawn_on", "withdrawn_by", "replaced_by"),
    ]
    list_display = ["code", "title", "category", "kind", "position", "withdrawn_on"]
    list_filter = ["category", "kind", "position"]
    list_select_related = ["category"]
    search_fields = ["code", "title", "title_en", "former__code"]
    actions = ["open_draft", "withdraw"]
    change_list_template = "admin/record_list.html"

    def changelist_view(self, request, extra_context=None):
        """The list leads to the import, which registers what the catalogue does not know."""
        tools = {"tools": import_tools(request)}
        return super().changelist_view(request, extra_context=(extra_context or {}) | tools)

    def get_readonly_fields(self, request, obj=None):
        withdrawal = ["withdrawn_on", "withdrawn_by", "replaced_by"]
        return ["code", *withdrawal] if obj else withdrawal

    @admin.action(description=gettext_lazy("次の版を起こす"), permissions=["draft"])
    def open_draft(self, request, queryset):
        """Open the next edition of each, beginning as a copy of the last."""
        for guideline in queryset:
            try:
                edition = drafting.open_draft(guideline, by=request.user)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("%sの版を起こしました。") % guideline.code)
                if len(queryset) == 1:
                    return redirect(sections_url(edition))
        return None

    @admin.action(description=gettext_lazy("廃止する"), permissions=["change"])
    def withdraw(self, request, queryset):
        """End documents, after asking when and by what decision."""

        def perform(answers):
            for guideline in queryset:
                cataloguing.withdraw_guideline(guideline, by=request.user, **answers)
            return _("%d件の文書を廃止しました。") % len(queryset)

        return confirm(
            self,
            request,
            queryset,
            action="withdraw",
            title=_("文書の廃止"),
            explain=_("廃止しても、公開された版はそのまま読めます。"),
            form_class=WithdrawalForm,
            perform=perform,
        )

    def has_draft_permission(self, request):
        """Who may open a draft: whoever may add an edition."""
        return request.user.has_perm("guidelines.add_edition")


class RelationForm(ActForm):
    """State a relation."""

    def perform(self):
        return cataloguing.relate(**self.cleaned_data, by=self.by)


@admin.register(GuidelineRelation)
class GuidelineRelationAdmin(ActAdmin):
    """How documents relate: stated or taken back, never edited."""

    form = RelationForm
    fields = ["source", "kind", "target"]
    list_display = ["source", "kind", "target"]
    list_filter = ["kind"]
    list_select_related = ["source", "target"]
    search_fields = ["source__code", "target__code"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("guidelines.delete_guidelinerelation")

    def delete_model(self, request, obj):
        cataloguing.unrelate(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for relation in queryset:
            cataloguing.unrelate(relation, by=request.user)


def sections_url(edition: Edition) -> str:
    """The admin's page of the tree of a draft."""
    return f"{reverse('admin:guidelines_section_changelist')}?edition__id__exact={edition.pk}"


def import_tools(request):
    """The link by which the lists lead to the import, for those who may."""
    if not request.user.has_perm("guidelines.add_edition"):
        return []
    return [(reverse("admin:guidelines_edition_import"), _("ファイルから取り込む"))]
