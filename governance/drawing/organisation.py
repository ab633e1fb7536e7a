"""Draws the bodies of a day as SVG, each below the one it belongs to; every body is a link."""

from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from governance.drawing.lettering import day, language_of, lines
from governance.naming import in_reader_language

# Sizes in units of the drawing, which the page scales to its width; narrow, to suit a phone.
WIDTH, MARGIN, INDENT = 340, 3, 22
LINE, PADDING, GAP = 17, 8, 11
# Below this level names would find no room.
DEEPEST = 8
# How many units a Latin sign of a name takes.
SIGN = 6.8


def draw(places, *, address):
    """The places of an arrangement as one drawing; `address(body)` is where a body is shown.

    A body that is no more stands with a broken line above the one that followed it.
    """
    parts, y = [], MARGIN
    for place in places:
        drawn, _middle, y = _draw(place, 0, y, address)
        parts += drawn
    return mark_safe(  # noqa: S308 — every text is escaped in _box
        f'<svg class="organisation" viewBox="0 0 {WIDTH} {max(y - GAP, 0) + MARGIN}" role="group"'
        ' xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(_('組織図'))}</title>"
        f"<desc>{escape(_('上位の組織の下に、その組織を線でつないで示します。'))}</desc>"
        f"{''.join(parts)}</svg>"
    )


def _draw(place, level, y, address):
    """The parts of a body and all below it, the height of its middle, and where the next begins."""
    parts, x = [], MARGIN + min(level, DEEPEST) * INDENT
    for body in place.before:
        ended = body.abolished_on
        text = _("廃止 %(day)s") % {"day": day(ended)} if ended else _("廃止日は記録なし")
        box, height = _box(body, x, y, text, "past", address)
        parts += [box, _arrow(x + INDENT, y + height, GAP + 6)]
        y += height + GAP + 6
    founded = place.body.founded_on
    text = _("設置 %(day)s") % {"day": day(founded)} if founded else ""
    box, height = _box(place.body, x, y, text, "existing", address)
    parts.append(box)
    middle, bottom, trunk = y + height // 2, y + height, x + INDENT // 2
    y = bottom + GAP
    for below in place.below:
        drawn, side, y = _draw(below, level + 1, y, address)
        parts.append(f'<path class="line" d="M{trunk} {bottom} V{side} H{x + INDENT}"/>')
        parts += drawn
    return parts, middle, y


def _box(body, x, y, facts, kind, address):
    """A body with a line of facts, and the height it takes."""
    name = in_reader_language(body, "name")
    room = int((WIDTH - MARGIN - x - 2 * PADDING) / SIGN)
    language = language_of(body)
    rows = [("name", line, language) for line in lines(name, room)]
    if facts:
        rows.append(("facts", facts, ""))
    height = len(rows) * LINE + 2 * PADDING - 4
    texts = "".join(
        f'<text class="{look}"{marked} x="{x + PADDING}" y="{y + PADDING + 11 + row * LINE}">'
        f"{escape(line)}</text>"
        for row, (look, line, marked) in enumerate(rows)
    )
    return (
        f'<a href="{escape(address(body))}"><title{language}>{escape(name)}</title>'
        f'<rect class="box {kind}" x="{x}" y="{y}" width="{WIDTH - MARGIN - x}"'
        f' height="{height}" rx="4"/>{texts}</a>'
    ), height


def _arrow(x, y, length):
    """The way from a body that is no more down to the one that followed it."""
    tip = y + length - 1
    return (
        f'<path class="line past" d="M{x} {y} V{tip - 6}"/>'
        f'<path class="tip" d="M{x} {tip} l-5 -8 h10 z"/>'
    )
