"""Asserts that the tree of every edition is sound."""

from django.core.management.base import BaseCommand, CommandError

from guidelines.models import Edition
from guidelines.tree import faults


class Command(BaseCommand):
    help = "Checks that lft and rght of every edition are exactly 1…2n and agree with the parents."

    def handle(self, **options):
        editions = Edition.objects.select_related("guideline")
        found = [fault for edition in editions for fault in faults(edition)]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(editions)} trees are sound.")
