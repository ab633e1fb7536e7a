"""The admin's page by which a guideline comes in from a file: upload, preview, confirmation."""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.refusals import Refusal
from guidelines.admin.catalogue import sections_url
from guidelines.admin.previewing import Preview, draft_of, state_of
from guidelines.importing import FORMATS, SAID, holding, read_file
from guidelines.importing.source import Source
from guidelines.importing.writing import lock, preview, write
from guidelines.models import Edition

# What a select sends for a section without a predecessor; the empty value finds it by itself.
NEW = "new"
WIDE = forms.TextInput(attrs={"class": "vTextField"})


class FileForm(forms.Form):
    """Which file, or the one that is held, and what its cover does not say or says wrongly."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("ファイル"),
        help_text=gettext_lazy("Word（docx）、Markdown（md）、又はMarkdownと図のZIP（zip）。"),
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)}),
        required=False,
    )
    code = forms.CharField(label=gettext_lazy("文書番号"), required=False, widget=WIDE)
    title = forms.CharField(label=gettext_lazy("標題"), required=False, widget=WIDE)
    issuer = forms.CharField(label=gettext_lazy("決定した組織"), required=False, widget=WIDE)
    decided_on = forms.DateField(
        label=gettext_lazy("決定日"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("言語"),
        choices=[("", gettext_lazy("ファイルのとおり")), *Edition.Language.choices],
        required=False,
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        # What to answer with when the form is not valid.
        self.status = 422

    def clean_file(self):
        """The file, unless it is larger than what may be held."""
        file, most = self.cleaned_data["file"], settings.IMPORT_MAX_BYTES
        if file and file.size > most:
            self.status = 413
            raise forms.ValidationError(
                _("ファイルが大きすぎます（%(size).1f MB）。%(most).1f MBまで取り込めます。")
                % {"size": file.size / 1e6, "most": most / 1e6}
            )
        return file

    def clean(self):
        """With the file held, as `held`."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        day = data["decided_on"]
        said = {name: data[name] for name in SAID if data[name]}
        said |= {"decided_on": day.isoformat()} if day else {}
        try:
            if data["file"]:
                name, content = data["file"].name, data["file"].read()
            elif data["kept"]:
                before = holding.find(data["kept"], by=self.by)
                name, content = before.name, before.content
            else:
                raise forms.ValidationError({"file": _("ファイルを選んでください。")})
        except Refusal as refusal:
            raise forms.ValidationError({"file": str(refusal)}) from refusal
        data["held"] = holding.hold(content, name=name, said=said, by=self.by)
        return data


@dataclass
class Asked:
    """What was asked of a file that is held."""

    held: holding.Held
    # What the selects of the sections say, by the place of the section in the file.
    choices: dict[int, str] = field(default_factory=dict)
    # The place of a section whose match is to be corrected as well.
    correct: int | None = None

    @classmethod
    def of(cls, request, held):
        """As the preview sent it."""
        choices = {}
        for name, value in request.POST.items():
            place = _place(name.removeprefix("match-"))
            if name.startswith("match-") and place is not None:
                choices[place] = value
        return cls(held, choices, _place(request.POST.get("correct", "")))

    @property
    def matches(self):
        """The choices as `preview` and `write` take them."""
        return {
            place: "" if value == NEW else value for place, value in self.choices.items() if value
        }

    def source(self) -> Source:
        """The file, read. Raises ImportRefusal."""
        said = dict(self.held.said)
        day = said.pop("decided_on", "")
        decided_on = date.fromisoformat(day) if day else None
        return read_file(self.held.content, name=self.held.name, decided_on=decided_on, **said)


def import_view(model_admin, request):
    """Upload a file, look at what would become of it, correct the matches, and confirm it."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return _page(model_admin, request, FileForm(by=request.user))
    try:
        if "read" in request.POST:
            form = FileForm(request.POST, request.FILES, by=request.user)
            if not form.is_valid():
                return _page(model_admin, request, form, status=form.status)
            asked = Asked(form.cleaned_data["held"])
        else:
            held = holding.find(request.POST.get("kept", ""), by=request.user)
            asked = Asked.of(request, held)
    except Refusal as refusal:
        form = FileForm(by=request.user)
        return _page(model_admin, request, form, refusals=[str(refusal)], status=422)
    form = FileForm(
        initial={**asked.held.said, "kept": asked.held.token}, by=request.user, auto_id="again_%s"
    )
    shown, refusals = None, []
    try:
        source = asked.source()
        if "confirmed" in request.POST:
            refusals = _take(source, asked, request)
            draft = None if refusals else draft_of(source)
            if draft:
                holding.let_go(asked.held, by=request.user)
                messages.success(request, _("%sの案に取り込みました。") % draft.guideline.code)
                return redirect(sections_url(draft))
        shown, why_not = _look(source, asked)
        refusals += why_not
    except Refusal as refusal:
        refusals = [*refusals, str(refusal)]
    status = 422 if refusals else 200
    return _page(
        model_admin, request, form, held=asked.held, shown=shown, refusals=refusals, status=status
    )


def _look(source, asked):
    """(the preview, why it is not as it was asked for): the choices stay to be corrected."""
    state = state_of(source)
    try:
        _refuse_twice(source, asked)
        report, why_not = preview(source, matches=asked.matches), []
    except Refusal as refusal:
        if not asked.matches:
            raise
        report, why_not = preview(source), [str(refusal)]
    return Preview(report, state, asked.choices, asked.correct), why_not


def _take(source, asked, request):
    """Write the draft; returns why not, as sentences, and then nothing is written.

    Publication has its own place in the admin, which knows no file any more: what would forbid
    it for the sake of the file is asked here.
    """
    try:
        with transaction.atomic():
            lock(source)
            if state_of(source) != request.POST.get("state"):
                return [
                    _(
                        "確認している間に、前の版か起案中の版が変わりました。もう一度確かめてください。"
                    )
                ]
            _refuse_twice(source, asked)
            report, refusals = preview(source, matches=asked.matches), []
            if report.changes_nothing:
                return [report.outcome]
            if report.overwritten and "overwrite" not in request.POST:
                refusals.append(_("起案中の版が上書きされます。上書きしてよいか答えてください。"))
            if report.obstacles and "read_losses" not in request.POST:
                refusals.append(_("要確認の事項があります。読んで確かめたかどうか答えてください。"))
            if not refusals:
                write(
                    source,
                    by=request.user,
                    matches=asked.matches,
                    overwrite="overwrite" in request.POST,
                    read_losses="read_losses" in request.POST,
                )
            return refusals
    except Refusal as refusal:
        return [str(refusal)]


def _refuse_twice(source, asked):
    """Two sections cannot be matched with one; said by their headings, as nobody knows keys."""
    headings = [str(node.title) for node, level in source.root.walk() if level]
    taken: dict[str, str] = {}
    for place, key in asked.matches.items():
        if not key or place >= len(headings):
            continue
        if key in taken:
            raise Refusal(
                _("「%(one)s」と「%(other)s」が同じ節に対応しています。どちらかを直してください。")
                % {"one": taken[key], "other": headings[place]}
            )
        taken[key] = headings[place]


def _page(model_admin, request, form, *, held=None, shown=None, refusals=(), status=200):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("ガイドラインをファイルから取り込む"),
        "subtitle": None,
        "opts": model_admin.opts,
        "form": form,
        "held": held,
        "preview": shown,
        "refusals": refusals,
        "media": model_admin.media + forms.Media(css={"all": ["sections.css"]}),
    }
    return TemplateResponse(request, "admin/import_guideline.html", context, status=status)


def _place(text):
    """A place in the file from what a browser sent; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
