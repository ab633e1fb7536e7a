"""The admin's page on which the finder's proposals are judged, many at once."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Role
from governance.naming import in_reader_language
from governance.refusals import Refusal
from guidelines import judging
from guidelines.models import Edition, Responsibility

PER_PAGE = 50


class JudgementForm(forms.Form):
    """One proposal: as it was found, to be changed, and what one thinks of it."""

    ACCEPT, REFUSE, LATER = "accept", "refuse", "later"

    duty = forms.ChoiceField(label=gettext_lazy("分担"), choices=Responsibility.Duty.choices)
    phase = forms.ChoiceField(
        label=gettext_lazy("段階"),
        choices=[("", gettext_lazy("問わない")), *Responsibility.Phase.choices],
        required=False,
    )
    force = forms.ChoiceField(label=gettext_lazy("強さ"), choices=Responsibility.Force.choices)
    VERDICTS = [
        (ACCEPT, gettext_lazy("採る")),
        (REFUSE, gettext_lazy("採らない")),
        (LATER, gettext_lazy("後で")),
    ]
    verdict = forms.ChoiceField(
        label=gettext_lazy("判断"), widget=forms.RadioSelect, choices=VERDICTS
    )

    def __init__(self, data=None, *, candidate, roles):
        initial = {
            **{name: getattr(candidate, name) for name in ("duty", "phase", "force")},
            "role": candidate.role.slug,
            "verdict": self.LATER,
        }
        super().__init__(data, initial=initial, prefix=candidate.ident)
        self.candidate = candidate
        self.fields["role"] = forms.TypedChoiceField(
            label=gettext_lazy("役割"),
            choices=[(role.slug, in_reader_language(role, "name")) for role in roles.values()],
            coerce=roles.get,
        )
        for name in ("role", "duty", "phase", "force"):
            # Each select says which sentence it is of: the table's heads name only columns.
            label = f"{self.fields[name].label}：{candidate.sentence[:40]}"
            self.fields[name].widget.attrs["aria-label"] = label

    @property
    def address(self):
        """Where the section is read: its page, or for a draft its form."""
        section = self.candidate.section
        if section.edition.is_published:
            named = {
                "code": section.edition.guideline.code,
                "decided_on": section.edition.decided_on,
                "address": section.address,
            }
            return reverse("guidelines:edition-section-show", kwargs=named)
        return reverse("admin:guidelines_section_change", args=[section.pk])

    @property
    def before(self):
        """The verdict that "all" replaced, to be gone back to."""
        return self.data.get(f"{self.prefix}-before", "")

    def judgement(self):
        """What the act takes: None for a refusal, or the facts to accept."""
        data = self.cleaned_data
        if data["verdict"] == self.REFUSE:
            return None
        return {name: data[name] for name in ("role", "duty", "phase", "force")}


@dataclass
class Narrowing:
    """Which of the proposals are shown: those of a role, of a chapter, on a page."""

    role: str
    chapter: str
    page: str

    @classmethod
    def of(cls, request):
        """As the address asks."""
        return cls(*(request.GET.get(name, "") for name in ("role", "chapter", "page")))

    def of_candidates(self, candidates):
        """The candidates that are asked for."""
        return [
            candidate
            for candidate in candidates
            if self.role in ("", candidate.role.slug)
            and self.chapter in ("", chapter_of(candidate))
        ]


def chapter_of(candidate):
    """The chapter that a candidate stands in: the first two headings above it, or itself."""
    return " › ".join([*candidate.above, str(candidate.section)][:2])


def judging_view(model_admin, request, pk):
    """The table of an edition's proposals; what is judged on it is saved all at once."""
    edition = get_object_or_404(Edition.objects.select_related("guideline"), pk=pk)
    candidates = judging.candidates(edition)
    roles = {role.slug: role for role in Role.objects.named(judging.day_of(edition))}
    narrowing = Narrowing.of(request)
    page = Paginator(narrowing.of_candidates(candidates), PER_PAGE).get_page(narrowing.page)
    forms_shown = [JudgementForm(candidate=one, roles=roles) for one in page]
    asked, refusal, status = "", "", 200
    if request.method == "POST":
        # What was shown, whatever the page would hold by now.
        shown = set(request.POST.getlist("shown"))
        data = _with_all(request.POST, shown)
        forms_shown = [
            JudgementForm(data, candidate=one, roles=roles)
            for one in candidates
            if one.ident in shown
        ]
        asked = next((name for name in ("accept", "refuse") if f"{name}_all" in request.POST), "")
        sound = all(form.is_valid() for form in forms_shown)
        if sound and asked:
            status = 200
        elif sound and "back" not in request.POST:
            refusal = _save(edition, forms_shown, shown, request)
            if not refusal:
                return HttpResponseRedirect(request.get_full_path())
            status = 422
        elif not sound:
            asked, refusal, status = "", _("選べない値の行があります。"), 422
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("役割分担の候補：%s") % edition,
        "subtitle": None,
        "opts": model_admin.opts,
        "edition": edition,
        "forms": forms_shown,
        "verdicts": _counts(forms_shown),
        "total": len(candidates),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "narrowing": narrowing,
        "roles": _found(roles, candidates),
        "chapters": list(dict.fromkeys(map(chapter_of, candidates))),
        "asked": asked,
        "refusal": refusal,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/judge_candidates.html", context, status=status)


def list_editions_view(model_admin, request, editions):
    """The editions of which proposals can be judged: drafts, then the newest first."""
    editions = editions.select_related("guideline").exclude(sections=None).distinct()
    words = request.GET.get("q", "").strip()
    if words:
        editions = editions.filter(
            Q(guideline__code__istartswith=words) | Q(title__icontains=words)
        )
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("どの版の候補を判断しますか"),
        "subtitle": None,
        "opts": model_admin.opts,
        "editions": editions.order_by("guideline__code", "language", "-decided_on"),
        "q": words,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/judge_editions.html", context)


def _with_all(data, shown):
    """What was sent; with "all", the rows left for later judged as the button says.

    With "back", as they were before that.
    """
    data = data.copy()
    for ident in shown:
        before = data.get(f"{ident}-before")
        if before and "back" in data:
            data[f"{ident}-verdict"] = before
    for verdict in (JudgementForm.ACCEPT, JudgementForm.REFUSE):
        if f"{verdict}_all" in data:
            for ident in shown:
                name = f"{ident}-verdict"
                data[f"{ident}-before"] = data.get(name, JudgementForm.LATER)
                if data.get(name, JudgementForm.LATER) == JudgementForm.LATER:
                    data[name] = verdict
    return data


def _save(edition, forms_shown, shown, request):
    """Keep what was judged; returns why not, or nothing."""
    judged = [form for form in forms_shown if form.cleaned_data["verdict"] != JudgementForm.LATER]
    judgements = {form.candidate.ident: form.judgement() for form in judged}
    known = {form.candidate.ident for form in forms_shown}
    # What is proposed no more goes to the act too, so that it says so.
    for ident in shown - known:
        verdict = request.POST.get(f"{ident}-verdict", JudgementForm.LATER)
        if verdict != JudgementForm.LATER:
            judgements[ident] = None
    try:
        accepted, refused = judging.judge(edition, judgements, by=request.user)
    except Refusal as refusal:
        return str(refusal)
    messages.success(
        request,
        _("採った候補%(accepted)d件、採らなかった候補%(refused)d件。")
        % {"accepted": accepted, "refused": refused},
    )
    return ""


def _counts(forms_shown):
    """How many of the rows shown are judged how, for the page's first sight."""
    chosen = [form["verdict"].value() for form in forms_shown]
    return [(value, label, chosen.count(value)) for value, label in JudgementForm.VERDICTS]


def _found(roles, candidates):
    """The roles that are proposed for anything."""
    there = {candidate.role.slug for candidate in candidates}
    return [
        (role.slug, in_reader_language(role, "name"))
        for role in roles.values()
        if role.slug in there
    ]
