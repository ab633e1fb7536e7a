"""How the ministries are told: meetings and trainings, their materials, and who attended."""

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.bodies import Body
from governance.models.meetings import Material
from governance.models.offices import Ministry, Role


class BriefingQuerySet(models.QuerySet):
    def held(self, on):
        """The briefings held up to the day `on`, the latest first, each with its organiser."""
        return self.filter(held_on__lte=on).select_related("organiser").order_by("-held_on", "slug")

    def attended_by(self, ministry):
        """Those to which people of a ministry came, each with `people`, how many."""
        return self.filter(attendance__ministry=ministry).annotate(people=F("attendance__people"))


class Briefing(models.Model):
    """A meeting or training by which the ministries are told of the guidelines."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("説明会")
        TRAINING = "training", _("研修")

    slug = models.SlugField(_("識別名"), unique=True)
    kind = models.CharField(_("種別"), max_length=10, choices=Kind)
    held_on = models.DateField(_("開催日"))
    title = models.CharField(_("名称"), max_length=300)
    title_en = models.CharField(_("英語名称"), max_length=300, blank=True)
    audience = models.CharField(_("対象者"), max_length=300, blank=True)
    audience_en = models.CharField(_("対象者（英語）"), max_length=300, blank=True)
    organiser = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="briefings",
        verbose_name=_("主催"),
    )
    roles = models.ManyToManyField(
        Role, blank=True, related_name="briefings", verbose_name=_("対象の役割")
    )
    summary = models.TextField(_("概要"), blank=True)
    summary_en = models.TextField(_("概要（英語）"), blank=True)
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = BriefingQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[roles])

    class Meta:
        verbose_name = _("説明会・研修")
        verbose_name_plural = _("説明会・研修")
        ordering = ["-held_on", "slug"]

    def __str__(self):
        return f"{self.held_on:%Y-%m-%d} {self.title}"

    def get_absolute_url(self):
        return reverse("guidelines:briefing-show", kwargs={"slug": self.slug})


class BriefingMaterial(Material):
    """A paper of a briefing."""

    briefing = models.ForeignKey(
        Briefing, models.CASCADE, related_name="materials", verbose_name=_("説明会・研修")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("説明会・研修の資料")
        verbose_name_plural = _("説明会・研修の資料")
        ordering = ["briefing", "position", "pk"]


class Attendance(models.Model):
    """How many people of a ministry came to a briefing."""

    briefing = models.ForeignKey(
        Briefing, models.CASCADE, related_name="attendance", verbose_name=_("説明会・研修")
    )
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, related_name="attendance", verbose_name=_("府省")
    )
    people = models.PositiveSmallIntegerField(_("人数"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("出席")
        verbose_name_plural = _("出席")
        ordering = ["briefing", "ministry"]
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "ministry"],
                name="one_attendance_per_briefing_and_ministry",
                violation_error_message=_("この説明会へのこの府省の出席は既に記録されています。"),
            ),
        ]

    def __str__(self):
        return f"{self.briefing} {self.ministry}"
