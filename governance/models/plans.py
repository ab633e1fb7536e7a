"""The ministries' medium-to-long-term plans: their revisions, chapters, measures and progress."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Max, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.due import latest_revision_that_is_overdue
from governance.models.offices import Ministry
from governance.models.periods import ends_after_it_begins, lasting


class PlanQuerySet(models.QuerySet):
    def lasting(self, on):
        """The plans whose period contains the day `on`."""
        return self.filter(lasting(on))

    def made(self, on):
        """Of `with_revision(on)`: those adopted, or whose period had begun, by the day `on`."""
        return self.with_revision(on).filter(Q(began_on__lte=on) | Q(last_revised_on__isnull=False))

    def with_revision(self, on):
        """Each with `last_revised_on`, the day of its last revision up to the day `on`, or None."""
        return self.annotate(
            last_revised_on=Max("revisions__revised_on", filter=Q(revisions__revised_on__lte=on))
        )

    def overdue(self, on):
        """Of `with_revision(on)`: those lasting that went a year by the calendar without one.

        One never revised counts from the first day of its period; see due.py.
        """
        latest = latest_revision_that_is_overdue(on)
        return (
            self.lasting(on)
            .with_revision(on)
            .filter(Q(last_revised_on__lte=latest) | Q(last_revised_on=None, began_on__lte=latest))
        )

    def with_way(self, on):
        """Each with `made_revisions` up to the day `on`, and `all_measures` with their progress."""
        revisions = PlanRevision.objects.filter(revised_on__lte=on).order_by("revised_on")
        return self.prefetch_related(
            Prefetch("revisions", revisions, to_attr="made_revisions"),
            Prefetch("measures", Measure.objects.with_progress(on), to_attr="all_measures"),
        )

    def with_ministry(self, on):
        """Each with its ministry under the name of the day `on`, in the official order."""
        return self.prefetch_related(Prefetch("ministry", Ministry.objects.named(on))).order_by(
            "ministry__position", "ministry__slug", "-began_on"
        )


class Plan(models.Model):
    """A ministry's digital-government medium-to-long-term plan for a period."""

    ministry = models.ForeignKey(
        Ministry, models.PROTECT, related_name="plans", verbose_name=_("府省")
    )
    title = models.CharField(_("名称"), max_length=300)
    title_en = models.CharField(_("英語名称"), max_length=300, blank=True)
    began_on = models.DateField(_("計画期間の初日"))
    ended_on = models.DateField(
        _("計画期間の終わり"), null=True, blank=True, help_text=_("期間が終わった次の日。")
    )
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("中長期計画")
        verbose_name_plural = _("中長期計画")
        ordering = ["ministry", "-began_on"]
        constraints = [
            ends_after_it_begins("plan_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["ministry", "began_on"],
                name="one_plan_of_a_ministry_from_a_day",
                violation_error_message=_("この府省のその日からの計画は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.began_on:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse(
            "guidelines:plan-show", kwargs={"slug": self.ministry.slug, "began_on": self.began_on}
        )


class PlanRevision(models.Model):
    """That a plan was adopted or revised on a day. The first is its adoption."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="revisions", verbose_name=_("中長期計画")
    )
    revised_on = models.DateField(_("策定・改定日"))
    decided_by = models.CharField(_("決定者"), max_length=200, blank=True)
    decided_by_en = models.CharField(_("決定者（英語）"), max_length=200, blank=True)
    summary = models.TextField(_("概要"), blank=True)
    summary_en = models.TextField(_("概要（英語）"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("計画の改定")
        verbose_name_plural = _("計画の改定")
        ordering = ["plan", "-revised_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "revised_on"],
                name="one_revision_of_a_plan_on_a_day",
                violation_error_message=_("この計画のその日の改定は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.plan} {self.revised_on:%Y-%m-%d}"


class PlanChapter(models.Model):
    """A chapter of a plan."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="chapters", verbose_name=_("中長期計画")
    )
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    number = models.CharField(_("番号"), max_length=20, blank=True)
    title = models.CharField(_("章名"), max_length=300)
    title_en = models.CharField(_("英語章名"), max_length=300, blank=True)
    body = models.TextField(_("内容"), blank=True)
    body_en = models.TextField(_("内容（英語）"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("計画の章")
        verbose_name_plural = _("計画の章")
        ordering = ["plan", "position", "pk"]

    def __str__(self):
        return f"{self.number} {self.title}".strip()


class MeasureQuerySet(models.QuerySet):
    def with_progress(self, on):
        """Each with `percent` and `reported_on` of its last report up to the day `on`, or None."""
        reports = ProgressReport.objects.filter(
            measure=OuterRef("pk"), reported_on__lte=on
        ).order_by("-reported_on")
        return self.annotate(
            percent=Subquery(reports.values("percent")[:1]),
            reported_on=Subquery(reports.values("reported_on")[:1]),
        ).order_by("plan", "chapter__position", "number", "pk")


class Measure(models.Model):
    """What a ministry undertakes in a plan: a target, and by when."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="measures", verbose_name=_("中長期計画")
    )
    chapter = models.ForeignKey(
        PlanChapter,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("章"),
    )
    number = models.CharField(_("番号"), max_length=20)
    title = models.CharField(_("施策"), max_length=300)
    title_en = models.CharField(_("施策（英語）"), max_length=300, blank=True)
    target = models.TextField(_("目標"), blank=True)
    target_en = models.TextField(_("目標（英語）"), blank=True)
    due_on = models.DateField(_("期限"))

    objects = MeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("施策")
        verbose_name_plural = _("施策")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_measure_per_plan_and_number",
                violation_error_message=_("この計画のその番号の施策は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class ProgressReport(models.Model):
    """How far a measure had come on a day, in percent."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="reports", verbose_name=_("施策")
    )
    reported_on = models.DateField(_("報告日"))
    percent = models.PositiveSmallIntegerField(
        _("進捗率（％）"), validators=[MaxValueValidator(100)]
    )
    note = models.TextField(_("備考"), blank=True)
    note_en = models.TextField(_("備考（英語）"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("進捗報告")
        verbose_name_plural = _("進捗報告")
        ordering = ["measure", "reported_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "reported_on"],
                name="one_report_of_a_measure_on_a_day",
                violation_error_message=_("この施策のその日の報告は既にあります。"),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="progress_is_at_most_a_hundred_percent",
                violation_error_message=_("進捗率は0から100までです。"),
            ),
        ]

    def __str__(self):
        return f"{self.measure} {self.reported_on:%Y-%m-%d} {self.percent}%"
