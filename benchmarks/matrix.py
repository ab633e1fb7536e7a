"""How long the matrix of ministries and PMO functions takes on the server, and its queries."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure, median_ms
from governance.models import Ministry, PmoFunction, PmoStatus
from governance.recording import record_many
from tests import governing

MINISTRIES, FUNCTIONS = 30, 40
# Promised for a matrix of that size, each cell with three assessments.
MOST_MS = 100
# After every day of the demonstration set, so that a page of another day has these alone.
DAYS = (date(2100, 4, 1), date(2103, 4, 1), date(2106, 4, 1))
URL = f"/on/{DAYS[-1]}/pmo/matrix/"


def matrix() -> list[Figure]:
    """The page with all its cells filled."""
    _fill()
    client = Client()

    def read():
        response = client.get(URL)
        if response.status_code != 200:
            raise RuntimeError(f"{URL} answers {response.status_code}")
        return response

    html = read().content.decode()
    with CaptureQueriesContext(connection) as queries:
        read()
    ministries = Ministry.objects.existing(DAYS[-1]).count()
    columns = html.count('class="function"')
    what = f"matrix, {ministries} ministries, {columns} functions"
    return [
        Figure(what, len(queries), "queries", most=3),
        Figure(what, median_ms(read), "ms", most=MOST_MS),
    ]


def _fill():
    """Ministries and functions up to the promised number, and three assessments of each pair."""
    for _number in range(MINISTRIES - Ministry.objects.existing(DAYS[0]).count()):
        governing.ministry()
    abstract = PmoFunction.objects.filter(parent=None).first() or governing.function()
    leaves = PmoFunction.objects.existing(DAYS[0]).filter(parent__isnull=False)
    for _number in range(FUNCTIONS - leaves.count()):
        governing.function(parent=abstract)
    levels = PmoStatus.Level.values
    rows = [
        {
            "ministry": ministry,
            "function": function,
            "assessed_on": day,
            "level": levels[(place + number + turn) % len(levels)],
        }
        for place, ministry in enumerate(Ministry.objects.existing(DAYS[0]))
        for number, function in enumerate(leaves.all())
        for turn, day in enumerate(DAYS)
    ]
    record_many(PmoStatus, rows, by=None)
