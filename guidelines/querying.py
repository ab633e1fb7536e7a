"""Reads what somebody types to search: words, "exact phrases", -words and OR; never a mistake.

Words beside each other must all be there, with AND between them or not; OR stands between two such
rows of words, which a bracket may hold: 「(監査 OR 評価) 計画」. A word that is not wanted, with a
minus or NOT before it, is unwanted in every row; so is whatever has the same meaning, as what PMO
finds and what -PMO finds is everything. Quotes without an end, OR without neighbours, and signs
that are no letters mean nothing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import snowballstemmer

from guidelines.folding import DASHES, fold, folded, searched, stream, writings

# What of a query is read; nobody means more, and each word costs time.
MOST_SIGNS = 400
MOST_WORDS = 16
# Rows of words that brackets may be multiplied out to.
MOST_ROWS = 16
# How many words a term may be made of.
LONGEST_RUN = 8

_OR, _AND = ("OR", "ＯＲ", "|", "｜"), ("AND", "ＡＮＤ")
OPERATORS = (*_OR, *_AND, "NOT")
_QUOTES = dict.fromkeys(map(ord, "“”„‟＂"), '"')
_UNREAD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_PIECE = re.compile(
    # Brackets that have no alternatives in them are but signs, as in 「仕様（案）」.
    r"(?<![^\s、])[(（](?P<group>[^()（）]*\s(?:OR|ＯＲ|[|｜])\s[^()（）]*)[)）]"
    rf'|(?P<minus>(?<![^\s"、])(?:[{DASHES}]|NOT\s+))?'
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"、]+))'
)
# What is left out of a text, but for the long vowel, is no end of a word.
_BEHIND = " \u3000\t\n・·"
_ENGLISH = re.compile(r"(?<![a-z0-9])[a-z]{3,}(?![a-z0-9])")
_LATIN_END = re.compile("^[a-z]|[a-z]$")
_TWO_LETTERS = re.compile("[a-z]{2}")
# British and American spelling have one stem.
_BRITISH = re.compile(r"is(?=(?:e|ed|er|ers|es|ing|ation|ations|ational)$)")


@dataclass(frozen=True)
class Word:
    """A word or phrase of a query, with every form that answers for it."""

    text: str
    # As `fold` has it, but for the digits.
    folded: str
    is_phrase: bool = False
    # The streams of which one must be in the text; see folding.stream. The first is its own.
    forms: tuple[str, ...] = ()
    # English words answer also by their stem.
    stem: str = ""


@dataclass(frozen=True)
class Clause:
    """A row of words that must all be there, and of others that must not."""

    all_of: tuple[Word, ...]
    none_of: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Query:
    """What is searched for: one of the clauses must hold. Without any, nothing is."""

    text: str
    any_of: tuple[Clause, ...] = ()
    # Whether something at the end was not read.
    is_cut: bool = False
    # Whether there is only what is not wanted, of which nothing can be taken away.
    is_negative: bool = False

    def __bool__(self):
        return bool(self.any_of)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words looked for, each once, in the order typed."""
        return tuple(dict.fromkeys(word for clause in self.any_of for word in clause.all_of))

    @property
    def piece(self) -> str:
        """The one part of a text that is looked for and nothing else; empty otherwise."""
        if len(self.words) != 1 or any(clause.none_of for clause in self.any_of):
            return ""
        (word,) = self.words
        return word.forms[0] if len(word.forms) == 1 and not word.stem else ""

    def with_synonyms(self, groups: Iterable[Iterable[str]]) -> "Query":
        """The query whose words answer to every word of their group; quoted ones stay as they are.

        Each group is a number of words that mean the same.
        """
        others = _meaning_the_same(tuple(map(tuple, groups)))

        def widened(word):
            if word.is_phrase:
                return word
            more = [other for form in word.forms for other in others.get(form, ())]
            return replace(word, forms=tuple(dict.fromkeys([*word.forms, *more])))

        clauses = []
        for clause in self.any_of:
            wide = Clause(
                *(tuple(map(widened, words)) for words in (clause.all_of, clause.none_of))
            )
            clauses.append(wide)
            # 「zero trust」 is two words that may stand apart, and together a term of one group.
            for start, end in _runs(clause.all_of, others):
                words = clause.all_of[start:end]
                text = " ".join(word.text for word in words)
                named = tuple(others[" ".join(word.forms[0] for word in words)])
                before, after = clause.all_of[:start], clause.all_of[end:]
                as_one = Word(text, fold(text, digits=False), forms=named)
                all_of = (*map(widened, before), as_one, *map(widened, after))
                clauses.append(replace(wide, all_of=all_of))
        return replace(self, any_of=tuple(clauses))

    @cached_property
    def is_fulfilled_by(self) -> Callable[[str, str], bool]:
        """Says whether a text fulfils the query, by its stream and its stems.

        The stems have a blank around each.
        """
        # Made once, as each search asks it of more than a thousand texts.
        return _any([_of_clause(clause) for clause in self.any_of])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words looked for stand in a text, in order, none over another.

        A word in Latin letters is one inside of another only where it does not stand by itself.
        """
        if not self:
            return []
        even = folded(text, digits=False)
        found = [match.span() for match in self._pattern.finditer(even.text)]
        if stems := {word.stem for word in self.words if word.stem}:
            found += [m.span() for m in _ENGLISH.finditer(even.text) if stem(m[0]) in stems]
        if self._is_latin:
            whole = [span for span in found if not _is_inside(span, even.text)]
            found = whole or found
        spans: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            begin, stop = even.place(start), even.place(end)
            stop = begin + max(len(text[begin:stop].rstrip(_BEHIND)), 1)
            if not spans or begin >= spans[-1][1]:
                spans.append((begin, stop))
        return spans

    @cached_property
    def _is_latin(self):
        return any(_LATIN_END.search(form) for word in self.words for form in word.forms)

    @cached_property
    def _pattern(self):
        forms = {form for word in self.words for form in word.forms}
        return re.compile(
            "|".join(
                r"[\W_]+".join(map(re.escape, form.split(" ")))
                for form in sorted(forms, key=len, reverse=True)
            )
        )


def shown(text: str) -> str:
    """What of a typed query is shown again; of a longer one no more is read either."""
    return text[:MOST_SIGNS].replace("\0", " ").strip()


def parse(text: str) -> Query:
    """The query that somebody typed."""
    kept = _UNREAD.sub(" ", text)[:MOST_SIGNS].translate(_QUOTES)
    reading = _Reading()
    for piece in _PIECE.finditer(kept):
        if not reading.take(piece):
            break
    rows = dict.fromkeys(tuple(dict.fromkeys(row)) for row in reading.rows if row)
    unwanted = tuple(dict.fromkeys(reading.unwanted))
    return Query(
        text,
        tuple(Clause(row, unwanted) for row in rows),
        reading.is_cut or len(text) > MOST_SIGNS,
        bool(unwanted and not rows),
    )


class _Reading:
    """What of a query was read so far."""

    def __init__(self, count=0):
        self.unwanted: list[Word] = []
        self.is_cut = False
        # How many words were read, also before it.
        self._count = count
        # The rows before the last OR, and those that are being read: several after a bracket.
        self._done: list[tuple[Word, ...]] = []
        self._open: list[tuple[Word, ...]] = [()]

    @property
    def rows(self):
        """The rows of words of which one must be there."""
        return [*self._done, *self._open]

    def take(self, piece):
        """Read one more piece; says whether there is room for another."""
        if piece["group"]:
            self._bracket(piece["group"])
        elif piece[0] in _OR:
            self._done, self._open = self.rows, [()]
        elif piece[0] not in _AND:
            word = self._word(piece)
            if word and piece["minus"]:
                self.unwanted.append(word)
            elif word:
                self._open = [(*row, word) for row in self._open]
        return not self.is_cut

    def _bracket(self, text):
        """Each row goes on with each of those in the bracket, if they are not too many."""
        inner = _Reading(self._count)
        for piece in _PIECE.finditer(text):
            if not inner.take(piece):
                break
        rows = [row for row in inner.rows if row] or [()]
        self.unwanted += inner.unwanted
        self._count = inner._count
        is_too_much = len(self._open) * len(rows) > MOST_ROWS
        self.is_cut = inner.is_cut or is_too_much
        if not is_too_much:
            self._open = [(*row, *more) for row in self._open for more in rows]

    def _word(self, piece):
        word = _word(piece["phrase"], True) if piece["phrase"] else _word(piece["word"] or "")
        if word and self._count == MOST_WORDS:
            self.is_cut = True
            return None
        self._count += word is not None
        return word


def stems(text: str) -> set[str]:
    """The stems of the English words of a stream."""
    return {stem(word) for word in _ENGLISH.findall(text)}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What an English word has in common with its other forms."""
    # A stemmer keeps what it works on in itself, so that two threads may not share one.
    return snowballstemmer.EnglishStemmer().stemWord(_BRITISH.sub("iz", word))


def _of_clause(clause):
    wanted = _all([_of_word(word) for word in clause.all_of])
    if not clause.none_of:
        return wanted
    unwanted = _any([_of_word(word) for word in clause.none_of])
    return lambda text, stems: wanted(text, stems) and not unwanted(text, stems)


def _of_word(word):
    forms, stem = word.forms, f" {word.stem} "
    if word.stem:
        return lambda text, stems: stem in stems or any(form in text for form in forms)
    if len(forms) > 1:
        return lambda text, _stems: any(form in text for form in forms)
    (form,) = forms
    return lambda text, _stems: form in text


def _any(tests):
    if len(tests) == 1:
        return tests[0]
    return lambda text, stems: any(test(text, stems) for test in tests)


def _all(tests):
    if len(tests) == 1:
        return tests[0]
    return lambda text, stems: all(test(text, stems) for test in tests)


def _word(text, is_phrase=False):
    even = fold(text, digits=False)
    forms = tuple(dict.fromkeys(filter(None, map(stream, (even, *writings(even))))))
    if not forms:
        return None
    is_english = not is_phrase and _ENGLISH.fullmatch(forms[0])
    return Word(text, even, is_phrase, forms, stem(forms[0]) if is_english else "")


def _is_inside(span, text):
    """Whether a part of a text is inside of a longer word in Latin letters."""
    start, end = span
    borders = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(_TWO_LETTERS.fullmatch(border) for border in borders)


def _runs(words, groups):
    """Where several words beside each other are one of a group: the longest run first, if any."""
    for length in range(min(len(words), LONGEST_RUN), 1, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if any(word.is_phrase for word in run):
                continue
            if " ".join(word.forms[0] for word in run) in groups:
                return [(start, start + length)]
    return []


@lru_cache(maxsize=16)
def _meaning_the_same(groups):
    """For each word of the groups all words of the same meaning, as they are searched."""
    others: dict[str, dict[str, None]] = {}
    for group in groups:
        forms = [form for form in map(searched, group) if form]
        for form in forms:
            others.setdefault(form, {}).update(dict.fromkeys(forms))
    return others
