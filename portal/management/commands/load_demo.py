"""Loads the demonstration set: the catalogue, the texts written for it, and who does what."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from governance.operators import operator
from governance.refusals import Refusal
from guidelines.models import Edition, Guideline, Responsibility, Section
from portal.demonstration import load

FIXTURES = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    help = "Loads the demonstration set through the acts, all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the catalogue has documents"
        )

    def handle(self, *, if_empty, **options):
        if Guideline.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "The database already holds guidelines; the demonstration set wants an empty one."
            )
        try:
            with transaction.atomic():
                load(FIXTURES, by=operator())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Loaded {Guideline.objects.count()} guidelines, {Edition.objects.count()} editions,"
            f" {Section.objects.count()} sections, {Responsibility.objects.count()} duties."
        )
