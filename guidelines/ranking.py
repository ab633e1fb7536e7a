"""Says how well a section answers a query; the same on every database, as it is reckoned here."""

import re
from functools import lru_cache
from typing import NamedTuple

from guidelines.numbering import ANNEXES, KANJI
from guidelines.querying import stems

# What an answer is first of all, the best first.
TERM, TITLE, TEXT = range(3)
# A title says what a section is about, so a word there counts as much as many in the text.
TITLE_WEIGHT = 4.0
# Of a title that is nothing but the word.
WHOLE_TITLE = 2.0
# Words that stand as one in the text were meant as one.
TOGETHER = 2.0
# A part of an English word is found, but hardly meant: 「IT」 in “with”.
PART_OF_A_WORD = 0.1
# Letters of a text of middling length.
MIDDLING = 400
# The number before a title, in a stream.
_NUMBER = re.compile(
    rf"(?:第[\d{KANJI}]+[編部章節款目条]|(?:{ANNEXES})\d*"
    r"|\d+(?: \d+)* |[a-zア-ン] |(?:part|chapter|annex|appendix|step) ?\d+ )+"
)


class Worth(NamedTuple):
    """How well a section answers: what it is, and how much by its heading and by its text.

    The greater goes first, but for the tier; small differences do not count.
    """

    tier: int
    # What the words are in the heading, and that they stand as one wherever.
    heading: float
    # How often they are in the text.
    text: float

    @property
    def order(self):
        """Sorts the best first."""
        return (self.tier, -round(self.heading, 1), -round(self.text, 1))


class Texts(NamedTuple):
    """The streams of a section; see folding.py and SearchText."""

    heading: str
    body: str
    stems: str
    names: str


def worth(query, texts):
    """How well a section answers a query that it fulfils."""
    if len(query.any_of) == 1:
        return _of_clause(query.any_of[0], texts)
    return min((_of_clause(clause, texts) for clause in query.any_of), key=lambda one: one.order)


def _of_clause(clause, texts):
    names = texts.names.split("\n") if texts.names else ()
    # Of a long text each word weighs less.
    length = 0.6 + 0.4 * min(len(texts.body) / MIDDLING, 5)
    title = _NUMBER.sub("", texts.heading, count=1).strip()
    by_heading, by_text, titled = 0.0, 0.0, 0
    is_named = any(form in names for word in clause.all_of for form in word.forms)
    for word in clause.all_of:
        in_title = max(_occurrences(form, texts.heading) for form in word.forms)
        in_text = sum(_occurrences(form, texts.body) for form in word.forms)
        if word.stem and f" {word.stem} " in texts.stems:
            in_text = max(in_text, 1)
            if f" {word.stem} " in _stems_of(texts.heading):
                in_title = max(in_title, 1)
        titled += in_title >= 1
        by_heading += TITLE_WEIGHT * min(in_title, 1) * _share(word, title)
        by_heading += WHOLE_TITLE * (title in word.forms)
        by_text += in_text / (in_text + length) if in_text else 0
    if len(clause.all_of) > 1:
        whole = "".join(word.forms[0] for word in clause.all_of)
        by_heading += TOGETHER * (whole in texts.heading or whole in texts.body)
    is_titled = titled == len(clause.all_of)
    return Worth(TERM if is_named else TITLE if is_titled else TEXT, by_heading, by_text)


def _share(word, title):
    """Half for a word in a title, up to the whole for one that is the title."""
    longest = max((len(form) for form in word.forms if form in title), default=0)
    return 0.5 + 0.5 * longest / max(len(title), 1)


def _occurrences(form, text):
    """How often a form is in a text; inside of an English word it hardly counts."""
    count = text.count(form)
    if not count or not _is_latin(form):
        return count
    whole = len(_as_word(form).findall(text))
    return whole or PART_OF_A_WORD


@lru_cache(maxsize=256)
def _as_word(form):
    return re.compile(rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])")


@lru_cache(maxsize=256)
def _is_latin(form):
    return form.isascii()


def _stems_of(heading):
    return f" {' '.join(stems(heading))} "
