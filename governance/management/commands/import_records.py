"""Takes appointments, PMO statuses or the progress of plans in from a CSV or Excel file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from governance.importing import KINDS, take
from governance.operators import operator
from governance.refusals import Refusal


class Command(BaseCommand):
    help = "Takes records in from a CSV or Excel file: all rows, or none when one is wrong."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *, kind, file, dry_run, **options):
        try:
            report = take(kind, file.read_bytes(), by=operator(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report.as_text())
        if not report.is_sound:
            raise CommandError(f"Nothing was taken in: {len(report.wrong)} rows are wrong.")
