"""Says which editions a search may show, as a reader narrows it, and what could be chosen else."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db import connection

from governance.models import Body, Decision, Ministry, MinistryName, Plan, Role, RoleName
from governance.recording import state_of
from guidelines.models import Edition, Guideline, Responsibility


@dataclass(frozen=True)
class Narrowing:
    """What a reader wants of what is found; an empty choice stands for all of them."""

    # in_force: what holds today; day: what held on `day`; all: past editions as well.
    scope: str = "in_force"
    # A code, a slug, values of the choices of Guideline and Edition.
    document: str = ""
    category: str = ""
    position: str = ""
    kind: str = ""
    language: str = ""
    # A role with a duty in the section, by its slug, and the phase of that duty.
    role: str = ""
    phase: str = ""
    # Only sections that are not as they were on this day.
    changed_since: date | None = None
    day: date | None = None


class Reached(NamedTuple):
    """An edition as far as a search needs to know it."""

    pk: int
    guideline: int
    document: str
    document_title: str
    document_title_en: str
    category: str
    category_name: str
    category_name_en: str
    position: str
    kind: str
    title: str
    language: str
    translation_of_id: int | None
    seal: str
    decided_on: date
    # On the day of the search.
    standing: str


class Days(dict):
    """The published editions in effect by then, by a day and their ids; each day is read once.

    It lives as long as a request.
    """

    @cached_property
    def records(self):
        """What is another whenever a record changed that searches keep something of in memory."""
        return state_of(
            Role, RoleName, Responsibility, Ministry, MinistryName, Body, Decision, Plan
        )

    def __missing__(self, day):
        sql, params, any_day = _question()
        with connection.cursor() as cursor:
            cursor.execute(sql, [day if one == any_day else one for one in params])
            # SQLite gives a day as it is written.
            rows = [(*row, _day(decided_on), standing) for *row, decided_on, standing in cursor]
        self[day] = {row[0]: Reached._make(row) for row in rows}
        return self[day]


@lru_cache(maxsize=1)
def _question():
    """The question for the editions of a day, put into words once; and what stands for the day.

    To put it into words takes as long as to answer it, and every search asks it.
    """
    day = date.min
    rows = (
        Edition.objects.published()
        .filter(effective_on__lte=day)
        .with_standing(day)
        # Of one document the newest last, whatever the order of publication.
        .order_by(
            "guideline__category__position",
            "guideline__category__slug",
            "guideline__code",
            "effective_on",
            "decided_on",
        )
        .values_list(
            *("pk", "guideline", "guideline__code", "guideline__title"),
            *("guideline__title_en", "guideline__category__slug"),
            *("guideline__category__name", "guideline__category__name_en"),
            *("guideline__position", "guideline__kind"),
            *("title", "language", "translation_of", "seal", "decided_on", "standing"),
        )
    )
    sql, params = rows.query.sql_with_params()
    return sql, params, connection.ops.adapt_datefield_value(day)


def _day(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


# What is narrowed by that all sections of an edition have in common.
OF_EDITIONS = ("document", "category", "position", "kind", "language")


class Reach:
    """The published editions on the day of a search, for a reader of a language."""

    def __init__(self, narrowing, *, on, language, days):
        self.narrowing = narrowing
        self.language = language
        self.is_folded = narrowing.scope == "all"
        self.on = narrowing.day if narrowing.scope == "day" and narrowing.day else on
        # In the order of the shelves.
        self.known = days[self.on]
        self.days = days
        # Of two sections of equal worth, the one on the earlier shelf goes first.
        self.order = {pk: place for place, pk in enumerate(self.known)}

    @cached_property
    def chosen(self):
        """The editions that fulfil every choice."""
        return self.besides("")

    def besides(self, facet):
        """The editions that fulfil every choice but that of one facet."""
        if facet and facet != "language" and not getattr(self.narrowing, facet):
            return self.chosen
        languages = [self.narrowing.language]
        if facet == "language":
            languages = list(Edition.Language.values)
        wanted = [
            (name, getattr(self.narrowing, name))
            for name in OF_EDITIONS
            if name not in ("language", facet) and getattr(self.narrowing, name)
        ]
        return {
            pk
            for language in languages
            for pk in self.in_language(language)
            if all(getattr(self.known[pk], name) == value for name, value in wanted)
        }

    @cached_property
    def counted(self):
        """The editions that some choice would leave."""
        return set().union(*map(self.besides, ("", *OF_EDITIONS)))

    def in_language(self, language):
        """The editions of the scope in a language; without one, as the reader meets them.

        To a reader of another language a translation stands in for its original.
        """
        scope = [
            row
            for row in self.known.values()
            if self.is_folded or row.standing == Edition.Standing.IN_FORCE
        ]
        if language:
            return [row.pk for row in scope if row.language == language]
        shown = [row for row in scope if row.language == self.language]
        translated = {row.translation_of_id for row in shown}
        japanese = [
            row
            for row in scope
            if row.language != self.language
            and row.language == Edition.Language.JAPANESE
            and row.pk not in translated
        ]
        return [row.pk for row in (*shown, *japanese)]

    def is_past(self, pk):
        """Whether an edition is no longer in force."""
        return self.known[pk].standing != Edition.Standing.IN_FORCE

    def is_normative(self, pk):
        """Whether an edition is of a document to be observed."""
        return self.known[pk].position == Guideline.Position.NORMATIVE

    def label(self, facet, pk):
        """What the value of a facet that an edition has is called, in the reader's language."""
        row = self.known[pk]
        is_english = self.language == "en"
        if facet == "document":
            return f"{row.document} {(is_english and row.document_title_en) or row.document_title}"
        if facet == "category":
            return (is_english and row.category_name_en) or row.category_name
        choices = {
            "position": Guideline.Position,
            "kind": Guideline.Kind,
            "language": Edition.Language,
        }[facet]
        value = getattr(row, facet)
        return str(choices(value).label) if value else ""
