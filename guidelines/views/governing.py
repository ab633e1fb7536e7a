"""The pages of decisions, and of the proposals that led to them."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from governance.models import Decision, Proposal
from guidelines.models import Edition


def list_decisions(request, on=None):
    """Every decision, the newest first, with what it adopted."""
    decisions = Decision.objects.latest_first(on or timezone.localdate()).prefetch_related(
        "editions__guideline", "withdrawals"
    )
    return render(request, "guidelines/decision_list.html", {"decisions": decisions, "on": on})


def show_decision(request, pk, on=None):
    """A decision: who, when, at which meeting, on which proposal, why, and what it adopted."""
    day = on or timezone.localdate()
    decision = get_object_or_404(Decision.objects.latest_first(day), pk=pk)
    agenda = decision.agenda_items.filter(meeting__held_on__lte=day)
    stages = decision.stages.filter(reached_on__lte=day)
    context = {
        "decision": decision,
        "agenda": agenda.select_related("meeting__body").order_by("meeting__held_on", "position"),
        "stages": stages.select_related("proposal__source").order_by("reached_on", "pk"),
        "editions": decision.editions.with_standing(day).select_related("guideline"),
        "withdrawals": decision.withdrawals.all(),
        "on": on,
    }
    return render(request, "guidelines/decision_show.html", context)


def show_proposal(request, slug, on=None):
    """A proposal on its way from body to body, to a decision, to the editions it adopted."""
    day = on or timezone.localdate()
    proposal = get_object_or_404(Proposal.objects.made(day).with_way(day), slug=slug)
    editions = Edition.objects.published().official().with_standing(day).newest_first()
    adopted = editions.filter(decision__in=[stage.decision_id for stage in proposal.way])
    context = {
        "proposal": proposal,
        "last": proposal.way[-1],
        "editions": adopted,
        "on": on,
    }
    return render(request, "guidelines/proposal_show.html", context)
