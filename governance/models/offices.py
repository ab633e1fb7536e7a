"""The ministries, the roles that the guidelines give them, and who held which when."""

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models.periods import ends_after_it_begins, is_lasting, is_over, lasting


def named_on(queryset, names, on):
    """Each row with `name`, `name_en` and `abbreviation` as they were on the day `on`.

    A day before the first name gets the first, a day after the end the last.
    """
    held = names.begun(on).order_by(F("since").desc(nulls_last=True))
    first = names.order_by(F("since").asc(nulls_first=True))
    return queryset.annotate(
        **{
            field: Coalesce(Subquery(held.values(field)[:1]), Subquery(first.values(field)[:1]))
            for field in ("name", "name_en", "abbreviation")
        }
    )


class MinistryQuerySet(models.QuerySet):
    def existing(self, on):
        """The ministries founded and not abolished on the day `on`."""
        return self.filter(lasting(on, since="founded_on", until="abolished_on"))

    def named(self, on):
        """Each ministry with the name it had on the day `on`, in the official order."""
        names = MinistryName.objects.filter(ministry=OuterRef("pk"))
        return named_on(self, names, on).order_by("position", "slug")


class Ministry(models.Model):
    """A ministry or agency that applies the guidelines. Its names change; its slug does not."""

    slug = models.SlugField(_("識別名"), unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("上位の府省"),
    )
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    founded_on = models.DateField(_("設置日"), null=True, blank=True)
    abolished_on = models.DateField(_("廃止日"), null=True, blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = MinistryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("府省")
        verbose_name_plural = _("府省")
        ordering = ["position", "slug"]
        constraints = [
            ends_after_it_begins(
                "ministry_is_founded_before_it_is_abolished",
                since="founded_on",
                until="abolished_on",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="ministry_is_not_its_own_parent",
                violation_error_message=_("府省をその上位の府省にすることはできません。"),
            ),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("governance:ministry-show", kwargs={"slug": self.slug})

    def is_abolished_on(self, on):
        """Whether the ministry has been abolished by the day `on`."""
        return is_over(self.abolished_on, on)

    def is_awaited_on(self, on):
        """Whether the ministry is yet to be founded on the day `on`."""
        return self.founded_on is not None and self.founded_on > on


class NamePeriodQuerySet(models.QuerySet):
    def begun(self, on):
        """The names that had been given by the day `on`."""
        return self.filter(Q(since=None) | Q(since__lte=on))


class NamePeriod(models.Model):
    """A name that something had for a time; abbreviations are no keys, as two may share one."""

    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語名称"), max_length=200, blank=True)
    abbreviation = models.CharField(_("略称"), max_length=50, blank=True)
    # Empty: from its beginning, until its end.
    since = models.DateField(_("から"), null=True, blank=True)
    until = models.DateField(_("まで"), null=True, blank=True)

    objects = NamePeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class MinistryName(NamePeriod):
    """What a ministry was called for a time."""

    ministry = models.ForeignKey(
        Ministry, models.CASCADE, related_name="names", verbose_name=_("府省")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("府省の名称")
        verbose_name_plural = _("府省の名称")
        ordering = ["ministry", F("since").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry", "since"], name="one_ministry_name_from_a_day"
            ),
            ends_after_it_begins(
                "ministry_name_begins_before_it_ends", since="since", until="until"
            ),
        ]


class RoleQuerySet(models.QuerySet):
    def existing(self, on):
        """The roles that there are on the day `on`."""
        return self.filter(lasting(on))

    def named(self, on):
        """Each role with the name it had on the day `on`, in the order of the list."""
        names = RoleName.objects.filter(role=OuterRef("pk"))
        return named_on(self, names, on).order_by("position", "slug")


class Role(models.Model):
    """A part that the guidelines give to someone. Its names change; its slug does not."""

    class Scope(models.TextChoices):
        GOVERNMENT = "government", _("政府全体")
        MINISTRY = "ministry", _("府省")
        PROJECT = "project", _("プロジェクト")

    slug = models.SlugField(_("識別名"), unique=True)
    scope = models.CharField(_("範囲"), max_length=10, choices=Scope)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)
    single_holder = models.BooleanField(
        _("一人に限る"), default=False, help_text=_("一つの府省で同時に一人だけが就く役割。")
    )
    description = models.TextField(_("説明"), blank=True)
    description_en = models.TextField(_("説明（英語）"), blank=True)
    # Other words by which texts call it, for finding its duties.
    aliases = models.JSONField(_("別の呼び方"), default=list, blank=True)
    began_on = models.DateField(_("開始日"), null=True, blank=True)
    ended_on = models.DateField(_("終了日"), null=True, blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("役割")
        verbose_name_plural = _("役割")
        ordering = ["position", "slug"]
        constraints = [
            ends_after_it_begins("role_begins_before_it_ends"),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("guidelines:role-show", kwargs={"slug": self.slug})

    def is_over_on(self, on):
        """Whether the role has ended by the day `on`."""
        return is_over(self.ended_on, on)

    def exists_on(self, on):
        """Whether there is the role on the day `on`."""
        return is_lasting(self.began_on, self.ended_on, on)


class RoleName(NamePeriod):
    """What a role was officially called for a time."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="names", verbose_name=_("役割"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("役割の名称")
        verbose_name_plural = _("役割の名称")
        ordering = ["role", F("since").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["role", "since"], name="one_role_name_from_a_day"),
            ends_after_it_begins("role_name_begins_before_it_ends", since="since", until="until"),
        ]


class AppointmentQuerySet(models.QuerySet):
    def in_office(self, on):
        """The appointments that last on the day `on`."""
        return self.filter(lasting(on))

    def with_ministry(self, on):
        """Each with its ministry under the name of the day `on`, in the official order."""
        return self.prefetch_related(Prefetch("ministry", Ministry.objects.named(on))).order_by(
            "ministry__position", "began_on"
        )

    def with_role(self, on):
        """Each with its role under the name of the day `on`, in the order of the roles."""
        return self.prefetch_related(Prefetch("role", Role.objects.named(on))).order_by(
            "role__position", "began_on"
        )

    def ended(self, on):
        """The appointments that are over on the day `on`, the latest first."""
        return self.filter(ended_on__lte=on).order_by("-ended_on", "-began_on")


class Appointment(models.Model):
    """That a post of a ministry, or of the government as a whole, holds a role for a time.

    The database refuses two at once in an office that has one holder; see sole_office.py.
    """

    role = models.ForeignKey(
        Role, models.PROTECT, related_name="appointments", verbose_name=_("役割")
    )
    # Empty for a role of the government as a whole.
    ministry = models.ForeignKey(
        Ministry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("府省"),
    )
    post = models.CharField(_("職"), max_length=200)
    post_en = models.CharField(_("職（英語）"), max_length=200, blank=True)
    person = models.CharField(_("氏名"), max_length=200, blank=True)
    began_on = models.DateField(_("就任日"))
    ended_on = models.DateField(_("退任日"), null=True, blank=True)
    demonstration = models.BooleanField(
        _("実演用"), default=False, help_text=_("事実ではなく、実演のために作った記録。")
    )

    objects = AppointmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("任命")
        verbose_name_plural = _("任命")
        ordering = ["role", "ministry", "began_on"]
        constraints = [
            # In these very words: SQLite would make the table anew, and lose its triggers.
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(began_on__lt=F("ended_on")),
                name="appointment_begins_before_it_ends",
                violation_error_message=_("退任日は就任日より後の日にしてください。"),
            ),
        ]

    def __str__(self):
        return f"{self.post} {self.began_on:%Y-%m-%d}"
