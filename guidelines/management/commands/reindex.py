"""Makes the index of the search anew, or says where it is not as the texts."""

from django.core.management.base import BaseCommand, CommandError

from guidelines.search_index import faults, reindex


class Command(BaseCommand):
    help = "Makes the index of the search anew from the published editions, while it is used."

    def add_arguments(self, parser):
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="compare index and texts only")
        only.add_argument("--missing", action="store_true", help="add the editions it lacks only")

    def handle(self, *, check, missing, verbosity, **options):
        if check:
            if found := faults():
                raise CommandError("\n".join(found))
            self.stdout.write("The index is as the texts.")
            return
        count = reindex(missing=missing)
        if verbosity:
            self.stdout.write(f"{count} editions were entered into the index.")
