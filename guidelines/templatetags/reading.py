"""What templates ask for when they show guidelines: days, names, and addresses on a day."""

from django import template
from django.urls import reverse
from django.utils.dateformat import format as format_day
from django.utils.html import format_html
from django.utils.translation import get_language, override

from governance.naming import in_reader_language
from guidelines.wareki import in_both_calendars

register = template.Library()


@register.filter
def day(value):
    """A day in the reader's language, in both calendars: 「2018年（平成30年）3月30日」."""
    if not value:
        return "—"
    if get_language() == "ja":
        return in_both_calendars(value)
    return format_day(value, "j F Y")


@register.filter
def words(several, language):
    """Several words in a row, with the comma of their language."""
    return ("、" if language == "ja" else ", ").join(several)


@register.filter
def named(thing, field="name"):
    """A field in the reader's language as plain text, for titles and attributes."""
    return in_reader_language(thing, field)


@register.simple_tag
def say(thing, field):
    """A field in the reader's language; Japanese shown to an English reader is marked as such."""
    text = in_reader_language(thing, field)
    if get_language() == "en" and text and not getattr(thing, f"{field}_en"):
        return format_html('<span lang="ja">{}</span>', text)
    return text


@register.simple_tag(takes_context=True)
def day_url(context, name, **kwargs):
    """The address of a page, on the day the reader has chosen, if any."""
    on = context.get("on")
    return reverse(name, kwargs=kwargs | ({"on": on} if on else {}))


@register.simple_tag(takes_context=True)
def edition_url(context, edition):
    """The address of an edition: a translation's in its own language, on the reader's day."""
    kwargs = {"code": edition.guideline.code, "decided_on": edition.decided_on}
    with override(edition.language if edition.translation_of_id else get_language()):
        return day_url(context, "guidelines:edition-show", **kwargs)
