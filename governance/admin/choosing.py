"""How the admin's forms and lists name what is chosen: by today's names, never by a slug."""

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Ministry, PmoFunction, Role
from governance.naming import in_reader_language
from governance.permissions import OF_A_MINISTRY, kept_by, ministries_of

NAMED = (Ministry, Role)


class NamedChoiceField(forms.ModelChoiceField):
    """A choice of things under the names of a day."""

    def label_from_instance(self, thing):
        return in_reader_language(thing, "name")


class NamedMultipleChoiceField(forms.ModelMultipleChoiceField):
    """A choice of several things under the names of a day."""

    def label_from_instance(self, thing):
        return in_reader_language(thing, "name")


class NamedFilter(admin.RelatedFieldListFilter):
    """A filter by ministry or role under the names of today."""

    def field_choices(self, field, request, model_admin):
        things = field.related_model.objects.named(timezone.localdate())
        if field.related_model is Ministry:
            things = ministries_of(request.user, things)
        return [(thing.pk, in_reader_language(thing, "name")) for thing in things]


class NamingAdmin(admin.options.BaseModelAdmin):
    """A page or table of rows whose ministries, roles and functions are chosen by name."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        model = db_field.remote_field.model
        if model in NAMED:
            things = model.objects.named(timezone.localdate())
            if model is Ministry:
                things = ministries_of(request.user, things)
                if len(things) == 1 and not db_field.null:
                    kwargs.setdefault("initial", things[0].pk)
            kwargs |= {"queryset": things, "form_class": NamedChoiceField}
        if model in OF_A_MINISTRY:
            of = kwargs.get("queryset", model._default_manager.all())
            kwargs["queryset"] = kept_by(request.user, of)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if model is PmoFunction and field is not None:
            field.choices = [("", "---------"), *_in_their_tree()]
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        model = db_field.remote_field.model
        if model in NAMED:
            things = model.objects.named(timezone.localdate())
            kwargs |= {"queryset": things, "form_class": NamedMultipleChoiceField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def with_names(queryset):
    """Each row with its ministries and roles under the names of today, in a query for each."""
    today = timezone.localdate()
    return queryset.prefetch_related(
        *(
            Prefetch(field.name, field.related_model.objects.named(today))
            for field in queryset.model._meta.fields
            if isinstance(field, ForeignKey) and field.related_model in NAMED
        )
    )


@admin.display(description=_("府省"), ordering="ministry__position", empty_value="－")
def ministry_name(row):
    """A column: the ministry's name of today."""
    return in_reader_language(row.ministry, "name") if row.ministry else None


@admin.display(description=_("役割"), ordering="role__position")
def role_name(row):
    """A column: the role's name of today."""
    return in_reader_language(row.role, "name")


def _in_their_tree():
    """The functions as options, each below the one it was broken down from."""
    options = []

    def put(functions, depth):
        for function in functions:
            options.append((function.pk, f"{'　' * depth}{function}"))
            put(function.parts, depth + 1)

    put(PmoFunction.objects.as_tree(), 0)
    return options
