"""Takes a guideline in from a Word or Markdown file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from governance.operators import operator
from guidelines.importing import read_file
from guidelines.importing.writing import write
from guidelines.refusals import Refusal


class Command(BaseCommand):
    help = "Reads a guideline from a Word or Markdown file into a draft, or publishes it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--code", help="the guideline's code, if the cover has none")
        parser.add_argument("--language", choices=["ja", "en"], help="if not Japanese")
        parser.add_argument(
            "--publish", action="store_true", help="publish by the decision the cover names"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *, file, code, language, publish, dry_run, **options):
        try:
            source = read_file(file)
            source.code = code or source.code
            source.language = language or source.language
            report = write(source, by=operator(), publish=publish, dry_run=dry_run)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report.as_text())
