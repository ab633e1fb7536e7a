"""How many queries and milliseconds the pages of an edition take on the server."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure, median_ms

# Promised for a page of text, whatever the size of the guideline.
MOST_QUERIES = 8


def section_url(edition):
    """A clause in the middle of the text."""
    middle = edition.sections.in_order().filter(level=3)
    return f"{edition.get_absolute_url()}{middle[middle.count() // 2].address}/"


def pages(editions):
    """A section page at every size; then cover and whole text of the largest."""
    figures = []
    for edition in editions.values():
        figures += _page("section page", edition, section_url(edition), most=MOST_QUERIES)
    largest = list(editions.values())[-1]
    figures += _page("cover", largest, largest.get_absolute_url())
    figures += _page("whole text", largest, f"{largest.get_absolute_url()}all/", times=5)
    return figures


def _page(what, edition, url, *, most=None, times=21):
    client = Client()

    def read():
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answers {response.status_code}")

    read()
    with CaptureQueriesContext(connection) as queries:
        read()
    what = f"{what}, {edition.sections.count():,} sections"
    return [
        Figure(what, len(queries), "queries", most=most),
        Figure(what, median_ms(read, times=times), "ms"),
    ]
