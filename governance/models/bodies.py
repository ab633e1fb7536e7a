"""Who decides: councils, committees and offices, and their decisions."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Body(models.Model):
    """A council, committee or office that decides or issues guidelines."""

    slug = models.SlugField(
        _("識別名"), unique=True, help_text=_("アドレスと封印に使う名前。決定のあとは変えません。")
    )
    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語名称"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("上位の組織"),
    )
    founded_on = models.DateField(_("設置日"), null=True, blank=True)
    abolished_on = models.DateField(_("廃止日"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("後継の組織"),
    )
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = _("組織")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(founded_on=None)
                | Q(abolished_on=None)
                | Q(founded_on__lt=F("abolished_on")),
                name="body_is_founded_before_it_is_abolished",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="body_is_not_its_own_parent"
            ),
        ]

    def __str__(self):
        return self.name


class DecisionQuerySet(models.QuerySet):
    def latest_first(self, on):
        """The decisions taken up to the day `on`, newest first, with their bodies."""
        return self.filter(decided_on__lte=on).select_related("body").order_by("-decided_on", "-pk")


class Decision(models.Model):
    """An act of a body on a day that adopts or withdraws guidelines."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="decisions", verbose_name=_("決定した組織")
    )
    decided_on = models.DateField(_("決定日"))
    title = models.CharField(_("件名"), max_length=300)
    title_en = models.CharField(_("英語件名"), max_length=300, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    reason_en = models.TextField(_("理由（英語）"), blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("決定")
        verbose_name_plural = _("決定")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "decided_on", "title"], name="one_decision_per_body_day_and_title"
            ),
        ]

    def __str__(self):
        return f"{self.decided_on:%Y-%m-%d} {self.body.name} {self.title}"

    def get_absolute_url(self):
        return reverse("guidelines:decision-show", kwargs={"pk": self.pk})
