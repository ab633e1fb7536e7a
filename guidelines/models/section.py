"""The tree of an edition's text, each change made to it, and the files it shows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from mptt.managers import TreeManager
from mptt.models import MPTTModel, TreeForeignKey
from mptt.querysets import TreeQuerySet

from guidelines.models.edition import Edition


class SectionQuerySet(TreeQuerySet):
    def in_order(self):
        """As the reader meets them, from the first page to the last."""
        return self.order_by("tree_id", "lft")

    def within(self, section):
        """The section and all that is below it, in order."""
        return self.filter(
            tree_id=section.tree_id, lft__gte=section.lft, rght__lte=section.rght
        ).in_order()


class Section(MPTTModel):
    """A node of an edition's tree of text. Written by drafting.py alone; frozen by publication.

    Each edition is one mptt tree whose `tree_id` is the edition's id. Its root carries what
    stands before the first heading and has neither number nor title nor address.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="sections", verbose_name=_("版")
    )
    parent = TreeForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上位の節"),
    )
    key = models.CharField(_("固有の鍵"), max_length=16, db_index=True)
    number = models.CharField(_("番号"), max_length=50, blank=True)
    title = models.CharField(_("見出し"), max_length=500, blank=True)
    reading = models.CharField(_("読み"), max_length=200, blank=True)
    body = models.TextField(_("本文"), blank=True)
    html = models.TextField(_("表示"), blank=True, editable=False)
    # Given at publication, from the numbers; see addresses.py.
    address = models.CharField(_("番地"), max_length=100, blank=True, editable=False)

    # In that order: the first manager is the default one, and mptt wants its own there.
    objects = TreeManager.from_queryset(SectionQuerySet)()

    class Meta:
        verbose_name = _("節")
        verbose_name_plural = _("節")
        # makemigrations leaves this index of mptt out by itself.
        indexes = [models.Index(fields=["tree_id", "lft"], name="section_tree_id_lft")]
        constraints = [
            models.CheckConstraint(
                condition=Q(tree_id=F("edition_id")), name="tree_id_is_the_edition"
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(parent=None), name="one_root_per_edition"
            ),
            models.UniqueConstraint(fields=["edition", "key"], name="one_section_per_key"),
            models.UniqueConstraint(
                fields=["edition", "address"],
                condition=~Q(address=""),
                name="one_section_per_address",
            ),
            models.CheckConstraint(condition=Q(lft__lt=F("rght")), name="lft_before_rght"),
            models.CheckConstraint(
                condition=Q(parent=None, level=0, lft=1)
                | Q(parent__isnull=False, level__gt=0, lft__gt=1),
                name="root_iff_level_zero_and_lft_one",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip() or str(_("（前文）"))

    def get_absolute_url(self):
        return reverse("guidelines:key-show", kwargs={"key": self.key})


class Revision(models.Model):
    """One saved change to one section of a draft. Written once, never changed."""

    class Act(models.TextChoices):
        ADDED = "added", _("追加")
        EDITED = "edited", _("修正")
        MOVED = "moved", _("移動")
        REMOVED = "removed", _("削除")
        IMPORTED = "imported", _("取込み")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="revisions", verbose_name=_("版")
    )
    key = models.CharField(_("節の鍵"), max_length=16)
    act = models.CharField(_("行為"), max_length=10, choices=Act)
    # The section as it was after the change; as it was before, when it was removed.
    parent_key = models.CharField(_("上位の節の鍵"), max_length=16, blank=True)
    number = models.CharField(_("番号"), max_length=50, blank=True)
    title = models.CharField(_("見出し"), max_length=500, blank=True)
    reading = models.CharField(_("読み"), max_length=200, blank=True)
    body = models.TextField(_("本文"), blank=True)
    made_at = models.DateTimeField(_("日時"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("行った人")
    )

    class Meta:
        verbose_name = _("本文の変更")
        verbose_name_plural = _("本文の変更")
        ordering = ["edition", "pk"]
        indexes = [models.Index(fields=["edition", "key"], name="revision_edition_key")]

    def __str__(self):
        return f"{self.edition_id} {self.key} {self.act} {self.made_at:%Y-%m-%d %H:%M}"


class AttachmentQuerySet(models.QuerySet):
    def public(self):
        """The files that a published edition shows."""
        return self.filter(edition__status=Edition.Status.PUBLISHED)

    def sizes(self):
        """{hash: (width, height)} of the pictures whose size is known."""
        known = self.filter(width__isnull=False).values_list("sha256", "width", "height")
        return {sha256: (width, height) for sha256, width, height in known}


class Attachment(models.Model):
    """A file that an edition shows, kept by the hash of its content."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="attachments", verbose_name=_("版")
    )
    sha256 = models.CharField(_("内容のハッシュ値"), max_length=64)
    name = models.CharField(_("ファイル名"), max_length=200)
    media_type = models.CharField(_("種類"), max_length=100)
    size = models.PositiveIntegerField(_("バイト数"))
    # In pixels; of a picture whose head can be read.
    width = models.PositiveIntegerField(_("幅"), null=True, blank=True)
    height = models.PositiveIntegerField(_("高さ"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("添付ファイル")
        verbose_name_plural = _("添付ファイル")
        ordering = ["edition", "pk"]
        indexes = [models.Index(fields=["sha256"], name="attachment_sha256")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "sha256"], name="one_attachment_per_content_and_edition"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def path(self):
        """Where the content is kept below MEDIA_ROOT."""
        return f"{self.sha256[:2]}/{self.sha256}"

    def get_absolute_url(self):
        return reverse("file-show", kwargs={"sha256": self.sha256, "name": self.name})
