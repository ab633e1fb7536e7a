"""Asks "did you mean": the query with words that no text has replaced by the nearest that one has.

The words are those of the headings, terms and texts in force, so nothing is proposed that cannot be
found. Of a set far larger than today's, the texts of the first editions answer for all.
"""

import re
from collections import Counter
from functools import lru_cache

from guidelines.folding import DASHES, fold
from guidelines.models import Section
from guidelines.querying import OPERATORS
from guidelines.suggesting import editions_in_force

# Sections whose texts are read for words; headings are read of all.
MOST_READ = 5_000
# A query longer than this is a sentence, of which nobody misspelt just a word.
LONGEST = 60
# A word as it is typed, without the minus that may stand before it.
_TOKEN = re.compile(rf"[^\s\"“”、{DASHES}][^\s\"“”、]*")
_RUN = re.compile(r"[一-龥々〆]+|[ァ-ヺー・]+|[A-Za-z]+(?:-[A-Za-z]+)*")
_WORD = re.compile(r"[一-龥々〆]{2,}|[ァ-ヺー]{3,}|[A-Za-z]{3,}(?:-[A-Za-z]+)*")


def did_you_mean(text: str, *, on, language: str, days=None) -> str:
    """The query with its unknown words replaced by near ones; empty where there is none to say."""
    if len(text) > LONGEST:
        return ""
    words = _words_of(tuple((one.pk, one.seal) for one in editions_in_force(on, language, days)))
    meant = _TOKEN.sub(lambda token: words.correct(token[0]), text)
    return meant if fold(meant) != fold(text) else ""


class _Words:
    """All words of the texts in force, by which others are corrected."""

    def __init__(self, counted, readings):
        self._readings = readings
        self._text = "\n".join(counted)
        self._by_length = {}
        for word, (written, count) in counted.items():
            self._by_length.setdefault(len(word), []).append((word, written, count))

    def correct(self, token):
        """What a word of a query was meant to be; itself where it is known, or none is near."""
        folded = fold(token)
        if len(folded) < 2 or token in OPERATORS or folded in self._text:
            return token
        if folded in self._readings:
            return self._readings[folded]
        whole = self._nearest(folded)
        return whole or _RUN.sub(lambda run: self._corrected(run[0]), token)

    def _corrected(self, run):
        folded = fold(run)
        return run if folded in self._text else self._nearest(folded) or run

    def _nearest(self, word):
        """The word with the fewest different signs, the most frequent of several; None if far."""
        if len(word) < 3:
            return None
        most = 1 if len(word) < 6 else 2
        signs, best = set(word), None
        for length in range(len(word) - most, len(word) + most + 1):
            for other, written, count in self._by_length.get(length, ()):
                if len(signs.difference(other)) > most:
                    continue
                if (far := _distance(word, other, most)) <= most:
                    best = min(best or (far, -count, written), (far, -count, written))
        return best[2] if best else None


def _distance(one, other, most):
    """How many signs must be changed, left out, put in or swapped; `most` + 1 for more."""
    before, row = [], list(range(len(other) + 1))
    for place, sign in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for at, against in enumerate(other, start=1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (sign != against))
            if place > 1 and at > 1 and (one[place - 2], sign) == (against, other[at - 2]):
                cost = min(cost, earlier[at - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


@lru_cache(maxsize=4)
def _words_of(editions):
    """The words of editions, given by their ids and seals, which never change."""
    counted: dict[str, tuple[str, int]] = {}
    readings: dict[str, str] = {}
    sections_read = 0
    for edition_id, seal in editions:
        is_read = sections_read < MOST_READ
        sections, found, read = _counted(edition_id, seal, is_read)
        sections_read += sections
        readings |= read
        for word, count in found.items():
            folded = fold(word)
            written, known = counted.get(folded, (word, 0))
            counted[folded] = (written, known + count)
    return _Words(counted, readings)


@lru_cache(maxsize=1024)
def _counted(edition_id, seal, is_read):
    """How many sections an edition has, how often each word, and its headings by their readings."""
    rows = list(
        Section.objects.filter(tree_id=edition_id).values_list(
            "title", "reading", *(["body"] if is_read else [])
        )
    )
    counts = Counter(
        word for _title, _reading, *body in rows for text in body for word in _WORD.findall(text)
    )
    counts.update(word for title, *_rest in rows for word in {title, *_WORD.findall(title)} if word)
    return len(rows), counts, {fold(row[1]): row[0] for row in rows if row[1]}
