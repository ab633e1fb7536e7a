"""What a reader makes of a file: the cover, the tree of the text, and an account of every block."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from guidelines.tree import Node


class Fate(StrEnum):
    """What became of a block of the source; short codes that programs may rely on."""

    IMPORTED = "imported"
    TURNED = "turned"
    LEFT_OUT = "left_out"


@dataclass
class Block:
    """One block of the source, as the loss report lists it."""

    place: str
    kind: str
    text: str = ""
    fate: Fate = Fate.IMPORTED
    # What it was turned into, or why it was left out; a sentence.
    how: str = ""
    # False for what carries no text of the author's: contents, page numbers, values of the cover.
    counts: bool = True
    # The section that took it in; None for the cover.
    node: Node | None = None


@dataclass
class Note:
    """A row of the table of revisions; the day is None where the file has none."""

    revised_on: date | None
    place: str
    content: str


@dataclass
class Picture:
    """A picture found in a file; its text shows it by its address, which its content gives."""

    address: str
    name: str
    media_type: str
    content: bytes


@dataclass
class Source:
    """A guideline as read from a file, before anything is written."""

    name: str
    code: str = ""
    language: str = "ja"
    title: str = ""
    subtitle: str = ""
    issuer: str = ""
    decided_on: date | None = None
    effective_on: date | None = None
    keywords: list[str] = field(default_factory=list)
    abstract: str = ""
    demonstration: bool = False
    notes: list[Note] = field(default_factory=list)
    root: Node = field(default_factory=Node)
    pictures: list[Picture] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    images: int = 0
    footnotes: int = 0
    warnings: list[str] = field(default_factory=list)
    # Filled by accounting.py when the reader is done.
    text_kept: float = 100.0
