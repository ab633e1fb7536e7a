"""The page of the proposals on their way from one body to another."""

from django.shortcuts import render

from governance.models import Proposal
from governance.proposing import ENDS, ORDER
from governance.views.days import meant


def list_proposals(request, on=None):
    """The proposals by the stage they had reached on the day, each with its way there."""
    day = meant(on)
    proposals = list(Proposal.objects.made(day).with_way(day))
    stages = [
        (stage, [_way(proposal) for proposal in proposals if proposal.stage == stage])
        for stage in ORDER
    ]
    context = {
        "stages": stages,
        "is_empty": not proposals,
        "columns": [stage.label for stage in ORDER if stage not in ENDS],
        "on": on,
    }
    return render(request, "governance/proposal_list.html", context)


def _way(proposal):
    """A proposal with the stages it reached, in the order of the columns; the ends share one."""
    reached = {stage.stage: stage for stage in proposal.way}
    end = next((reached[stage] for stage in ENDS if stage in reached), None)
    return proposal, [*(reached.get(stage) for stage in ORDER if stage not in ENDS), end]
