"""The page that asks once more before an act on several rows is done."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.db import transaction
from django.template.response import TemplateResponse

from governance.refusals import Refusal


def confirm(model_admin, request, rows, *, action, title, form_class, perform, explain=""):
    """Show `rows` with a form and, once it is filled in, `perform(form.cleaned_data)`.

    `action` is the name of the admin action that leads here again. `perform` returns the message
    to show. A refusal comes back beside the form with all that was entered.
    """
    form = form_class(request.POST) if "confirmed" in request.POST else form_class()
    if form.is_bound and form.is_valid():
        try:
            # Several rows are one act here: all of them, or none.
            with transaction.atomic():
                message = perform(form.cleaned_data)
            messages.success(request, message)
            return None
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": title,
        "explain": explain,
        "rows": rows,
        "form": form,
        "action": action,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "media": model_admin.media + form.media,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/confirm_act.html", context, status=status)
