"""Compares the characters of a file with those that readers will be shown, block by block."""

import html
import re
import unicodedata
from collections import Counter

from django.utils.translation import gettext as _

from guidelines.importing.source import Block, Fate, Source
from guidelines.limits import MAX_BODY
from guidelines.refusals import ImportRefusal, TextRefusal
from guidelines.rendering import render
from guidelines.wareki import in_both_calendars

# What the pages print by themselves; a file has it as text.
_PRINTED = "キーワード 概要 改定年月日 改訂年月日 改定箇所 改訂箇所 改定内容 改訂内容"
# Brackets, bullets and dashes that one form has and another says by its layout.
_LAYOUT = re.compile(r"[\s〔〕【】\[\]・\u00ad\u200b-\u200f\u2060\ufeff]")
# Where a line ends on a page.
_END = re.compile(r"</(?:p|li|td|th|h\d|figcaption|dd|dt|pre|blockquote)>|<(?:ul|ol|table)>")
# Shorter pieces are found anywhere, which would prove nothing.
_SHORTEST = 3
# Characters that may be gone through in all before the rest counts as lost; a second or two.
_PATIENCE = 3_000_000_000


def settle(source: Source) -> None:
    """Set `text_kept`, the share of characters in per cent, and mark the blocks that lost some.

    The reader says what it did with each block; this asks the result itself, as readers would
    see it, and knows nothing of how it came to be.
    """
    if not any(block.counts for block in source.blocks):
        # Taken over sign by sign, as the project's own Markdown is.
        return
    lines = shown(source)
    # A block of several lines, such as a table of cells, is looked for line by line.
    wanted = [
        (text, block)
        for block in source.blocks
        if block.counts
        for text in map(normalised, block.text.split("\n"))
        if text
    ]
    whole = sum(len(text) for text, _block in wanted)
    missing: dict[int, int] = {}
    # Most lines are there as they were; only what is left is searched for, which takes time.
    wanted, rest = _without_equals(wanted, lines)
    # Long texts first, so that short ones do not take pieces out of them.
    wanted.sort(key=lambda one: -len(one[0]))
    for text, block in [one for one in wanted if not rest.take(one[0])]:
        lost = len(text) - rest.take_pieces(text)
        if lost:
            missing[id(block)] = missing.get(id(block), 0) + lost
    for block in source.blocks:
        if id(block) in missing and block.fate is not Fate.LEFT_OUT:
            lost_here = _("%(whole)d字のうち%(missing)d字が見当たりません") % {
                "whole": len(normalised(block.text)),
                "missing": missing[id(block)],
            }
            block.how = "、".join(part for part in (block.how, lost_here) if part)
    source.text_kept = 100.0 if not whole else _share(whole - sum(missing.values()), whole)


def losses(source: Source) -> list[Block]:
    """The blocks of which an editor should know: left out, turned into something, or incomplete."""
    return [block for block in source.blocks if block.fate is not Fate.IMPORTED or block.how]


def normalised(text: str) -> str:
    """The characters that count: full and half width made one, blanks and layout left out."""
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", text)).replace("‐", "-")


def shown(source: Source) -> list[str]:
    """The lines that a reader will meet on the cover and in the sections, normalised."""
    parts = [source.title, source.subtitle, source.code, source.issuer, source.abstract, _PRINTED]
    parts += ["、".join(source.keywords), "".join(source.keywords)]
    for note in source.notes:
        on = note.revised_on
        parts += [f"{on.year}年{on.month}月{on.day}日", in_both_calendars(on)] if on else []
        parts += [note.place, note.content]
    for node, _level in source.root.walk():
        parts += [f"{node.number}{node.title}", node.reading, *_lines_of(node, source)]
    return [normalised(part) for part in parts]


def _lines_of(node, source):
    """What a reader sees of a section, line by line, the marks of its notes left out."""
    try:
        # What is too long for an edition is refused when it is planned.
        page = node.body if len(node.body) > MAX_BODY else render(node.body, key="bcdfghjk")
    except TextRefusal as refusal:
        where = f"{node.number} {node.title}".strip()[:80] or _("前文")
        raise ImportRefusal(
            _("%(name)s: 「%(where)s」の%(why)s")
            % {"name": source.name, "where": where, "why": refusal}
        ) from refusal
    page = re.sub(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', "", page)
    lines = _END.sub("\0", page).split("\0")
    return [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in lines]


def _without_equals(wanted, lines):
    """(what of the wanted is no line by itself, the Rest of the lines)."""
    counts, left = Counter(lines), []
    for text, block in wanted:
        if counts[text]:
            counts[text] -= 1
        else:
            left.append((text, block))
    rest = []
    for line in reversed(lines):
        # A line that was claimed leaves a gap, over which nothing is found.
        is_free = counts[line] > 0
        counts[line] -= is_free
        rest.append(line if is_free else "\n")
    return left, _Rest("".join(reversed(rest)))


def _share(kept, whole):
    """Per cent with two places, rounded down: 100 means that nothing is missing."""
    return int(kept / whole * 10_000) / 100


class _Rest:
    """What of the shown text nobody has claimed yet."""

    def __init__(self, text):
        self.text = text
        self.patience = _PATIENCE

    def take(self, text):
        """Whether the text is still there; if so it is taken out."""
        if not text:
            return True
        self.patience -= len(self.text)
        place = self.text.find(text) if self.patience > 0 else -1
        if place >= 0:
            self.text = f"{self.text[:place]}\n{self.text[place + len(text) :]}"
        return place >= 0

    def take_pieces(self, text):
        """How many characters are found in runs of their own, from the first to the last."""
        found = 0
        while len(text) > _SHORTEST and self.patience > 0:
            length = self._longest_start(text)
            if length > _SHORTEST and self.take(text[:length]):
                found += length
            else:
                length = 1
            text = text[length:]
        return found

    def _longest_start(self, text):
        """How many of the first characters of a text are still there in one run."""
        low, high = 0, len(text)
        while low < high and self.patience > 0:
            middle = (low + high + 1) // 2
            self.patience -= len(self.text)
            low, high = (middle, high) if text[:middle] in self.text else (low, middle - 1)
        return low
