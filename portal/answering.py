"""Gathers what the search page shows for what is asked: hits, tabs, and help with few of them."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from governance.naming import in_reader_language
from guidelines.documents_meant import catalogue, coded
from guidelines.models import Edition
from guidelines.narrowing import Days, Narrowing, Reached
from guidelines.places_meant import places_meant
from guidelines.querying import parse
from guidelines.respelling import did_you_mean
from guidelines.searching import count_found, search
from guidelines.snippets import mark
from guidelines.suggesting import Suggestion, editions_in_force, suggest
from guidelines.synonyms import groups
from guidelines.things import KINDS, There, Thing
from portal.asking import SCOPES, SECTIONS

# With so many hits or fewer, another way of writing it is proposed.
FEW = 3
# Of words that nothing has together, how many are tried alone.
MOST_ALONE = 4
# How many ways of asking are offered where nothing was found; each costs as much as a search.
MOST_NEAREST = 3
# Words for which something near is looked for, and how much of it is shown.
MOST_SUGGESTING, MOST_SUGGESTED = 2, 6
# Things of a kind on a page.
MOST_THINGS = 100


@dataclass(frozen=True)
class Shown:
    """A section or document as the page shows it."""

    url: str
    # Safe HTML with the words marked.
    title: str
    language: str
    breadcrumb: list[str] = field(default_factory=list)
    snippet: str = ""
    # Why it stands first, in words.
    why: str = ""
    # Its edition, where several are searched.
    edition: Reached | None = None
    # In how many other editions it is.
    past: int = 0
    # Of a section that a query names: the document it is in.
    document: str = ""


@dataclass(frozen=True)
class Group:
    """What was found in one document."""

    code: str
    title: str
    language: str
    url: str
    # What of it is in force, unless several editions are searched.
    edition: Reached | None
    hits: list[Shown]
    more: int
    more_url: str


@dataclass(frozen=True)
class Tab:
    """A kind of thing, with how many were found."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Offer:
    """Something else that could be asked, and how much that would find."""

    label: str
    url: str
    count: int


def _forms(query):
    """All that a query looks for, in whatever order its words answer."""
    return {frozenset(word.forms) for word in query.words}


class Answer:
    """The answer to what is asked, for a reader of a language."""

    def __init__(self, asked, *, language):
        self.asked, self.language = asked, language
        self._days = Days()
        # Every code has a digit; most queries have none.
        self._documents = catalogue() if re.search(r"\d", asked.text) else []
        self._coded = named = coded(asked.text, self._documents)
        self._text = named.respelt if named else asked.text
        self.query = self._read(self._text, named.spellings if named else ())
        self.found = search(
            self.query,
            narrowing=asked.narrowing,
            on=asked.on,
            language=language,
            page=asked.page,
            days=self._days,
        )
        asked.form.offer(self.found.facets)

    @cached_property
    def meant(self) -> list[Shown]:
        """The document or section that the query names; only on the first page."""
        asked = self.asked
        if asked.page > 1 or asked.kind != SECTIONS:
            return []
        meant = places_meant(
            asked.text,
            on=asked.day,
            language=self.language,
            document=asked.narrowing.document,
            documents=self._documents,
        )
        return [self._named(one) for one in meant]

    @cached_property
    def inside(self) -> Offer | None:
        """Where a document is named beside other words: to look for these in it."""
        asked, named = self.asked, self._coded
        if not named or not named.beside or asked.narrowing.document or asked.page > 1:
            return None
        code, words = named.document.code, named.beside
        label = _("%(code)sの中で「%(words)s」を探す") % {"code": code, "words": words}
        narrowing = replace(asked.narrowing, document=code)
        return self._offer(label, self._read(words), narrowing, q=words, document=code)

    @cached_property
    def is_answered(self) -> bool:
        """Whether something was found, or all that is asked is where the query itself leads."""
        is_of_a_section = any(one.document for one in self.meant)
        is_of_a_document = self.meant and self._coded and not self._coded.beside
        return bool(self.tab.count or is_of_a_section or is_of_a_document)

    @cached_property
    def groups(self) -> list[Group]:
        """The hits by document."""
        shown, is_first = [], not self.meant and self.found.page == 1
        for group in self.found.groups:
            hits = []
            for hit in group.hits:
                hits.append(self._hit(hit, is_first=is_first))
                is_first = False
            code, edition = group.document, group.hits[0].edition
            shown.append(
                Group(
                    code,
                    edition.title,
                    edition.language,
                    self._place(code, edition, ""),
                    None if self._is_of_all else edition,
                    hits,
                    group.more,
                    "" if self.asked.narrowing.document else self.asked.address(document=code),
                )
            )
        return shown

    @cached_property
    def tabs(self) -> list[Tab]:
        """Each kind of which something was found, sections first."""
        counts = {slug: len(known) for slug, known in self._known.items()}
        tabs = [self._tab(SECTIONS, pgettext("見つかるもの", "節"), self.found.total)]
        tabs += [
            self._tab(kind.slug, str(kind.label), counts[kind.slug])
            for kind in KINDS
            if counts[kind.slug] or kind.slug == self.asked.kind
        ]
        return tabs

    @property
    def tab(self) -> Tab:
        """The one that is shown."""
        return next(tab for tab in self.tabs if tab.is_current)

    @cached_property
    def things(self) -> list[Thing]:
        """What was found of the kind asked for, if that is not sections."""
        kind = next(kind for kind in KINDS if kind.slug == self.asked.kind)
        return list(kind.show(self._known[kind.slug][:MOST_THINGS], self.asked.day))

    @cached_property
    def hits(self) -> int:
        """How much was found in all, of whatever kind."""
        return len(self.meant) + sum(tab.count for tab in self.tabs)

    @cached_property
    def page(self):
        """The page, as the component that leads to the others knows it."""
        return Paginator(range(self.found.pages), 1).page(self.found.page)

    @property
    def numbers(self):
        """The pages that it leads to."""
        return self.page.paginator.get_elided_page_range(self.page.number)

    @cached_property
    def chosen(self) -> list[tuple[str, str, str]]:
        """By what it is narrowed: what that is, its value in words, and the address without it."""
        labels = {
            name: {value: label for value, label, _count in rows}
            for name, rows in self.found.facets.items()
        }
        labels["scope"] = {value: str(label) for value, label in SCOPES.items()}
        if document := self.asked.document:
            # Also one that has no text yet.
            title = in_reader_language(document, "title")
            labels["document"] = {document.code: f"{document.code} {title}"}
        fields = self.asked.form.fields
        return [
            (
                str(fields[name].label),
                labels.get(name, {}).get(value, value),
                self.asked.address(**{name: ""} | ({"scope": ""} if name == "day" else {})),
            )
            for name, value in self.asked.chosen().items()
        ]

    @cached_property
    def meaning(self) -> Offer | None:
        """What was meant, perhaps, where little or nothing was found."""
        asked = self.asked
        if not self.query or self.meant or self.found.total > FEW:
            return None
        text = did_you_mean(asked.text, on=asked.day, language=self.language, days=self._days)
        query = self._read(text) if text else None
        # Another spelling of the same finds the same.
        if not query or _forms(query) == _forms(self.query):
            return None
        return self._offer(text, query, asked.narrowing, q=text)

    @cached_property
    def nearest(self) -> list[Offer]:
        """Where nothing was found: what else could be asked, and would find something."""
        if not self.query or self.found.total:
            return []
        return list(islice(filter(None, self._nearer()), MOST_NEAREST))

    def _nearer(self):
        """What else could be asked, the nearest first; None for what would find nothing."""
        # What is wider still finds the same and more.
        yield next(filter(None, self._wider()), None)
        words = self.query.words if len(self.query.words) > 1 else ()
        for word in words[:MOST_ALONE]:
            text = f'"{word.text}"' if word.is_phrase else word.text
            label = _("「%s」だけで探す") % word.text
            yield self._offer(label, self._read(text), self.asked.narrowing, q=text)

    def _wider(self):
        """The same words, looked for more and more widely; None where they are not found either."""
        asked = self.asked
        cleared = dict.fromkeys(asked.given, "")
        if asked.chosen():
            label = _("条件をすべて外して探す")
            yield self._offer(label, self.query, Narrowing(), **cleared)
        if asked.narrowing.scope != "all":
            wider, label = Narrowing(scope="all"), _("過去の版も含めて探す")
            yield self._offer(label, self.query, wider, **cleared | {"scope": "all"})
        if not asked.narrowing.language:
            language = "ja" if self.language == "en" else "en"
            label = _("日本語の本文を探す") if language == "ja" else _("英訳の本文を探す")
            other = replace(asked.narrowing, language=language)
            yield self._offer(label, self.query, other, language=language)

    @property
    def words(self) -> list[str]:
        """The words that were looked for, where there are several."""
        words = [word.text for word in self.query.words]
        return words if len(words) > 1 else []

    @property
    def is_cut(self) -> bool:
        """Whether something at the end of the query was not read."""
        return self.asked.is_cut or self.query.is_cut

    @property
    def others(self) -> list[Tab]:
        """The other kinds of which something was found."""
        return [tab for tab in self.tabs if tab.count and not tab.is_current]

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Terms, documents and headings that have one of the words, where nothing was found."""
        asked = {"on": self.asked.day, "language": self.language, "days": self._days}
        words = self.query.words[:MOST_SUGGESTING]
        found = (suggest(word.text, limit=MOST_ALONE, **asked) for word in words)
        return list(dict.fromkeys(one for some in found for one in some))[:MOST_SUGGESTED]

    @property
    def _is_of_all(self):
        return self.asked.narrowing.scope == "all"

    @cached_property
    def _known(self):
        """By what is known whatever was found of each kind."""
        if not self.query:
            return {kind.slug: [] for kind in KINDS}
        editions = editions_in_force(self.asked.day, self.language, self._days)
        there = There(self.asked.day, editions, self._days.records)
        return {kind.slug: kind.find(self.query, there) for kind in KINDS}

    @cached_property
    def _groups(self):
        return groups(self.asked.day, self.language, self._days)

    def _read(self, text, spellings=()):
        query = parse(text)
        return query.with_synonyms((*self._groups, spellings)) if query else query

    def _offer(self, label, query, narrowing, **changes):
        """What could be asked instead; None where that would find nothing."""
        asked = {"on": self.asked.on, "language": self.language, "days": self._days}
        count = count_found(query, narrowing=narrowing, **asked)
        return Offer(label, self.asked.address(**changes), count) if count else None

    def _tab(self, slug, label, count):
        is_current = slug == self.asked.kind
        return Tab(
            label, count, self.asked.address(find="" if slug == SECTIONS else slug), is_current
        )

    def _named(self, meant):
        """A document or section that the query names."""
        code, edition = meant.guideline.code, meant.edition
        language = edition.language if edition else "ja"
        title = edition.title if edition else meant.guideline.title
        address = meant.entry.address if meant.entry else ""
        url = self._place(code, edition, address) if edition else meant.guideline.get_absolute_url()
        if meant.entry is None:
            return Shown(url, f"{code} {title}", language, why=meant.why)
        breadcrumb = [str(entry) for entry in meant.above]
        document = f"{code} {title}"
        return Shown(url, str(meant.entry), language, breadcrumb, why=meant.why, document=document)

    def _hit(self, hit, *, is_first):
        reasons = {"term": _("用語の定義"), "title": _("見出しが一致")}
        title = f"{hit.number} {hit.title}".strip()
        is_past = hit.edition.standing != Edition.Standing.IN_FORCE
        is_whole = hit.is_in_text and not hit.address
        url = self._place(
            hit.edition.document, hit.edition, hit.address, is_past=is_past, is_whole=is_whole
        )
        return Shown(
            f"{url}?{urlencode({'q': self._text})}",
            mark(title, self.query.spans(title)),
            hit.edition.language,
            [str(entry) for entry in hit.breadcrumb],
            hit.snippet,
            reasons.get(hit.why, "") if is_first else "",
            hit.edition if self._is_of_all else None,
            hit.past,
        )

    def _place(self, code, edition, address, *, is_past=False, is_whole=False):
        """The address of a section in force, on the day asked for, or in a past edition itself.

        Without one in the edition, of its whole text or cover. A translation is in its language.
        """
        narrowing = self.asked.narrowing
        name, place = "guideline", {"code": code}
        if is_past:
            name, place["decided_on"] = "edition", edition.decided_on
        elif narrowing.day:
            place["on"] = narrowing.day
        if address:
            name = "section" if name == "guideline" else "edition-section"
            place["address"] = address
        is_foreign = edition.translation_of_id or narrowing.language == edition.language
        with override(edition.language if is_foreign else get_language()):
            return reverse(f"guidelines:{name}-{'read' if is_whole else 'show'}", kwargs=place)
