"""Writes the error pages as files that a proxy can show when the portal does not answer."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.failing import TEMPLATES, failure_page


class Command(BaseCommand):
    help = (
        "Writes 414.html, 429.html, 500.html and 503.html into FOLDER, for a proxy to show when it"
        " refuses or limits requests itself or the portal does not answer. The pages are in"
        " Japanese and English and link the stylesheet under /static/, which the proxy should"
        " serve from VAR_DIR/static by itself. Run it after each collectstatic; docs/deploying.md"
        " shows the proxy's side."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="made if it is not there")

    def handle(self, *, folder, **options):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for status in TEMPLATES:
                path = folder / f"{status}.html"
                path.write_text(failure_page(status), encoding="utf-8")
                self.stdout.write(str(path))
        except OSError as error:
            raise CommandError(f"{folder}: the pages cannot be written there: {error}") from error
