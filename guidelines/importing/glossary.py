"""Turns a table of terms into sections, one a term, so that each has an address of its own."""

import re

from guidelines.numbering import fold
from guidelines.tree import Node

_TERM = re.compile(r"用語|用語名|語句|term")
_READING = re.compile(r"フリガナ|ふりがな|ヨミ|よみ|読み|ヨミガナ|よみがな|読み仮名|reading")
_DEFINITION = re.compile(r"定義|意味|説明|内容|用語の定義|definition")


def columns_of(head: list[str], *, title: str) -> dict | None:
    """Which column of a table holds term, reading and definition; None for any other table.

    A table of terms inside another document stays a table: only one with readings, or in a
    document or section called a glossary, is the text itself.
    """
    cells = [fold(cell).replace(" ", "").lower() for cell in head]
    found = {
        name: next((place for place, cell in enumerate(cells) if pattern.fullmatch(cell)), None)
        for name, pattern in (("term", _TERM), ("reading", _READING), ("definition", _DEFINITION))
    }
    if found["term"] is None or found["definition"] is None:
        return None
    is_glossary = found["reading"] is not None or re.search(r"用語集|glossary", title, re.I)
    return found if is_glossary else None


def section_of(columns, head, cells: list[str], bodies: list[str]) -> Node | None:
    """The section of one row; `bodies` are its cells in Markdown. None for a row without a term.

    What the other columns say, such as the days on which a term was added and last changed,
    stands in a last paragraph under the names of the columns.
    """
    term = " ".join(cells[columns["term"]].split())
    if not term:
        return None
    reading = columns["reading"]
    rest = [
        f"{name}: {body}"
        for place, (name, body) in enumerate(zip(head, bodies, strict=False))
        if place not in columns.values() and body
    ]
    definition = bodies[columns["definition"]].replace("<br>", "\n\n")
    return Node(
        title=term,
        reading=" ".join(cells[reading].split()) if reading is not None else "",
        body="\n\n".join(part for part in (definition, "、".join(rest)) if part),
    )
