"""How well the finder agrees with the judged sentences, and how many it reads a second.

The judged lists are those of tests/judged; tests/test_finding.py asks the same of them.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure, median_ms
from guidelines.finding import Found, Names, find, sentences_of
from guidelines.importing import read_file
from guidelines.rendering import render

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "tests" / "judged"
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus"
# Promised for the lists that the finder was made with.
LEAST = 0.85


@dataclass
class Score:
    """How what was found compares with what was judged, over pairs of a sentence and a role."""

    found: int = 0
    judged: int = 0
    both: int = 0
    duties: int = 0
    phases: int = 0
    forces: int = 0
    # What to look at: ("missed" or "not one", where, role, sentence).
    faults: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The part of what was found that was judged to be a duty."""
        return self.both / self.found

    @property
    def recall(self) -> float:
        """The part of the judged duties that was found."""
        return self.both / self.judged

    def add(self, other: "Score") -> None:
        """Take in what another score counted."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True)
class Section:
    """A section that the finder is given, as a page would have it."""

    title: str
    above: tuple[str, ...]
    html: str
    names: Names
    language: str

    def find(self) -> list[Found]:
        """What the finder proposes for it."""
        return find(
            self.html,
            heading=self.title,
            above=self.above,
            names=self.names,
            language=self.language,
        )


def names_on(day: date) -> Names:
    """The names, abbreviations and aliases that the demonstration roles have on a day."""
    offices = tomllib.loads((FIXTURES / "offices.toml").read_text())
    words = []
    for role in offices["roles"]:
        words += [(alias, role["slug"]) for alias in role["aliases"]]
        for name in role["names"]:
            if name.get("since", day) <= day < name.get("until", date.max):
                fields = ("name", "name_en", "abbreviation")
                words += [(name[key], role["slug"]) for key in fields]
    return Names(words)


def sections_of(path: Path, day: date | None = None) -> dict[str, Section]:
    """The sections of a text by their key, and by their place such as 「2/2.1/1)」."""
    source = read_file(path)
    names = names_on(day or source.decided_on or date.max)
    found = {}

    def enter(node, place, above):
        section = Section(
            node.title, above, render(node.body, key="judged"), names, source.language
        )
        found[node.key or place] = section
        titles = (*above, node.title) if node.title else above
        for child in node.children:
            enter(child, f"{place}/{child.number}".lstrip("/"), titles)

    enter(source.root, "", ())
    return found


def judged_lists() -> list[dict]:
    """The lists of judged sentences, in the order of their names."""
    return [tomllib.loads(path.read_text()) for path in sorted(JUDGED.glob("*.toml"))]


def text_of(judged: dict, entry: dict) -> Path:
    """The file of the text that a judged section stands in."""
    where = judged | entry
    if "file" in where:
        return CORPUS / where["file"]
    return FIXTURES / where["document"] / f"{where['edition']}.md"


def compare(judged: dict) -> Iterator[tuple[dict, Score]]:
    """Each section of a list, with how the finder did on it; without those not at hand.

    Raises ValueError where the list and the text do not have the same sentences.
    """
    texts: dict[Path, dict[str, Section]] = {}
    for entry in judged["sections"]:
        path = text_of(judged, entry)
        if not path.exists():
            continue
        if path not in texts:
            texts[path] = sections_of(path, judged.get("day"))
        section = texts[path][entry.get("key") or entry["place"]]
        yield entry, _score(entry, section)


def _score(entry, section):
    where = entry.get("key") or entry["place"]
    # What is no sentence, such as most cells of a table, is not listed and gives no duty.
    body = section.html.partition('<div class="footnote">')[0]
    whole = [text for text in sentences_of(body) if text.endswith(("。", "."))]
    rows = entry["sentences"]
    if len(whole) != len(rows) or not all(
        text.startswith(row["begins"]) or _bare(text).startswith(row["begins"])
        for text, row in zip(whole, rows, strict=True)
    ):
        raise ValueError(f"{where}: {[text[:15] for text in whole]}")
    found = {(one.role, one.sentence): one for one in section.find()}
    expected = {
        (role, text): (duty, row.get("phase", ""), row.get("force", "must"))
        for text, row in zip(whole, rows, strict=True)
        for role, duty in row.get("gives", {}).items()
    }
    score = Score(len(found), len(expected), len(found.keys() & expected.keys()))
    for pair in found.keys() & expected.keys():
        duty, phase, force = expected[pair]
        score.duties += found[pair].duty == duty
        score.phases += found[pair].phase == phase
        score.forces += found[pair].force == force
        if found[pair].duty != duty:
            score.faults.append((f"duty {found[pair].duty}, not {duty}", where, *pair))
        if found[pair].phase != phase:
            score.faults.append((f"phase {found[pair].phase!r}, not {phase!r}", where, *pair))
        if found[pair].force != force:
            score.faults.append((f"force {found[pair].force}, not {force}", where, *pair))
    score.faults += [("missed", where, *pair) for pair in sorted(expected.keys() - found.keys())]
    score.faults += [("not one", where, *pair) for pair in sorted(found.keys() - expected.keys())]
    return score


def _bare(text: str) -> str:
    """A sentence without the mark printed before an item of a list."""
    return re.sub(r"^(?:[・①-⑳]|[0-9０-９]+[)）.．])\s*", "", text)


def score(judged: dict) -> Score:
    """How the finder did on a whole list."""
    whole = Score()
    for _entry, part in compare(judged):
        whole.add(part)
    return whole


def finding() -> list[Figure]:
    """Precision and recall on each list, then the speed on the largest text."""
    figures = []
    for judged in judged_lists():
        whole = score(judged)
        if not whole.judged:
            continue  # The corpus is not at hand.
        promise = "" if judged.get("held_out") else f" (at least {LEAST})"
        what = f"{judged['name']}, {whole.judged} duties"
        figures += [
            Figure(f"finder, precision on {what}{promise}", whole.precision, ""),
            Figure(f"finder, recall on {what}{promise}", whole.recall, ""),
        ]
    sections = list(sections_of(FIXTURES / "DS-100" / "2025-05-27.ja.md").values())
    count = sum(len(sentences_of(section.html)) for section in sections)
    taken = median_ms(lambda: [section.find() for section in sections], times=5)
    figures.append(Figure("finder, speed", count / taken * 1000, "sentences/s"))
    return figures
