"""The page of a ministry's plan: its revisions, its measures, and the sections they follow from."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from governance.models import Plan, ProgressReport
from governance.tracking import PlanState, is_late
from governance.views.days import meant
from guidelines.linked import with_sections
from guidelines.models import MeasureLink


def show_plan(request, slug, began_on, on=None):
    """A plan as it stood on a day: how far its measures are, and which sections ask for them."""
    day = meant(on)
    made = Plan.objects.made(day).with_way(day).with_ministry(day)
    plan = get_object_or_404(made, ministry__slug=slug, began_on=began_on)
    links = MeasureLink.objects.filter(measure__plan=plan)
    with_sections(plan.all_measures, links, "measure", on=day, language=get_language())
    _report(plan.all_measures, day)
    context = {
        "plan": plan,
        "state": PlanState(plan, day),
        "revisions": plan.made_revisions[::-1],
        "chapters": _by_chapter(plan),
        "on": on,
    }
    return render(request, "guidelines/plan_show.html", context)


def _report(measures, day):
    """Give each measure its reports up to the day, and say whether it is late."""
    reports = ProgressReport.objects.filter(reported_on__lte=day).order_by("-reported_on")
    prefetch_related_objects(measures, Prefetch("reports", reports, to_attr="made_reports"))
    for measure in measures:
        measure.is_late = is_late(measure, day)


def _by_chapter(plan):
    """Each chapter with its measures; those in none of them come last."""
    rows = [(chapter, []) for chapter in plan.chapters.all()]
    below = {chapter.pk: measures for chapter, measures in rows} | {None: []}
    for measure in plan.all_measures:
        below.get(measure.chapter_id, below[None]).append(measure)
    return [*rows, *([(None, below[None])] if below[None] else [])]
