"""The editorial index to the texts: who must do what in a section, and what else it is about.

None of this is part of what was decided: it stands outside the seal, may be added or corrected at
any time, also on editions decided long ago, and each entry keeps its own history.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import Briefing, Measure, PmoFunction, Principle, Role, StrategyItem
from guidelines.models.catalogue import Guideline
from guidelines.models.edition import Edition
from guidelines.models.section import Section


class ResponsibilityQuerySet(models.QuerySet):
    def shown(self, on, language):
        """Those of the editions in force on the day `on`, as a reader of `language` meets them.

        At a section for which the translation has entries of its own, these stand in for those
        of the original.
        """
        editions = (
            Edition.objects.published()
            .with_standing(on)
            .filter(standing=Edition.Standing.IN_FORCE, language__in={"ja", language})
        )
        translated = Responsibility.objects.filter(
            section__edition__language=language,
            section__edition__status=Edition.Status.PUBLISHED,
            section__edition__translation_of=models.OuterRef("section__edition"),
            section__key=models.OuterRef("section__key"),
        )
        return self.filter(section__edition__in=editions.values("pk")).exclude(
            models.Exists(translated)
        )

    def with_place(self):
        """Each with its section, edition and document, in the order of reading."""
        return (
            self.select_related("section__edition__guideline")
            .defer("section__body", "section__html")
            .order_by("section__edition__guideline__code", "section__lft", "pk")
        )

    def within(self, edition, entry):
        """Those of a section of an edition and of what is below it, the roles in their order.

        For a translation those of its original come too, after its own.
        """
        below = Section.objects.filter(tree_id=edition.pk, lft__gte=entry.lft, rght__lte=entry.rght)
        here = Q(section__in=below.values("pk"))
        if edition.translation_of_id:
            here |= Q(
                section__edition=edition.translation_of_id, section__key__in=below.values("key")
            )
        return (
            self.filter(here)
            .select_related("section")
            .defer("section__body", "section__html")
            .order_by("section__lft", "role__position", "role", "duty", "pk")
        )


class Responsibility(models.Model):
    """That a section gives a role a duty, with the sentence that says so."""

    class Duty(models.TextChoices):
        PERFORMS = "performs", _("実施する")
        DECIDES = "decides", _("決定する")
        ADVISES = "advises", _("助言する")
        CONSULTED = "consulted", _("協議を受ける")
        INFORMED = "informed", _("報告を受ける")

    class Phase(models.TextChoices):
        PROJECT_MANAGEMENT = "project_management", _("プロジェクトの管理")
        BUDGET = "budget", _("予算及び執行")
        PLANNING = "planning", _("サービス・業務企画")
        REQUIREMENTS = "requirements", _("要件定義")
        PROCUREMENT = "procurement", _("調達")
        DEVELOPMENT = "development", _("設計・開発")
        IMPROVEMENT = "improvement", _("サービス・業務の運営と改善")
        MAINTENANCE = "maintenance", _("運用及び保守")
        AUDIT = "audit", _("システム監査")

    class Force(models.TextChoices):
        MUST = "must", _("義務")
        SHOULD = "should", _("推奨")

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="responsibilities", verbose_name=_("節")
    )
    role = models.ForeignKey(
        Role, models.PROTECT, related_name="responsibilities", verbose_name=_("役割")
    )
    duty = models.CharField(_("分担"), max_length=10, choices=Duty, default=Duty.PERFORMS)
    phase = models.CharField(
        _("段階"), max_length=20, choices=Phase, blank=True, help_text=_("空欄なら段階を問わない。")
    )
    force = models.CharField(_("強さ"), max_length=10, choices=Force, default=Force.MUST)
    # As it stands in the text, so that a page can lead to it; empty for the section as a whole.
    sentence = models.TextField(_("根拠の文"), blank=True)
    fingerprint = models.CharField(_("文の指紋"), max_length=16, blank=True, editable=False)

    objects = ResponsibilityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("役割分担")
        verbose_name_plural = _("役割分担")
        ordering = ["section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "role", "duty", "fingerprint"],
                name="one_responsibility_per_section_role_duty_and_sentence",
                violation_error_message=_("同じ節、役割、分担及び文の役割分担は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.section} – {self.role} {self.get_duty_display()}"

    @property
    def anchor(self):
        """Where the page of the section shows it: its sentence, else the section's heading."""
        if self.fingerprint:
            return f"d-{self.section.key}-{self.fingerprint}"
        return f"s-{self.section.key}"


class Rejection(models.Model):
    """A duty that the finder proposed and somebody refused; it is not proposed again.

    Kept by the section's key, so that it holds in every edition as long as the sentence stays.
    """

    key = models.CharField(_("節の鍵"), max_length=16)
    role = models.ForeignKey(
        Role, models.PROTECT, related_name="rejections", verbose_name=_("役割")
    )
    sentence = models.TextField(_("根拠の文"))
    fingerprint = models.CharField(_("文の指紋"), max_length=16)
    refused_at = models.DateTimeField(_("日時"), auto_now_add=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("行った人")
    )

    class Meta:
        verbose_name = _("採らなかった候補")
        verbose_name_plural = _("採らなかった候補")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "role", "fingerprint"],
                name="one_rejection_per_section_role_and_sentence",
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.role} {self.sentence[:40]}"


class LinkQuerySet(models.QuerySet):
    def in_force(self, on):
        """Those of the sections in force on the day `on`, in the order of reading."""
        return self.filter(section__edition__in=Edition.objects.in_force(on).values("pk")).order_by(
            "section__edition__guideline__code", "section__lft", "pk"
        )


class FunctionLink(models.Model):
    """That a section sets out a function of the PMO."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="function_links", verbose_name=_("節")
    )
    function = models.ForeignKey(
        PmoFunction, models.PROTECT, related_name="links", verbose_name=_("PMOの機能")
    )

    objects = LinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("PMOの機能への索引")
        verbose_name_plural = _("PMOの機能への索引")
        ordering = ["section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "function"],
                name="one_link_per_section_and_function",
                violation_error_message=_("この索引は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.section} – {self.function}"


class StrategyLink(models.Model):
    """That a section reflects an item of a strategy."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="strategy_links", verbose_name=_("節")
    )
    item = models.ForeignKey(
        StrategyItem, models.PROTECT, related_name="links", verbose_name=_("戦略の項目")
    )

    objects = LinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("戦略への索引")
        verbose_name_plural = _("戦略への索引")
        ordering = ["section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "item"],
                name="one_link_per_section_and_strategy_item",
                violation_error_message=_("この索引は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.section} – {self.item}"


class MeasureLink(models.Model):
    """That a measure of a ministry's plan follows from a section."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="measure_links", verbose_name=_("節")
    )
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="links", verbose_name=_("施策")
    )

    objects = LinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("施策への索引")
        verbose_name_plural = _("施策への索引")
        ordering = ["section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "measure"],
                name="one_link_per_section_and_measure",
                violation_error_message=_("この索引は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.section} – {self.measure}"


class PrincipleLinkQuerySet(LinkQuerySet):
    def of_documents(self, on):
        """Those of whole documents that have an edition in force on the day `on`."""
        editions = Edition.objects.in_force(on).values("guideline")
        return self.filter(guideline__in=editions).order_by("guideline__code")


class PrincipleLink(models.Model):
    """That a section, or a document as a whole, implements a principle of the OECD."""

    section = models.ForeignKey(
        Section,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="principle_links",
        verbose_name=_("節"),
    )
    guideline = models.ForeignKey(
        Guideline,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="principle_links",
        verbose_name=_("ドキュメント"),
    )
    principle = models.ForeignKey(
        Principle, models.PROTECT, related_name="links", verbose_name=_("OECDの原則")
    )

    objects = PrincipleLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("OECDの原則への索引")
        verbose_name_plural = _("OECDの原則への索引")
        ordering = ["principle", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section=None, guideline__isnull=False)
                | Q(section__isnull=False, guideline=None),
                name="principle_is_of_a_section_or_of_a_document",
                violation_error_message=_("節かドキュメントのどちらか一つを選んでください。"),
            ),
            models.UniqueConstraint(
                fields=["section", "principle"],
                name="one_link_per_section_and_principle",
                violation_error_message=_("この索引は既にあります。"),
            ),
            models.UniqueConstraint(
                fields=["guideline", "principle"],
                name="one_link_per_document_and_principle",
                violation_error_message=_("この索引は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.section or self.guideline} – {self.principle}"


class BriefingLink(models.Model):
    """That a briefing told of a document."""

    guideline = models.ForeignKey(
        Guideline, models.CASCADE, related_name="briefing_links", verbose_name=_("ドキュメント")
    )
    briefing = models.ForeignKey(
        Briefing, models.PROTECT, related_name="links", verbose_name=_("説明会・研修")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("説明会への索引")
        verbose_name_plural = _("説明会への索引")
        ordering = ["briefing", "guideline"]
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "briefing"],
                name="one_link_per_document_and_briefing",
                violation_error_message=_("この索引は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.briefing} – {self.guideline}"
