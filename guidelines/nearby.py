"""Says what is near an address that leads nowhere, so that nobody stands before a closed door."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.naming import in_reader_language
from guidelines.limits import MAX_LEVELS
from guidelines.models import Edition, Guideline, Section
from guidelines.numbering import fold

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """A link to what may have been meant, and why it is shown."""

    label: str
    url: str
    why: str


def suggest(path):
    """The suggestions for an address that was not found, the nearest first."""
    match = re.search(r"/guidelines/([^/]{1,20})/(?:(\d{4}-\d{2}-\d{2})/)?([^/]*)", path)
    # No database looks for a NUL, and PostgreSQL refuses to.
    if not match or "\0" in path:
        return []
    code, day, address = match.groups()
    guideline = Guideline.objects.coded(code).first()
    if guideline is None:
        return _like(code)
    editions = list(
        guideline.editions.published().official().order_by("-effective_on", "-decided_on")
    )
    found = _elsewhere(guideline, address) + _around(guideline, editions, day, address)
    asked_on_a_day = re.search(r"/on/\d{4}-\d{2}-\d{2}/", path)
    if asked_on_a_day or (day and all(one.decided_on.isoformat() != day for one in editions)):
        found += [_edition(edition) for edition in editions]
    return [*found, _guideline(guideline, _("この文書の表紙"))][:MOST]


def _like(code):
    """Guidelines whose code resembles the one asked for."""
    codes = list(Guideline.objects.values_list("code", flat=True))
    near = get_close_matches(fold(code).upper(), codes, n=MOST, cutoff=0.6)
    guidelines = Guideline.objects.in_bulk(near, field_name="code")
    return [_guideline(guidelines[code], _("番号が似ている文書")) for code in near]


def _elsewhere(guideline, address):
    """The section that had this address in another edition, and where it is today."""
    if not address:
        return []
    sections = (
        Section.objects.filter(
            edition__guideline=guideline,
            edition__status=Edition.Status.PUBLISHED,
            edition__translation_of=None,
            address=address,
        )
        .select_related("edition")
        .order_by("-edition__decided_on")
    )
    found = []
    for section in sections[:MOST]:
        edition = section.edition
        url = reverse(
            "guidelines:edition-section-show",
            kwargs={"code": guideline.code, "decided_on": edition.decided_on, "address": address},
        )
        why = _("%s決定の版にこの番地の節がありました") % edition.decided_on
        found.append(Suggestion(f"{guideline.code} {section}", url, why))
    last = sections.first()
    if last and _is_in_force(guideline, last.key):
        url = reverse("guidelines:key-show", kwargs={"key": last.key})
        found.insert(0, Suggestion(f"{guideline.code} {last}", url, _("同じ節の現在の場所")))
    return found


def _is_in_force(guideline, key):
    """Whether the edition in force today has the section."""
    in_force = Edition.objects.in_force(timezone.localdate()).filter(guideline=guideline)
    return Section.objects.filter(edition__in=in_force, key=key).exists()


def _around(guideline, editions, day, address):
    """The nearest section above the address that the edition asked for has."""
    edition = next(
        (one for one in editions if one.decided_on.isoformat() == day),
        next((one for one in editions if one.effective_on <= timezone.localdate()), None),
    )
    if edition is None:
        return []
    parts = address.split(".")[:MAX_LEVELS]
    above = [".".join(parts[:count]) for count in range(1, len(parts))]
    section = Section.objects.filter(edition=edition, address__in=above).order_by("-lft").first()
    if section is None:
        return []
    name = "guidelines:edition-section-show" if day else "guidelines:section-show"
    kwargs = {"code": guideline.code, "address": section.address}
    if day:
        kwargs["decided_on"] = edition.decided_on
    return [
        Suggestion(f"{guideline.code} {section}", reverse(name, kwargs=kwargs), _("その上の節"))
    ]


def _edition(edition):
    label = f"{edition.guideline.code} {edition.decided_on}"
    why = _("%sから効力を持つ版") % edition.effective_on
    return Suggestion(label, edition.get_absolute_url(), why)


def _guideline(guideline, why):
    title = in_reader_language(guideline, "title")
    return Suggestion(f"{guideline.code} {title}", guideline.get_absolute_url(), why)
