"""The admin's pages for ministries, roles and appointments."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance import appointing
from governance.acting import ActForm
from governance.admin.choosing import NamedFilter, ministry_name, role_name
from governance.admin.importing import ImportingAdmin
from governance.admin.records import RecordAdmin, RecordForm
from governance.models import Appointment, Ministry, MinistryName, Role, RoleName
from governance.refusals import Refusal
from governance.words import WordsField

NAME = ("name", "name_en", "abbreviation", "since", "until")


class NameFormSet(BaseInlineFormSet):
    """The names of something over time: at least one, and never two at once."""

    def clean(self):
        """Say beside the names what the act would refuse."""
        super().clean()
        if any(self.errors):
            return
        try:
            appointing.refuse_meeting_names(self.names())
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def names(self):
        """The rows as the act takes them."""
        return [
            {field: row[field] for field in NAME}
            for row in (form.cleaned_data for form in self.forms)
            if row and not row.get("DELETE")
        ]


class MinistryNameInline(admin.TabularInline):
    """What a ministry was called when."""

    model = MinistryName
    formset = NameFormSet
    fields = NAME
    extra = 1


class RoleNameInline(admin.TabularInline):
    """What a role was called when."""

    model = RoleName
    formset = NameFormSet
    fields = NAME
    extra = 1


class FirstNameForm(ActForm):
    """A form for something new, with the first of its names."""

    name = forms.CharField(label=_("名称"), max_length=200)
    name_en = forms.CharField(label=_("英語名称"), max_length=200, required=False)
    abbreviation = forms.CharField(label=_("略称"), max_length=50, required=False)

    def split(self):
        """The cleaned data as the names and the further facts of the act."""
        facts = dict(self.cleaned_data)
        first = {field: facts.pop(field) for field in ("name", "name_en", "abbreviation")}
        return {"names": [first], **facts}


class NewMinistryForm(FirstNameForm):
    """Establish a ministry."""

    def perform(self):
        return appointing.establish_ministry(by=self.by, **self.split())


class MinistryForm(ActForm):
    """Amend a ministry."""

    def perform(self):
        return appointing.amend_ministry(self.before(), by=self.by, **self.changed())


class NewRoleForm(FirstNameForm):
    """Define a role."""

    aliases = WordsField(label=_("別の呼び方"))

    def perform(self):
        return appointing.define_role(by=self.by, **self.split())


class RoleForm(ActForm):
    """Amend a role."""

    aliases = WordsField(label=_("別の呼び方"))

    def perform(self):
        return appointing.amend_role(self.before(), by=self.by, **self.changed())


class NamedAdmin(RecordAdmin):
    """An admin page for something that is called differently over time."""

    new_form: ClassVar[type[ActForm]]
    rename: ClassVar[Callable]

    def get_queryset(self, request):
        """Under the names of today."""
        return super().get_queryset(request).named(timezone.localdate())  # type: ignore[attr-defined]

    @admin.display(description=_("名称"))
    def name(self, row):
        """The name of today."""
        return row.name

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change=change, **kwargs | ({} if obj else {"form": self.new_form})
        )

    def get_fields(self, request, obj=None):
        return self.fields if obj else [*("name", "name_en", "abbreviation"), *(self.fields or [])]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_formset(self, request, form, formset, change):
        """Replace the names by what the rows say, through the act."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.has_changed():
            self.rename(form.instance, names=formset.names(), by=request.user)


@admin.register(Ministry)
class MinistryAdmin(NamedAdmin):
    """The ministries and agencies."""

    form, new_form = MinistryForm, NewMinistryForm
    rename = staticmethod(appointing.amend_ministry)
    inlines = [MinistryNameInline]
    fields = [
        *("slug", "parent", "position", "founded_on", "abolished_on"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["name", "slug", "founded_on", "abolished_on"]
    search_fields = ["names__name", "names__name_en", "slug"]


@admin.register(Role)
class RoleAdmin(NamedAdmin):
    """The roles that the guidelines give."""

    form, new_form = RoleForm, NewRoleForm
    rename = staticmethod(appointing.amend_role)
    inlines = [RoleNameInline]
    fields = [
        *("slug", "scope", "position", "single_holder", "description", "description_en"),
        *("aliases", "began_on", "ended_on", "unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["name", "slug", "scope", "began_on", "ended_on"]
    list_filter = ["scope"]
    search_fields = ["names__name", "names__name_en", "slug"]


class AppointmentForm(RecordForm):
    """Appoint, or correct and end an appointment."""

    def add(self, *, by, **facts):
        return appointing.appoint(by=by, **facts)

    def amend(self, thing, *, by, **facts):
        return appointing.amend_appointment(thing, by=by, **facts)


@admin.register(Appointment)
class AppointmentAdmin(ImportingAdmin):
    """Who holds which role when."""

    import_kind = "appointments"
    form = AppointmentForm
    fields = [
        *("role", "ministry", "post", "post_en", "person", "began_on", "ended_on"),
        "demonstration",
    ]
    list_display = [role_name, ministry_name, "post", "began_on", "ended_on"]
    list_display_links = ["post"]
    list_filter = [("role", NamedFilter), ("ministry", NamedFilter), "demonstration"]
    search_fields = ["post", "person", "ministry__names__name", "role__names__name"]
