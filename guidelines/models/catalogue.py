"""The catalogue of the set: its documents, what they are for, and how they relate."""

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Decision


class CategoryQuerySet(models.QuerySet):
    def with_guidelines(self):
        """The shelves that hold something, in order, with `size`, the number of documents."""
        return (
            self.annotate(size=Count("guidelines"))
            .filter(size__gt=0)
            # Grouping makes Django forget the order of Meta.
            .order_by("position", "slug")
        )


class Category(models.Model):
    """A shelf of the set, such as security or data."""

    slug = models.SlugField(_("識別名"), unique=True)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英語名称"), max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("分野")
        verbose_name_plural = _("分野")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.name


class GuidelineQuerySet(models.QuerySet):
    def coded(self, code):
        """The guideline that has, or once had, the code, whatever its case."""
        return self.filter(Q(code__iexact=code) | Q(former__code__iexact=code)).distinct()

    def with_shelf(self):
        """In the order of the shelves, each guideline with its category at hand."""
        return self.select_related("category").order_by(
            "category__position", "category__slug", "code"
        )


class Guideline(models.Model):
    """One document of the set. Its titles and editions change; its code does not."""

    class Position(models.TextChoices):
        NORMATIVE = "normative", _("標準ガイドライン（Normative）")
        INFORMATIVE = "informative", _("実践ガイドブック（Informative）")

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("標準ガイドライン")
        ANNEX = "annex", _("附属文書")
        COMMENTARY = "commentary", _("解説書")
        GUIDEBOOK = "guidebook", _("実践ガイドブック")
        TECHNICAL_REPORT = "technical_report", _("技術レポート")
        GLOSSARY = "glossary", _("用語集")
        OTHER = "other", _("その他の関連文書")

    code = models.CharField(_("文書番号"), max_length=20, unique=True)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="guidelines", verbose_name=_("分野")
    )
    kind = models.CharField(_("種別"), max_length=20, choices=Kind)
    # Empty while nobody has confirmed which of the two it is.
    position = models.CharField(_("位置付け"), max_length=20, choices=Position, blank=True)
    title = models.CharField(_("標題"), max_length=300)
    title_en = models.CharField(_("英語標題"), max_length=300, blank=True)
    abstract = models.TextField(_("概要"), blank=True)
    abstract_en = models.TextField(_("概要（英語）"), blank=True)
    keywords = models.JSONField(_("キーワード"), default=list, blank=True)
    unconfirmed = models.CharField(_("未確認の事項"), max_length=300, blank=True)
    unconfirmed_en = models.CharField(_("未確認の事項（英語）"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("廃止日"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="withdrawals",
        verbose_name=_("廃止の決定"),
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced",
        verbose_name=_("後継の文書"),
    )

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ドキュメント")
        verbose_name_plural = _("ドキュメント")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(Upper("code"), name="one_guideline_per_code_in_any_case"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=False) | Q(withdrawn_by=None, replaced_by=None),
                name="only_a_withdrawn_guideline_has_a_withdrawal_and_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="guideline_does_not_replace_itself",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("guidelines:guideline-show", kwargs={"code": self.code})

    def is_withdrawn(self, on):
        """Whether the guideline has been withdrawn by the day `on`."""
        return self.withdrawn_on is not None and self.withdrawn_on <= on


class FormerCode(models.Model):
    """A number by which a guideline was known before, such as 1001 for DS-100."""

    guideline = models.ForeignKey(
        Guideline, models.CASCADE, related_name="former", verbose_name=_("ドキュメント")
    )
    code = models.CharField(_("旧文書番号"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("旧文書番号")
        verbose_name_plural = _("旧文書番号")
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} → {self.guideline.code}"


class GuidelineRelation(models.Model):
    """What one document of the set is to another."""

    class Kind(models.TextChoices):
        EXPLAINS = "explains", _("解説する")
        PRACTICE_FOR = "practice_for", _("実践方法を示す")
        ANNEX_TO = "annex_to", _("附属する")
        DEFINES_TERMS_FOR = "defines_terms_for", _("用語を定める")
        REPLACES = "replaces", _("置き換える")
        REFERS_TO = "refers_to", _("参照する")

    source = models.ForeignKey(
        Guideline, models.CASCADE, related_name="relations_out", verbose_name=_("この文書が")
    )
    kind = models.CharField(_("関係"), max_length=20, choices=Kind)
    target = models.ForeignKey(
        Guideline, models.CASCADE, related_name="relations_in", verbose_name=_("相手の文書")
    )

    class Meta:
        verbose_name = _("文書間の関係")
        verbose_name_plural = _("文書間の関係")
        ordering = ["source__code", "kind", "target__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"], name="one_relation_of_a_kind_between_two"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="guideline_is_not_related_to_itself"
            ),
        ]

    def __str__(self):
        return f"{self.source.code} {self.get_kind_display()} {self.target.code}"
