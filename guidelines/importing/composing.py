"""Composes the body of a section from its blocks: lists nested, captions beside what they name."""

import re
from dataclasses import dataclass

# What a section of Markdown is made of; "figure" is a picture by itself, "frame" a table of one
# cell, which the text uses as a box around other text.
TEXT, ITEM, TABLE, FRAME, FIGURE, CAPTION = "text", "item", "table", "frame", "figure", "caption"
_NAMED = (TABLE, FRAME, FIGURE)
_PLAIN_NUMBER = re.compile(r"(\d{1,4})\.")


@dataclass
class Piece:
    """One block in Markdown; an item with its printed number ("" for a bullet) and its indent."""

    kind: str
    text: str
    number: str = ""
    indent: int = 0


def compose(pieces: list[Piece]) -> str:
    """The pieces as one Markdown text."""
    blocks: list[str] = []
    items: list[Piece] = []
    for piece in [*_with_captions(pieces), None]:
        if piece is not None and piece.kind == ITEM:
            items.append(piece)
            continue
        if items:
            blocks += _lists(items)
            items = []
        if piece is not None and piece.text:
            blocks.append(piece.text)
    return "\n\n".join(blocks)


def quote(texts) -> str:
    """Blocks as one quotation."""
    text = "\n\n".join(texts)
    lines = text.split("\n") if text else []
    return "\n".join(f"> {line}".rstrip() if not line.strip() else f"> {line}" for line in lines)


def _with_captions(pieces):
    """The pieces, each caption made one figure with the table or picture that it names."""
    found: list[Piece] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.kind != CAPTION:
            found.append(piece)
        elif _belongs_before(piece, found[-1] if found else None, after):
            # A table of cells that are filled later has no sign yet of being named.
            found[-1] = _figure([found[-1].text], piece, above=False)
        elif after is not None and after.kind in _NAMED:
            named = [after.text]
            place += 1
            # Two pictures side by side stand in two paragraphs and have one caption.
            while (
                after.kind == FIGURE
                and place + 1 < len(pieces)
                and pieces[place + 1].kind == FIGURE
            ):
                place += 1
                named.append(pieces[place].text)
            found.append(_figure(named, piece, above=True))
        else:
            found.append(Piece(TEXT, piece.text))
        place += 1
    return found


def _belongs_before(caption, before, after):
    """Whether a caption names what stands before it: pictures have it below, tables above."""
    if before is None or before.kind not in _NAMED:
        return False
    if after is None or after.kind not in _NAMED:
        return True
    return caption.text.startswith("図") and not caption.text.startswith("図表")


def _figure(named, caption, *, above):
    # On one line: what follows a break would be a block of its own.
    text = re.sub(r" *\n", "<br>", caption.text)
    line = f'<figcaption markdown="span">{text}</figcaption>'
    blocks = [line, *named] if above else [*named, line]
    return Piece(TEXT, "\n\n".join(['<figure markdown="1">', *blocks, "</figure>"]))


def _lists(items):
    """Items in a row as lists: one for each change between bullets and numbers at the top."""
    levels = _levels(items)
    runs: list[list[tuple[int, Piece]]] = []
    for level, item in zip(levels, items, strict=True):
        if not runs or (level == 0 and _breaks(runs[-1], item)):
            runs.append([])
        runs[-1].append((level, item))
    return [_list(run) for run in runs]


def _levels(items):
    """How deep each item stands, from the indents: deeper than the one before is one level more."""
    open_indents: list[int] = []
    levels = []
    for item in items:
        while open_indents and item.indent < open_indents[-1]:
            open_indents.pop()
        if not open_indents or item.indent > open_indents[-1]:
            open_indents.append(item.indent)
        levels.append(len(open_indents) - 1)
    return levels


def _breaks(run, item):
    """Whether an item at the top starts another list: Markdown would count on through it."""
    top = [one for level, one in run if level == 0]
    if not top:
        return False
    last, here = _PLAIN_NUMBER.fullmatch(top[-1].number), _PLAIN_NUMBER.fullmatch(item.number)
    if bool(last) != bool(here):
        return True
    return bool(last and here and int(here[1]) != int(last[1]) + 1)


def _list(run):
    """Lines of one list. At the top 「1.」 is Markdown's own number; any other is text."""
    lines = []
    for level, item in run:
        counted = level == 0 and _PLAIN_NUMBER.fullmatch(item.number)
        if counted:
            marker, text = item.number, item.text
        else:
            number = re.sub(r"^(\d+)([.)])$", r"\1\\\2", item.number)
            marker, text = "-", f"{number} {item.text}".strip()
        inner = "\n" + " " * 4 * (level + 1)
        lines.append(" " * 4 * level + f"{marker} " + text.replace("\n", inner))
    return "\n".join(lines)
