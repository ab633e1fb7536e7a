"""What the site keeps beside the set itself: ways in, news, and how often what is searched."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import Decision
from guidelines.models import Guideline

# What is longer is a text, of which nobody wants to know how often it was asked.
LONGEST_QUERY = 100


class WayInQuerySet(models.QuerySet):
    def by_kind(self):
        """(kind, ways in) for each kind, in the order of the home page."""
        ways = list(self)
        return [
            (kind, [way for way in ways if way.kind == kind])
            for kind in WayIn.Kind
            if any(way.kind == kind for way in ways)
        ]


class WayIn(models.Model):
    """A way into the set from the home page, by role or by phase, to the section that answers."""

    class Kind(models.TextChoices):
        ROLE = "role", _("役割から")
        PHASE = "phase", _("段階から")

    kind = models.CharField(_("種別"), max_length=10, choices=Kind)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英語名称"), max_length=100, blank=True)
    # The section is named by its permanent key, so that the way leads there in every edition.
    section_key = models.CharField(_("節の鍵"), max_length=16)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    objects = WayInQuerySet.as_manager()

    class Meta:
        verbose_name = _("入口")
        verbose_name_plural = _("入口")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="one_way_in_per_kind_and_name")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.name}"


class NewsQuerySet(models.QuerySet):
    def announced(self, on):
        """The items whose day had come by the day `on`, withdrawn or not."""
        return self.filter(published_on__lte=on)

    def current(self, on):
        """The items to be read on the day `on`: announced, and not withdrawn."""
        return self.announced(on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))

    def latest_first(self):
        """By day, the latest first, each with what it is about."""
        return self.select_related("guideline", "decision").order_by("-published_on", "-pk")


class News(models.Model):
    """What the portal tells its readers on a day. Withdrawn when it was wrong, never deleted."""

    title = models.CharField(_("件名"), max_length=200)
    title_en = models.CharField(_("英語件名"), max_length=200, blank=True)
    body = models.TextField(_("本文"), help_text=_("Markdownで書きます。"))
    body_en = models.TextField(_("本文（英語）"), blank=True)
    # Made of the bodies when they are saved, by announcing.py.
    html = models.TextField(_("表示"), editable=False)
    html_en = models.TextField(_("表示（英語）"), blank=True, editable=False)
    published_on = models.DateField(
        _("公開日"), help_text=_("この日の午前零時から読者に示されます。")
    )
    # Empty while the item stands as it was first shown.
    changed_on = models.DateField(_("更新日"), null=True, blank=True, editable=False)
    # Empty for an item that stands; afterwards its address says that it was withdrawn.
    withdrawn_on = models.DateField(_("取下げの日"), null=True, blank=True, editable=False)
    guideline = models.ForeignKey(
        Guideline,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("関係する文書"),
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("関係する決定"),
    )
    demonstration = models.BooleanField(_("実演用"), default=False)

    objects = NewsQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["html", "html_en"])

    class Meta:
        verbose_name = _("お知らせ")
        verbose_name_plural = _("お知らせ")
        ordering = ["-published_on", "-pk"]
        indexes = [models.Index(fields=["-published_on", "-id"], name="news_latest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_on=None) | Q(changed_on__gte=F("published_on")),
                name="news_is_changed_after_it_was_published",
                violation_error_message=_("更新日は公開日より前にはなりません。"),
            ),
        ]

    def __str__(self):
        return f"{self.published_on:%Y-%m-%d} {self.title}"

    def get_absolute_url(self):
        return reverse("news-show", kwargs={"pk": self.pk})

    def is_withdrawn(self, on):
        """Whether the item has been withdrawn by the day `on`."""
        return self.withdrawn_on is not None and self.withdrawn_on <= on


class QueryCount(models.Model):
    """How often words were searched for on a day. Nothing says by whom; portal/counting.py."""

    day = models.DateField(_("日"))
    # Folded: width, case and the like make no difference.
    query = models.CharField(_("言葉"), max_length=LONGEST_QUERY)
    count = models.PositiveIntegerField(_("検索"), default=0)
    none = models.PositiveIntegerField(_("当たりなし"), default=0)
    refined = models.PositiveIntegerField(_("すぐに探し直し"), default=0)

    class Meta:
        verbose_name = _("検索の件数")
        verbose_name_plural = _("検索の件数")
        ordering = ["-day", "query"]
        constraints = [
            models.UniqueConstraint(fields=["day", "query"], name="one_count_per_day_and_query")
        ]

    def __str__(self):
        return f"{self.day} {self.query}"
