"""Says and reads days in both calendars, as covers print them: 2018年（平成30年）3月30日."""

import re
from datetime import date

from guidelines.numbering import fold

# Each era with the day it began, newest first.
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)


def era_year(day):
    """The year of a day in the Japanese calendar: 「平成30年」, 「令和元年」. Empty before 1926."""
    for began, era in ERAS:
        if day >= began:
            year = day.year - began.year + 1
            return f"{era}{'元' if year == 1 else year}年"
    return ""


def in_both_calendars(day):
    """A day as a cover prints it: 「2018年（平成30年）3月30日」."""
    era = era_year(day)
    return f"{day.year}年{f'（{era}）' if era else ''}{day.month}月{day.day}日"


def read_day(text):
    """The first day written in a text, in either calendar or both; None where there is none."""
    text = re.sub(r"\s", "", fold(text))
    western = re.search(r"(\d{4})年(?:\([^)]*\))?(\d{1,2})月(\d{1,2})日", text)
    if western:
        return _day(*map(int, western.groups()))
    eras = "|".join(era for _began, era in ERAS)
    japanese = re.search(rf"({eras})(元|\d{{1,2}})年(\d{{1,2}})月(\d{{1,2}})日", text)
    if japanese:
        began = next(began for began, era in ERAS if era == japanese[1])
        year = 1 if japanese[2] == "元" else int(japanese[2])
        return _day(began.year + year - 1, int(japanese[3]), int(japanese[4]))
    return None


def _day(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None
