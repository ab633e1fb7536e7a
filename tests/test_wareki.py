"""Days in both calendars, written and read."""

from datetime import date

import pytest

from guidelines.wareki import era_year, in_both_calendars, read_day


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2018, 3, 30), "平成30年"),
        (date(2019, 4, 30), "平成31年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2020, 1, 1), "令和2年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1926, 12, 24), ""),
    ],
)
def test_an_era_begins_on_its_day(day, year):
    assert era_year(day) == year


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2018, 3, 30), "2018年（平成30年）3月30日"),
        (date(2019, 5, 1), "2019年（令和元年）5月1日"),
        (date(1900, 1, 1), "1900年1月1日"),
    ],
)
def test_a_cover_prints_both_calendars(day, text):
    assert in_both_calendars(day) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018年（平成30年）3月30日", date(2018, 3, 30)),
        ("２０２２年（令和４年）３月３１日", date(2022, 3, 31)),
        ("2024年 9月 30日", date(2024, 9, 30)),
        ("平成30年3月30日", date(2018, 3, 30)),
        ("令和元年５月１日", date(2019, 5, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("改定 2019年2月25日（2018年3月30日初版）", date(2019, 2, 25)),
        ("2018年3月", None),
        ("2018年2月30日", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_either_calendar(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "day", [date(2018, 3, 30), date(2019, 5, 1), date(1989, 1, 8), date(1912, 7, 30)]
)
def test_a_day_written_is_the_day_read(day):
    assert read_day(in_both_calendars(day)) == day
