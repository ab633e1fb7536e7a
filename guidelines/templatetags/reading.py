"""What templates ask for when they show guidelines: days, names, and addresses on a day."""

from django import template
from django.urls import reverse
from django.utils.dateformat import format as format_day
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from governance.naming import in_reader_language
from guidelines.models import Responsibility
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


@register.filter
def phase(value):
    """What a phase is called; the one for all of them is empty."""
    return Responsibility.Phase(value).label if value else _("段階を問わない")


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


@register.simple_tag(takes_context=True)
def section_url(context, section, anchor=""):
    """The address of a section in the edition in force, on the reader's day."""
    place = {"code": section.edition.guideline.code}
    if section.address:
        page = day_url(context, "guidelines:section-show", **place, address=section.address)
    else:
        page = day_url(context, "guidelines:guideline-show", **place)
    return f"{page}#{anchor}" if anchor else page
