"""Finds for each section of a new text the key it had in the text before it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from guidelines.addresses import address_of
from guidelines.keys import new_key
from guidelines.numbering import fold, same
from guidelines.tree import Node

# How alike two texts must be to be one section moved or retitled; tried on real editions.
ALIKE = 0.6
# Characters of a text that are looked at, and pairs that are compared, so that it stays quick.
_LENGTH = 2_000
_WHOLE = 400
# Shorter texts are alike by accident.
_SHORTEST = 20
_PAIRS = 100_000


@dataclass(frozen=True)
class Old:
    """Where a section stood in the text before."""

    key: str
    number: str
    title: str


def give_keys(
    root: Node,
    model: Node | None,
    *,
    translated: bool = False,
    chosen: dict[int, str] | None = None,
    older: Node | None = None,
) -> dict[str, str]:
    """Give every node without a key the key of its predecessor, or a new one.

    `model` is the text before, or, when `translated`, the one this is a translation of: there the
    titles differ, and equal places are what counts. `chosen` are the matches that a person
    corrected: the place of a section in reading order (the first is 0), and the key it has, or ""
    for a new one. `older` is asked where `model` has no answer: the edition before a draft.
    Returns how each key was found: "given" in the file, "chosen", "number and
    title", "title", "similar text", "place", "root", or "new".
    """
    found = {node.key: "given" for node, _level in root.walk() if node.key}
    if model is None or not root.key:
        root.key = root.key or (model.key if model else new_key())
        found[root.key] = found.get(root.key, "root")
    _choose(root, chosen or {}, found)
    for text in filter(None, (model, older)):
        if translated:
            _match(root, text, _place, "place", found)
            continue
        _match_below(root, text, found)
        for rule in (_both, _address):
            _match(root, text, rule, "number and title", found, is_sure=_reads_alike)
        for rule in (_title, _title_below):
            _match(root, text, rule, "title", found)
        _match_alike(root, text, found)
        # Now that more is known of what stands above.
        _match_below(root, text, found)
        _match(root, text, _title_below, "title", found)
    for node, _level in root.walk():
        if not node.key:
            node.key = new_key()
            found[node.key] = "new"
    return found


def gone(root: Node, model: Node | None) -> list[Old]:
    """The sections of the text before that the new one has no more."""
    if model is None:
        return []
    kept = {node.key for node, _level in root.walk()}
    return [
        Old(node.key, node.number, node.title)
        for node, level in model.walk()
        if level and node.key not in kept
    ]


def alike(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1: by their pairs of neighbouring characters."""
    return _dice(_pairs(one), _pairs(other))


def _choose(root, chosen, found):
    """Set what a person decided; a new section gets its key here, so that no rule gives it one."""
    for place, (node, level) in enumerate(root.walk(), start=-1):
        if level and place in chosen:
            node.key = chosen[place] or new_key()
            found[node.key] = "chosen"


def _match_below(root, model, found):
    """Match by number and title what stands below sections that are matched, from the top down.

    「1.1 目的」 stands in many a chapter: it is the same section only below the same one.
    """
    sections = {node.key: node for node, _level in model.walk()}
    addresses = {id(node): place for text in (root, model) for place, node in _place(text)}
    names = (
        lambda node: (same(node.number), fold(node.title)),
        # 「1)」 below 2.3 and 「2.3.1」 are one place.
        lambda node: (addresses[id(node)], fold(node.title)) if addresses[id(node)] else None,
    )
    for node, level in root.walk():
        before = sections.get(node.key) if level else model
        if before is None:
            continue
        for name in names:
            old = dict(_once((name(one), one) for one in before.children))
            for called, child in _once([(name(one), one) for one in node.children]):
                if not child.key and called in old and old[called].key not in found:
                    child.key = old[called].key
                    found[child.key] = "number and title"


def _match(root, model, rule, how, found, *, is_sure=lambda node, old: True):
    """Match by a rule, wherever it names one section on either side."""
    old = {name: node for name, node in _by(rule, model) if node.key not in found}
    for name, node in _by(rule, root):
        if not node.key and name in old and is_sure(node, old[name]):
            node.key = old[name].key
            found[node.key] = how


def _reads_alike(node, old):
    """Whether two sections say the same, whatever stands above them."""
    mine, theirs = _text_of(node), _text_of(old)
    if mine == theirs:
        return bool(mine)
    pairs = _pairs(mine), _pairs(theirs)
    return min(map(len, pairs)) >= _SHORTEST and _dice(*pairs) >= ALIKE


def _by(rule, root) -> Iterator[tuple]:
    """(name, node) for each name that the rule gives to one node alone."""
    return _once(rule(root))


def _once(names):
    """Those of (name, node) whose name is no other node's."""
    named = [(name, node) for name, node in names if name]
    counts = Counter(name for name, _node in named)
    return ((name, node) for name, node in named if counts[name] == 1)


def _both(root):
    """Names by number and title, with the number of the section above."""
    for node in _inner(root):
        for child in node.children:
            yield (same(node.number), same(child.number), fold(child.title)), child


def _address(root):
    """Names by address and title: 「1)」 below 2.3 and 「2.3.1」 are one place."""
    for address, node in _place(root):
        if address:
            yield (address, fold(node.title)), node


def _title(root):
    for node, level in root.walk():
        if level:
            yield fold(node.title), node


def _title_below(root):
    """Names by title and the section above, where it is known which one that is."""
    for node in _inner(root):
        for child in node.children:
            if node.key:
                yield (node.key, fold(child.title)), child


def _place(root):
    def walk(node, above):
        for child in node.children:
            address = address_of(child.number, key="", above=above)
            yield address, child
            yield from walk(child, address)

    yield from walk(root, "")


def _inner(root):
    return [node for node, _level in root.walk() if node.children]


def _match_alike(root, model, found):
    """Match what is left by the likeness of title and text, the likest pair first."""
    left = [node for node, level in root.walk() if level and not node.key]
    old = [node for node, level in model.walk() if level and node.key not in found]
    if not left or not old or len(left) * len(old) > _PAIRS:
        return
    new_signs, old_signs = [[_signs(node) for node in nodes] for nodes in (left, old)]
    scores = sorted(
        (
            (_likeness(mine, theirs), -place, -other)
            for place, mine in enumerate(new_signs)
            for other, theirs in enumerate(old_signs)
        ),
        reverse=True,
    )
    taken = set()
    for score, place, other in scores:
        node, before = left[-place], old[-other]
        if score < ALIKE:
            break
        if not node.key and before.key not in taken:
            node.key = before.key
            taken.add(before.key)
            found[node.key] = "similar text"


def _signs(node):
    """(pairs of the title, pairs of the text, number)."""
    return _pairs(fold(node.title)), _pairs(_text_of(node)), same(node.number)


def _text_of(node):
    """The beginning of what a section says; without a text of its own, what those below say."""
    text = node.body
    if not text:
        # Their titles alone, such as 「目的」 and 「定義」, may be those of any chapter.
        for child, level in node.walk():
            text += f"{child.title}{child.body}" if level else ""
            if len(text) >= _LENGTH:
                break
    return fold(text[:_LENGTH])


def _likeness(mine, theirs):
    title, text = _dice(mine[0], theirs[0]), _dice(mine[1], theirs[1])
    if min(len(mine[1]), len(theirs[1])) < _SHORTEST:
        # Of a heading by itself only one in the same place may have been reworded; the same
        # words elsewhere, such as 「背景」, say nothing.
        return title if mine[2] == theirs[2] and title < 1 else 0.0
    return max(0.4 * title + 0.6 * text, text - 0.15)


def _pairs(text):
    pairs = frozenset(pairwise(text))
    if len(text) <= _WHOLE:
        return pairs
    # A quarter of them, the same quarter in every text, says as much of a long one.
    return frozenset((one, two) for one, two in pairs if (31 * ord(one) + ord(two)) % 4 == 0)


def _dice(one, other):
    whole = len(one) + len(other)
    # Sets of very different sizes cannot be alike, whatever they share.
    if not whole or 2 * min(len(one), len(other)) < 0.3 * whole:
        return 0.0
    return 2 * len(one & other) / whole
