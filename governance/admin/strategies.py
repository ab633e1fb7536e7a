"""The admin's pages for strategies with their items, and for the OECD's principles."""

from django.contrib import admin

from governance.admin.records import RecordAdmin, RecordInline
from governance.models import Principle, Strategy, StrategyItem


class ItemInline(RecordInline):
    """What a strategy demands, one by one."""

    model = StrategyItem
    fields = ["position", "number", "title", "title_en", "text", "text_en"]


@admin.register(Strategy)
class StrategyAdmin(RecordAdmin):
    """The strategies that the guidelines carry out."""

    inlines = [ItemInline]
    fields = [
        *("slug", "title", "title_en", "body", "adopted_on", "ended_on", "summary", "summary_en"),
        *("unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["title", "body", "adopted_on", "ended_on"]
    list_select_related = ["body"]
    search_fields = ["title", "title_en", "slug"]


@admin.register(StrategyItem)
class StrategyItemAdmin(RecordAdmin):
    """The items by themselves, to be searched for."""

    fields = ["strategy", "position", "number", "title", "title_en", "text", "text_en"]
    list_display = ["__str__", "strategy"]
    list_filter = ["strategy"]
    list_select_related = ["strategy"]
    search_fields = ["number", "title", "title_en", "text", "strategy__title"]


@admin.register(Principle)
class PrincipleAdmin(RecordAdmin):
    """The 12 principles."""

    fields = [
        *("number", "pillar", "title", "title_en", "short", "short_en"),
        *("description", "description_en", "filed_by_japan", "unconfirmed", "unconfirmed_en"),
    ]
    list_display = ["number", "title", "pillar", "filed_by_japan"]
    list_display_links = ["number", "title"]
    list_filter = ["pillar", "filed_by_japan"]
    search_fields = ["title", "title_en", "short"]
