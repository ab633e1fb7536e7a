"""What is kept of the published sections so that they are found; made of them, at any time anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guidelines.models.edition import Edition
from guidelines.models.section import Section


class SearchEntry(models.Model):
    """A section of a published edition as the search knows it. Written by searching.py alone."""

    # The edition's id and the place in it: whoever has found an entry knows its edition.
    id = models.BigAutoField(primary_key=True)
    # A published section is never deleted, so nothing is looked for when a draft's is.
    section = models.OneToOneField(
        Section, models.DO_NOTHING, related_name="search_entry", verbose_name=_("節")
    )
    edition = models.ForeignKey(
        Edition, models.DO_NOTHING, related_name="search_entries", verbose_name=_("版")
    )
    # The first entry of the same section of the document, in whatever edition and language.
    strand = models.BigIntegerField(_("同じ節の最初の記録"), db_index=True)
    # Of its title and text; equal as long as neither changes.
    fingerprint = models.CharField(_("文の指紋"), max_length=16)
    # The day from which it has been as it is.
    changed_on = models.DateField(_("変わった日"), db_index=True)

    class Meta:
        verbose_name = _("検索の記録")
        verbose_name_plural = _("検索の記録")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.edition_id} {self.section_id}"


class SearchText(models.Model):
    """The words of an entry as they are searched; apart, as entries are counted without them."""

    entry = models.OneToOneField(
        SearchEntry,
        models.CASCADE,
        primary_key=True,
        related_name="text",
        verbose_name=_("検索の記録"),
    )
    # Streams; see folding.py.
    heading = models.TextField(_("見出し"), blank=True)
    body = models.TextField(_("本文"), blank=True)
    # The stems of its English words, a blank around each.
    stems = models.TextField(_("英語の語幹"), blank=True)
    # Of a term of a glossary: what it is called, a line each.
    names = models.TextField(_("用語の名"), blank=True)

    class Meta:
        verbose_name = _("検索の文")
        verbose_name_plural = _("検索の文")
        ordering = ["pk"]

    def __str__(self):
        return self.heading[:40]
