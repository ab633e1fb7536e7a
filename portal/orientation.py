"""What a newcomer is told of the set: which of its main documents answers which question."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guidelines.models import Edition, Guideline, GuidelineRelation

_KIND = GuidelineRelation.Kind
# The question that a document answers, by what it is to the first rule of the set.
QUESTIONS = {
    None: _("何を守るか"),
    _KIND.EXPLAINS: _("なぜそう定めるか"),
    _KIND.PRACTICE_FOR: _("どう進めるか"),
    _KIND.DEFINES_TERMS_FOR: _("言葉は何を指すか"),
}


@dataclass(frozen=True)
class Reading:
    """A document and the question for which one reads it."""

    question: str
    guideline: Guideline


def readings(foremost: Edition | None) -> list[Reading]:
    """The first rule of the set, and the first document that serves it in each way."""
    if foremost is None:
        return []
    relations = (
        GuidelineRelation.objects.filter(
            target=foremost.guideline, kind__in=[kind for kind in QUESTIONS if kind]
        )
        .filter(source__withdrawn_on=None)
        .select_related("source")
        .order_by("source__code")
    )
    by_kind: dict[str | None, Guideline] = {None: foremost.guideline}
    for relation in relations:
        by_kind.setdefault(relation.kind, relation.source)
    return [
        Reading(str(question), by_kind[kind])
        for kind, question in QUESTIONS.items()
        if kind in by_kind
    ]
