"""Loads the bodies, their decisions, and the catalogue of the documents."""

from governance.deciding import found_body, record_decision
from governance.models import Body, Decision
from governance.refusals import Refusal
from guidelines import cataloguing
from guidelines.models import Category, Guideline


def load_bodies(rows, *, by):
    """Bodies, each after the ones it names; the file may have them in any order."""
    waiting, made = list(rows), {}
    while waiting:
        ready = [
            row
            for row in waiting
            if all(row.get(role) in (None, *made) for role in ("parent", "successor"))
        ]
        if not ready:
            raise Refusal(f"bodies that name each other: {[row['slug'] for row in waiting]}")
        for row in ready:
            others = {role: made[row[role]] for role in ("parent", "successor") if row.get(role)}
            made[row["slug"]] = found_body(by=by, **row | others)
            waiting.remove(row)


def load_decisions(rows, *, by):
    """What the bodies decided."""
    for row in rows:
        body = Body.objects.get(slug=row["body"])
        record_decision(by=by, **row | {"body": body})


def load_guidelines(catalogue, *, by):
    """The shelves, the documents on them, and how these relate."""
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


def withdraw(rows, *, by):
    """End the documents that are over."""
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
