"""Loads the demonstration set: the catalogue, and the texts written for it."""

import tomllib
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from governance.appointing import appoint, define_role, establish_ministry
from governance.deciding import found_body, record_decision
from governance.models import Body, Decision
from governance.operators import operator
from governance.refusals import Refusal
from guidelines import cataloguing, publishing
from guidelines.importing import read_file
from guidelines.importing.writing import decision_of, write
from guidelines.models import Category, Edition, Guideline, Section
from portal.ways import offer_way_in

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
            f" {Section.objects.count()} sections."
        )


def load(folder: Path, *, by) -> None:
    """The whole demonstration set, in the order in which it came to be."""
    catalogue = tomllib.loads((folder / "catalogue.toml").read_text(encoding="utf-8"))
    _load_bodies(catalogue["bodies"], by=by)
    for row in catalogue["decisions"]:
        body = Body.objects.get(slug=row.pop("body"))
        record_decision(body=body, by=by, **row)
    _load_guidelines(catalogue, by=by)
    _load_texts(folder, by=by)
    _load_offices(tomllib.loads((folder / "offices.toml").read_text(encoding="utf-8")), by=by)
    _withdraw(catalogue["guidelines"], by=by)
    for position, way in enumerate(catalogue["ways_in"]):
        offer_way_in(position=position, by=by, **way)


def _load_bodies(rows, *, by):
    """Bodies, each after the ones it names; the file may have them in any order."""
    waiting, made = list(rows), {}
    while waiting:
        ready = [
            row
            for row in waiting
            if all(row.get(role) in (None, *made) for role in ("parent", "successor"))
        ]
        if not ready:
            raise CommandError(f"bodies that name each other: {[row['slug'] for row in waiting]}")
        for row in ready:
            others = {role: made[row[role]] for role in ("parent", "successor") if row.get(role)}
            made[row["slug"]] = found_body(by=by, **row | others)
            waiting.remove(row)


def _load_offices(offices, *, by):
    """Ministries, each after the one it belongs to, roles, and who holds them."""
    ministries = {}
    for row in sorted(offices["ministries"], key=lambda row: "parent" in row):
        parent = ministries.get(row.get("parent"))
        ministries[row["slug"]] = establish_ministry(by=by, **row | {"parent": parent})
    roles = {row["slug"]: define_role(by=by, **row) for row in offices["roles"]}
    for row in offices["appointments"]:
        ministry = ministries[row["ministry"]] if "ministry" in row else None
        facts = row | {"role": roles[row["role"]], "ministry": ministry, "demonstration": True}
        appoint(by=by, **facts)


def _load_guidelines(catalogue, *, by):
    for position, row in enumerate(catalogue["categories"]):
        cataloguing.add_category(by=by, **{"position": position} | row)
    categories = {category.slug: category for category in Category.objects.all()}
    for row in catalogue["guidelines"]:
        row = {name: value for name, value in row.items() if name not in WITHDRAWAL}
        cataloguing.register_guideline(by=by, **row | {"category": categories[row["category"]]})
    guidelines = {guideline.code: guideline for guideline in Guideline.objects.all()}
    for row in catalogue["relations"]:
        source, target = guidelines[row["source"]], guidelines[row["target"]]
        cataloguing.relate(source, row["kind"], target, by=by)


WITHDRAWAL = ("withdrawn_on", "withdrawn_by", "replaced_by")


def _withdraw(rows, *, by):
    for row in rows:
        if "withdrawn_on" not in row:
            continue
        decision = None
        if row.get("withdrawn_by"):
            slug, day = row["withdrawn_by"].split("/")
            decision = Decision.objects.get(body__slug=slug, decided_on=day)
        replaced_by = row.get("replaced_by")
        cataloguing.withdraw_guideline(
            Guideline.objects.get(code=row["code"]),
            on=row["withdrawn_on"],
            decision=decision,
            replaced_by=Guideline.objects.get(code=replaced_by) if replaced_by else None,
            by=by,
        )


def _load_texts(folder, *, by):
    """The editions by day of decision; those of one decision are published together by it."""
    sources = [read_file(path) for path in sorted(folder.glob("*/*.md"))]
    by_day = defaultdict(list)
    for source in sources:
        # A translation comes after the text it translates.
        by_day[source.decided_on, source.language != "ja", source.issuer].append(source)
    for _order, adopted in sorted(by_day.items(), key=lambda item: item[0]):
        if adopted[0].language != "ja":
            for source in adopted:
                write(source, by=by, publish=True)
            continue
        editions = {}
        for source in adopted:
            report = write(source, by=by)
            edition = Edition.objects.open().get(guideline__code=report.code)
            publishing.submit(edition, by=by)
            editions[edition] = source.effective_on or source.decided_on
        publishing.publish(editions, decision=decision_of(adopted[0], by=by), by=by)
