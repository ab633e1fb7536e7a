"""The acts by which a proposal goes from a body to another; stages are written here alone."""

from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import ProposalStage
from governance.recording import amend, keep, lock, strike
from governance.refusals import Refusal

# The way of a proposal; the last two are its ends, of which it has one.
ORDER = (
    ProposalStage.Stage.INVESTIGATED,
    ProposalStage.Stage.DELIBERATED,
    ProposalStage.Stage.PROPOSED,
    ProposalStage.Stage.ADOPTED,
    ProposalStage.Stage.NOT_ADOPTED,
)
ENDS = ORDER[-2:]


@transaction.atomic
def amend_proposal(proposal, *, by, **facts):
    """Correct a proposal. Raises Refusal when its stages do not fit what it is then."""
    proposal = amend(proposal, by=by, **facts)
    refuse_contradiction(proposal)
    return proposal


def advance(proposal, stage, *, reached_on, by, **facts):
    """Record that a proposal reached a stage on a day.

    Raises Refusal when it has reached that stage already, when it would have two ends, when a
    later stage would be reached before an earlier one, when it is adopted without a decision or
    anything else comes with one, and when the decision is of another body than the one that
    received the proposal, or of another day.
    """
    return _keep(
        ProposalStage(proposal=proposal, stage=stage, reached_on=reached_on, **facts), by=by
    )


@transaction.atomic
def amend_stage(stage, *, by, **facts):
    """Correct a stage; refused as a new one would be."""
    stage = lock(stage)
    for name, value in facts.items():
        setattr(stage, name, value)
    return _keep(stage, by=by)


def strike_stage(stage, *, by):
    """Take a stage back."""
    strike(stage, by=by)


@transaction.atomic
def _keep(stage, *, by):
    # The proposal's row, so that two people cannot end it in two ways at once; the decision's, so
    # that nobody moves it to another day meanwhile.
    proposal = lock(stage.proposal)
    if stage.decision:
        stage.decision = lock(stage.decision)
    others = proposal.stages.exclude(pk=stage.pk).select_related("decision")
    refuse_disorder([*others, stage], target=proposal.target)
    return keep(stage, by=by)


def refuse_contradiction(proposal):
    """Raise Refusal when what a proposal is and the stages it reached do not fit together."""
    refuse_disorder(proposal.stages.select_related("decision"), target=proposal.target)


def refuse_disorder(stages, *, target):
    """Raise Refusal for stages that no proposal to the body `target` can have gone through."""
    stages = sorted(stages, key=lambda stage: ORDER.index(stage.stage))
    ends = [stage for stage in stages if stage.stage in ENDS]
    if len(ends) > 1:
        raise Refusal(_("採択と不採択の両方を記録することはできません。"))
    for earlier, later in pairwise(stages):
        if later.reached_on < earlier.reached_on:
            raise Refusal(
                _("「%(later)s」（%(day)s）が「%(earlier)s」より前の日になっています。")
                % {
                    "later": later.get_stage_display(),
                    "earlier": earlier.get_stage_display(),
                    "day": later.reached_on,
                }
            )
    for stage in ends:
        if stage.decision and stage.decision.body_id != target.pk:
            raise Refusal(_("採択の決定は、提案を受けた組織の決定から選んでください。"))
        if stage.decision and stage.decision.decided_on != stage.reached_on:
            raise Refusal(
                _("採択の日（%(reached)s）は、その決定の日（%(decided)s）と同じ日にしてください。")
                % {"reached": stage.reached_on, "decided": stage.decision.decided_on}
            )
