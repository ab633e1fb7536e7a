"""The act by which the ways in on the home page are offered."""

from django.db import transaction
from django.utils.translation import gettext as _

from governance.refusals import Refusal
from guidelines.models import Section
from portal.models import WayIn


@transaction.atomic
def offer_way_in(*, kind, name, section_key, by, **facts):
    """Offer a way from the home page to a section. Raises Refusal when no section has the key."""
    if not Section.objects.filter(key=section_key).exists():
        raise Refusal(_("鍵「%s」の節はありません。") % section_key)
    return WayIn.objects.create(kind=kind, name=name, section_key=section_key, **facts)
