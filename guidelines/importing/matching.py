"""Finds for each section of a new text the key it had in the text before it."""

from collections import Counter

from guidelines.addresses import address_of
from guidelines.keys import new_key
from guidelines.numbering import fold, same
from guidelines.tree import Node


def give_keys(root: Node, model: Node | None, *, translated: bool = False) -> dict[str, str]:
    """Give every node without a key the key of its predecessor, or a new one.

    `model` is the text before, or, when `translated`, the one this is a translation of: there the
    titles differ, and equal places are what counts. Returns how each key was found: "given" in
    the file, "number and title", "title", "place", or "new".
    """
    found = {node.key: "given" for node, _level in root.walk() if node.key}
    if model is None or not root.key:
        root.key = root.key or (model.key if model else new_key())
        found[root.key] = found.get(root.key, "root")
    if model:
        rules = (
            (("place", _place),) if translated else (("number and title", _both), ("title", _title))
        )
        for how, rule in rules:
            _match(root, model, rule, how, found)
    for node, _level in root.walk():
        if not node.key:
            node.key = new_key()
            found[node.key] = "new"
    return found


def _match(root, model, rule, how, found):
    """Match by a rule, wherever it names one section on either side."""
    old = {node_id: node for node_id, node in _by(rule, model) if node.key not in found}
    for name, node in _by(rule, root):
        if not node.key and name in old:
            node.key = old[name].key
            found[node.key] = how


def _by(rule, root):
    """(name, node) for each name that the rule gives to one node alone."""
    named = [(name, node) for name, node in rule(root) if name]
    counts = Counter(name for name, _node in named)
    return [(name, node) for name, node in named if counts[name] == 1]


def _both(root):
    """Names by number and title, with the number of the section above."""
    for node in _inner(root):
        for child in node.children:
            yield (same(node.number), same(child.number), fold(child.title)), child


def _title(root):
    for node, level in root.walk():
        if level:
            yield fold(node.title), node


def _place(root):
    def walk(node, above):
        for child in node.children:
            address = address_of(child.number, key="", above=above)
            yield address, child
            yield from walk(child, address)

    yield from walk(root, "")


def _inner(root):
    return [node for node, _level in root.walk() if node.children]
