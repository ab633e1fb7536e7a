"""The admin's pages for the text of drafts: the tree, moved by hand, and the form of a section."""

from django import http
from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from mptt.admin import DraggableMPTTAdmin
from mptt.forms import TreeNodeChoiceField

from governance.acting import ActAdmin, ActForm
from governance.refusals import Refusal
from guidelines import drafting
from guidelines.admin.catalogue import sections_url
from guidelines.models import Edition, Section


class SectionForm(ActForm):
    """Edit a section of a draft."""

    def perform(self):
        return drafting.edit_section(self.before(), by=self.by, **self.changed())


class NewSectionForm(ActForm):
    """Add a section below another; an empty number is suggested from its place."""

    parent = TreeNodeChoiceField(
        Section.objects.filter(edition__status=Edition.Status.DRAFT),
        label=gettext_lazy("上位の節"),
    )

    def perform(self):
        data = dict(self.cleaned_data)
        data["number"] = data["number"] or None
        return drafting.add_section(data.pop("parent"), by=self.by, **data)


@admin.register(Section)
class SectionAdmin(ActAdmin, DraggableMPTTAdmin):
    """The sections of drafts; every change goes through drafting.py."""

    form = SectionForm
    fields = ["number", "title", "reading", "body"]
    list_display = ["tree_actions", "indented_title", "add_below"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["edition__guideline"]
    search_fields = ["title", "body", "key"]
    expand_tree_by_default = True
    actions = None
    view_on_site = False

    class Media:
        css = {"all": ["sections.css"]}

    def get_queryset(self, request):
        """Only drafts: what is published has its page, and cannot be changed."""
        return super().get_queryset(request).filter(edition__status=Edition.Status.DRAFT)

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change=change, **kwargs | ({} if obj else {"form": NewSectionForm})
        )

    def get_fields(self, request, obj=None):
        return ["edition", *self.fields] if obj else ["parent", *self.fields]

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []

    def changelist_view(self, request, extra_context=None):
        """The tree, headed by the edition that it is filtered to."""
        named = request.GET.get("edition__id__exact", "")
        edition = Edition.objects.filter(pk=named).first() if named.isdecimal() else None
        title = {"title": _("%sの本文") % edition} if edition else {}
        return super().changelist_view(request, extra_context=(extra_context or {}) | title)

    def _tree_context(self, request):
        """What the script of the tree says, in the reader's language."""
        messages_of_the_tree = {
            "before": _("この節の前へ移す"),
            "child": _("この節の下へ移す"),
            "after": _("この節の後ろへ移す"),
            "collapseTree": _("すべて畳む"),
            "expandTree": _("すべて開く"),
        }
        return super()._tree_context(request) | {"messages": messages_of_the_tree}

    def _response_post_save(self, request, obj):
        """Back to the tree of the edition, whichever way one came."""
        edition = Edition.objects.get(sections=obj.pk)
        return redirect(sections_url(edition))

    @admin.display(description=gettext_lazy("見出し"))
    def indented_title(self, section):
        """The heading, indented by its level."""
        return format_html('<div class="indent-{}">{}</div>', section.level, section)

    @admin.display(description="")
    def add_below(self, section):
        """A link to add a section below this one."""
        return format_html(
            '<a href="{}?parent={}">{}</a>',
            reverse("admin:guidelines_section_add"),
            section.pk,
            _("下に追加"),
        )

    def has_delete_permission(self, request, obj=None):
        """A section may go with what is below it; the cover only with its edition."""
        allowed = request.user.has_perm("guidelines.delete_section")
        return allowed and (obj is None or obj.parent_id is not None)

    def delete_model(self, request, obj):
        drafting.remove_section(obj, by=request.user)

    @transaction.atomic
    def _move_node(self, request):
        """Do what dragging asks for through the act; django-mptt would write by itself."""
        named = [request.POST.get(name, "") for name in ("cut_item", "pasted_on")]
        position = request.POST.get("position")
        if position not in ("last-child", "left", "right") or not all(map(str.isdecimal, named)):
            return http.HttpResponseBadRequest()
        drafts = self.get_queryset(request)
        section, target = (get_object_or_404(drafts, pk=pk) for pk in named)
        if not self.has_change_permission(request, section):
            return http.HttpResponseForbidden()
        try:
            with transaction.atomic():
                drafting.move_section(section, target, position=position, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return http.HttpResponse("FAIL, refused.")
        messages.success(request, _("「%s」を移しました。") % section)
        return http.HttpResponse("OK, moved.")
