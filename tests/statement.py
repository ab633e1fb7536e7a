"""Keeps what the gates found for the accessibility statement.

As a plugin of pytest (`-p tests.statement`) it writes `var/accessibility.json` after a run of the
gates over all page types. Run by itself,

    python -m tests.statement

it makes those figures the ones that the page of the statement shows, if nothing was found.
"""

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.looking import axe_script
from tests.page_types import PAGES

ROOT = Path(__file__).resolve().parents[1]
LAST, SHOWN = ROOT / "var" / "accessibility.json", ROOT / "portal" / "accessibility.json"
LOOK = "test_page_is_for_everybody"
KNOWN = [
    {
        "ja": "取り込んだ文書の図には、元のファイルに代替テキストのないものがあります。",
        "en": "Some figures of imported documents have no text alternative in their files.",
    },
    {
        "ja": "機械による試験だけの結果です。支援技術の利用者による確認は行っていません。",
        "en": "These are results of tests by machine; no users of assistive technology were asked.",
    },
]


def page_types():
    """The page types as the statement names them."""
    return [{"name": one.name, "address": one.address} for one in PAGES]


class Tally:
    """Counts what the gates looked at and found."""

    def __init__(self):
        self.looked_at, self.views, self.violations = set(), 0, 0

    def count(self, report):
        """One page in one language on one device, which was looked at in both schemes."""
        self.looked_at.add(report.nodeid)
        self.views += 0 if report.skipped else 2
        self.violations += len(re.findall(r"^axe: ", report.longreprtext, re.MULTILINE))

    @property
    def is_whole(self):
        """Whether every page type was looked at, rather than those of a shorter run."""
        return len(self.looked_at) == 2 * sum(len(one.languages) for one in PAGES)


_tally = Tally()


def pytest_runtest_logreport(report):
    if report.when == "call" and LOOK in report.nodeid:
        _tally.count(report)


def pytest_sessionfinish(session):
    # The workers of a run only see their part of it.
    if not hasattr(session.config, "workerinput") and _tally.is_whole:
        LAST.parent.mkdir(exist_ok=True)
        LAST.write_text(figures(_tally), encoding="utf-8")


def figures(tally):
    """What the statement says of a run, as JSON."""
    version = re.search(r"axe v([\d.]+)", axe_script())
    facts = {
        "tested_on": datetime.now(ZoneInfo("Asia/Tokyo")).date().isoformat(),
        "engine": f"axe-core {version[1] if version else ''}".strip(),
        "rules": "WCAG 2.2 A/AA, best practices",
        "page_types": page_types(),
        "languages": ["ja", "en"],
        "widths": [390, 1280],
        "schemes": ["light", "dark"],
        "views": tally.views,
        "violations": tally.violations,
        "known": KNOWN,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def main():
    """Show the figures of the last run, if it was one without violations."""
    if not LAST.exists():
        return "No run of the gates is on record: run `make gates` first."
    if json.loads(LAST.read_text(encoding="utf-8"))["violations"]:
        return f"The last run found violations, see {LAST}; the statement stays as it was."
    SHOWN.write_bytes(LAST.read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
