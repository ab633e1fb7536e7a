"""The acts by which a ministry's plan is adopted, revised and reported on."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Measure, Plan, PlanChapter, PlanRevision, ProgressReport
from governance.models.periods import is_over
from governance.recording import amend, record
from governance.refusals import Refusal


@transaction.atomic
def adopt_plan(ministry, *, title, began_on, by, revised_on=None, decided_by="", **facts):
    """Record a ministry's plan for a period; with `revised_on`, its adoption on that day too."""
    plan = record(Plan, by=by, ministry=ministry, title=title, began_on=began_on, **facts)
    if revised_on:
        revise_plan(plan, revised_on=revised_on, decided_by=decided_by, by=by)
    return plan


@transaction.atomic
def amend_plan(plan, *, by, **facts):
    """Correct a plan; refused as a new one would be, and when it was revised after its end."""
    plan = amend(plan, by=by, **facts)
    last = plan.revisions.order_by("revised_on").last()
    if last:
        refuse_late_revision(plan, last.revised_on)
    return plan


def revise_plan(plan, *, revised_on, by, **facts):
    """Record that a plan was adopted or revised on a day.

    Raises Refusal when that day is after the end of the plan's period.
    """
    refuse_late_revision(plan, revised_on)
    return record(PlanRevision, by=by, plan=plan, revised_on=revised_on, **facts)


def amend_revision(revision, *, by, **facts):
    """Correct a revision; refused as a new one would be."""
    refuse_late_revision(revision.plan, facts.get("revised_on", revision.revised_on))
    return amend(revision, by=by, **facts)


def add_chapter(plan, *, title, by, **facts):
    """Add a chapter to a plan."""
    return record(PlanChapter, by=by, plan=plan, title=title, **facts)


def amend_chapter(chapter, *, by, **facts):
    """Correct a chapter; it stays in its plan."""
    refuse_move(chapter, facts)
    return amend(chapter, by=by, **facts)


def add_measure(plan, *, number, title, due_on, by, chapter=None, **facts):
    """Add a measure to a plan, in one of its chapters or none."""
    refuse_foreign_chapter(plan, chapter)
    return record(
        Measure,
        by=by,
        plan=plan,
        chapter=chapter,
        number=number,
        title=title,
        due_on=due_on,
        **facts,
    )


def amend_measure(measure, *, by, **facts):
    """Correct a measure; refused as a new one would be, and it stays in its plan."""
    refuse_move(measure, facts)
    refuse_foreign_chapter(measure.plan, facts.get("chapter"))
    return amend(measure, by=by, **facts)


def report_progress(measure, *, reported_on, percent, by, **facts):
    """Record how far a measure has come on a day; the same day again corrects the report."""
    found = measure.reports.filter(reported_on=reported_on).first()
    if found:
        return amend(found, by=by, percent=percent, **facts)
    return record(
        ProgressReport, by=by, measure=measure, reported_on=reported_on, percent=percent, **facts
    )


def refuse_late_revision(plan, revised_on):
    """Raise Refusal when a plan's period is over on the day of its revision."""
    if is_over(plan.ended_on, revised_on):
        raise Refusal(
            _("%(day)sは計画期間（%(last)sの前日まで）の後です。次の計画として記録してください。")
            % {"day": revised_on, "last": plan.ended_on}
        )


def refuse_move(part, facts):
    """Raise Refusal when `facts` would put a chapter or measure of a plan into another plan."""
    if "plan" in facts and facts["plan"] != part.plan:
        raise Refusal(_("章と施策は、別の計画に移せません。その計画に新しく加えてください。"))


def refuse_foreign_chapter(plan, chapter):
    """Raise Refusal when the chapter is one of another plan."""
    if chapter and chapter.plan_id != plan.pk:
        raise Refusal(_("章「%s」は別の計画の章です。") % chapter)
