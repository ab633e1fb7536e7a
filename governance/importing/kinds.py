"""What can be taken in from a table: the columns of each kind, and the acts its rows become."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import appointing, performing, planning
from governance.importing import cells, directories
from governance.importing.cells import UnreadableError
from governance.models import Appointment, Measure, Ministry, PmoFunction, PmoStatus, ProgressReport
from governance.recording import record_many, refuse_misfits
from governance.refusals import Refusal


@dataclass(frozen=True)
class Column:
    """A column: how its cells are read, with what the row has said in the columns before."""

    name: str
    label: Any
    read: Callable
    required: bool = False
    # What an empty cell means; UNSAID leaves the record as it is.
    empty: Any = ""


UNSAID = object()


class Kind:
    """A kind of table. One is made for each file, and knows what the database holds then."""

    slug: ClassVar[str]
    model: ClassVar[type[models.Model]]
    # The fields that tell a record from the others.
    identity: ClassVar[tuple[str, ...]]
    # The day on which a row's names hold; read before the others.
    day: ClassVar[str]

    def __init__(self):
        self.ministries = directories.ministries()
        self.columns = self.make_columns()
        self.existing = {self.key(self.facts_of(thing)): thing for thing in self.things()}

    def make_columns(self):
        """The columns, in their order in the file."""
        raise NotImplementedError

    def things(self):
        """The records that there are."""
        return self.model._default_manager.all()

    def column(self, name, read=cells.read_text, **how):
        """The column of a field of the model, under its label; plain text unless said."""
        label = self.field(name).verbose_name
        return Column(name, label, lambda cell, said: read(cell), **how)

    def field(self, name) -> models.Field:
        """A field of the model."""
        return next(field for field in self.model._meta.fields if field.name == name)

    def switch(self):
        """The column that says whether a row was made up for the demonstration."""
        return self.column("demonstration", cells.read_switch, empty=UNSAID)

    def ministry_column(self, **how):
        """The column of the ministry, by its slug or its name on the row's day."""
        label = Ministry._meta.verbose_name
        return Column("ministry", label, self.read_ministry, **how)

    def read_ministry(self, cell, said):
        """The ministry that a cell means."""
        return self.ministries.find(cells.read_text(cell), said.get(self.day))

    def ministry_of(self, facts):
        """Whose record it is."""
        return facts["ministry"]

    def facts_of(self, thing):
        """The values of a record by which it is identified."""
        return {name: getattr(thing, name) for name in self.identity}

    def key(self, facts):
        """What two rows about the same record have in common."""
        return tuple(getattr(facts[name], "pk", facts[name]) for name in self.identity)

    def settle(self, values):
        """The facts of a record from the values of a row; Refusal when they do not fit."""
        return values

    def say(self, value, name):
        """A value of a field in words, for the report."""
        if isinstance(value, Ministry):
            return self.ministries.name(value)
        field = self.field(name)
        if isinstance(value, bool):
            return _("はい") if value else _("いいえ")
        return "" if value is None else str(dict(field.flatchoices).get(value, value))

    def describe(self, facts):
        """What a row is about, in words."""
        return " ".join(filter(None, (self.say(facts[name], name) for name in self.identity)))

    def amend(self, thing, facts, *, by):
        """Bring a record to what its row says."""
        raise NotImplementedError

    def add(self, rows, *, by):
        """Add the rows, pairs of a Line and facts; what is refused is noted on its line."""
        for line, facts in rows:
            try:
                refuse_misfits(self.model(**facts), rules=False)
            except Refusal as refusal:
                line.refuse(refusal)
        if any(line.problems for line, _facts in rows):
            return
        try:
            with transaction.atomic():
                record_many(self.model, [facts for _line, facts in rows], by=by)
        except IntegrityError as error:
            raise Refusal(
                _("取り込むあいだに、ほかの人が同じ記録を加えました。もう一度お試しください。")
            ) from error

    def row_of(self, thing):
        """The cells of a record, as a file of this kind holds them."""
        return [getattr(thing, column.name) for column in self.columns]


class Appointments(Kind):
    """Who holds which role."""

    slug, model, day = "appointments", Appointment, "began_on"
    identity = ("role", "ministry", "post", "began_on")

    def make_columns(self):
        self.roles = directories.roles()
        return [
            Column("role", gettext_lazy("役割"), self.read_role, required=True),
            self.ministry_column(empty=None),
            self.column("post", required=True),
            self.column("post_en"),
            self.column("person"),
            self.column("began_on", cells.read_day, required=True),
            self.column("ended_on", cells.read_day, empty=None),
            self.switch(),
        ]

    def things(self):
        return Appointment.objects.select_related("role", "ministry")

    def read_role(self, cell, said):
        """The role that a cell means."""
        return self.roles.find(cells.read_text(cell), said.get(self.day))

    def key(self, facts):
        key = super().key(facts)
        # Where one holds it, the same day is the same appointment, whatever the post is called.
        return (*key[:2], *key[3:]) if facts["role"].single_holder else key

    def say(self, value, name):
        return self.roles.name(value) if name == "role" else super().say(value, name)

    def amend(self, thing, facts, *, by):
        appointing.amend_appointment(thing, by=by, **facts)

    def add(self, rows, *, by):
        for line, facts in rows:
            try:
                appointing.appoint(by=by, **facts)
            except Refusal as refusal:
                line.refuse(refusal)

    def row_of(self, thing):
        ministry = thing.ministry.slug if thing.ministry else ""
        return [thing.role.slug, ministry, *super().row_of(thing)[2:-1], int(thing.demonstration)]


class PmoStatuses(Kind):
    """How far the ministries perform the functions of their PMOs."""

    slug, model, day = "pmo-statuses", PmoStatus, "assessed_on"
    identity = ("ministry", "function", "assessed_on")

    def make_columns(self):
        self.functions, self._there = directories.FunctionDirectory(), {}
        return [
            self.ministry_column(required=True),
            self.column(
                "function",
                lambda cell: self.functions.find(cells.read_text(cell)),
                required=True,
            ),
            self.column("assessed_on", cells.read_day, required=True),
            self.column("level", cells.read_choice(PmoStatus.Level), required=True),
            self.column("evidence"),
            self.column("evidence_en"),
            self.switch(),
        ]

    def things(self):
        return PmoStatus.objects.select_related("ministry", "function")

    def settle(self, values):
        day = values["assessed_on"]
        if day not in self._there:
            self._there[day] = {
                *Ministry.objects.existing(day),
                *PmoFunction.objects.existing(day),
            }
        if not {values["ministry"], values["function"]} <= self._there[day]:
            performing.refuse_strangers(values["ministry"], values["function"], day)
        return values

    def amend(self, thing, facts, *, by):
        performing.assess(by=by, **facts)

    def row_of(self, thing):
        row = super().row_of(thing)
        return [thing.ministry.slug, thing.function.slug, *row[2:-1], int(thing.demonstration)]


class PlanProgress(Kind):
    """How far the measures of the plans have come."""

    slug, model, day = "plan-progress", ProgressReport, "reported_on"
    identity = ("measure", "reported_on")

    def make_columns(self):
        measures = Measure.objects.select_related("plan__ministry")
        self._measures = {
            (measure.plan.ministry_id, measure.plan.began_on, cells.fold(measure.number)): measure
            for measure in measures
        }
        self._plans = {place[:2] for place in self._measures}
        return [
            self.ministry_column(required=True),
            Column("plan", gettext_lazy("計画期間の初日"), self.read_plan, required=True),
            Column("measure", gettext_lazy("施策の番号"), self.read_measure, required=True),
            self.column("reported_on", cells.read_day, required=True),
            self.column("percent", cells.read_percent, required=True),
            self.column("note"),
            self.column("note_en"),
        ]

    def things(self):
        return ProgressReport.objects.select_related("measure__plan__ministry")

    def read_plan(self, cell, said):
        """The first day of a plan of the ministry of the row."""
        day, ministry = cells.read_day(cell), said.get("ministry")
        if ministry and (ministry.pk, day) not in self._plans:
            raise UnreadableError(
                _("%(ministry)sには、この日に始まる、施策のある計画がありません。")
                % {"ministry": self.ministries.name(ministry)}
            )
        return day

    def read_measure(self, cell, said):
        """The measure of that plan with a number; None while its plan is not known."""
        ministry, plan = said.get("ministry"), said.get("plan")
        if not (ministry and plan):
            return None
        measure = self._measures.get((ministry.pk, plan, cells.fold(cells.read_text(cell))))
        if measure is None:
            raise UnreadableError(_("この番号の施策は、その計画にありません。"))
        return measure

    def settle(self, values):
        return {name: value for name, value in values.items() if name not in ("ministry", "plan")}

    def ministry_of(self, facts):
        return facts["measure"].plan.ministry

    def describe(self, facts):
        ministry = self.ministries.name(self.ministry_of(facts))
        return f"{ministry} {super().describe(facts)}"

    def amend(self, thing, facts, *, by):
        planning.report_progress(by=by, **facts)

    def row_of(self, thing):
        measure = thing.measure
        return [
            measure.plan.ministry.slug,
            measure.plan.began_on,
            measure.number,
            *(thing.reported_on, thing.percent, thing.note, thing.note_en),
        ]


# Every kind by its name, as the command and the addresses of the admin call it.
KINDS: dict[str, type[Kind]] = {
    kind.slug: kind for kind in (Appointments, PmoStatuses, PlanProgress)
}
