"""The acts by which the ways in on the home page are offered, changed and taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.refusals import Refusal
from guidelines.models import Edition, Section
from portal.models import WayIn


@transaction.atomic
def offer_way_in(*, kind, name, section_key, by, **facts):
    """Offer a way from the home page to a section. Raises Refusal when no section has the key."""
    _refuse_unknown(section_key)
    return WayIn.objects.create(kind=kind, name=name, section_key=section_key, **facts)


@transaction.atomic
def change_way_in(way, *, by, **facts):
    """Change where a way leads, or what it is called."""
    _refuse_unknown(facts.get("section_key", way.section_key))
    for name, value in facts.items():
        setattr(way, name, value)
    way.save()
    return way


@transaction.atomic
def withdraw_way_in(way, *, by):
    """Take a way off the home page."""
    way.delete()


def _refuse_unknown(key):
    if not Section.objects.filter(key=key, edition__in=Edition.objects.published()).exists():
        raise Refusal(_("鍵「%s」の節は、公開された版にはありません。") % key)
