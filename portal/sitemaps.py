"""Lists the addresses of the site for machines, as a sitemap in the form of sitemaps.org."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from governance.models import (
    Body,
    Briefing,
    Decision,
    Meeting,
    Ministry,
    Plan,
    PmoFunction,
    Principle,
    Proposal,
    Role,
    Strategy,
)
from guidelines.models import Edition, Guideline, Section
from portal.models import News
from portal.pages import PAGES

# A file may name 50,000 addresses; each page has one in Japanese and one in English.
PAGES_PER_FILE = 25_000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

LISTS = (
    *("home", "news-list", "sitemap-show", "guidelines:guideline-list", "guidelines:guideline-map"),
    *("governance:role-list", "governance:ministry-list", "governance:function-list"),
    *("governance:function-matrix", "governance:plan-list", "governance:body-list"),
    *("governance:proposal-list", "guidelines:decision-list", "guidelines:strategy-list"),
    *("guidelines:principle-list", "guidelines:briefing-list"),
)


def _begun(on):
    return PmoFunction.objects.filter(Q(began_on=None) | Q(began_on__lte=on))


# The page of a record, the records that have one on a day, and the fields its address is made of.
RECORDS = (
    ("guidelines:role-show", lambda on: Role.objects.all(), {"slug": "slug"}),
    ("governance:ministry-show", lambda on: Ministry.objects.all(), {"slug": "slug"}),
    ("governance:body-show", lambda on: Body.objects.all(), {"slug": "slug"}),
    (
        "governance:meeting-show",
        lambda on: Meeting.objects.held(on),
        {"slug": "body__slug", "held_on": "held_on"},
    ),
    ("guidelines:proposal-show", lambda on: Proposal.objects.made(on), {"slug": "slug"}),
    ("guidelines:decision-show", lambda on: Decision.objects.latest_first(on), {"pk": "pk"}),
    ("guidelines:function-show", _begun, {"slug": "slug"}),
    (
        "guidelines:plan-show",
        lambda on: Plan.objects.made(on),
        {"slug": "ministry__slug", "began_on": "began_on"},
    ),
    ("guidelines:strategy-show", lambda on: Strategy.objects.adopted(on), {"slug": "slug"}),
    (
        "guidelines:principle-show",
        lambda on: Principle.objects.recommended(on),
        {"number": "number"},
    ),
    ("guidelines:briefing-show", lambda on: Briefing.objects.held(on), {"slug": "slug"}),
    ("news-show", lambda on: News.objects.current(on), {"pk": "pk"}),
)


class Place(NamedTuple):
    """The address of a page behind the root of its language, and when its text last changed."""

    path: str
    changed_on: date | None = None


def places(on) -> Iterator[Place]:
    """The pages that are worth finding on the day `on`, each once for all languages."""
    # Japanese addresses have no prefix, so what is behind the first sign is the same in any.
    with override("ja"):
        yield from (Place(reverse(name)[1:]) for name in LISTS)
        yield from (Place(page.address) for page in PAGES.values())
        yield from _texts(on)
        for name, query, fields in RECORDS:
            for row in query(on).values(*fields.values()):
                kwargs = {keyword: row[field] for keyword, field in fields.items()}
                yield Place(reverse(name, kwargs=kwargs)[1:])


def _texts(on):
    """The documents, their editions, and the sections in force."""
    codes = list(Guideline.objects.with_shelf().values_list("code", flat=True))
    in_force = Edition.objects.in_force(on)
    since = dict(in_force.values_list("guideline__code", "effective_on"))
    for code in codes:
        yield Place(f"guidelines/{code}/", since.get(code))
        if code in since:
            yield Place(f"guidelines/{code}/all/", since[code])
    official = Edition.objects.published().official().newest_first()
    for code, decided_on in official.values_list("guideline__code", "decided_on"):
        yield Place(f"guidelines/{code}/{decided_on}/")
    sections = Section.objects.filter(edition__in=in_force.values("pk")).exclude(address="")
    rows = sections.in_order().values_list("edition__guideline__code", "address")
    for code, address in rows.iterator():
        yield Place(f"guidelines/{code}/{address}/", since[code])


def files(on):
    """The places of each file of the sitemap."""
    known = list(places(on))
    return [known[start : start + PAGES_PER_FILE] for start in range(0, len(known), PAGES_PER_FILE)]


def write_index(count):
    """The sitemap that names the files of the sitemap, of which there are so many."""
    rows = "".join(
        f"<sitemap><loc>{settings.PORTAL_URL}"
        f"{reverse('sitemap-file-download', kwargs={'number': number})}</loc></sitemap>\n"
        for number in range(1, count + 1)
    )
    return f'{HEAD}<sitemapindex xmlns="{SCHEMA}">\n{rows}</sitemapindex>\n'


def write_file(shown):
    """The sitemap of some places: each in every language, with the others named beside it."""
    roots = _roots()
    rows = "".join(_row(place, root, roots) for place in shown for root in roots.values())
    namespaces = f'xmlns="{SCHEMA}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{HEAD}<urlset {namespaces}>\n{rows}</urlset>\n"


def _roots():
    """Where the addresses of each language begin."""
    roots = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            roots[code] = settings.PORTAL_URL + reverse("home")
    return roots


def _row(place, root, roots):
    path = escape(place.path)
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{other}{path}"/>'
        for code, other in roots.items()
    )
    changed = f"<lastmod>{place.changed_on}</lastmod>" if place.changed_on else ""
    return f"<url><loc>{root}{path}</loc>{changed}{others}</url>\n"
