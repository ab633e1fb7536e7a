"""What the admin shows of an import before it is confirmed: sections, matches, losses."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Max

from guidelines import drafting
from guidelines.importing.planning import plan
from guidelines.importing.report import CHANGES, FATES, HOW, Report
from guidelines.importing.source import Fate, Source
from guidelines.limits import MIN_TEXT_KEPT
from guidelines.models import Edition, Guideline, Revision

# Lines in all selects of a page together: a browser stays quick, and a select more can be asked
# for at every section.
MAX_OPTIONS = 20_000
# Found so, a match is looked at only when somebody wants to.
PLAIN = ("number and title", "given", "root")


@dataclass
class Row:
    """A section of the file as the preview lists it."""

    place: int
    level: int
    number: str
    title: str
    how: str
    # Its predecessor: key, number and title.
    was: dict | None
    plain: bool
    # What its select says; None while it has none.
    choice: str | None = None


class Preview:
    """A report as the page shows it, with a select for each match that may want correcting."""

    def __init__(self, report: Report, state: str, choices: dict[int, str], correct: int | None):
        self.report = report
        self.state = state
        taken = {section["key"] for section in report.sections}
        self.free = [old for old in report.predecessors if old["key"] not in taken]
        self.taken = [old for old in report.predecessors if old["key"] in taken]
        before = {old["key"]: old for old in report.predecessors}
        self.rows = [
            Row(
                place=place,
                level=section["level"],
                number=section["number"],
                title=section["title"],
                how=HOW[section["matched"]]() if section["matched"] in HOW else "",
                was=before.get(section["key"]),
                plain=section["matched"] in PLAIN,
            )
            for place, section in enumerate(report.sections)
        ]
        self._give_selects(choices, correct)

    def _give_selects(self, choices, correct):
        """Selects for what was asked for, and then for what was not plain, while there is room."""
        room = MAX_OPTIONS
        asked = {*choices, correct}
        for row in sorted(self.rows, key=lambda row: row.place not in asked):
            if not self.report.predecessors or (row.plain and row.place not in asked):
                continue
            room -= len(self.report.predecessors)
            if room >= 0 or row.place in asked:
                row.choice = choices.get(row.place, "")

    @property
    def doubtful(self):
        """The sections with a select."""
        return [row for row in self.rows if row.choice is not None]

    @property
    def unlisted(self):
        """How many sections are not plain, and have no select all the same."""
        if not self.report.predecessors:
            return 0
        return sum(not row.plain and row.choice is None for row in self.rows)

    @property
    def is_new(self):
        """Whether there is nothing to be matched with."""
        return not self.report.predecessors

    @property
    def language(self):
        """The language of the text, in words."""
        return Edition.Language(self.report.language).label

    @property
    def overwritten(self):
        """What of an open draft would be overwritten, with the change in words."""
        return [
            one | {"change": CHANGES[one["change"]](), "cover": not one["key"]}
            for one in self.report.overwritten
        ]

    @property
    def by_hand(self):
        """How many of these somebody had edited."""
        return sum(one["by_hand"] for one in self.report.overwritten)

    @property
    def lost(self):
        """The blocks left out, or not complete."""
        return self._losses(turned=False)

    @property
    def turned(self):
        """The blocks that were turned into something else."""
        return self._losses(turned=True)

    @property
    def keeps_enough(self):
        """Whether as much was kept as publication takes for granted."""
        return self.report.text_kept >= MIN_TEXT_KEPT

    def _losses(self, *, turned):
        return [
            loss | {"fate": FATES[Fate(loss["fate"])]()}
            for loss in self.report.losses
            if (loss["fate"] == Fate.TURNED) == turned
        ]


def draft_of(source: Source) -> Edition | None:
    """The open edition that an import of a source would write, or has written."""
    known = Guideline.objects.coded(source.code)
    return Edition.objects.open().filter(guideline__in=known, language=source.language).first()


def state_of(source: Source) -> str:
    """A sign of all that a preview depends on beside the file; another when it has changed."""
    made, draft = plan(source), draft_of(source)
    edited = Revision.objects.filter(edition=draft).aggregate(last=Max("pk"))["last"]
    rows = [
        [(old.key, old.number, old.title) for old in made.predecessors],
        [made.twin and made.twin.pk, draft and draft.pk, edited],
        [getattr(draft, name) for name in drafting.COVER] if draft else [],
        list(draft.revision_notes.values_list("revised_on", "place", "content")) if draft else [],
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()
