"""Writes the duties of a role as a checklist to take away: CSV and Excel."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.naming import in_reader_language
from governance.sheets import EXCEL, write_csv, write_excel

# Of the columns, in signs.
WIDTHS = (5, 18, 12, 8, 12, 60, 24, 30, 14, 40)


def header():
    """What stands on top of each column."""
    return [
        pgettext("checklist", "済"),
        _("段階"),
        _("位置付け"),
        _("強さ"),
        _("分担"),
        _("根拠の文"),
        _("文書"),
        _("節"),
        _("決定日"),
        _("アドレス"),
    ]


def rows(duties):
    """A row for each duty shown, with an empty box to tick."""
    for duty in duties.shown:
        said = duty.responsibility
        yield [
            "☐",
            said.get_phase_display() or _("段階を問わない"),
            duty.guideline.get_position_display(),
            said.get_force_display(),
            said.get_duty_display(),
            said.sentence,
            f"{duty.guideline.code} {in_reader_language(duty.guideline, 'title')}",
            f"{duty.place} {duty.section.title}",
            duty.edition.decided_on.isoformat(),
            address(duty),
        ]


def address(duty):
    """Where the duty stands for ever: its sentence in the dated edition."""
    edition = {"code": duty.guideline.code, "decided_on": duty.edition.decided_on}
    page = reverse("guidelines:edition-show", kwargs=edition)
    below = f"{duty.section.address}/" if duty.section.address else ""
    return f"{settings.PORTAL_URL}{page}{below}#{duty.responsibility.anchor}"


def as_csv(duties) -> bytes:
    """The checklist as CSV."""
    return write_csv(header(), rows(duties))


def as_excel(duties) -> bytes:
    """The checklist as an Excel sheet named for the role and the day."""
    title = f"{in_reader_language(duties.role, 'name')} {duties.on}"
    return write_excel(header(), rows(duties), title=title, widths=WIDTHS)


# By the ending of the file: the media type, and who writes it.
FORMATS = {"csv": ("text/csv; charset=utf-8", as_csv), "xlsx": (EXCEL, as_excel)}
