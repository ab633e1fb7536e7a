"""Proposes the duties that the sentences of a section seem to give to roles."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import html as markup

from guidelines.numbering import fold
from guidelines.wordings import (
    FIRST_SIGN,
    READERS,
    actor_in,
    bare,
    begins_word,
    ends_word,
)

# Elements that begin a new line, and those of them that are a paragraph by themselves.
_ITEMS = frozenset({"li", "td", "th", "dd", "dt"})
_TITLES = frozenset({"h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "caption", "figcaption"}) | _ITEMS | _TITLES
_BLOCKS = _PARAGRAPHS | {
    *("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "div", "blockquote", "figure"),
    *("pre", "hr", "br"),
}
_BRACKETS = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "〔": "〕", "［": "］"}
_CLOSING = frozenset(_BRACKETS.values())
# A full stop before the capital of the next sentence, but not behind 「e.g」 or a number in front.
_FULL_STOP = re.compile(r"[.!?][\"”’)]*(?=\s+[\"“‘(]?[A-Z])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|cf|vs|Nos?|Art|Fig|Dr|Mrs?|Ms|[A-Z])|^\s*\(?\d+)$")
# No sentence of a guideline is longer, and the time to read one grows faster than its length.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """A duty that a sentence seems to give a role."""

    role: str
    # As it stands in the text of the HTML, so that a page can find it there.
    sentence: str
    duty: str
    phase: str
    force: str


class Names:
    """The words by which texts of a day call the roles."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._slugs: dict[str, str] = {}
        for word, slug in words:
            if folded := fold(word).lower():
                self._slugs.setdefault(folded, slug)
        self._roles = sorted(set(self._slugs.values()))
        longest_first = sorted(self._slugs, key=len, reverse=True)
        # Of ASCII, as lower() does not know every letter that a pattern takes for another.
        self._pattern = re.compile(
            "|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE | re.ASCII
        )

    def mark(self, text: str) -> str:
        """The folded text with a sign of the role in place of each name of one."""
        # Word keeps signs of its symbol fonts where the signs of roles are.
        text = re.sub("[\ue000-\uefff]", "〓", fold(text))
        parts, end = [], 0
        for match in self._pattern.finditer(text):
            start, stop = match.span()
            if text[stop - 1].isascii() and re.match(r"s(?![A-Za-z0-9])", text[stop:]):
                stop += 1  # English texts speak of several PMOs.
            joined = bool(parts) and start == end
            if (joined or begins_word(text, start)) and (
                ends_word(text, stop) or self._pattern.match(text, stop)
            ):
                sign = chr(FIRST_SIGN + self._roles.index(self._slugs[match[0].lower()]))
                if joined:
                    parts[-1] = sign  # 「各府省PMO」 is the PMO.
                else:
                    parts += [text[end:start], sign]
                end = stop
        return "".join([*parts, text[end:]])

    def role(self, sign: str) -> str:
        """The slug of the role that a sign stands for."""
        return self._roles[ord(sign) - FIRST_SIGN]


@dataclass(slots=True)
class _Block:
    """A piece of text that no element divides: a paragraph, an item, a cell, or a line of one."""

    paragraph: object
    is_item: bool
    is_title: bool
    is_note: bool
    sentences: list[str]


def sentences_of(html: str) -> list[str]:
    """The sentences of rendered HTML in order, as they stand in its text."""
    return [sentence for block in _blocks(html) for sentence in block.sentences]


def find(
    html: str,
    *,
    heading: str,
    above: Sequence[str] = (),
    names: Names,
    language: str = "ja",
) -> list[Found]:
    """The duties that the sentences of a section seem to give, one for a role and sentence.

    `heading` is the title of the section and `above` are those around it, outermost first. A
    sentence that leaves its subject out is read as of the role that the paragraph speaks of so
    far, that a heading names as the one who acts, or that alone acts in the section so far. What
    a sentence announces is not found again item by item, unless an item names its own subject.
    """
    headings = [*above, heading]
    around = suggest_phase(headings)
    actor = _Actor(headings, names)
    found: dict[tuple[str, str], Found] = {}
    read, is_announced = READERS[language], False
    for block in _blocks(html):
        if block.is_note:
            continue
        actor.enter(block, names)
        for sentence in block.sentences:
            reading = read(names.mark(bare(sentence[:_LONGEST])))
            is_item_of_list = block.is_item and is_announced
            for sign, act in actor.acts(reading, may_be_left_out=not is_item_of_list):
                if act.force:
                    role = names.role(sign)
                    phase = around or _mentioned_in(fold(sentence))
                    one = Found(role, sentence, act.duty, phase, act.force)
                    found.setdefault((role, sentence), one)
            if not block.is_item and sentence.endswith(("。", ".", ":", "：")):
                is_announced = reading.announces
    return list(found.values())


class _Actor:
    """Who acts in the sentences of a section, one after the other."""

    def __init__(self, headings, names):
        *above, own = [actor_in(names.mark(bare(heading)).strip()) for heading in headings]
        # Signs of roles. As the title says: "" for nobody in particular, None for nothing said.
        self._titled = own
        self._above = next((sign for sign in reversed(above) if sign is not None), "")
        # As this paragraph said so far: "" for nothing yet, None for somebody else, or several.
        self._paragraph = None
        self._here: str | None = ""
        self._before: set[str] = set()

    def enter(self, block, names):
        """Go on to a piece of text: a new paragraph does not simply continue the one before."""
        if block.paragraph is not self._paragraph:
            self._paragraph, self._here = block.paragraph, ""
        if block.is_title:
            self._titled = actor_in(names.mark(bare(block.sentences[0]))) or self._titled

    def acts(self, reading, *, may_be_left_out):
        """The signs of the roles that a sentence has do something, each with what."""
        if reading.acts:
            signs = {sign for sign, _act in reading.acts}
            self._before |= signs
            is_one = len(signs) == 1 and reading.about != "somebody"
            self._here = signs.pop() if is_one else None
            return reading.acts
        if reading.about == "somebody":
            self._here = None
        if self._here == "":
            self._here = self._whoever(reading)
        if self._here and reading.left_out and may_be_left_out:
            return ((self._here, reading.left_out),)
        return ()

    def _whoever(self, reading):
        """The role that the first sentence of a paragraph leaves out, as far as can be told."""
        if self._titled is not None:
            return self._titled
        if not self._before:
            return self._above
        # 「その結果は」 in a new paragraph may be anybody's.
        is_clear = len(self._before) == 1 and not reading.about
        return next(iter(self._before)) if is_clear else ""


def _patterns(words):
    return {phase: re.compile(pattern, re.IGNORECASE) for phase, pattern in words.items()}


# What chapters are called that are about one phase as a whole.
_CHAPTERS = _patterns(
    {
        "project_management": "(?:一元的な)?プロジェクトの?管理|プロジェクトの?検証|中長期計画"
        "|計画管理|(?:project|plan) management|management of projects|medium-to-long-term plan"
        "|project review|verification of projects",
        "budget": "予算及び執行|予算(?:管理|要求)|(?:予算の)?執行|執行管理"
        "|budget and execution|(?:budget|execution) management|budget request",
        "planning": "サービス・業務企画|services? and (?:business|operations) planning",
        "requirements": "要件定義|requirements definition",
        "procurement": "調達|procurement",
        "development": "設計・開発|design and development",
        "improvement": "(?:サービス・)?業務の運営と改善"
        r"|(?:operation|running) and improvement of services and \w+",
        "maintenance": "運用及び保守|運用・保守|operation and maintenance",
        "audit": "システム監査(?:の統括|管理)?"
        "|(?:(?:supervision|oversight) of )?system audits?(?: management)?",
    }
)
# Words that speak of one phase wherever they stand.
_MENTIONS = _patterns(
    {
        "project_management": "プロジェクト計画書|プロジェクト管理要領|中長期計画|project plan",
        "budget": "予算の?要求|予算の?執行|予算/執行|予算ヒアリング|執行計画|budget request",
        "planning": "サービス・業務企画",
        "requirements": "要件定義|requirements definition",
        "procurement": "調達(?:仕様書|案件|単位|$)|調達の(?:計画|手続|方式|単位)|入札|落札|検収"
        "|procurement specification|tender",
        "development": "設計・開発|総合テスト|受入テスト|design and development",
        "improvement": "運営と改善",
        "maintenance": "運用及び保守|運用・保守|operation and maintenance",
        "audit": "監査|system audit",
    }
)


def suggest_phase(headings: Sequence[str]) -> str:
    """The phase of the work that the headings down to a section lead into, or "".

    A chapter that is called like a phase decides, or else the nearest heading that mentions one.
    """
    titles = [fold(heading) for heading in reversed(headings)]
    return next(filter(None, map(_called_like, titles)), "") or next(
        filter(None, map(_mentioned_in, titles)), ""
    )


def _called_like(title):
    """The phase that a title as a whole is the name of, or ""."""
    return next((phase for phase, titles in _CHAPTERS.items() if titles.fullmatch(title)), "")


def _mentioned_in(text):
    """The one phase that a text mentions; "" when it mentions none, or several."""
    phases = [phase for phase, words in _MENTIONS.items() if words.search(text)]
    return phases[0] if len(phases) == 1 else ""


def _blocks(html):
    """The pieces of text in order, cut wherever an element makes a new line."""
    return _Walk(markup.fragment_fromstring(html, create_parent="div")).blocks


class _Walk:
    """A walk through the elements of a section, collecting the text between new lines."""

    def __init__(self, root):
        self.blocks: list[_Block] = []
        self._text = ""
        # Where marks of footnotes end, which belong to the sentence before them.
        self._marks: dict[int, int] = {}
        self._is_strong = True
        self._enter(root, (), root)

    def _enter(self, element, inside, paragraph):
        """Take in an element that stands inside those tags, and what is in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in _BLOCKS
        here = (*inside, tag, *(["footnote"] if element.get("class") == "footnote" else []))
        own = element if tag in _PARAGRAPHS else paragraph
        if is_block:
            self._break(inside, paragraph)
        start = len(self._text)
        if tag:
            self._add(element.text, here)
        for child in element:
            self._enter(child, here, own)
            self._add(child.tail, here)
        if is_block:
            self._break(here, own)
        elif tag == "sup" and (element.get("id") or "").startswith("fnref"):
            self._marks[start] = len(self._text)

    def _add(self, text, inside):
        if text:
            self._text += text
            if text.strip() and not {"strong", "b", *_TITLES}.intersection(inside):
                self._is_strong = False

    def _break(self, inside, paragraph):
        """End the piece of text here, and begin the next."""
        if self._text.strip():
            is_item = not _ITEMS.isdisjoint(inside)
            self.blocks.append(
                _Block(
                    paragraph=paragraph,
                    is_item=is_item,
                    is_title=self._is_strong and not is_item and "。" not in self._text,
                    is_note="footnote" in inside,
                    sentences=_cut(self._text, self._marks),
                )
            )
        self._text, self._marks, self._is_strong = "", {}, True


def _cut(text, marks):
    """The sentences of a piece of text; `marks` says from where to where footnotes are marked."""
    sentences, start = [], 0
    stops = {match.end() for match in _FULL_STOP.finditer(text)}
    closed = _closed(text)
    for place, sign in enumerate(text, start=1):
        is_end = sign == "。" or (
            place in stops and not _SHORT.search(text[start:place].rstrip('.!?)"”’'))
        )
        if is_end and place - 1 not in closed:
            end = marks.get(place, place)
            sentences.append(text[start:end])
            start = end
    sentences.append(text[start:])
    return [sentence.strip() for sentence in sentences if sentence.strip()]


def _closed(text):
    """The places inside brackets that are closed again; 「1)」 opens none."""
    inside: set[int] = set()
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign in _BRACKETS:
            opened.append((_BRACKETS[sign], place))
            waiting[_BRACKETS[sign]] += 1
        elif sign in _CLOSING and waiting[sign]:
            closing = ""
            while closing != sign:
                closing, start = opened.pop()
                waiting[closing] -= 1
            pairs.append((start, place))
    for start, place in pairs:
        inside.update(range(start, place))
    return inside
