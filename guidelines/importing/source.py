"""What a reader makes of a file: the cover, the tree of the text, and what there was to say."""

from dataclasses import dataclass, field
from datetime import date

from guidelines.tree import Node


@dataclass
class Note:
    """A row of the table of revisions; the day is None where the file has none."""

    revised_on: date | None
    place: str
    content: str


@dataclass
class Picture:
    """A picture found in a file; its text refers to it by `placeholder`."""

    placeholder: str
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
    tables: int = 0
    footnotes: int = 0
    warnings: list[str] = field(default_factory=list)
