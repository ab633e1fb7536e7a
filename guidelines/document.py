"""The one read model: an edition as a reader meets it, for pages, files and whatever comes."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.safestring import mark_safe

from governance.models import Role
from guidelines.citing import place_in
from guidelines.contents import Contents, Entry, contents_of
from guidelines.marking import mark
from guidelines.models import Edition, Responsibility, Section
from guidelines.paragraphs import name_paragraphs
from guidelines.picturing import make_room
from guidelines.terms import terms_for


@dataclass(frozen=True, slots=True)
class Share:
    """What one role has to do in a section, in the several sentences that say so."""

    role: Role
    duty: str
    # The anchors of those sentences that are found in the text.
    anchors: list[str]


@dataclass(frozen=True, slots=True)
class Text:
    """A section with its text and who has what duty in it, as shown on a page."""

    entry: Entry
    # Its heading; safe HTML where words are marked in it.
    title: str
    html: str
    heading: int
    # Where it is printed, as citations say it in Japanese and in English.
    place: str = ""
    place_en: str = ""
    shares: list[Share] = field(default_factory=list)
    # Of sentences that are not found, so that links to them land here all the same.
    lost: list[str] = field(default_factory=list)


class Stand(NamedTuple):
    """An edition, and the address in it of the section one reads: None where it is not there."""

    edition: Edition
    address: str | None


def _published(guidelines, on):
    """The published editions of guidelines with their standing on a day, the latest first."""
    return list(
        Edition.objects.filter(guideline__in=guidelines)
        .published()
        .with_standing(on)
        .select_related("decision__body")
        .order_by("-effective_on", "-decided_on", "language")
    )


class Document:
    """One guideline on one day for one language: the edition shown, and where it stands.

    `on` is the day of the question and `dated` whether the reader asked for it in the address;
    `decided_on` names an edition by its day, else the one in force is meant or, once the guideline
    is withdrawn, the last that was.
    """

    def __init__(self, guideline, *, on, language, decided_on=None, dated=False, editions=None):
        self.guideline = guideline
        self.on = on
        self.dated = dated
        self.decided_on = decided_on
        self.language = language
        # Those of several documents are read at once; see of_several.
        self.editions = _published([guideline], on) if editions is None else editions
        for edition in self.editions:
            edition.guideline = guideline
        self._addresses = {}

    @classmethod
    def of_several(cls, guidelines, *, on, **question):
        """The documents of several guidelines, at the price of one query."""
        editions = defaultdict(list)
        for edition in _published(guidelines, on):
            editions[edition.guideline_id].append(edition)
        return [
            cls(guideline, on=on, editions=editions[guideline.pk], **question)
            for guideline in guidelines
        ]

    @cached_property
    def official_editions(self):
        """The Japanese editions, the latest first."""
        return [edition for edition in self.editions if edition.translation_of_id is None]

    @cached_property
    def current(self):
        """The edition that addresses without a day lead to, or None where none took effect yet."""
        in_effect = [
            edition
            for edition in self.official_editions
            if edition.standing != Edition.Standing.FUTURE
        ]
        return in_effect[0] if in_effect else None

    @cached_property
    def official(self):
        """The Japanese edition shown, or of which a translation is shown."""
        if self.decided_on is None:
            return self.current
        return next(
            (one for one in self.official_editions if one.decided_on == self.decided_on), None
        )

    @cached_property
    def translation(self):
        """The edition shown in the reader's language, where that is not Japanese."""
        return self._in(self.official, self.language)

    @property
    def edition(self):
        """The edition shown: in the reader's language where there is one, else the official."""
        return self.translation or self.official

    @cached_property
    def english(self):
        """The English edition of the official one shown, whatever the reader's language."""
        return self._in(self.official, "en")

    def _in(self, official, language):
        return next(
            (
                edition
                for edition in self.editions
                if official
                and edition.translation_of_id == official.pk
                and edition.language == language
            ),
            None,
        )

    @property
    def newest_translation(self):
        """For a reader whose language this edition is not in: the latest that is, or None."""
        return next((one for one in self.editions if one.language == self.language), None)

    @property
    def is_untranslated(self):
        """Whether the reader is shown Japanese for want of a translation."""
        return self.edition.language != self.language

    @property
    def standing(self):
        """Where the edition shown stands, in words."""
        return Edition.Standing(self.official.standing).label

    @property
    def is_withdrawn(self):
        return self.guideline.is_withdrawn(self.on)

    @property
    def day(self):
        """The keyword of addresses on a day; nothing for those of today."""
        return {"on": self.on} if self.dated else {}

    @property
    def searched_on(self):
        """The day on which a search finds the edition shown; None for today."""
        if self.official.standing == Edition.Standing.PAST:
            return self.official.effective_on
        return self.on if self.dated else None

    @cached_property
    def set_root(self):
        """Where the portal's addresses begin for this reader: language and day."""
        return reverse("guidelines:guideline-list", kwargs=self.day).removesuffix("guidelines/")

    @cached_property
    def current_root(self):
        """Where the addresses of the edition in force begin."""
        return f"{self.set_root}guidelines/{self.guideline.code}/"

    @cached_property
    def root(self):
        """Where the addresses of the edition shown begin."""
        return self.current_root + (f"{self.decided_on}/" if self.decided_on else "")

    @cached_property
    def contents(self) -> Contents:
        return contents_of(self.edition)

    def text(self, entry: Entry | None = None) -> list[Text]:
        """A section and what is below it, with the HTML of each and who has what duty there.

        Or the whole text, as it was decided: the duties are an index to it, and would weigh as
        much again on the one page that is long already.
        """
        shown = entry or self.contents.root
        html = self._html_of(shown)
        said = self._responsibilities(shown) if entry else {}
        entries = [
            one
            for one in (self.contents.root, *self.contents.entries)
            if shown.lft <= one.lft and one.rght <= shown.rght
        ]
        # The title of the whole text is the heading above those of its parts.
        top = shown.level - 1 if entry else -1
        return [
            self._text(one, html[one.key], min(one.level - top, 6), said.get(one.key, []))
            for one in entries
        ]

    def plain_text(self, entry, *, heading, apart=""):
        """A section and what is below it without the marks of its own page, for beside another.

        `heading` is the level of its own; `apart` begins every id where a page shows the same
        section twice.
        """
        texts = []
        for key, html in self._html_of(entry).items():
            one = self.contents.by_key[key]
            if apart:
                html = re.sub(r'(<[^<>]*\s(?:id="|href="#))', rf"\1{apart}", html)
            level = min(one.level - entry.level + heading, 6)
            texts.append(Text(one, one.title, self._rooted(html), level))
        return texts

    def _html_of(self, entry):
        """{key: stored HTML} of a section and of what is below it, in their order."""
        rows = Section.objects.filter(
            tree_id=self.edition.pk, lft__gte=entry.lft, rght__lte=entry.rght
        )
        html = dict(rows.in_order().values_list("key", "html"))
        if not any("<img" in one for one in html.values()):
            return html
        sizes = self.edition.attachments.sizes()
        return {key: make_room(one, sizes) for key, one in html.items()}

    def _text(self, entry, html, heading, said):
        """A section as shown, with the sentences marked that give somebody a duty."""
        marked = mark(html, {row.sentence: row.anchor for row in said if row.sentence})
        anchors = dict.fromkeys(row.anchor for row in said if row.sentence)
        found = {anchor for anchor in anchors if f' id="{anchor}"' in marked}
        shares = [
            Share(
                role,
                rows[0].get_duty_display(),
                list(dict.fromkeys(row.anchor for row in rows if row.anchor in found)),
            )
            for (role, _duty), some in groupby(said, lambda row: (row.role, row.duty))
            for rows in [list(some)]
        ]
        lost = [anchor for anchor in anchors if anchor not in found]
        return Text(
            entry,
            entry.title,
            self._read(marked, entry.key),
            heading,
            place_in(self, entry.key, language="ja"),
            place_in(self, entry.key, language="en"),
            shares,
            lost,
        )

    @cached_property
    def _terms(self):
        return terms_for(self.guideline, language=self.edition.language, on=self.on)

    def _read(self, html, key):
        """The HTML as this reader gets it: paragraphs named, terms marked, links led here."""
        html = name_paragraphs(html, key=key)
        if self._terms:
            html = self._terms.mark(html, root=self.set_root, key=key)
        return self._rooted(html)

    def _responsibilities(self, shown):
        """Who has what duty in a section and below it, by the key of the section that says so.

        Where a translation has none of its own at a section, those of the original.
        """
        rows = Responsibility.objects.within(self.edition, shown).prefetch_related(
            Prefetch("role", Role.objects.named(self.on))
        )
        said = defaultdict(lambda: defaultdict(list))
        for row in rows:
            said[row.section.key][row.section.edition_id].append(row)
        return {
            key: of_editions.get(self.edition.pk) or next(iter(of_editions.values()))
            for key, of_editions in said.items()
        }

    def addresses(self, entry):
        """Where the same section is in each official edition that has it, by the edition's id."""
        if entry.key not in self._addresses:
            rows = Section.objects.filter(edition__in=self.official_editions, key=entry.key)
            self._addresses[entry.key] = dict(rows.values_list("edition_id", "address"))
        return self._addresses[entry.key]

    def address_now(self, entry):
        """Where the same section is in the edition in force, or None where it is gone."""
        return self.addresses(entry).get(self.current.pk) if self.current else None

    def stands(self, entry=None):
        """Each official edition with the same section in it, the latest decision first.

        A reader of a day is not told of what was decided later.
        """
        addresses = self.addresses(entry) if entry else {}
        editions = [
            edition
            for edition in self.official_editions
            if not self.dated or edition.decided_on <= self.on or edition == self.official
        ]
        editions.sort(key=attrgetter("decided_on"), reverse=True)
        return [Stand(edition, addresses.get(edition.pk)) for edition in editions]

    def _rooted(self, html):
        """Stored HTML with its links led to where this reader is; see references.py."""
        return mark_safe(  # noqa: S308 — sanitised when it was stored
            html.replace('href="edition:', f'href="{self.root}').replace(
                'href="set:', f'href="{self.set_root}'
            )
        )
