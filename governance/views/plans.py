"""The page of the ministries' medium-to-long-term plans."""

from django.shortcuts import render

from governance.drawing import timeline
from governance.models import Ministry, Plan
from governance.tracking import PlanState
from governance.views.days import meant


def list_plans(request, on=None):
    """Every plan by ministry: last and next revision, and how far its measures are."""
    day = meant(on)
    plans = Plan.objects.made(day).with_ministry(day).with_way(day)
    states = [PlanState(plan, day) for plan in plans]
    running = [one for one in states if not one.is_over]
    planning = {state.plan.ministry_id for state in running}
    ministries = Ministry.objects.existing(day).named(day).filter(parent=None)
    context = {
        "states": states,
        "drawing": timeline.draw(states, on=day),
        "running": len(running),
        "overdue": sum(state.is_overdue for state in running),
        "measures": {
            "done": sum(state.done for state in running),
            "under_way": sum(state.under_way for state in running),
            "late": sum(state.late for state in running),
        },
        "without": [ministry for ministry in ministries if ministry.pk not in planning],
        "day": day,
        "on": on,
    }
    return render(request, "governance/plan_list.html", context)
