"""Marks the terms of the glossary in the text of a section, each where it first stands in it.

A term is a section of the glossary that has a reading; in a translation of the glossary, which has
none, one whose original has. An introduction has no reading, nor has a heading above terms. Where
no section has one, every section with a text, no number and nothing below it is a term.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

from django.db.models import F, Q

from guidelines.models import Edition, Guideline, GuidelineRelation, Section
from guidelines.tags import TAG

# A tag, or what stands between two.
_TOKEN = re.compile(rf"{TAG.pattern}|[^<]+|<")
# A term inside these is left as it is.
_CLOSED = {"a", "code", "pre", "ruby", "h1", "h2", "h3", "h4", "h5", "h6"}
_ENTITY = r"&(?:#\w+|\w+);"
# One sign as it is read: half-width kana carry their marks behind them.
_SIGN = re.compile(".[\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
# Full-width forms of one sign each, which are the most of what folding finds.
_NARROW = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: " "}
_KATAKANA = "[ァ-ヺー]"
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-龥々〆]")
_BRACKETS = re.compile(r"\s*[（(]([^（）()]+)[）)]\s*")
# 「PMO（Portfolio Management Office）ともいう。」, 「「CIO連絡会議」と略称する。」
_ALSO = (
    re.compile(r"(?:^|[、。\n])([^、。「」（）\n]{2,30})(?:（[^（）]*）)?ともいう"),
    re.compile(r"「([^「」]{2,30})」(?:と略称する|と略す|ともいう)"),
    re.compile(r"(?:^|[、。\n])([^、。「」（）\n]{2,30})と別称"),
    re.compile(r"\b[Aa]bbreviated (?:as )?([A-Z][A-Za-z]+)"),
)


class Term(NamedTuple):
    """What a term leads to: a section of the glossary, and how the form found is read aloud."""

    key: str
    address: str
    reading: str


class Terms:
    """The terms of one edition of a glossary, ready to be found in any text."""

    def __init__(self, code, sections, *, language="ja"):
        """`sections` are tuples of key, address, title, reading and body."""
        self.code = code
        self._terms = {}
        sections = list(sections)
        for key, address, title, reading, _body in sections:
            for form in forms(title):
                is_read = form == title and _needs_reading(title, reading)
                term = Term(key, address, reading if is_read else "")
                self._terms.setdefault(_fold(form), term)
        # What is called so in a heading goes before what is in a definition.
        for key, address, _title, _reading, body in sections:
            for form in also(body):
                self._terms.setdefault(_fold(form), Term(key, address, ""))
        self._plural = "s?" if language == "en" else ""
        self._pattern = re.compile(self._alternatives())

    def mark(self, html, *, root, key=""):
        """The HTML with each term as a link into the glossary below `root`, with its reading.

        `key` is the section's: in the glossary a definition does not lead to itself.
        """
        parts, closed, seen = [], [], {key}
        for token in _TOKEN.finditer(html):
            name = token[2]
            if name is None:
                parts.append(token[0] if closed else self._marked(token[0], root, seen))
                continue
            parts.append(token[0])
            if name in _CLOSED:
                if not token[1]:
                    closed.append(name)
                elif closed:
                    closed.pop()
        return "".join(parts)

    def _marked(self, text, root, seen):
        folded, starts = _spread(text)
        parts, done = [], 0
        for match in self._pattern.finditer(folded):
            term = self._named(match[0])
            begin, end = _place(starts, match.start()), _place(starts, match.end())
            if term is None or term.key in seen or begin is None or end is None:
                continue
            seen.add(term.key)
            parts += [text[done:begin], self._link(text[begin:end], term, root)]
            done = end
        return "".join([*parts, text[done:]])

    def _named(self, found):
        """The term of a form found, perhaps in the English plural; None for an entity."""
        form = " ".join(unescape(found).split())
        return self._terms.get(form) or (
            self._terms.get(form.removesuffix("s")) if self._plural else None
        )

    def _link(self, text, term, root):
        if term.reading:
            reading = escape(term.reading)
            text = f"<ruby>{text}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"
        return f'<a class="term" href="{root}guidelines/{self.code}/{term.address}/">{text}</a>'

    def _alternatives(self):
        """One pattern of every form, the longest first, by their first signs to be fast."""
        by_first = {}
        for form in sorted(self._terms, key=len, reverse=True):
            written = escape(form, quote=False)
            by_first.setdefault(written[0], []).append(written)
        groups = [
            re.escape(first)
            + _border_before(first)
            + f"(?:{'|'.join(self._rest(form) for form in some)})"
            for first, some in by_first.items()
        ]
        # An entity is passed over as a whole: a term may be called "amp".
        return "|".join([*groups, _ENTITY])

    def _rest(self, form):
        rest = r"\s+".join(re.escape(word) for word in form[1:].split(" "))
        if _is_latin(form[-1]):
            return rest + (self._plural if form[-1].isalpha() else "") + "(?![0-9a-z])"
        return rest + (f"(?!{_KATAKANA})" if re.match(_KATAKANA, form[-1]) else "")


def _border_before(first):
    """What must not stand before a form that begins so, which is looked at behind that sign."""
    if _is_latin(first):
        return "(?<![0-9a-z].)"
    return f"(?<!{_KATAKANA}.)" if re.match(_KATAKANA, first) else ""


def _is_latin(sign):
    return sign.isascii() and sign.isalnum()


def forms(title):
    """What a heading of the glossary names: 「PMO（府省内全体管理組織）」 both, 「A、B」 each.

    Of words in brackets only those in another script are another name, as others only narrow the
    meaning: 「補佐官（各府省担当）」.
    """
    found = []
    for part in re.split("[、，／]", title):
        bracket = _BRACKETS.search(part)
        if bracket is None:
            found.append(part)
            continue
        bare = part[: bracket.start()] + part[bracket.end() :]
        if bracket.end() < len(part):
            # 「連絡会議（CIO）室」: the words in brackets name but a part of it.
            found += [part, bare]
        elif bool(_JAPANESE.search(bare)) != bool(_JAPANESE.search(bracket[1])):
            found += [bare, bracket[1]]
        else:
            found.append(bare)
    return [form.strip() for form in found if len(form.strip()) > 1]


def also(body):
    """What a definition says that the term is called besides."""
    return [form for pattern in _ALSO for form in pattern.findall(body)]


def _fold(text):
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _needs_reading(title, reading):
    """Whether furigana tell more than the Japanese heading itself."""
    return bool(reading and _JAPANESE.search(title)) and (
        _in_hiragana(title) != _in_hiragana(reading)
    )


def _in_hiragana(text):
    return "".join(
        chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign
        for sign in unicodedata.normalize("NFKC", text)
        if not re.match(r"[\s・]", sign)
    )


def _spread(text):
    """The text folded, and where in it each folded sign began; None where all stay in place."""
    text = text.translate(_NARROW)
    if unicodedata.is_normalized("NFKC", text) and len(lower := text.lower()) == len(text):
        return lower, None
    folded, starts, at = [], {}, 0
    for sign in _SIGN.finditer(text):
        piece = unicodedata.normalize("NFKC", sign[0]).lower()
        starts[at] = sign.start()
        folded.append(piece)
        at += len(piece)
    starts[at] = len(text)
    return "".join(folded), starts


def _place(starts, at):
    """Where in the text a folded sign begins; None inside of one that folding made several."""
    return at if starts is None else starts.get(at)


def terms_for(guideline, *, language, on):
    """The terms of the glossary in force on a day for a document; None where there is none."""
    defining = GuidelineRelation.objects.filter(
        kind=GuidelineRelation.Kind.DEFINES_TERMS_FOR, target=guideline
    )
    edition = (
        Edition.objects.published()
        .with_standing(on)
        .filter(
            Q(guideline__in=defining.values("source"))
            | Q(guideline=guideline, guideline__kind=Guideline.Kind.GLOSSARY),
            standing=Edition.Standing.IN_FORCE,
            language=language,
        )
        .order_by("guideline__code")
        .values_list("pk", "seal", "translation_of", "guideline__code")
        .first()
    )
    return _kept(*edition, language) if edition else None


@lru_cache(maxsize=16)
def _kept(edition_id, seal, original_id, code, language):
    # The seal is part of the question: another text under the same id would have another.
    return Terms(code, sections_of(edition_id, original_id), language=language)


def sections_of(edition_id, original_id):
    """The sections of an edition of a glossary that are terms: key, address, title, reading, body.

    `original_id` is the edition that it translates, if any.
    """
    rows = Section.objects.filter(tree_id=edition_id, level__gt=0).in_order()
    readings = Section.objects.filter(tree_id=original_id or edition_id).exclude(reading="")
    keys = list(readings.values_list("key", flat=True))
    rows = rows.filter(key__in=keys) if keys else rows.filter(number="", rght=F("lft") + 1)
    return rows.exclude(body="").values_list("key", "address", "title", "reading", "body")
