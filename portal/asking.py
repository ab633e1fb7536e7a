"""Reads what a reader asks of the search page from its address, as far as it can be understood."""

import re
from datetime import date
from html import escape
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from guidelines.models import Guideline
from guidelines.narrowing import Narrowing
from guidelines.querying import MOST_SIGNS, shown
from guidelines.things import KINDS

# The kind that is shown where none is asked for.
SECTIONS = "sections"
FACETS = ("document", "category", "position", "kind", "language", "role", "phase")
SCOPES = {
    "in_force": _("現行の版"),
    "day": _("指定した日に効力のあった版"),
    "all": _("過去の版も含む"),
}
# The form of the page that a field belongs to, wherever it stands.
FORM = "asking"


class _Choosing(forms.Select):
    """A choice written at once: Django's own takes a template for each of hundreds of options."""

    def render(self, name, value, attrs=None, renderer=None):
        options = "\n    ".join(
            f'<option value="{escape(str(option))}"{" selected" if option == value else ""}>'
            f"{escape(str(label))}</option>"
            for option, label in self.choices
        )
        # Every part of it is escaped.
        options = mark_safe(options)  # noqa: S308
        attrs = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return format_html("<select{}>{}</select>", attrs, options)


def _choice(label):
    return forms.CharField(label=label, required=False, widget=_Choosing(attrs={"form": FORM}))


def _day(label):
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "form": FORM}, format="%Y-%m-%d"),
        error_messages={"invalid": _("日付は2024-04-01のように入れてください。")},
    )


class AskingForm(forms.Form):
    """By what a search is narrowed; a choice that there is not stands for none."""

    scope = forms.ChoiceField(
        label=_("どの版から"),
        required=False,
        choices=list(SCOPES.items()),
        widget=_Choosing(attrs={"form": FORM}),
    )
    day = _day(_("指定する日"))
    document = _choice(_("文書"))
    category = _choice(_("分類"))
    position = _choice(_("位置付け"))
    kind = _choice(_("種別"))
    language = _choice(_("本文の言語"))
    role = _choice(_("役割の分担があるもの"))
    phase = _choice(_("段階"))
    changed_since = _day(_("この日より後に変わったもの"))

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self):
        """Days up to today, as what comes later is not there to be found; one day for its scope."""
        for name in ("day", "changed_since"):
            if (day := self.cleaned_data.get(name)) and day > self.on:
                self.add_error(name, _("今日までの日を入れてください。"))
        scope, day = self.cleaned_data.get("scope"), self.cleaned_data.get("day")
        if scope == "day" and not day and "day" not in self.errors:
            self.add_error("day", _("日を入れてください。今は現行の版を探しています。"))
        if scope == "all" and day:
            self.add_error("day", _("過去の版も含めて探すときは、日を指定できません。"))

    @property
    def faults(self):
        """What could not be understood, field by field: (label, sentence)."""
        return [
            (self.fields[name].label, error)
            for name, errors in self.errors.items()
            for error in errors
        ]

    def offer(self, facets):
        """Give each choice its options, with how many sections each would leave."""
        for name in FACETS:
            options = [
                (value, f"{label} ({count})") for value, label, count in facets.get(name, ())
            ]
            chosen = self[name].value()
            if chosen and chosen not in dict(options):
                options.append((chosen, f"{chosen} (0)"))
            self.fields[name].widget.choices = [("", _("すべて")), *options]


class Asked:
    """What the address of a search page asks: for what, narrowed how, which kind and page of it."""

    def __init__(self, address, *, on):
        text = address.get("q", "")
        self.on: date = on
        self.is_cut = len(text) > MOST_SIGNS
        self.text = shown(text)
        self.given = {
            name: value
            for name in (*AskingForm.base_fields, "find")
            if (value := address.get(name, "").strip()) and "\0" not in value
        }
        self.document = _document(self.given)
        # A day says by itself that its editions are meant.
        if self.given.get("day") and self.given.get("scope", "in_force") == "in_force":
            self.given["scope"] = "day"
        self.form = AskingForm(self.given, on=on, auto_id="by-%s")
        self.form.is_valid()
        if "document" in self.given and not self.document:
            self.form.add_error("document", _("この番号の文書はありません。"))
        self.narrowing = _narrowing(self.form.cleaned_data)
        find = self.given.get("find")
        self.kind = find if find in {kind.slug for kind in KINDS} else SECTIONS
        page = address.get("page", "")
        self.page = int(page) if re.fullmatch("[0-9]{1,5}", page) else 1

    @property
    def day(self):
        """The day on which what is found is to be in force."""
        return self.narrowing.day or self.on

    def address(self, **changes):
        """The address of the first page that asks the same, but for some changes."""
        asked = {"q": self.text} | self.given | changes
        kept = {name: value for name, value in asked.items() if value}
        return f"{reverse('search')}?{urlencode(kept)}"

    def unnarrowed(self):
        """The address that asks for the same words alone."""
        return self.address(**dict.fromkeys(self.given, ""))

    def chosen(self):
        """The names and values by which it is narrowed."""
        return {
            name: value
            for name, value in self.given.items()
            if name in AskingForm.base_fields
            and name not in self.form.errors
            and (name, value) != ("scope", "in_force")
            # The day says it too; without one, what is in force is searched.
            and (name, value) != ("scope", "day")
        }


def _document(given):
    """The document asked for, also by a former code, which its code replaces; None without one."""
    document = Guideline.objects.coded(given["document"]).first() if "document" in given else None
    if document:
        given["document"] = document.code
    return document


def _narrowing(cleaned):
    scope = cleaned.get("scope") or "in_force"
    day = cleaned.get("day") if scope == "day" else None
    known = {name: cleaned.get(name) or "" for name in FACETS}
    return Narrowing(
        scope="in_force" if scope == "day" and day is None else scope,
        day=day,
        changed_since=cleaned.get("changed_since"),
        **known,
    )
