"""The one read model: an edition as a reader meets it, for pages, files and whatever comes."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import mark_safe

from guidelines.contents import Contents, Entry, contents_of
from guidelines.models import Edition, Section


@dataclass(frozen=True, slots=True)
class Text:
    """A section with its text, as shown on a page."""

    entry: Entry
    html: str
    heading: int


class Document:
    """One guideline on one day for one language: the edition shown, and where it stands.

    `on` is the day of the question and `dated` whether the reader asked for it in the address;
    `decided_on` names an edition by its day, else the one in force is meant or, once the guideline
    is withdrawn, the last that was.
    """

    def __init__(self, guideline, *, on, language, decided_on=None, dated=False):
        self.guideline = guideline
        self.on = on
        self.dated = dated
        self.decided_on = decided_on
        self.language = language
        self.editions = list(
            guideline.editions.published()
            .with_standing(on)
            .select_related("decision__body")
            .order_by("-effective_on", "-decided_on", "language")
        )
        for edition in self.editions:
            edition.guideline = guideline

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
        return next(
            (
                edition
                for edition in self.editions
                if self.official
                and edition.translation_of_id == self.official.pk
                and edition.language == self.language
            ),
            None,
        )

    @property
    def edition(self):
        """The edition shown: in the reader's language where there is one, else the official."""
        return self.translation or self.official

    @property
    def newest_translation(self):
        """For a reader whose language this edition is not in: the latest that is, or None."""
        return next((one for one in self.editions if one.language == self.language), None)

    @property
    def is_untranslated(self):
        """Whether the reader is shown Japanese for want of a translation."""
        return self.edition.language != self.language

    @property
    def is_withdrawn(self):
        return self.guideline.is_withdrawn(self.on)

    @property
    def day(self):
        """The keyword of addresses on a day; nothing for those of today."""
        return {"on": self.on} if self.dated else {}

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
        """A section and what is below it, or the whole text, with the HTML of each."""
        shown = entry or self.contents.root
        rows = Section.objects.filter(
            tree_id=self.edition.pk, lft__gte=shown.lft, rght__lte=shown.rght
        )
        html = dict(rows.values_list("key", "html"))
        entries = [
            one
            for one in (self.contents.root, *self.contents.entries)
            if shown.lft <= one.lft and one.rght <= shown.rght
        ]
        top = shown.level - 1 if entry else 0
        return [Text(one, self._rooted(html[one.key]), min(one.level - top, 6)) for one in entries]

    def address_now(self, entry):
        """Where the same section is in the edition in force, or None where it is gone."""
        if self.current == self.official:
            return entry.address
        rows = Section.objects.filter(edition=self.current, key=entry.key)
        return rows.values_list("address", flat=True).first()

    def _rooted(self, html):
        """Stored HTML with its links led to where this reader is; see references.py."""
        return mark_safe(  # noqa: S308 — sanitised when it was stored
            html.replace('href="edition:', f'href="{self.root}').replace(
                'href="set:', f'href="{self.set_root}'
            )
        )
