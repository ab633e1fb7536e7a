"""What the home page offers beside the set itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
