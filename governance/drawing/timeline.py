"""Draws the ministries' plans over the years as SVG: periods as bars, revisions as ticks.

Lengths are percentages of the page's width while letters keep their size, so that the same
drawing is read on a phone, on a desk and on paper. A few ministries make one drawing, for paper
ends somewhere.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from governance.drawing.lettering import day, language_of
from governance.naming import in_reader_language

# Heights in units of the screen.
HEAD, ROW, BAR = 24, 44, 12
IN_A_DRAWING = 12
# More years than these are labelled in steps.
MOST_LABELS = 8


@dataclass(frozen=True)
class Axis:
    """The years from the first of January of one to that of another."""

    first: int
    last: int

    def at(self, when):
        """Where a day is, in percent of the width; days outside stand at the edge."""
        begin = date(self.first, 1, 1)
        share = (when - begin) / (date(self.last, 1, 1) - begin)
        return f"{min(max(share, 0), 1) * 100:.2f}%"

    def between(self, since, until):
        """The width of what lasts from one day to the other, in percent."""
        return f"{float(self.at(until)[:-1]) - float(self.at(since)[:-1]):.2f}%"

    @property
    def labels(self):
        step = -(-(self.last - self.first) // MOST_LABELS)
        return range(self.first, self.last, step)


def draw(states, *, on):
    """Drawings of the plans on the day `on`, given in the order of their ministries."""
    if not states:
        return ""
    axis = _axis(states, on)
    rows = [
        (ministry, list(plans))
        for ministry, plans in groupby(states, key=lambda state: state.plan.ministry)
    ]
    drawings = [
        _draw(rows[start : start + IN_A_DRAWING], axis, on)
        for start in range(0, len(rows), IN_A_DRAWING)
    ]
    return mark_safe("".join(drawings))  # noqa: S308 — every text is escaped in _row and _draw


def _axis(states, on):
    days = [on]
    for state in states:
        days += [state.plan.began_on, *state.revisions]
        days += filter(None, (state.plan.ended_on, not state.is_over and state.due_on))
    # An end on the first of January is the last moment of the year before.
    return Axis(min(days).year, min((max(days) - timedelta(days=1)).year + 1, date.max.year))


def _draw(rows, axis, on):
    height = HEAD + len(rows) * ROW
    parts = [
        f'<svg class="timeline" width="100%" height="{height}" role="img"'
        ' xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(_('中長期計画の期間と改定'))}</title>"
        f"<desc>{escape(_('同じ内容を、下の表に示します。'))}</desc>"
    ]
    for year in axis.labels:
        x = axis.at(date(year, 1, 1))
        parts.append(
            f'<line class="year" x1="{x}" x2="{x}" y1="{HEAD - 4}" y2="{height}"/>'
            f'<text class="year" x="{x}" y="14">{year}</text>'
        )
    for place, (ministry, states) in enumerate(rows):
        parts += _row(ministry, states, axis, HEAD + place * ROW, on)
    x = axis.at(on)
    parts.append(f'<line class="today" x1="{x}" x2="{x}" y1="{HEAD - 4}" y2="{height}"/></svg>')
    return "".join(parts)


def _row(ministry, states, axis, top, on):
    """A ministry's name, and below it its plans."""
    late = any(state.is_overdue for state in states)
    warning = f'<tspan class="overdue" dx="8">▲ {escape(_("期限超過"))}</tspan>' if late else ""
    name = escape(in_reader_language(ministry, "name"))
    yield (
        f'<text class="name" x="0" y="{top + 16}"><tspan{language_of(ministry)}>{name}</tspan>'
        f"{warning}</text>"
    )
    for state in states:
        yield from _plan(state, axis, top + 24, on)


def _plan(state, axis, y, on):
    plan, end = state.plan, state.plan.ended_on or date(axis.last, 1, 1)
    look = "past" if state.is_over else "open" if plan.ended_on is None else "bounded"
    yield (
        f'<rect class="period {look}" x="{axis.at(plan.began_on)}" y="{y}" height="{BAR}"'
        f' width="{axis.between(plan.began_on, end)}"/>'
    )
    for revised_on in state.revisions:
        x = axis.at(revised_on)
        yield (
            f'<line class="revision" x1="{x}" x2="{x}" y1="{y - 3}" y2="{y + BAR + 3}">'
            f"<title>{escape(_('策定・改定 %(day)s') % {'day': day(revised_on)})}</title></line>"
        )
    if state.is_overdue:
        x, middle = axis.at(state.due_on), y + BAR // 2
        yield f'<line class="gap" x1="{x}" x2="{axis.at(on)}" y1="{middle}" y2="{middle}"/>'
        yield _mark("overdue", f"M0 {y - 3} l7 {BAR + 6} h-14 z", x)
    elif state.due_on and not state.is_over:
        middle = y + BAR // 2
        yield _mark("due", f"M0 {middle - 6} l6 6 l-6 6 l-6 -6 z", axis.at(state.due_on))


def _mark(look, path, x):
    """A shape at a place of the axis; a drawing of its own, as paths know no percentages."""
    return f'<svg x="{x}" overflow="visible"><path class="{look}" d="{path}"/></svg>'
