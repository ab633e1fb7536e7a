"""The words that searching takes for one another because the staff said so."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """A group of words with one meaning, besides those that the glossary gives."""

    # A list of at least two; see guidelines/synonyms.py for what may stand in it.
    words = models.JSONField(_("言葉"), default=list)
    note = models.CharField(_("備考"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("同義語")
        verbose_name_plural = _("同義語")
        ordering = ["pk"]

    def __str__(self):
        return " ＝ ".join(self.words)
