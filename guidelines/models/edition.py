"""An edition of a guideline, the notes on its cover, and the steps it went through."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.models import Decision
from guidelines.models.catalogue import Guideline


class EditionQuerySet(models.QuerySet):
    def published(self):
        """The editions that are published, in force or not."""
        return self.filter(status=Edition.Status.PUBLISHED)

    def open(self):
        """The editions still being worked on."""
        return self.exclude(status=Edition.Status.PUBLISHED)

    def locked(self):
        """Their rows locked until the transaction ends, each with its guideline."""
        return self.select_for_update(of=("self",)).select_related("guideline")

    def official(self):
        """The editions in the language of the decision, translations left out."""
        return self.filter(translation_of=None)

    def with_standing(self, on):
        """Each edition with `standing`, its Standing on the day `on`.

        In force is the official edition newest by effective day, then by day of decision, until
        the next takes effect or the guideline is withdrawn; a translation stands as its original.
        """
        newest = (
            Edition.objects.published()
            .official()
            .filter(guideline=OuterRef("guideline"), effective_on__lte=on)
            .order_by("-effective_on", "-decided_on")
            .values("pk")[:1]
        )
        return self.annotate(newest_id=Subquery(newest)).annotate(
            standing=Case(
                When(effective_on=None, then=Value(Edition.Standing.DRAFT)),
                When(effective_on__gt=on, then=Value(Edition.Standing.FUTURE)),
                When(guideline__withdrawn_on__lte=on, then=Value(Edition.Standing.PAST)),
                When(
                    Q(newest_id=Coalesce(F("translation_of_id"), F("pk"))),
                    then=Value(Edition.Standing.IN_FORCE),
                ),
                default=Value(Edition.Standing.PAST),
            )
        )

    def in_force(self, on):
        """For each guideline, the official edition in force on the day `on`."""
        return (
            self.published().official().with_standing(on).filter(standing=Edition.Standing.IN_FORCE)
        )

    def foremost(self, on):
        """The first rule of the set in force on the day `on`, in the order of the shelves."""
        return (
            self.in_force(on)
            .filter(guideline__position=Guideline.Position.NORMATIVE)
            .select_related("guideline")
            .order_by("guideline__category__position", "guideline__code")
            .first()
        )

    def changed_lately(self, on):
        """The official editions in effect by `on`, the latest first, with their notes at hand."""
        return (
            self.published()
            .official()
            .filter(effective_on__lte=on)
            .select_related("guideline", "decision__body")
            .prefetch_related("revision_notes")
            .order_by("-effective_on", "-decided_on", "guideline__code")
        )

    def newest_first(self):
        """By day of decision, newest first, with what a list shows of each."""
        return self.select_related("decision__body", "guideline").order_by(
            "-decided_on", "language", "-pk"
        )


class Edition(models.Model):
    """One version of a guideline in one language. Once published it never changes."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("起案中")
        CONSULTATION = "consultation", _("意見照会中")
        SUBMITTED = "submitted", _("決定待ち")
        PUBLISHED = "published", _("公開済み")

    class Standing(models.TextChoices):
        """Where an edition stands on a day; asked of the QuerySet, never stored."""

        DRAFT = "draft", _("未公開")
        FUTURE = "future", _("施行前")
        IN_FORCE = "in_force", _("現行")
        PAST = "past", _("過去の版")

    class Language(models.TextChoices):
        JAPANESE = "ja", _("日本語")
        ENGLISH = "en", _("英語")

    guideline = models.ForeignKey(
        Guideline, models.PROTECT, related_name="editions", verbose_name=_("ドキュメント")
    )
    language = models.CharField(
        _("言語"), max_length=2, choices=Language, default=Language.JAPANESE
    )
    translation_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("翻訳元の版"),
    )
    # The edition whose text this one began as; empty for the first, or one written anew.
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("前の版"),
    )
    title = models.CharField(_("標題"), max_length=300)
    subtitle = models.CharField(_("副題"), max_length=300, blank=True)
    issuer = models.CharField(
        _("表紙の決定者・発行者"), max_length=200, blank=True, help_text=_("表紙に記すとおり。")
    )
    abstract = models.TextField(_("概要"), blank=True)
    keywords = models.JSONField(_("キーワード"), default=list, blank=True)
    demonstration = models.BooleanField(
        _("実演用"), default=False, help_text=_("どのページにも実演用の文章であると示します。")
    )
    status = models.CharField(_("状態"), max_length=20, choices=Status, default=Status.DRAFT)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
        verbose_name=_("決定"),
    )
    # The decision's day, repeated here because the address and the seal are made of it.
    decided_on = models.DateField(_("決定日"), null=True, blank=True)
    effective_on = models.DateField(_("施行日"), null=True, blank=True)
    # Its place in the guideline's chain of seals, in the order of publication; see sealing.py.
    serial = models.PositiveIntegerField(_("公開の順"), null=True, blank=True)
    previous_seal = models.CharField(_("前の封印"), max_length=64, blank=True)
    seal = models.CharField(_("封印"), max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("版")
        verbose_name_plural = _("版")
        ordering = ["guideline__code", "-decided_on", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "language"],
                condition=~Q(status="published"),
                name="one_open_edition_per_guideline_and_language",
            ),
            models.UniqueConstraint(
                fields=["guideline", "language", "decided_on"],
                name="one_edition_per_guideline_language_and_day",
            ),
            models.UniqueConstraint(
                fields=["guideline", "serial"], name="one_edition_per_link_of_the_chain"
            ),
            models.CheckConstraint(
                condition=Q(
                    status="published",
                    decision__isnull=False,
                    decided_on__isnull=False,
                    effective_on__isnull=False,
                    serial__isnull=False,
                )
                & ~Q(seal="")
                | ~Q(status="published")
                & Q(
                    decision=None,
                    decided_on=None,
                    effective_on=None,
                    serial=None,
                    previous_seal="",
                    seal="",
                ),
                name="published_iff_decided_dated_and_sealed",
            ),
            models.CheckConstraint(
                condition=Q(language="ja", translation_of=None)
                | ~Q(language="ja") & Q(translation_of__isnull=False),
                name="translation_iff_not_japanese",
            ),
        ]

    def __str__(self):
        day = self.decided_on.isoformat() if self.decided_on else self.get_status_display()
        return f"{self.guideline.code} {day} ({self.language})"

    def get_absolute_url(self):
        return reverse(
            "guidelines:edition-show",
            kwargs={"code": self.guideline.code, "decided_on": self.decided_on},
        )

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED


class RevisionNote(models.Model):
    """A row of the table of revisions, as printed on the cover of an edition."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="revision_notes", verbose_name=_("版")
    )
    position = models.PositiveSmallIntegerField(_("並び順"))
    revised_on = models.DateField(_("改定年月日"), null=True, blank=True)
    place = models.CharField(_("改定箇所"), max_length=500, blank=True)
    content = models.TextField(_("改定内容"))

    class Meta:
        verbose_name = _("改定履歴")
        verbose_name_plural = _("改定履歴")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="one_revision_note_per_place_on_the_cover"
            ),
        ]

    def __str__(self):
        return f"{self.revised_on or '—'} {self.place} {self.content[:40]}"


class Step(models.Model):
    """One change of an edition's status. Written once, never changed."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="steps", verbose_name=_("版"))
    act = models.CharField(_("行為"), max_length=30)
    status = models.CharField(_("行為のあとの状態"), max_length=20, choices=Edition.Status)
    note = models.TextField(_("理由・備考"), blank=True)
    taken_at = models.DateTimeField(_("日時"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("行った人")
    )

    class Meta:
        verbose_name = _("手続の記録")
        verbose_name_plural = _("手続の記録")
        ordering = ["edition", "pk"]

    def __str__(self):
        return f"{self.edition_id} {self.act} {self.taken_at:%Y-%m-%d %H:%M}"
