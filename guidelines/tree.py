"""A text in memory: the tree that files give, editions are copied by, and drafts begin as."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guidelines.models import Section


@dataclass(slots=True)
class Node:
    """A section and what is below it. The root stands for the cover and has no heading."""

    number: str = ""
    title: str = ""
    reading: str = ""
    body: str = ""
    # Empty until it is known whether an earlier edition has this section.
    key: str = ""
    children: list["Node"] = field(default_factory=list)

    def walk(self, level: int = 0) -> Iterator[tuple["Node", int]]:
        """Each node with its level, in reading order, this one first."""
        yield self, level
        for child in self.children:
            yield from child.walk(level + 1)


def read(edition) -> Node:
    """The tree of an edition, in one query."""
    root = Node()
    path: list[Node] = []
    rows = edition.sections.in_order().values_list(
        "level", "number", "title", "reading", "body", "key"
    )
    for level, *text in rows:
        node = Node(*text)
        if level == 0:
            root = node
        else:
            path[level - 1].children.append(node)
        path[level:] = [node]
    return root


def plant(edition, root: Node) -> None:
    """Write a whole tree into an edition that has none, with lft and rght computed beforehand.

    One insertion a level: some thousand sections take a tenth of a second.
    """
    rows: list[tuple[Node, Section]] = []

    def lay_out(node: Node, level: int, left: int) -> int:
        section = Section(
            edition=edition,
            tree_id=edition.pk,
            level=level,
            lft=left,
            key=node.key,
            number=node.number,
            title=node.title,
            reading=node.reading,
            body=node.body,
        )
        rows.append((node, section))
        for child in node.children:
            left = lay_out(child, level + 1, left + 1)
        section.rght = left + 1
        return section.rght

    lay_out(root, 0, 1)
    sections = {id(node): section for node, section in rows}
    for level in range(max(section.level for _node, section in rows) + 1):
        here = [(node, section) for node, section in rows if section.level == level]
        Section.objects.bulk_create([section for _node, section in here], batch_size=500)
        for node, section in here:
            for child in node.children:
                sections[id(child)].parent = section


def faults(edition) -> list[str]:
    """What is wrong with an edition's lft, rght, level and parent; empty for a sound tree."""
    found = []
    open_above: list[Section] = []
    expected = 1
    for section in edition.sections.in_order().only(
        "lft", "rght", "level", "parent_id", "tree_id", "key"
    ):
        while open_above and open_above[-1].rght < section.lft:
            if open_above.pop().rght != expected:
                found.append(f"{edition}: rght before {section.key} is not {expected}")
            expected += 1
        above = open_above[-1].pk if open_above else None
        if section.lft != expected:
            found.append(f"{edition}: lft of {section.key} is {section.lft}, not {expected}")
            expected = section.lft
        if section.parent_id != above:
            found.append(f"{edition}: parent of {section.key} is not the section around it")
        if section.level != len(open_above):
            found.append(f"{edition}: level of {section.key} is {section.level}")
        open_above.append(section)
        expected += 1
    while open_above:
        if open_above.pop().rght != expected:
            found.append(f"{edition}: rght at the end is not {expected}")
        expected += 1
    return found
