"""Proves that every published edition is what was sealed."""

from django.core.management.base import BaseCommand, CommandError

from guidelines.models import Edition
from guidelines.sealing import differences


class Command(BaseCommand):
    help = "Recomputes the seal of every published edition and the chain of each guideline."

    def handle(self, **options):
        found = differences()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{Edition.objects.published().count()} editions are as sealed.")
