"""Takes a guideline in from a Word or Markdown file."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from governance.operators import operator
from guidelines.importing import SAID, read_file
from guidelines.importing.writing import preview, write
from guidelines.refusals import Refusal


class Command(BaseCommand):
    help = "Reads a guideline from a Word or Markdown file into a draft, or publishes it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a .docx or .md, or a .zip with one .md")
        parser.add_argument("--code", help="the guideline's code, if the cover has none")
        parser.add_argument("--title", help="the title, if the cover has none")
        parser.add_argument("--issuer", help="who decided it, if the cover does not say")
        parser.add_argument(
            "--decided-on", type=date.fromisoformat, help="the day of decision, such as 2021-03-30"
        )
        parser.add_argument("--language", choices=["ja", "en"], help="if not Japanese")
        parser.add_argument(
            "--publish", action="store_true", help="publish by the decision the cover names"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="replace the text of an open draft"
        )
        parser.add_argument(
            "--read-losses",
            action="store_true",
            help="write although numbers are double, or publish although text was lost: "
            "someone has read the report",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *, file, publish, overwrite, read_losses, dry_run, **options):
        said = {name: options[name] for name in SAID if options[name]}
        try:
            source = read_file(file, decided_on=options["decided_on"], **said)
            if dry_run:
                report = preview(source, publish=publish)
            else:
                report = write(
                    source,
                    by=operator(),
                    publish=publish,
                    overwrite=overwrite,
                    read_losses=read_losses,
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report.as_text())
