"""What the guidelines are to carry out: the strategies, item by item, and the OECD's principles."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.bodies import Body
from governance.models.periods import ends_after_it_begins, is_over


class StrategyQuerySet(models.QuerySet):
    def adopted(self, on):
        """The strategies adopted by the day `on`, the latest first, each with its body."""
        return self.filter(adopted_on__lte=on).select_related("body").order_by("-adopted_on")


class Strategy(models.Model):
    """A strategy or plan of the government as a whole that the guidelines carry out."""

    slug = models.SlugField(_("識別名"), unique=True)
    title = models.CharField(_("名称"), max_length=300)
    title_en = models.CharField(_("英語名称"), max_length=300, blank=True)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="strategies",
        verbose_name=_("決定した組織"),
    )
    adopted_on = models.DateField(_("決定日"))
    ended_on = models.DateField(_("終了日"), null=True, blank=True)
    summary = models.TextField(_("概要"), blank=True)
    summary_en = models.TextField(_("概要（英語）"), blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = StrategyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("戦略")
        verbose_name_plural = _("戦略")
        ordering = ["-adopted_on"]
        constraints = [ends_after_it_begins("strategy_ends_after_it_begins", since="adopted_on")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("guidelines:strategy-show", kwargs={"slug": self.slug})

    def is_over_on(self, on):
        """Whether the strategy has ended by the day `on`."""
        return is_over(self.ended_on, on)


class StrategyItem(models.Model):
    """One thing that a strategy demands."""

    strategy = models.ForeignKey(
        Strategy, models.CASCADE, related_name="items", verbose_name=_("戦略")
    )
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    number = models.CharField(_("番号"), max_length=50, blank=True)
    title = models.CharField(_("項目"), max_length=300)
    title_en = models.CharField(_("項目（英語）"), max_length=300, blank=True)
    text = models.TextField(_("内容"), blank=True)
    text_en = models.TextField(_("内容（英語）"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("戦略の項目")
        verbose_name_plural = _("戦略の項目")
        ordering = ["strategy", "position", "pk"]

    def __str__(self):
        return f"{self.number} {self.title}".strip()


# The day on which the OECD's council adopted the Recommendation (OECD/LEGAL/0406).
RECOMMENDED_ON = date(2014, 7, 15)


class PrincipleQuerySet(models.QuerySet):
    def recommended(self, on):
        """The principles, once they are recommended on the day `on`."""
        return self if on >= RECOMMENDED_ON else self.none()


class Principle(models.Model):
    """One of the 12 principles of the OECD Recommendation on Digital Government Strategies."""

    class Pillar(models.IntegerChoices):
        ENGAGEMENT = 1, _("開放と参画")
        GOVERNANCE = 2, _("統治と調整")
        CAPACITIES = 3, _("実施を支える能力")

    number = models.PositiveSmallIntegerField(_("番号"), unique=True)
    pillar = models.PositiveSmallIntegerField(_("柱"), choices=Pillar)
    title = models.CharField(_("原則"), max_length=300)
    title_en = models.CharField(_("原則（英語）"), max_length=300, blank=True)
    short = models.CharField(_("短い名称"), max_length=100, blank=True)
    short_en = models.CharField(_("短い名称（英語）"), max_length=100, blank=True)
    description = models.TextField(_("説明"), blank=True)
    description_en = models.TextField(_("説明（英語）"), blank=True)
    filed_by_japan = models.BooleanField(
        _("日本が提出"),
        default=False,
        help_text=_("日本が標準ガイドラインを、この原則を実施する事例としてOECDに提出した。"),
    )
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = PrincipleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("OECDの原則")
        verbose_name_plural = _("OECDの原則")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=12),
                name="there_are_twelve_principles",
                violation_error_message=_("原則の番号は1から12までです。"),
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    def get_absolute_url(self):
        return reverse("guidelines:principle-show", kwargs={"number": self.number})
