"""What taking a file in did, or would do: row by row, with what is wrong in which column."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OUTCOMES = {
    "added": gettext_lazy("追加"),
    "changed": gettext_lazy("変更"),
    "unchanged": gettext_lazy("変更なし"),
    "wrong": gettext_lazy("誤り"),
}


@dataclass
class Problem:
    """What is wrong with a row, in one of its columns or, without a column, as a whole."""

    column: str
    value: str
    sentence: str

    def __str__(self):
        if not self.column:
            return self.sentence
        return _("%(column)s「%(value)s」：%(sentence)s") % asdict(self)


@dataclass
class Change:
    """What a column of a record says, and what it will say."""

    column: str
    old: str
    new: str


@dataclass
class Line:
    """A row of the file: what it is about, and what becomes of it."""

    number: int
    what: str = ""
    outcome: str = "unchanged"
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def refuse(self, sentence, *, column="", value=""):
        """Note that the row cannot be taken in, and why."""
        self.outcome = "wrong"
        self.problems.append(Problem(column, value, str(sentence)))

    @property
    def outcome_label(self):
        """The outcome in words."""
        return OUTCOMES[self.outcome]


@dataclass
class Report:
    """All rows of a file."""

    kind: str
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self):
        """How many rows have which outcome."""
        return {
            outcome: sum(line.outcome == outcome for line in self.lines) for outcome in OUTCOMES
        }

    @property
    def is_sound(self):
        """Whether no row is wrong, so that all can be taken in."""
        return not self.wrong

    @property
    def wrong(self):
        """The rows that are wrong."""
        return [line for line in self.lines if line.problems]

    def summary(self):
        """The counts as a sentence."""
        return _(
            "追加%(added)d行、変更%(changed)d行、変更なし%(unchanged)d行、誤り%(wrong)d行。"
        ) % (self.counts)

    def as_dict(self):
        """The report as plain data."""
        return {"kind": self.kind, **self.counts, "rows": [asdict(line) for line in self.lines]}

    def as_text(self):
        """The report for a terminal: what is wrong or changes, then the counts."""
        said = []
        for line in self.lines:
            notes = [str(problem) for problem in line.problems] or [
                _("%(column)s：%(old)s → %(new)s") % asdict(change) for change in line.changes
            ]
            if notes:
                said.append(
                    _("%(number)d行目 %(outcome)s %(what)s %(notes)s")
                    % {
                        "number": line.number,
                        "outcome": line.outcome_label,
                        "what": line.what,
                        "notes": " ".join(notes),
                    }
                )
        return "\n".join([*said, self.summary()])
