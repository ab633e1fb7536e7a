"""Draws the relations of the documents as SVG: each document, and beside it those that serve it."""

from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from governance.naming import in_reader_language
from guidelines.models import GuidelineRelation

# Sizes in units of the drawing, which the page scales to its width.
WIDTH, MARGIN = 1000, 8
LEFT_WIDTH, KIND_X, RIGHT_X, RIGHT_WIDTH = 300, 350, 500, 240
BOX, GAP, BETWEEN = 40, 8, 40
IN_A_ROW = 2


@dataclass(frozen=True)
class Box:
    """A document at a place of the drawing."""

    guideline: object
    x: int
    y: int
    width: int


def draw(relations, *, root):
    """The relations, given with source and target, as one SVG drawing; links begin with `root`.

    Each document that others relate to stands on the left, once; on the right those that relate
    to it, by kind. Every document is a link; the page lists the same relations in words.
    """
    by_target = {}
    for relation in relations:
        by_target.setdefault(relation.target, []).append(relation)
    targets = sorted(by_target, key=lambda target: (target.category.position, target.code))
    parts, y = [], MARGIN
    for target in targets:
        drawn, height = _draw_target(target, by_target[target], y, root)
        parts += drawn
        y += height + BETWEEN
    return mark_safe(  # noqa: S308 — every text is escaped in _box and _label
        f'<svg class="map" viewBox="0 0 {WIDTH} {y}" role="group" xmlns="http://www.w3.org/2000/svg">'
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="0" refY="5" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M10 0 L0 5 L10 10 z"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )


def _draw_target(target, relations, y, root):
    """The parts of one document with its relations, and the height they take."""
    parts, top = [], y
    order = list(GuidelineRelation.Kind.values)
    relations = sorted(relations, key=lambda one: (order.index(one.kind), one.source.code))
    rows = []
    for kind, group in groupby(relations, key=lambda relation: relation.kind):
        sources = [relation.source for relation in group]
        first = y
        for start in range(0, len(sources), IN_A_ROW):
            for place, source in enumerate(sources[start : start + IN_A_ROW]):
                x = RIGHT_X + place * (RIGHT_WIDTH + GAP)
                parts.append(_box(Box(source, x, y, RIGHT_WIDTH), "source", root))
            y += BOX + GAP
        rows.append((kind, first, y - GAP))
        y += GAP
    parts += [_bracket(kind, top, first, last) for kind, first, last in rows]
    parts.append(_box(Box(target, MARGIN, top, LEFT_WIDTH), "target", root))
    return parts, y - top - 2 * GAP


def _bracket(kind, top, first, last):
    """The line from a document down to a group of others, with the kind written on it."""
    level, trunk, end = first + BOX // 2, KIND_X - 20, RIGHT_X - GAP
    label = escape(str(GuidelineRelation.Kind(kind).label))
    return (
        f'<path class="line {kind}" marker-start="url(#arrow)"'
        f' d="M{MARGIN + LEFT_WIDTH} {top + BOX // 2} H{trunk} V{level}'
        f' H{end} M{end} {first} V{last}"/>'
        f'<rect class="plate" x="{KIND_X}" y="{level - 11}" width="120" height="22"/>'
        f'<text class="kind" x="{KIND_X + 60}" y="{level + 4}" text-anchor="middle">{label}</text>'
    )


def _box(box, role, root):
    guideline = box.guideline
    title = in_reader_language(guideline, "title")
    # A Japanese sign takes the room of two Latin ones.
    room = box.width // 13 if title[:1] > "\u2e7f" else box.width // 7
    name = escape(Truncator(title).chars(room))
    return (
        f"<a href={quoteattr(f'{root}{guideline.code}/')}>"
        f"<title>{escape(f'{guideline.code} {title}')}</title>"
        f'<rect class="box {role}" x="{box.x}" y="{box.y}" width="{box.width}"'
        f' height="{BOX}" rx="4"/>'
        f'<text class="code" x="{box.x + 8}" y="{box.y + 16}">{escape(guideline.code)}</text>'
        f'<text class="name" x="{box.x + 8}" y="{box.y + 32}">{name}</text></a>'
    )
