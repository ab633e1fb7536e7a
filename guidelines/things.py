"""Finds by their names what is no text: roles, ministries, bodies, decisions, plans, terms, files.

A new kind of thing is one more entry of KINDS. The names of all are looked through for every
search, the things themselves only read where they are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from governance.models import Body, Decision, Ministry, MinistryName, Plan, Role, RoleName
from governance.naming import in_reader_language
from guidelines.folding import searched
from guidelines.models import Attachment, Guideline
from guidelines.querying import stems
from guidelines.suggesting import Shown
from guidelines.synonyms import named_in
from guidelines.terms import sections_of
from guidelines.wareki import in_both_calendars


@dataclass(frozen=True)
class Thing:
    """Something that has a name and a page."""

    text: str
    url: str
    # What tells it from others of the same name.
    detail: str = ""
    # The language of its name.
    language: str = "ja"


class Called(NamedTuple):
    """All that a thing is called as it is searched, a line each, with its English stems."""

    known: Any
    lines: str
    stems: str


class There(NamedTuple):
    """What there is to be found on a day, and in the editions in force on it."""

    on: date
    editions: list[Shown]
    # Another whenever a record changed that has a name; see Days.
    state: Any


@dataclass(frozen=True)
class Kind:
    """A kind of thing."""

    slug: str
    label: str | Promise
    # What each that is there is called.
    called: Callable[[There], Iterable[Called]]
    # The things that are known by some of these.
    show: Callable[..., Iterable[Thing]]

    def find(self, query, there):
        """By what is known whatever is called as the query says, the nearest to it first."""
        fulfils = query.is_fulfilled_by
        found = [
            (_nearness(query, one.lines), place, one.known)
            for place, one in enumerate(self.called(there))
            if fulfils(one.lines, one.stems)
        ]
        return [known for _near, _place, known in sorted(found, key=lambda one: one[:2])]


def _recorded(names):
    """What records are called, kept in memory until one of them changes.

    `names` gives, for a day, by what each is known and one or more of its names.
    """

    # Of today and of a day that readers look back at.
    @lru_cache(maxsize=2)
    def kept(on, state):
        called: dict[Any, tuple[str, ...]] = {}
        for known, some in names(on):
            called[known] = called.get(known, ()) + tuple(some)
        return tuple(_searched(known, names) for known, names in called.items())

    return lambda there: kept(there.on, there.state)


def _names_of_roles(on):
    rows = RoleName.objects.begun(on).order_by("role__position", "role__slug", "pk")
    for pk, aliases, *names in rows.values_list("role", "role__aliases", *_NAMES):
        yield pk, (*names, *aliases)


def _names_of_ministries(on):
    rows = MinistryName.objects.begun(on).order_by("ministry__position", "ministry__slug", "pk")
    return ((pk, names) for pk, *names in rows.values_list("ministry", *_NAMES))


def _names_of_bodies(on):
    rows = Body.objects.founded(on).values_list("pk", "name", "name_en")
    return ((pk, names) for pk, *names in rows)


def _names_of_decisions(on):
    rows = Decision.objects.latest_first(on).values_list("pk", "title", "title_en", "body__name")
    return ((pk, names) for pk, *names in rows)


def _names_of_plans(on):
    called: dict[int, tuple[str, ...]] = {}
    for pk, names in _names_of_ministries(on):
        called[pk] = (*called.get(pk, ()), *names)
    rows = Plan.objects.made(on).order_by("ministry__position", "ministry__slug", "-began_on")
    for pk, ministry, *names in rows.values_list("pk", "ministry", "title", "title_en"):
        yield pk, (*names, *called.get(ministry, ()))


def _terms(there):
    for edition in there.editions:
        if edition.kind == Guideline.Kind.GLOSSARY:
            yield from _terms_of(edition)


def _files(there):
    return _files_of(tuple((edition.pk, edition.seal) for edition in there.editions))


def _show_roles(known, on):
    return _records(
        Role.objects.named(on), known, detail=lambda role: str(role.get_scope_display())
    )


def _show_ministries(known, on):
    return _records(Ministry.objects.named(on), known)


def _show_bodies(known, on):
    return _records(Body.objects.all(), known)


def _show_decisions(known, on):
    def detail(decision):
        return f"{_day(decision.decided_on)} {in_reader_language(decision.body, 'name')}"

    return _records(Decision.objects.latest_first(on), known, field="title", detail=detail)


def _show_plans(known, on):
    plans = Plan.objects.made(on).with_ministry(on)
    return _records(
        plans, known, field="title", detail=lambda plan: in_reader_language(plan.ministry, "name")
    )


def _show_terms(known, on):
    for edition, title, address, definition in known:
        place = {"code": edition.code, "address": address}
        url = reverse("guidelines:section-show", kwargs=place)
        yield Thing(title, url, definition, edition.language)


def _show_files(known, on):
    for name, sha256, code, title in known:
        url = reverse("file-show", kwargs={"sha256": sha256, "name": name})
        yield Thing(name, url, f"{code} {title}")


_NAMES = ("name", "name_en", "abbreviation")
KINDS = (
    Kind("roles", pgettext_lazy("見つかるもの", "役割"), _recorded(_names_of_roles), _show_roles),
    Kind(
        "ministries",
        pgettext_lazy("見つかるもの", "府省"),
        _recorded(_names_of_ministries),
        _show_ministries,
    ),
    Kind(
        "bodies", pgettext_lazy("見つかるもの", "組織"), _recorded(_names_of_bodies), _show_bodies
    ),
    Kind(
        "decisions",
        pgettext_lazy("見つかるもの", "決定"),
        _recorded(_names_of_decisions),
        _show_decisions,
    ),
    Kind(
        "plans",
        pgettext_lazy("見つかるもの", "中長期計画"),
        _recorded(_names_of_plans),
        _show_plans,
    ),
    Kind("terms", pgettext_lazy("見つかるもの", "用語"), _terms, _show_terms),
    Kind("files", pgettext_lazy("見つかるもの", "添付ファイル"), _files, _show_files),
)


@lru_cache(maxsize=16)
def _terms_of(edition):
    """The terms of an edition of a glossary, known by: (edition, title, address, beginning)."""
    # Its seal is part of the question: another text under the same id would have another.
    pk, seal, original = edition.pk, edition.seal, edition.translation_of
    called: dict[str, list[str]] = {}
    for key, _place, words in named_in(pk, seal, original):
        called.setdefault(key, []).extend(words)
    return [
        _searched((edition, title, address, _begin(body)), (title, reading, *called.get(key, ())))
        for key, address, title, reading, body in sections_of(pk, original)
    ]


@lru_cache(maxsize=4)
def _files_of(editions):
    """The files of some editions, known by: (name, hash, code of the document, title)."""
    # With their seals, as what is published never changes.
    files = Attachment.objects.filter(edition__in=[pk for pk, _seal in editions])
    rows = files.values_list("name", "sha256", "edition__guideline__code", "edition__title")
    rows = rows.order_by("edition__guideline__code", "name", "pk")
    return [_searched(row, row[:1]) for row in rows]


def _begin(body):
    """The first sentence of a definition."""
    return f"{body.partition('。')[0]}。" if "。" in body else body.partition("\n")[0]


def _records(queryset, known, *, field="name", detail=lambda _record: ""):
    """Records of the governance as things, in the order in which they are known."""
    records = queryset.in_bulk(known)
    for record in filter(None, map(records.get, known)):
        is_english = get_language() == "en" and getattr(record, f"{field}_en")
        yield Thing(
            in_reader_language(record, field),
            record.get_absolute_url(),
            detail(record),
            "en" if is_english else "ja",
        )


def _day(day):
    return in_both_calendars(day) if get_language() == "ja" else day.isoformat()


def _nearness(query, lines):
    """Of what is called as the query says: 0 where just so, 1 where it begins so, 2 otherwise."""
    words = tuple(form for word in query.words for form in word.forms)
    names = lines.split("\n")
    if any(name in words for name in names):
        return 0
    return 1 if any(name.startswith(words) for name in names) else 2


def _searched(known, names):
    lines = "\n".join(searched(name) for name in dict.fromkeys(names))
    return Called(known, lines, f" {' '.join(stems(lines))} ")
