"""Lets the forms of the admin write through the acts, so that nothing is written beside them."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.db import transaction

from governance.refusals import Refusal


@dataclass(frozen=True)
class Refused:
    """What was refused while a form was saved: the form itself, or a row of one of its tables."""

    sentence: str
    prefix: str | None = None
    row: int | None = None


class ActForm(forms.ModelForm):
    """A form whose saving is an act.

    The act is rehearsed while the form is validated: a refusal stands beside the form as an
    error, with all that was typed, instead of ending in an error page.
    """

    by = None
    # What the act said when it was done, though its rehearsal had gone well.
    refused = ""

    def perform(self):
        """Do the act with the cleaned data, in the name of `by`; returns the row it concerns."""
        raise NotImplementedError

    def changed(self):
        """The cleaned values of the fields that were changed, for acts that amend."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def before(self):
        """The row as the database has it, untouched by the form; None for one to be added."""
        return self._meta.model._default_manager.filter(pk=self.instance.pk).first()

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        if self.refused:
            self.add_error(None, self.refused)
            return
        try:
            with transaction.atomic():
                self.perform()
                transaction.set_rollback(True)
        except Refusal as refusal:
            self.add_error(None, str(refusal))


class ActAdmin(admin.ModelAdmin):
    """An admin page whose form is an ActForm. Nothing is deleted unless a subclass says how."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form, knowing in whose name it acts."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = getattr(request, "refused", None)
        said = refused.sentence if refused and refused.prefix is None else ""
        return type(form.__name__, (form,), {"by": request.user, "refused": said})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; what an act refuses while it is saved comes back beside it, nothing lost."""
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            # All that was done is undone by now. The form is shown anew, and told.
            if not hasattr(request, "refused"):
                request.refused = Refused(str(refusal))
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and (getattr(response, "context_data", None) or {}).get(
            "errors"
        ):
            response.status_code = 422
        return response

    def save_model(self, request, obj, form, change):
        """Save by doing the act."""
        obj.pk = form.perform().pk

    def has_delete_permission(self, request, obj=None):
        """Records of who decided what are corrected, not deleted."""
        return False
