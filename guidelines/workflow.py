"""The way of an edition from draft to published, as a table; docs/workflow.md is drawn from it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guidelines.models import Edition
from guidelines.refusals import PublicationRefusal

Status = Edition.Status


@dataclass(frozen=True)
class Transition:
    """An act that leads an edition from one of the statuses `sources` to `target`."""

    act: str
    sources: tuple[Status, ...]
    target: Status


TRANSITIONS = {
    transition.act: transition
    for transition in (
        Transition("open_consultation", (Status.DRAFT,), Status.CONSULTATION),
        Transition("submit", (Status.DRAFT, Status.CONSULTATION), Status.SUBMITTED),
        Transition("return_to_draft", (Status.CONSULTATION, Status.SUBMITTED), Status.DRAFT),
        Transition("publish", (Status.SUBMITTED,), Status.PUBLISHED),
    )
}


def target_of(act, edition):
    """The status `act` leads the edition to. Raises PublicationRefusal where it may not be done."""
    transition = TRANSITIONS[act]
    if edition.status not in transition.sources:
        raise PublicationRefusal(
            _("%(edition)sは「%(status)s」です。この操作は「%(sources)s」の版に対して行えます。")
            % {
                "edition": edition,
                "status": edition.get_status_display(),
                "sources": _("」「").join(str(source.label) for source in transition.sources),
            }
        )
    return transition.target


def diagram():
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.DRAFT.value}: open_draft"]
    lines += [
        f"    {source.value} --> {transition.target.value}: {transition.act}"
        for transition in TRANSITIONS.values()
        for source in transition.sources
    ]
    lines += [f"    {Status.DRAFT.value} --> [*]: discard", f"    {Status.PUBLISHED.value} --> [*]"]
    return "\n".join(lines)
