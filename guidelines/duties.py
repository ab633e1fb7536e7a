"""What a role must do on a day: its duties in the editions in force, as a reader narrows them."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from guidelines.models import Guideline, Responsibility
from guidelines.placing import places_of

# Stands for "in no phase in particular" where an empty choice means "all of them".
ANY_PHASE = "any"
PHASES = (ANY_PHASE, *Responsibility.Phase.values)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a role, with where the set says so."""

    responsibility: Responsibility
    place: str

    @property
    def section(self):
        return self.responsibility.section

    @property
    def edition(self):
        return self.section.edition

    @property
    def guideline(self):
        return self.edition.guideline

    @property
    def is_normative(self):
        """Whether it stands in a document to be observed, not in one for reference."""
        return self.guideline.position == Guideline.Position.NORMATIVE

    @property
    def identity(self):
        """What makes it the same duty in another edition."""
        return identity(self.responsibility)


def identity(responsibility):
    """What tells one duty of a role from another, whatever the edition."""
    return (responsibility.section.key, responsibility.duty, responsibility.fingerprint)


# What a reader can narrow by, and what each duty has there.
FACETS = {
    "phase": lambda duty: duty.responsibility.phase or ANY_PHASE,
    "document": lambda duty: duty.guideline.code,
    "duty": lambda duty: duty.responsibility.duty,
}


class Duties:
    """The duties of a role on a day; `chosen` are the facets' values a reader asked for.

    With `since`, only what was not yet so on that day.
    """

    def __init__(self, role, *, on, language, since=None, chosen=None):
        self.role, self.on, self.language, self.since = role, on, language, since
        self.chosen = {name: value for name, value in (chosen or {}).items() if value}

    @cached_property
    def all(self):
        """Every duty of the role, before narrowing: by phase, rules first, in reading order."""
        rows = list(self._rows(self.on).with_place())
        if self.since:
            rows = self._new(rows)
        places = places_of([row.section for row in rows])
        duties = [Duty(row, places[row.section_id]) for row in rows]
        # Stable: inside a document they stay in the order of reading.
        return sorted(duties, key=lambda duty: (self._phase(duty), not duty.is_normative))

    @cached_property
    def shown(self):
        """The duties that the reader asked for."""
        return self._narrowed(self.chosen)

    def choices(self, facet):
        """What can be chosen of a facet, with how many duties there are given the other choices."""
        others = {name: value for name, value in self.chosen.items() if name != facet}
        counts = Counter(FACETS[facet](duty) for duty in self._narrowed(others))
        chosen = self.chosen.get(facet)
        if chosen:
            counts.setdefault(chosen, 0)
        return counts

    @cached_property
    def without_phase(self):
        """How many duties hold in every phase, for a reader who asked for one phase."""
        if self.chosen.get("phase", ANY_PHASE) == ANY_PHASE:
            return 0
        return len(self._narrowed(self.chosen | {"phase": ANY_PHASE}))

    @cached_property
    def by_phase(self):
        """The duties shown as (phase, [(is_normative, [(edition, duties)])], how many)."""
        phases = []
        for phase, some in groupby(self.shown, FACETS["phase"]):
            of_phase = list(some)
            positions = [
                (normative, _by_edition(of_position))
                for normative, of_position in groupby(of_phase, lambda duty: duty.is_normative)
            ]
            phases.append(("" if phase == ANY_PHASE else phase, positions, len(of_phase)))
        return phases

    @cached_property
    def counts(self):
        """How many of the duties shown are in rules, and how many of those are obligations."""
        normative = [duty for duty in self.shown if duty.is_normative]
        must = Responsibility.Force.MUST
        return {
            "all": len(self.shown),
            "normative": len(normative),
            "informative": len(self.shown) - len(normative),
            "must": sum(duty.responsibility.force == must for duty in normative),
        }

    def _rows(self, on):
        return Responsibility.objects.shown(on, self.language).filter(role=self.role)

    def _new(self, rows):
        """Of the rows, those that were not yet so on the day `since`.

        Only the texts decided are compared, since translations come and go: one of a translation
        is new where something at its section is.
        """
        official = Responsibility.objects.filter(role=self.role).select_related("section")
        now, before = (
            {identity(row) for row in official.shown(on, "ja")} for on in (self.on, self.since)
        )
        keys = {key for key, _duty, _fingerprint in now - before}
        return [
            row
            for row in rows
            if (
                identity(row) not in before
                if row.section.edition.language == "ja"
                else row.section.key in keys
            )
        ]

    def _narrowed(self, chosen):
        return [
            duty
            for duty in self.all
            if all(FACETS[facet](duty) == value for facet, value in chosen.items())
        ]

    def _phase(self, duty):
        return PHASES.index(FACETS["phase"](duty))


def _by_edition(duties):
    return [(edition, list(some)) for edition, some in groupby(duties, lambda duty: duty.edition)]
