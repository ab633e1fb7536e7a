"""The admin's page of what was changed on a record and its parts, by whom and when."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BooleanField, ForeignKey
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.admin.choosing import NAMED
from governance.naming import listed

PER_PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One change of a record or of one of its parts."""

    record: Any
    before: Any
    labels: "Labels"

    @property
    def kind(self):
        """What sort of thing it was."""
        return self.record.instance_type._meta.verbose_name

    @property
    def name(self):
        """Which one; a part of something that is gone may not be able to say."""
        try:
            return str(self.record.instance)
        except ObjectDoesNotExist:
            return ""

    @property
    def changes(self):
        """The fields that became different, as rows of label, old and new value."""
        if self.record.history_type == "-":
            return []
        found = []
        for field in self.record.tracked_fields:
            new = getattr(self.record, field.attname)
            old = getattr(self.before, field.attname) if self.before else None
            if new != old and not (
                self.before is None and (new in ("", False, []) or field.primary_key)
            ):
                found.append((field, self.labels.say(field, old), self.labels.say(field, new)))
        for field in self.record._history_m2m_fields:
            new, old = (self.labels.several(field, record) for record in (self.record, self.before))
            if new != old:
                found.append((field, old, new))
        return [(capfirst(field.verbose_name), old, new) for field, old, new in found]


class Labels:
    """Says values of fields in words, looking each thing up once."""

    def __init__(self):
        self._known = {}

    def say(self, field, value):
        """A value of a field as the form shows it."""
        if value in (None, "", []):
            return "－"
        if isinstance(value, list):
            return listed(value)
        if isinstance(field, ForeignKey):
            return self._thing(field.related_model, value)
        if isinstance(field, BooleanField):
            return _("はい") if value else _("いいえ")
        return str(dict(field.flatchoices).get(value, value))

    def several(self, field, record):
        """The things that a record was joined to through a field."""
        if record is None:
            return "－"
        name = f"{field.m2m_reverse_field_name()}_id"
        rows = getattr(record, field.name).values_list(name, flat=True)
        return listed(self._thing(field.related_model, pk) for pk in sorted(rows)) or "－"

    def _thing(self, model, pk):
        if (model, pk) not in self._known:
            if model in NAMED:
                thing = model.objects.named(timezone.localdate()).filter(pk=pk).first()
                name = thing and thing.name
            else:
                thing = model._default_manager.filter(pk=pk).first()
                name = thing and str(thing)
            self._known[model, pk] = name or _("（削除済み）")
        return self._known[model, pk]


class HistoryAdmin(admin.ModelAdmin):
    """An admin page whose history is that of django-simple-history, with the record's parts.

    It is there to be read: to bring back what was, one writes it anew, in one's own name.
    """

    def history_view(self, request, object_id, extra_context=None):
        """What was changed, the latest first."""
        pk = unquote(object_id)
        try:
            thing = self.get_object(request, pk) or self._last_known(pk)
        except ValueError as error:
            raise Http404 from error
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        page = Paginator(_entries(thing, self.inlines), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("変更の履歴：%s") % thing,
            "subtitle": None,
            "opts": self.opts,
            "object": thing,
            "is_there": self.get_object(request, pk) is not None,
            "page": page,
            "media": self.media,
            "pages": page.paginator.get_elided_page_range(page.number),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    def _last_known(self, pk):
        """A record that is gone, as its history remembers it."""
        last = self.model.history.filter(**{self.opts.pk.name: pk}).first()
        return last and last.instance


def _entries(thing, inlines):
    """The changes of a record and of its parts, the latest first, each with what was before."""
    labels, entries = Labels(), []
    sources = [type(thing).history.filter(**{type(thing)._meta.pk.attname: thing.pk})]
    for inline in inlines:
        owner = next(
            field.attname
            for field in inline.model._meta.fields
            if isinstance(field, ForeignKey) and field.related_model is type(thing)
        )
        sources.append(inline.model.history.filter(**{owner: thing.pk}))
    for source in sources:
        latest = defaultdict(lambda: None)
        for record in source.select_related("history_user").order_by("history_date", "history_id"):
            pk = getattr(record, record.instance_type._meta.pk.attname)
            entries.append(Entry(record, latest[pk], labels))
            latest[pk] = record
    return sorted(
        entries,
        key=lambda entry: (entry.record.history_date, entry.record.history_id),
        reverse=True,
    )
