"""What a PMO is there for: its functions as a tree, and how far each ministry performs them."""

from collections import defaultdict

from django.db import models
from django.db.models import F, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.offices import Ministry
from governance.models.periods import ends_after_it_begins, is_over, lasting


class PmoFunctionQuerySet(models.QuerySet):
    def existing(self, on):
        """The functions that a PMO has on the day `on`."""
        return self.filter(lasting(on))

    def as_tree(self):
        """The functions of the top, each with `parts`, the functions it was broken down into.

        Each part has `parts` of its own; in the order of their positions. A function whose
        parent is not among them stands at the top.
        """
        functions = list(self.order_by("position", "slug"))
        there = {function.pk for function in functions}
        below = defaultdict(list)
        for function in functions:
            below[function.parent_id if function.parent_id in there else None].append(function)
        for function in functions:
            function.parts = below[function.pk]
        return below[None]

    def broken_down_from(self, on):
        """The first day after the day `on` on which a function is broken down, or None."""
        parts = self.filter(parent__isnull=False, began_on__gt=on)
        return parts.aggregate(first=Min("began_on"))["first"]


class PmoFunction(models.Model):
    """A function of a PMO: an abstract one, or what one was broken down into."""

    class Origin(models.TextChoices):
        ABSTRACT = "abstract", _("抽象的な機能")
        REFINED = "refined", _("具体化した機能")
        REQUIRED = "required", _("新たに求める機能")
        PERFORMED = "performed", _("既に実施している機能")

    slug = models.SlugField(_("識別名"), unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上位の機能"),
    )
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    number = models.CharField(_("番号"), max_length=20, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語名称"), max_length=200, blank=True)
    origin = models.CharField(_("由来"), max_length=10, choices=Origin)
    description = models.TextField(_("説明"), blank=True)
    description_en = models.TextField(_("説明（英語）"), blank=True)
    began_on = models.DateField(_("開始日"), null=True, blank=True)
    ended_on = models.DateField(_("終了日"), null=True, blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = PmoFunctionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("PMOの機能")
        verbose_name_plural = _("PMOの機能")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, origin="abstract")
                | Q(parent__isnull=False) & ~Q(origin="abstract"),
                name="function_is_abstract_iff_it_has_none_above",
                violation_error_message=_(
                    "上位の機能のないものだけを「抽象的な機能」としてください。"
                ),
            ),
            ends_after_it_begins("function_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="function_is_not_its_own_parent",
                violation_error_message=_("機能をその上位の機能にすることはできません。"),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name}".strip()

    def get_absolute_url(self):
        return reverse("guidelines:function-show", kwargs={"slug": self.slug})

    def is_over_on(self, on):
        """Whether a PMO no more has the function on the day `on`."""
        return is_over(self.ended_on, on)


class PmoStatusQuerySet(models.QuerySet):
    def assessed(self, on):
        """What had been assessed by the day `on`, the earliest first."""
        return self.filter(assessed_on__lte=on).order_by("assessed_on", "pk")

    def as_rows(self):
        """Only what a survey of many needs of each; see surveying.py."""
        fields = ("ministry_id", "function_id", "assessed_on", "level", "demonstration")
        return self.values_list(*fields, named=True)


class PmoStatus(models.Model):
    """How far a ministry performed a function of its PMO, as assessed on a day."""

    class Level(models.TextChoices):
        NOT_STARTED = "not_started", _("未着手")
        PARTLY = "partly", _("一部実施")
        PERFORMED = "performed", _("実施")

    ministry = models.ForeignKey(
        Ministry, models.PROTECT, related_name="pmo_statuses", verbose_name=_("府省")
    )
    function = models.ForeignKey(
        PmoFunction, models.PROTECT, related_name="statuses", verbose_name=_("機能")
    )
    assessed_on = models.DateField(_("評価日"))
    level = models.CharField(_("実施状況"), max_length=15, choices=Level)
    evidence = models.TextField(_("根拠"), blank=True)
    evidence_en = models.TextField(_("根拠（英語）"), blank=True)
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = PmoStatusQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("PMOの実施状況")
        verbose_name_plural = _("PMOの実施状況")
        ordering = ["ministry", "function", "assessed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry", "function", "assessed_on"],
                name="one_status_per_ministry_function_and_day",
                violation_error_message=_("この府省のこの機能のその日の実施状況は既にあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.ministry} {self.function} {self.assessed_on:%Y-%m-%d}"
