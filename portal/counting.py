"""Counts what readers search for, by day and words alone: never who, from where, or what else.

Counts are kept for DAYS_KEPT days; what is older goes whenever something new comes. Words that may
say who somebody is are not counted, nor is anything long.
"""

import re
import unicodedata
from contextlib import contextmanager
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, Sum

from guidelines.querying import OPERATORS, parse
from portal.models import LONGEST_QUERY, QueryCount

DAYS_KEPT = 90
# Beyond so many different ones a day, it is a machine that asks.
MOST_A_DAY = 5_000
# An address of mail, or a number long enough to be that of a telephone or a person.
_PERSONAL = re.compile(r"@|\d{7}|\d{4}[- ]\d{4}|(?<!\d)0\d{1,3}[- ]\d{2,4}[- ]\d{3,4}")


class Asked(NamedTuple):
    """A query with how often it was made, found nothing, and was made anew in other words."""

    query: str
    times: int
    none: int
    refined: int


def count(query, *, hits, on, before=""):
    """Count a query that had so many hits, made on a day after the query `before`, if any.

    The same words again, as for a further page or a narrower search, are not another query. A
    reader never waits for a count: when the database is busy, it is left out.
    """
    query, before = _even(query), _even(before)
    if query == before:
        return
    try:
        with _impatiently():
            if _may_be_kept(query):
                _add(query, on, count=1, none=int(hits == 0))
            if query and _may_be_kept(before):
                QueryCount.objects.filter(day=on, query=before).update(refined=F("refined") + 1)
    except OperationalError:
        return


def asked_before(request):
    """The words that were searched for on the page from which a search was made, if it was one.

    The browser says so with the request; nothing is kept to know it.
    """
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_here = came_from.netloc == request.get_host() and _page(came_from.path) == _page(
        request.path
    )
    return parse_qs(came_from.query).get("q", [""])[0] if is_here else ""


def most_asked(*, since, most=50):
    """What was searched for most since a day."""
    return _summed(since, Q(), "-times", most)


def without_hits(*, since, most=50):
    """What found nothing since a day, the most frequent first."""
    return _summed(since, Q(nones__gt=0), "-nones", most)


def refined_at_once(*, since, most=50):
    """What was made anew in other words from the page of its hits, the most frequent first."""
    return _summed(since, Q(refinements__gt=0), "-refinements", most)


def _even(query):
    """A query without what differs by keyboard alone: width, case and blanks."""
    parts = unicodedata.normalize("NFKC", query).split()
    return " ".join(part if part in OPERATORS else part.lower() for part in parts)


def _page(path):
    """The path of a page whatever its language."""
    return path.removeprefix("/en")


def _summed(since, condition, order, most):
    rows = (
        QueryCount.objects.filter(day__gte=since)
        .values("query")
        .annotate(times=Sum("count"), nones=Sum("none"), refinements=Sum("refined"))
        .filter(condition)
        .order_by(order, "query")[:most]
    )
    return [Asked(row["query"], row["times"], row["nones"], row["refinements"]) for row in rows]


def _may_be_kept(query):
    # What cannot be printed, no database need keep; PostgreSQL refuses a NUL.
    is_fit = bool(parse(query)) and query.isprintable() and len(query) <= LONGEST_QUERY
    return is_fit and not _PERSONAL.search(query)


def _add(query, on, *, count, none):
    counted = QueryCount.objects.filter(day=on, query=query).update(
        count=F("count") + count, none=F("none") + none
    )
    if counted:
        return
    QueryCount.objects.filter(day__lt=on - timedelta(days=DAYS_KEPT)).delete()
    if QueryCount.objects.filter(day=on).count() < MOST_A_DAY:
        # Another process may have been faster; then one of the two is not counted.
        QueryCount.objects.bulk_create(
            [QueryCount(day=on, query=query, count=count, none=none)], ignore_conflicts=True
        )


@contextmanager
def _impatiently():
    """A transaction in which what another has locked fails at once, instead of being waited for."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                # Nor does a reader wait for the disk: of a crash a few counts may be lost.
                cursor.execute(
                    "SET LOCAL lock_timeout = '50ms'; SET LOCAL synchronous_commit = off"
                )
                yield
            return
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 50")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")
