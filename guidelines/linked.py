"""Says which sections are linked to what the government plans and performs, from either side."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, DateField, F, IntegerField, Q, Value
from django.db.models.functions import Cast

from governance.models import Measure, Plan, PmoFunction, Principle, StrategyItem
from guidelines.models import Edition, PrincipleLink, Section
from guidelines.placing import places_of

# What a list of sections does not show, and is long.
TEXTS = ("body", "html")


class Target(NamedTuple):
    """What something is linked to, with what its address is made of."""

    pk: int
    number: str
    title: str
    title_en: str
    # Of the function, of the strategy, or of the ministry whose plan it is.
    slug: str
    # The first day of the plan.
    day: date | None
    # The strategy or plan of which it is a part.
    whole: str
    whole_en: str
    place: int


@dataclass(frozen=True, slots=True)
class Links:
    """What a section or an edition is linked to."""

    functions: list[Target]
    items: list[Target]
    measures: list[Target]
    principles: list[Target]

    def __bool__(self):
        return bool(self.functions or self.items or self.measures or self.principles)


def with_sections(things, links, to, *, on, language):
    """Each thing with `sections`: those linked to it that are in force on the day `on`.

    `to` is the field of the links that leads to the thing. Each section has its printed `place`,
    and is the translation's where its edition has one in the reader's `language`. Two queries,
    or three for a translation, whatever there is to show.
    """
    links = list(
        links.in_force(on)
        .select_related("section__edition__guideline")
        .defer(*(f"section__{field}" for field in TEXTS))
    )
    sections = _as_read([link.section for link in links], language)
    places = places_of(sections.values())
    found = defaultdict(list)
    for link in links:
        section = sections[link.section_id]
        section.place = places[section.pk] if section.number else ""
        found[getattr(link, f"{to}_id")].append(section)
    for thing in things:
        thing.sections = found[thing.pk]
    return things


def with_documents(principles, *, on):
    """Each principle with `documents`: those that implement it whole, in force on the day `on`."""
    found = defaultdict(list)
    for link in PrincipleLink.objects.of_documents(on).select_related("guideline"):
        found[link.principle_id].append(link.guideline)
    for principle in principles:
        principle.documents = found[principle.pk]
    return principles


def links_of(edition, entry=None, *, on):
    """What a section with all below it, or else a whole edition, is linked to on the day `on`.

    A translation is linked as its original. One query, since every page of a text asks it.
    """
    within = Q(links__section__edition=edition.translation_of_id or edition.pk)
    if entry:
        below = Section.objects.filter(tree_id=edition.pk, lft__gte=entry.lft, rght__lte=entry.rght)
        within &= Q(links__section__key__in=below.values("key"))
    begun = Q(began_on=None) | Q(began_on__lte=on)
    plans = Plan.objects.lasting(on).values("pk")
    recommended = Principle.objects.recommended(on).values("pk")
    whole = Q() if entry else Q(links__guideline=edition.guideline_id)
    rows = _targets(
        "functions",
        PmoFunction.objects.filter(within, begun),
        place=F("position"),
        title=F("name"),
        title_en=F("name_en"),
        slug=F("slug"),
    ).union(
        _targets(
            "items",
            StrategyItem.objects.filter(within, strategy__adopted_on__lte=on),
            place=F("position"),
            slug=F("strategy__slug"),
            whole=F("strategy__title"),
            whole_en=F("strategy__title_en"),
        ),
        _targets(
            "measures",
            Measure.objects.filter(within, plan__in=plans),
            slug=F("plan__ministry__slug"),
            day=F("plan__began_on"),
            whole=F("plan__title"),
            whole_en=F("plan__title_en"),
        ),
        _targets(
            "principles",
            Principle.objects.filter(within | whole, pk__in=recommended),
            place=F("number"),
        ),
    )
    links = Links([], [], [], [])
    for kind, *target in rows.order_by("place_shown", "slug_shown", "number_shown", "pk"):
        getattr(links, kind).append(Target(*target))
    return links


def _targets(kind, things, **columns):
    """The things as rows that those of other kinds can stand beside."""
    empty = Value("", CharField())
    shown = {
        "number": Cast("number", CharField()),
        "title": F("title"),
        "title_en": F("title_en"),
        "slug": empty,
        "day": Cast(Value(None), DateField()),
        "whole": empty,
        "whole_en": empty,
        "place": Value(0, IntegerField()),
    } | columns
    # Under names of their own, as some are those of fields.
    named = {f"{name}_shown": value for name, value in shown.items()}
    return (
        things.order_by()
        .annotate(kind=Value(kind, CharField()), **named)
        .values_list("kind", "pk", *named)
    )


def _as_read(sections, language):
    """For each section, by its id, the one that a reader of the language is shown."""
    if language == "ja":
        return {section.pk: section for section in sections}
    translations = (
        Section.objects.filter(
            edition__translation_of__in={section.edition_id for section in sections},
            edition__language=language,
            edition__status=Edition.Status.PUBLISHED,
            key__in={section.key for section in sections},
        )
        .select_related("edition__guideline")
        .defer(*TEXTS)
    )
    translated = {(one.edition.translation_of_id, one.key): one for one in translations}
    return {
        section.pk: translated.get((section.edition_id, section.key), section)
        for section in sections
    }
