"""Draws the ministries and the functions of their PMOs as a table, one cell for each two.

Built as text, since a thousand cells and more come; escaped like any.
"""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from governance.drawing.lettering import said
from governance.surveying import SIGNS, UNASSESSED, Cell, Level, Trend, tally


@dataclass(frozen=True)
class Matrix:
    """The ministries, the grouped functions, and where each function stands with each ministry."""

    ministries: list
    groups: list
    cells: dict[tuple[int, int], Cell]

    @property
    def functions(self):
        """The functions in the order of the columns."""
        return [function for _top, leaves in self.groups for function in leaves]

    def across(self, ministry):
        """How a ministry's functions stand."""
        keys = [(ministry.pk, function.pk) for function in self.functions]
        return tally(self._known(keys), of=len(keys))

    def down(self, function):
        """How a function stands with the ministries."""
        keys = [(ministry.pk, function.pk) for ministry in self.ministries]
        return tally(self._known(keys), of=len(keys))

    def whole(self):
        """How all cells stand."""
        keys = [(one.pk, other.pk) for one in self.ministries for other in self.functions]
        return tally(self._known(keys), of=len(keys))

    def _known(self, keys):
        return [self.cells[key] for key in keys if key in self.cells]


def draw(matrix, *, address):
    """The matrix as an HTML table; `address(thing)` is where a ministry or function is shown."""
    signs = _signs()
    places = [(function.pk, f"#function-{escape(function.slug)}") for function in matrix.functions]
    rows = []
    for ministry in matrix.ministries:
        root = escape(address(ministry))
        cells = [
            _cell(matrix.cells.get((ministry.pk, function_id)), root + anchor, signs)
            for function_id, anchor in places
        ]
        rows.append(
            f'<tr><th scope="row"><a href="{root}">{said(ministry)}</a></th>'
            f"{''.join(cells)}{_count(matrix.across(ministry))}</tr>"
        )
    foot = "".join(_count(matrix.down(function)) for function in matrix.functions)
    return mark_safe(  # noqa: S308 — every text is escaped here, in _head, _cell and said
        f'<table class="matrix">{_columns(matrix)}{_head(matrix, address)}'
        f"<tbody>{''.join(rows)}</tbody>"
        f'<tfoot><tr><th scope="row">{escape(_("実施している府省"))}</th>{foot}'
        f"{_count(matrix.whole())}</tr></tfoot></table>"
    )


def _columns(matrix):
    """The widths, so that nothing moves while the rows come in."""
    return (
        f'<colgroup><col class="name"><col span="{len(matrix.functions)}"><col class="sum">'
        "</colgroup>"
    )


def _head(matrix, address):
    """Two rows: the abstract functions, and below each those that are assessed."""
    upper, lower = [], []
    for top, leaves in matrix.groups:
        if leaves == [top]:
            upper.append(_column(top, address, 'rowspan="2" scope="col" class="function"'))
            continue
        upper.append(f'<th colspan="{len(leaves)}" scope="colgroup">{said(top)}</th>')
        lower += [_column(leaf, address, 'scope="col" class="function"') for leaf in leaves]
    # Where nothing is broken down there is one row alone.
    rows = 2 if lower else 1
    span = f'rowspan="{rows}" scope="col"'
    head = "".join(upper) if lower else "".join(upper).replace('rowspan="2" ', "")
    return (
        f'<thead><tr><th {span} class="corner">{escape(_("府省"))}</th>{head}'
        f"<th {span}>{escape(_('実施している機能'))}</th></tr>"
        f"{'<tr>' + ''.join(lower) + '</tr>' if lower else ''}</thead>"
    )


def _column(function, address, attributes):
    name = f'<a href="{escape(address(function))}"><span>{said(function)}</span></a>'
    return f"<th {attributes}>{name}</th>"


def _signs():
    """The inside of a cell for each level and trend: a sign to see, and the words it stands for."""
    signs: dict[tuple[str, str | None], str] = {}
    for level, sign in SIGNS.items():
        label = Level(level).label
        signs[level, None] = _sign(sign, label)
        for trend in Trend:
            words = _("%(level)s、%(trend)s") % {"level": label, "trend": trend.label}
            signs[level, trend] = _sign(f"{sign}<small>{trend.arrow}</small>", words)
    return signs


def _sign(seen, words):
    return f'<span aria-hidden="true">{seen}</span><span class="unseen">{escape(words)}</span>'


def _cell(cell, href, signs):
    if cell is None:
        return f'<td class="unassessed">{_sign(UNASSESSED, _("記録なし"))}</td>'
    return f'<td class="{cell.level}"><a href="{href}">{signs[cell.level, cell.trend]}</a></td>'


def _count(counted):
    """How many of all are performed, and partly performed."""
    partly = _("一部実施 %d") % counted.partly
    return (
        f'<td class="count"><strong>{counted.performed}</strong>/{counted.total}'
        f"<small>{escape(partly)}</small></td>"
    )
