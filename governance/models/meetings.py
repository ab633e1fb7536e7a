"""Where decisions are prepared: meetings of the bodies, and proposals on their way to them."""

from datetime import date

from django.db import models
from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.bodies import Body, Decision


class MeetingQuerySet(models.QuerySet):
    def held(self, on):
        """The meetings held up to the day `on`, the latest first, each with its body."""
        return self.filter(held_on__lte=on).select_related("body").order_by("-held_on", "body")

    def with_papers(self, on):
        """Each with its materials and its agenda.

        A point's proposal and decision are None unless they had been made by the day `on`.
        """
        agenda = AgendaItem.objects.order_by("position", "pk").prefetch_related(
            Prefetch("proposal", Proposal.objects.made(on)),
            Prefetch("decision", Decision.objects.latest_first(on)),
        )
        return self.prefetch_related("materials", Prefetch("agenda", agenda))


class Meeting(models.Model):
    """A meeting of a body on a day, with its agenda and materials."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("組織"))
    held_on = models.DateField(_("開催日"))
    title = models.CharField(_("会議名"), max_length=300)
    title_en = models.CharField(_("英語会議名"), max_length=300, blank=True)
    summary = models.TextField(_("概要"), blank=True)
    summary_en = models.TextField(_("概要（英語）"), blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("会議")
        verbose_name_plural = _("会議")
        ordering = ["-held_on", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on"],
                name="one_meeting_of_a_body_on_a_day",
                violation_error_message=_("この組織のその日の会議は既に記録されています。"),
            ),
        ]

    def __str__(self):
        return f"{self.held_on:%Y-%m-%d} {self.title}"

    def get_absolute_url(self):
        return reverse(
            "governance:meeting-show", kwargs={"slug": self.body.slug, "held_on": self.held_on}
        )


class ProposalQuerySet(models.QuerySet):
    def made(self, on):
        """The proposals on their way on the day `on`, each with `stage` and `reached_on`.

        `stage` is the last that each had reached by that day; the latest moved come first.
        """
        reached = ProposalStage.objects.filter(
            proposal=OuterRef("pk"), reached_on__lte=on
        ).order_by("-reached_on", _way().desc())
        return (
            self.annotate(
                stage=Subquery(reached.values("stage")[:1]),
                reached_on=Subquery(reached.values("reached_on")[:1]),
            )
            .exclude(stage=None)
            .select_related("source", "target")
            .order_by("-reached_on", "slug")
        )

    def with_way(self, on):
        """Each with `way`, the stages it had reached by the day `on`, the first first."""
        stages = (
            ProposalStage.objects.filter(reached_on__lte=on)
            .select_related("meeting__body", "decision__body")
            .order_by("reached_on", _way())
        )
        return self.prefetch_related(Prefetch("stages", stages, to_attr="way"))


def _way():
    """The place of a stage on the way, for the stages of one day, in whatever order recorded."""
    stages = enumerate(ProposalStage.Stage.values)
    return Case(*(When(stage=stage, then=place) for place, stage in stages))


class Proposal(models.Model):
    """What one body puts before another: its stages tell how far it came."""

    class Subject(models.TextChoices):
        DATA_STANDARDS = "data_standards", _("データの標準")
        TECHNICAL_STANDARDS = "technical_standards", _("技術の標準")
        OTHER = "other", _("その他")

    slug = models.SlugField(_("識別名"), unique=True)
    source = models.ForeignKey(
        Body, models.PROTECT, related_name="proposals_made", verbose_name=_("提案する組織")
    )
    target = models.ForeignKey(
        Body, models.PROTECT, related_name="proposals_received", verbose_name=_("提案を受ける組織")
    )
    subject = models.CharField(_("対象"), max_length=20, choices=Subject)
    title = models.CharField(_("件名"), max_length=300)
    title_en = models.CharField(_("英語件名"), max_length=300, blank=True)
    summary = models.TextField(_("概要"), blank=True)
    summary_en = models.TextField(_("概要（英語）"), blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("実演用"), default=False)

    # What `made` adds to each.
    stage: str
    reached_on: date

    objects = ProposalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("提案")
        verbose_name_plural = _("提案")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=models.F("target")),
                name="proposal_goes_from_one_body_to_another",
                violation_error_message=_("提案する組織と受ける組織を別にしてください。"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("guidelines:proposal-show", kwargs={"slug": self.slug})

    @property
    def stage_label(self):
        """What the stage is called that the proposal had reached; of those read with `made`."""
        return ProposalStage.Stage(self.stage).label


class ProposalStage(models.Model):
    """That a proposal reached a stage on a day."""

    class Stage(models.TextChoices):
        INVESTIGATED = "investigated", _("調査")
        DELIBERATED = "deliberated", _("審議")
        PROPOSED = "proposed", _("提案")
        ADOPTED = "adopted", _("採択")
        NOT_ADOPTED = "not_adopted", _("不採択")

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="stages", verbose_name=_("提案")
    )
    stage = models.CharField(_("段階"), max_length=20, choices=Stage)
    reached_on = models.DateField(_("達した日"))
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("会議"),
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stages",
        verbose_name=_("決定"),
    )
    note = models.TextField(_("備考"), blank=True)
    note_en = models.TextField(_("備考（英語）"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("提案の段階")
        verbose_name_plural = _("提案の段階")
        ordering = ["proposal", "reached_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "stage"],
                name="one_day_for_each_stage_of_a_proposal",
                violation_error_message=_("この提案のその段階は既に記録されています。"),
            ),
            models.CheckConstraint(
                condition=Q(stage="adopted", decision__isnull=False)
                | ~Q(stage="adopted") & Q(decision=None),
                name="adopted_iff_decided",
                violation_error_message=_("採択には決定を選び、ほかの段階では選ばないでください。"),
            ),
        ]

    def __str__(self):
        return f"{self.reached_on:%Y-%m-%d} {self.get_stage_display()}"


class AgendaItem(models.Model):
    """A point of a meeting's agenda, and what came of it."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda", verbose_name=_("会議")
    )
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    title = models.CharField(_("議題"), max_length=300)
    title_en = models.CharField(_("議題（英語）"), max_length=300, blank=True)
    outcome = models.TextField(_("結果"), blank=True)
    outcome_en = models.TextField(_("結果（英語）"), blank=True)
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("提案"),
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("決定"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("議題")
        verbose_name_plural = _("議題")
        ordering = ["meeting", "position", "pk"]

    def __str__(self):
        return self.title


class Material(models.Model):
    """A paper laid before people; the portal names it and, where it is kept, says where."""

    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    title = models.CharField(_("資料名"), max_length=300)
    title_en = models.CharField(_("資料名（英語）"), max_length=300, blank=True)
    url = models.URLField(_("アドレス"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class MeetingMaterial(Material):
    """A paper of a meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="materials", verbose_name=_("会議")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("会議資料")
        verbose_name_plural = _("会議資料")
        ordering = ["meeting", "position", "pk"]
