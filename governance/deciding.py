"""The acts by which bodies come to be and decisions are recorded; the only writer of both."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from governance import proposing
from governance.lineage import refuse_circle
from governance.models import Body, Decision, Proposal
from governance.recording import amend, record
from governance.refusals import Refusal


@transaction.atomic
def found_body(*, slug, name, by, **facts):
    """Add a council, committee or office.

    `facts` are further fields of Body, such as `name_en`, `parent` or `founded_on`.
    Raises Refusal when the slug is taken, or the days do not fit.
    """
    return record(Body, by=by, slug=slug, name=name, **facts)


@transaction.atomic
def amend_body(body, *, by, **facts):
    """Correct or complete what is known of a body; its slug stays as it is.

    Raises Refusal when it would stand below itself.
    """
    if "slug" in facts and facts["slug"] != body.slug:
        raise Refusal(_("組織の識別名は変えられません。名称を変えてください。"))
    refuse_circle(body, facts.get("parent"))
    return amend(body, by=by, **facts)


@transaction.atomic
def record_decision(*, body, decided_on, title, by, **facts):
    """Record what a body decided on a day.

    `facts` are further fields of Decision, such as `reason` or `title_en`.
    Raises Refusal when the same decision is already recorded.
    """
    return record(Decision, by=by, body=body, decided_on=decided_on, title=title, **facts)


@transaction.atomic
def amend_decision(decision, *, by, **facts):
    """Correct a decision.

    Raises Refusal for body, day or title once an edition rests on it, and when a proposal that
    it adopted would have been adopted by another body or on another day.
    """
    try:
        # The database itself refuses it (guidelines/immutability.py).
        decision = amend(decision, by=by, **facts)
    except IntegrityError as error:
        if "published" not in str(error):
            raise
        raise Refusal(
            _(
                "この決定によって公開された版があるため、組織、決定日及び件名は変えられません。"
                "理由は直せます。"
            )
        ) from error
    for proposal in Proposal.objects.filter(stages__decision=decision).select_related("target"):
        proposing.refuse_contradiction(proposal)
    return decision
