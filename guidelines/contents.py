"""The contents of an edition: its sections without their texts, in order, and how they nest."""

import math
from functools import cached_property, lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import mark_safe

from guidelines.models import Section

# Below a section with more than this beneath it, only its next two levels stand beside the text.
MOST_BELOW = 150


class Entry(NamedTuple):
    """A section as the contents show it; a tuple, as some thousand are made for a page."""

    key: str
    number: str
    title: str
    reading: str
    address: str
    level: int
    lft: int
    rght: int

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    @property
    def anchor(self):
        """What the section is called inside a page that shows several."""
        return f"s-{self.key}"


FIELDS = Entry._fields


class Contents:
    """The entries of one edition in reading order, its root apart."""

    def __init__(self, entries):
        self.root, *self.entries = entries

    def __len__(self):
        return len(self.entries)

    @cached_property
    def by_address(self):
        """The entries by their addresses."""
        return {entry.address: entry for entry in self.entries}

    @cached_property
    def by_key(self):
        """The entries by their keys."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def _place(self):
        return {entry.key: place for place, entry in enumerate(self.entries)}

    def above(self, entry):
        """The entries around this one, the outermost first."""
        found, level = [], entry.level
        for other in reversed(self.entries[: self._place[entry.key]]):
            if other.level < level:
                found.append(other)
                level = other.level
        return found[::-1]

    def before(self, entry):
        """The page to turn back to: the section before it on its level, else the one above."""
        above = (self.above(entry) or [None])[-1]
        for other in reversed(self.entries[: self._place[entry.key]]):
            if other.level == entry.level or other is above:
                return other
        return None

    def after(self, entry):
        """The page to turn to: the first section that this one's page does not show."""
        return next(
            (
                other
                for other in self.entries[self._place[entry.key] + 1 :]
                if other.lft > entry.rght
            ),
            None,
        )

    def walk(self):
        """Each entry with those above it, the outermost first."""
        path = []
        for entry in self.entries:
            path[entry.level - 1 :] = [entry]
            yield entry, path[:-1]

    def beside(self, entry):
        """What to show beside a section: the way down to it, and all that is below it.

        Each step down stands with its siblings; of very much below it, two levels.
        """
        is_much = (entry.rght - entry.lft) // 2 > MOST_BELOW
        deepest = entry.level + 2 if is_much else math.inf
        parents = {self.root.key, entry.key, *(other.key for other in self.above(entry))}
        path, shown = [self.root], []
        for other in self.entries:
            path[other.level :] = [other]
            is_below = entry.lft < other.lft < entry.rght and other.level <= deepest
            if is_below or path[other.level - 1].key in parents:
                shown.append(other)
        return shown

    def down_to(self, level):
        """The entries of the first levels, for beside a text that shows them all."""
        return [entry for entry in self.entries if entry.level <= level]

    def draw(self, root, *, only=None, current=None, shown=None):
        """Nested lists of links, each address below `root`; built as text, since thousands come.

        `only` draws these entries instead of all; `current` is marked as the page one is on. What
        is below `shown` stands on the page itself, and is led to inside of it.
        """
        first, last = (shown.lft, shown.rght) if shown else (0, 0)
        parts, depth = [], 0
        for entry in self.entries if only is None else only:
            if entry.level > depth:
                parts.append('<ol class="contents">' * (entry.level - depth))
            else:
                parts.append("</li>" + "</ol></li>" * (depth - entry.level))
            depth = entry.level
            number = f'<span class="number">{escape(entry.number)}</span> ' if entry.number else ""
            here = ' aria-current="page"' if current is entry else ""
            there = f"#{entry.anchor}" if first < entry.lft < last else f"{root}{entry.address}/"
            parts.append(f'<li><a href="{there}"{here}>{number}{escape(entry.title)}</a>')
        parts.append("</li></ol>" * depth)
        return mark_safe("".join(parts))  # noqa: S308 — every part is escaped above


def read_contents(edition_id):
    """The contents of an edition, in one query."""
    rows = Section.objects.filter(tree_id=edition_id).in_order().values_list(*FIELDS)
    return Contents(map(Entry._make, rows))


def contents_of(edition):
    """The contents of a published edition, which never change: read once and kept in memory."""
    return _kept(edition.pk, edition.seal)


@lru_cache(maxsize=64)
def _kept(edition_id, seal):
    # The seal is part of the question: another text under the same id would have another.
    return read_contents(edition_id)
