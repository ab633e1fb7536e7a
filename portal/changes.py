"""What changed in the set lately: editions that took effect, documents withdrawn, on a line."""

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from django.db.models import QuerySet
from django.utils.safestring import mark_safe

from governance.drawing.lettering import day as written
from guidelines.models import Edition, Guideline

# With fewer changes than these in a year, the year before is shown as well.
FEW = 4
# Heights of the drawing in units of the screen, and the share of its width that a label takes.
ROW, TOP, LABEL = 22, 10, 8


@dataclass(frozen=True)
class Change:
    """Something that changed on a day: an edition that took effect, or documents withdrawn."""

    on: date
    editions: tuple[Edition, ...] = ()
    withdrawn: tuple[Guideline, ...] = ()

    @property
    def codes(self):
        guidelines = self.withdrawn or [edition.guideline for edition in self.editions]
        return [guideline.code for guideline in guidelines]


@dataclass(frozen=True)
class Lately:
    """The changes of the last year or two, the latest first."""

    since: date
    until: date
    years: int
    changes: list[Change]


def lately(on: date) -> Lately:
    """What changed in the year up to the day `on`; in two years where that was little."""
    changes = _changes(_before(on, years=2), on)
    within = [change for change in changes if change.on > _before(on, years=1)]
    years = 1 if len(within) >= FEW else 2
    return Lately(_before(on, years=years), on, years, within if years == 1 else changes)


def _before(on, *, years):
    """The same day some years earlier; for a 29 February without one, the day before."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _changes(since, until):
    editions: QuerySet = Edition.objects.changed_lately(until).filter(effective_on__gt=since)
    withdrawn = Guideline.objects.filter(withdrawn_on__gt=since, withdrawn_on__lte=until).order_by(
        "-withdrawn_on", "code"
    )
    changes = [
        Change(on, editions=tuple(some))
        for on, some in groupby(editions, lambda edition: edition.effective_on)
    ] + [
        Change(on, withdrawn=tuple(some))
        for on, some in groupby(withdrawn, lambda guideline: guideline.withdrawn_on)
    ]
    return sorted(changes, key=lambda change: change.on, reverse=True)


def draw(shown: Lately) -> str:
    """The changes on a line of months; the page lists the same in words below it.

    Places are percentages of the width while letters keep their size, as for the plans.
    """
    if not shown.changes:
        return ""
    whole = (shown.until - shown.since).days

    def at(day):
        return round(2 + 96 * (day - shown.since).days / whole, 2)

    rows, marks = [], []
    for change in reversed(shown.changes):
        place = at(change.on)
        row = next((row for row, end in enumerate(rows) if end < place), len(rows))
        rows[row : row + 1] = [place + LABEL]
        marks.append((change, place, row))
    axis = TOP + ROW * len(rows) + 8
    parts = [
        f'<svg class="year" height="{axis + 40}" width="100%" aria-hidden="true">',
        f'<line class="axis" x1="0" x2="100%" y1="{axis}" y2="{axis}"/>',
        *(_month(month, at(month), axis) for month in _months(shown)),
        *(_mark(change, place, row, axis) for change, place, row in marks),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 — every text is escaped below


def _months(shown):
    """The first days of the months to be named: every third, or every sixth in two years."""
    step = 3 * shown.years
    first = shown.since.replace(day=1)
    months = [
        date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        for number in range(1, 12 * shown.years + 1)
    ]
    return [month for month in months if month.month % step == 1 and month <= shown.until]


def _month(month, place, axis):
    return (
        f'<line x1="{place}%" x2="{place}%" y1="{axis}" y2="{axis + 8}"/>'
        f'<text class="month" x="{place}%" y="{axis + 26}" text-anchor="middle">'
        f"{month.year}-{month.month:02}</text>"
    )


def _mark(change, place, row, axis):
    y = TOP + ROW * row + 8
    kind = "withdrawn" if change.withdrawn else "effective"
    codes = change.codes
    more = f" +{len(codes) - 1}" if len(codes) > 1 else ""
    # Near the right edge the label stands before its mark.
    anchor, shift = ("end", -9) if place > 85 else ("start", 9)
    return (
        f'<line x1="{place}%" x2="{place}%" y1="{y}" y2="{axis}"/>'
        f'<circle class="mark {kind}" cx="{place}%" cy="{axis}" r="6"/>'
        f'<text class="label" x="{place}%" y="{y + 4}" dx="{shift}" text-anchor="{anchor}">'
        f"<title>{escape(written(change.on))}</title>{escape(codes[0])}{more}</text>"
    )
