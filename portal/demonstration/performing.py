"""Loads what the PMOs are there for and how far they are, and the ministries' plans."""

from governance import planning
from governance.importing import load_rows
from governance.models import Ministry, PmoFunction
from governance.recording import record
from guidelines.models import FunctionLink, MeasureLink
from portal.demonstration.index import link_sections

PARTS_OF_A_PLAN = ("ministry", "revisions", "chapters", "measures")


def load_functions(pmo, statuses, *, by):
    """The functions, each after the one above it, and how far each ministry performs them."""
    functions: dict[str, PmoFunction] = {}
    for row in sorted(pmo["functions"], key=lambda row: "parent" in row):
        facts = {name: value for name, value in row.items() if name != "sections"}
        facts["parent"] = functions[row["parent"]] if "parent" in row else None
        functions[row["slug"]] = record(PmoFunction, by=by, **facts)
        link_sections(FunctionLink, row.get("sections", []), by=by, function=functions[row["slug"]])
    load_rows("pmo-statuses", statuses, by=by, demonstration=True)


def load_plans(plans, progress, *, by):
    """The plans with their chapters, measures and revisions, and how far the measures are."""
    ministries = {ministry.slug: ministry for ministry in Ministry.objects.all()}
    for row in plans["plans"]:
        facts = {name: value for name, value in row.items() if name not in PARTS_OF_A_PLAN}
        plan = planning.adopt_plan(ministries[row["ministry"]], by=by, demonstration=True, **facts)
        for revision in row["revisions"]:
            planning.revise_plan(plan, by=by, **revision)
        chapters = {
            chapter["number"]: planning.add_chapter(plan, by=by, **chapter)
            for chapter in row["chapters"]
        }
        for measure in row["measures"]:
            keys = measure.pop("sections", [])
            chapter = chapters[measure["chapter"]]
            kept = planning.add_measure(plan, by=by, **measure | {"chapter": chapter})
            link_sections(MeasureLink, keys, by=by, measure=kept)
    load_rows("plan-progress", progress, by=by)
