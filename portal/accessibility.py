"""Reads what the last test run found of the site's accessibility, for the statement on it."""

import json
from datetime import date
from pathlib import Path

REPORT = Path(__file__).with_name("accessibility.json")


def last_report(path=REPORT):
    """The findings of the last run, or None where none was written down."""
    if not path.is_file():
        return None
    report = json.loads(path.read_text(encoding="utf-8"))
    return report | {"tested_on": date.fromisoformat(report["tested_on"])}
