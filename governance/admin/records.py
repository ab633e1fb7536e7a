"""The admin's pages of records: forms and tables whose saving is an act, refusals beside them."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, unquote
from django.db import models, router, transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from governance.acting import ActAdmin, ActForm, Refused
from governance.admin.choosing import NamingAdmin, with_names
from governance.admin.histories import HistoryAdmin
from governance.naming import listed
from governance.permissions import kept_by, may_touch
from governance.recording import amend, record, strike
from governance.refusals import Refusal

SHORT = {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40})}


class RecordForm(ActForm):
    """Records something, or amends it."""

    def perform(self):
        thing = self.before()
        if thing:
            return self.amend(thing, by=self.by, **self.changed())
        return self.add(by=self.by, **self.cleaned_data)

    def add(self, *, by, **facts):
        """The act for a new one."""
        return record(self._meta.model, by=by, **facts)

    def amend(self, thing, *, by, **facts):
        """The act for one that is there."""
        return amend(thing, by=by, **facts)


class RecordFormSet(BaseInlineFormSet):
    """The parts of a record, with what an act refused shown at the row it refused."""

    inline: "RecordInline"
    refused: Refused | None = None

    def clean(self):
        """Say what was refused when the parts were saved."""
        super().clean()
        if self.refused is None:
            return
        form = self.forms[self.refused.row] if self.refused.row is not None else None
        if form is None or form in self.deleted_forms:
            # A row to be deleted is not shown; what concerns it stands above the table.
            raise forms.ValidationError(self.refused.sentence)
        form.add_error(None, self.refused.sentence)

    def facts(self, form, *, changed):
        """What a row says of its part; of one that is there, only what was changed."""
        own = {self.fk.name, self.model._meta.pk.name, DELETION_FIELD_NAME}
        names = form.changed_data if changed else form.cleaned_data
        return {name: form.cleaned_data[name] for name in names if name not in own}


class RecordInline(NamingAdmin, admin.TabularInline):
    """The parts of a record, a row each, kept through acts."""

    formset = RecordFormSet
    extra = 0
    formfield_overrides = {
        models.TextField: SHORT,
        models.URLField: {"assume_scheme": "https"},
    }

    def get_formset(self, request, obj=None, **kwargs):
        """The table, knowing how its rows are kept, and what was refused of it."""
        self.owner = obj
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.inline = self
        refused = getattr(request, "refused", None)
        if refused and refused.prefix == formset.get_default_prefix():
            formset.refused = refused
        return formset

    def get_queryset(self, request):
        return with_names(super().get_queryset(request))

    def add(self, owner, *, by, **facts):
        """The act for a new part."""
        own = next(
            field.name
            for field in self.model._meta.fields
            if isinstance(field, models.ForeignKey) and field.related_model is type(owner)
        )
        return record(self.model, by=by, **{own: owner}, **facts)

    def amend(self, part, *, by, **facts):
        """The act for a part that is there."""
        return amend(part, by=by, **facts)

    def strike(self, part, *, by):
        """The act for a part to be taken away."""
        strike_alone(part, self.admin_site, by=by)


class RecordAdmin(NamingAdmin, HistoryAdmin, ActAdmin):
    """An admin page of a record of the governance, with its parts and its history."""

    form: type[ActForm] = RecordForm
    change_list_template = "admin/record_list.html"

    class Media:
        css = {"all": ["records.css"]}

    def get_queryset(self, request):
        """Under the names of today; a ministry's staff see their own."""
        return with_names(kept_by(request.user, super().get_queryset(request)))

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and _is_theirs(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_theirs(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Whoever has the right may take a record away on which nothing rests."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj) and _is_theirs(
            request, obj
        )

    def save_formset(self, request, form, formset, change):
        """Keep what the rows of a table say, through the acts; the order is no matter.

        A row that is refused because of another is tried again after the others.
        """
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        waiting = [
            (place, row)
            for place, row in enumerate(formset.forms)
            if row.has_changed() or row in formset.deleted_forms
        ]
        # What goes makes room for what comes.
        waiting.sort(key=lambda item: item[1] not in formset.deleted_forms)
        while waiting:
            refused: list[tuple[int, forms.ModelForm, Refusal]] = []
            for place, row in waiting:
                try:
                    with transaction.atomic():
                        _keep_row(formset, row, form.instance, by=request.user)
                except Refusal as refusal:
                    refused.append((place, row, refusal))
            if len(refused) == len(waiting):
                first_place, _row, why = refused[0]
                request.refused = Refused(str(why), formset.prefix, first_place)
                raise why
            waiting = [(place, row) for place, row, _why in refused]

    def get_deleted_objects(self, objs, request):
        """What would go; once it is confirmed, the act says what is in the way."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, lacking, [] if "post" in request.POST else protected

    def delete_model(self, request, obj):
        strike_alone(obj, self.admin_site, by=request.user)

    def delete_queryset(self, request, queryset):
        for thing in queryset:
            strike_alone(thing, self.admin_site, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        """Take a record away; a refusal leads back to it, as a message."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(f"../../{unquote(object_id)}/change/")

    def changelist_view(self, request, extra_context=None):
        """The list; a refusal to take several away comes as a message, and all stay."""
        tools = {"tools": self.tools(request)}
        # Looking takes no lock; only an action, which is all or nothing, is a transaction.
        acting = transaction.atomic() if request.method == "POST" else nullcontext()
        try:
            with acting:
                return super().changelist_view(request, tools | (extra_context or {}))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())

    def tools(self, request):
        """Further pages that the list leads to, as pairs of address and label."""
        return []


def strike_alone(thing, site, *, by):
    """Take a record away with its parts. Raises Refusal when anything else rests on it."""
    found = NestedObjects(using=router.db_for_write(type(thing)), origin=thing)
    found.collect([thing])
    parts = _parts_of(type(thing), site)
    others = {model for model in found.data if model not in parts and not _is_a_join(model)}
    if others:
        raise Refusal(
            _("「%(thing)s」は、ほかの記録（%(others)s）に使われているため削除できません。")
            % {
                "thing": thing,
                "others": listed(sorted(str(model._meta.verbose_name) for model in others)),
            }
        )
    # The parts of parts come last there, and go first here: each in the name of whoever acts.
    for model, instances in reversed(found.data.items()):
        if not _is_a_join(model):
            for one in instances:
                strike(thing if one == thing else one, by=by)


def _keep_row(formset, row, owner, *, by):
    inline, part = formset.inline, row.instance
    fresh = type(part)._default_manager.get(pk=part.pk) if part.pk else None
    if row in formset.deleted_forms:
        if fresh:
            inline.strike(fresh, by=by)
            formset.deleted_objects.append(part)
    elif fresh:
        inline.amend(fresh, by=by, **formset.facts(row, changed=True))
        formset.changed_objects.append((part, row.changed_data))
    else:
        formset.new_objects.append(inline.add(owner, by=by, **formset.facts(row, changed=False)))


def _parts_of(model, site):
    """The models of what is part of a record: the rows of its tables, and of theirs."""
    parts, waiting = {model}, [model]
    while waiting:
        page = site._registry.get(waiting.pop())
        for inline in page.inlines if page else ():
            if inline.model not in parts:
                parts.add(inline.model)
                waiting.append(inline.model)
    return parts


def _is_a_join(model):
    """Whether the rows of a model only join others, or remember what was."""
    return bool(model._meta.auto_created) or hasattr(model, "instance_type")


def _is_theirs(request, obj):
    return obj is None or may_touch(request.user, obj)
