"""Takes the rows of a table in through the acts: all of them, or none."""

from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from governance.importing.cells import UnreadableError, fold
from governance.importing.files import read_rows
from governance.importing.kinds import KINDS, UNSAID
from governance.importing.report import Change, Line, Report
from governance.naming import listed, with_code
from governance.permissions import may_keep
from governance.refusals import Refusal


def load_rows(kind, rows_or_path, *, by, **defaults):
    """Take in a file, or rows as dicts of their cells; `defaults` are further facts of each.

    Raises Refusal, naming the first rows that are wrong, and then leaves everything as it was.
    """
    if isinstance(rows_or_path, str | Path):
        report = take(kind, Path(rows_or_path).read_bytes(), by=by, defaults=defaults)
    else:
        report = take_rows(kind, _as_table(rows_or_path), by=by, defaults=defaults)
    if not report.is_sound:
        said = [
            _("%(number)d行目：%(problem)s") % {"number": line.number, "problem": problem}
            for line in report.wrong[:5]
            for problem in line.problems
        ]
        raise Refusal(f"{report.summary()} {' '.join(said)}")
    return report


def take(kind, content: bytes, *, by, dry_run=False, defaults=None):
    """Take in the content of a CSV or Excel file; returns the report.

    Nothing is written with `dry_run`, or when a row is wrong. Raises Refusal for a file that
    cannot be read at all.
    """
    return take_rows(kind, read_rows(content), by=by, dry_run=dry_run, defaults=defaults)


@transaction.atomic
def take_rows(kind, table, *, by, dry_run=False, defaults=None):
    """As `take`, for a header and numbered rows."""
    header, rows = table
    kind, report = KINDS[kind](), Report(kind)
    places = _places(kind, header)
    additions, amendments, seen = [], [], {}
    for number, row in rows:
        line = Line(number)
        report.lines.append(line)
        facts = _read(kind, places, row, line, by=by, defaults=defaults or {})
        if line.problems:
            continue
        key = kind.key(facts)
        if key in seen:
            line.refuse(_("%d行目と同じ記録の行です。") % seen[key])
            continue
        seen[key] = number
        thing = kind.existing.get(key)
        if thing is None:
            line.outcome = "added"
            additions.append((line, facts))
            continue
        line.changes = _changes(kind, thing, facts)
        if line.changes:
            line.outcome = "changed"
            amendments.append((line, thing, facts))
    # What ends makes room for what begins.
    for line, thing, facts in amendments:
        try:
            kind.amend(thing, facts, by=by)
        except Refusal as refusal:
            line.refuse(refusal)
    kind.add(additions, by=by)
    if dry_run or not report.is_sound:
        transaction.set_rollback(True)
    return report


def _places(kind, header):
    """Which column of the kind stands where, from the names in the header."""
    known = {}
    for column in kind.columns:
        known |= {fold(column.name): column, fold(column.label): column}
    places = {}
    for place, cell in enumerate(header):
        if cell is None or not str(cell).strip():
            continue
        column = known.get(fold(cell))
        if column is None:
            words = listed(with_code(column.label, column.name) for column in kind.columns)
            raise Refusal(
                _("列「%(name)s」は分かりません。使える列は %(words)s です。")
                % {"name": cell, "words": words}
            )
        if column in places.values():
            raise Refusal(_("列「%s」が二度あります。") % cell)
        places[place] = column
    missing = [
        with_code(column.label, column.name)
        for column in kind.columns
        if column.required and column not in places.values()
    ]
    if missing:
        raise Refusal(_("必要な列がありません：%s。") % listed(missing))
    return places


def _read(kind, places, row, line, *, by, defaults):
    """The facts that a row says; what is wrong is noted on its line."""
    for place, cell in enumerate(row):
        if place not in places and cell is not None and str(cell).strip():
            line.refuse(
                _(
                    "%(letter)s列（左から%(number)d列目）に値がありますが、一行目に列の名前がありません。"
                )
                % {"letter": get_column_letter(place + 1), "number": place + 1}
            )
    said = {}
    # The day first, as names are those of the day; the others in their own order, whatever the
    # file's, as some rest on those before them.
    order = [column.name for column in kind.columns]
    for place, column in sorted(
        places.items(), key=lambda item: (item[1].name != kind.day, order.index(item[1].name))
    ):
        cell = row[place] if place < len(row) else None
        try:
            value = _value(kind, column, cell, said)
        except UnreadableError as error:
            line.refuse(error, column=str(column.label), value="" if cell is None else str(cell))
        else:
            if value is not UNSAID:
                said[column.name] = value
    if line.problems:
        return None
    if not may_keep(by, said.get("ministry")):
        line.refuse(
            _("あなたの府省の記録ではありません。"),
            column=str(kind.ministry_column().label),
            value=kind.ministries.name(said.get("ministry")),
        )
        return None
    try:
        facts = defaults | kind.settle(said)
    except Refusal as refusal:
        line.refuse(refusal)
        return None
    line.what = kind.describe(facts)
    return facts


def _value(kind, column, cell, said):
    """What a cell means; UnreadableError says why it means nothing."""
    if cell is None or not str(cell).strip():
        if column.required:
            raise UnreadableError(_("空欄です。"))
        return column.empty
    value = column.read(cell, said)
    fields = {field.name: field for field in kind.model._meta.fields}
    field = fields.get(column.name)
    if field is None or isinstance(field, ForeignKey):
        return value
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise UnreadableError(" ".join(error.messages)) from error


def _changes(kind, thing, facts):
    """What would become different of a record."""
    return [
        Change(
            str(kind.model._meta.get_field(name).verbose_name),
            kind.say(getattr(thing, name), name),
            kind.say(value, name),
        )
        for name, value in facts.items()
        if getattr(thing, name) != value
    ]


def _as_table(rows: Iterable[dict]):
    """Rows given as dicts, as a file would hold them."""
    rows = list(rows)
    header = list(dict.fromkeys(name for row in rows for name in row))
    return header, [
        (number, [row.get(name) for name in header]) for number, row in enumerate(rows, start=1)
    ]
