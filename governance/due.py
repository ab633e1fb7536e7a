"""Says when a year by the calendar has passed, as periods are counted in Japanese law.

The Civil Code counts a period fixed in years from the day after the event (article 140) and by
the calendar: it ends with the day before the one that corresponds to its first day, or with the
last day of the month where there is no such day (article 143).
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
# A year is at most 366 days long, so a day so long ago surely is overdue.
LONG_AGO = timedelta(days=368)


def last_day_of_a_year_from(event):
    """The last day of the year that began on the day after `event`.

    For 31 March 2025 that is 31 March 2026; for 29 February 2024, 28 February 2025; for
    28 February 2023, 29 February 2024.
    """
    if event.year + 2 > date.max.year:
        # The calendar of computers ends before that year does.
        return date.max
    first = event + DAY
    try:
        return date(first.year + 1, first.month, first.day) - DAY
    except ValueError:
        # It would correspond to a 29 February that the next year does not have.
        return date(first.year + 1, 2, 28)


def latest_revision_that_is_overdue(on):
    """The latest day such that a year from it is over before the day `on`."""
    if on - date.min < LONG_AGO:
        # Nothing that calendars of computers know is so old.
        return date.min
    found = on - LONG_AGO
    while last_day_of_a_year_from(found + DAY) < on:
        found += DAY
    return found
