"""Who decides: councils, committees and offices, and their decisions."""

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.offices import Ministry, Role
from governance.models.periods import ends_after_it_begins, lasting


class BodyQuerySet(models.QuerySet):
    def existing(self, on):
        """The bodies founded and not abolished on the day `on`."""
        return self.filter(lasting(on, since="founded_on", until="abolished_on"))

    def founded(self, on):
        """The bodies founded by the day `on`, abolished since or not."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=on))


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

    objects = BodyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = _("組織")
        ordering = ["name"]
        constraints = [
            ends_after_it_begins(
                "body_is_founded_before_it_is_abolished", since="founded_on", until="abolished_on"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="body_is_not_its_own_parent",
                violation_error_message=_("組織をその上位の組織にすることはできません。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("governance:body-show", kwargs={"slug": self.slug})


class MembershipQuerySet(models.QuerySet):
    def serving(self, on):
        """The memberships that last on the day `on`, the chair first, with the day's names."""
        order = [capacity.value for capacity in Membership.Capacity]
        return (
            self.filter(lasting(on))
            .prefetch_related(
                Prefetch("role", Role.objects.named(on)),
                Prefetch("ministry", Ministry.objects.named(on)),
            )
            .order_by(
                models.Case(
                    *(models.When(capacity=value, then=place) for place, value in enumerate(order)),
                    default=len(order),
                ),
                "role__position",
                "ministry__position",
                "pk",
            )
        )


class Membership(models.Model):
    """That the holders of a role belong to a body for a time; no person is named."""

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("議長")
        DEPUTY_CHAIR = "deputy_chair", _("副議長")
        MEMBER = "member", _("構成員")
        SECRETARIAT = "secretariat", _("事務局")

    body = models.ForeignKey(Body, models.CASCADE, related_name="members", verbose_name=_("組織"))
    role = models.ForeignKey(
        Role, models.PROTECT, related_name="memberships", verbose_name=_("役割")
    )
    # Empty: of every ministry, or of the government as a whole.
    ministry = models.ForeignKey(
        Ministry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("府省"),
    )
    capacity = models.CharField(_("立場"), max_length=15, choices=Capacity, default=Capacity.MEMBER)
    number = models.PositiveSmallIntegerField(_("人数"), null=True, blank=True)
    began_on = models.DateField(_("就任日"), null=True, blank=True)
    ended_on = models.DateField(_("退任日"), null=True, blank=True)
    note = models.CharField(_("備考"), max_length=300, blank=True)
    note_en = models.CharField(_("備考（英語）"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("構成員")
        verbose_name_plural = _("構成員")
        ordering = ["body", "pk"]
        constraints = [ends_after_it_begins("membership_ends_after_it_begins")]

    def __str__(self):
        return f"{self.body} {self.get_capacity_display()} {self.role}"


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
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("決定")
        verbose_name_plural = _("決定")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "decided_on", "title"],
                name="one_decision_per_body_day_and_title",
                violation_error_message=_("この組織のその日のその決定は既に記録されています。"),
            ),
        ]

    def __str__(self):
        return f"{self.decided_on:%Y-%m-%d} {self.body.name} {self.title}"

    def get_absolute_url(self):
        return reverse("guidelines:decision-show", kwargs={"pk": self.pk})
