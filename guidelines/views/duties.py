"""The page of a role: what it must do, and who holds it."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.models import Role
from governance.views.days import meant
from guidelines import checklists
from guidelines.duties import ANY_PHASE, FACETS, PHASES, Duties
from guidelines.models import Responsibility


class NarrowingForm(forms.Form):
    """By phase, document and duty, and only what came after a day."""

    phase = forms.CharField(label=_("段階"), required=False, widget=forms.Select)
    document = forms.CharField(label=_("文書"), required=False, widget=forms.Select)
    duty = forms.CharField(label=_("分担"), required=False, widget=forms.Select)
    since = forms.DateField(
        label=_("この日より後に加わったもの"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日付は2024-04-01のように入れてください。")},
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_since(self):
        """A day up to the one shown: what comes after it is not there to be compared."""
        since = self.cleaned_data["since"]
        if since and since > self.on:
            raise forms.ValidationError(
                _("表示している日（%(on)s）までの日を入れてください。"), params={"on": self.on}
            )
        return since

    def offer(self, duties):
        """Give each choice its options, with how many duties each would leave."""
        labels = {
            "phase": {ANY_PHASE: _("段階を問わない")} | dict(Responsibility.Phase.choices),
            "duty": dict(Responsibility.Duty.choices),
        }
        order = {"phase": PHASES, "duty": Responsibility.Duty.values}
        for facet in FACETS:
            counts = duties.choices(facet)
            values = sorted(counts, key=order[facet].index if facet in order else str)
            self.fields[facet].widget.choices = [
                ("", _("すべて")),
                *(
                    (value, f"{labels.get(facet, {}).get(value, value)} ({counts[value]})")
                    for value in values
                ),
            ]


def duties_asked_for(request, role, day):
    """The duties of a role as the request narrows them, and the form that says how."""
    form = NarrowingForm(request.GET, on=day)
    form.is_valid()
    chosen = {facet: form.cleaned_data.get(facet) for facet in FACETS}
    chosen["document"] = (chosen["document"] or "").upper()
    for facet, known in (("phase", PHASES), ("duty", Responsibility.Duty.values)):
        if chosen[facet] not in (None, "", *known):
            raise Http404
    duties = Duties(
        role,
        on=day,
        language=get_language(),
        since=form.cleaned_data.get("since"),
        chosen=chosen,
    )
    form.offer(duties)
    return duties, form


def show_role(request, slug, on=None):
    """A role: what it must do, under which names, and who holds it, ministry by ministry."""
    day = meant(on)
    role = get_object_or_404(Role.objects.named(day), slug=slug)
    duties, form = duties_asked_for(request, role, day)
    appointments = role.appointments.with_ministry(day)
    context = {
        "role": role,
        "is_over": role.is_over_on(day),
        "duties": duties,
        "form": form,
        "query": request.GET.urlencode(),
        "any_phase": _with(request.GET, phase=ANY_PHASE),
        "formats": checklists.FORMATS,
        "names": role.names.begun(day),
        "holders": appointments.in_office(day),
        "former": appointments.ended(day),
        "on": on,
    }
    return render(request, "guidelines/role_show.html", context)


def _with(query, **changes):
    """The query of an address with some of it changed."""
    query = query.copy()
    for name, value in changes.items():
        query[name] = value
    return query.urlencode()


def download_duties(request, slug, ending, on=None):
    """The duties of a role, narrowed as on its page, as a checklist to take away."""
    day = meant(on)
    role = get_object_or_404(Role.objects.named(day), slug=slug)
    if ending not in checklists.FORMATS:
        raise Http404
    duties, form = duties_asked_for(request, role, day)
    if not form.is_valid():
        # The page says what is wrong with the choice; a file could not.
        page = reverse("guidelines:role-show", kwargs={"slug": slug} | ({"on": on} if on else {}))
        return redirect(f"{page}?{request.GET.urlencode()}")
    media_type, write = checklists.FORMATS[ending]
    response = HttpResponse(write(duties), content_type=media_type)
    name = f"duties_{slug}_{day}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
