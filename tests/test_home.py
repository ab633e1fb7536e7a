"""What the home page tells a newcomer: which document is for what, and what changed."""

from datetime import date

import pytest
from django.test import override_settings

from guidelines import cataloguing
from guidelines.models import Edition
from portal.changes import draw, lately
from portal.orientation import readings
from tests import factories
from tests.browsing import page


@pytest.fixture
def set_of_documents(by):
    rule = factories.guideline("DS-100", title="標準ガイドライン", position="normative")
    factories.published(rule, day="2024-05-31", by=by)
    for code, kind in (
        ("DS-110", "explains"),
        ("DS-120", "practice_for"),
        ("DS-121", "practice_for"),
    ):
        cataloguing.relate(factories.guideline(code), kind, rule, by=by)
    return rule


def test_readings_name_the_first_document_for_each_question(set_of_documents):
    foremost = Edition.objects.foremost(date(2025, 1, 1))

    found = [(one.question, one.guideline.code) for one in readings(foremost)]

    assert found == [
        ("何を守るか", "DS-100"),
        ("なぜそう定めるか", "DS-110"),
        ("どう進めるか", "DS-120"),
    ]


def test_readings_of_an_empty_set_are_none():
    assert readings(None) == []


def test_a_quiet_year_is_shown_with_the_one_before(set_of_documents):
    shown = lately(date(2025, 12, 1))

    assert (shown.years, shown.since) == (2, date(2023, 12, 1))
    assert [(change.on, change.codes) for change in shown.changes] == [
        (date(2024, 5, 31), ["DS-100"])
    ]


def test_a_busy_year_is_shown_alone(by):
    for month in range(1, 6):
        factories.published(factories.guideline(f"DS-90{month}"), day=f"2025-0{month}-01", by=by)

    shown = lately(date(2025, 12, 31))

    assert (shown.years, [change.on.month for change in shown.changes]) == (1, [5, 4, 3, 2, 1])


def test_withdrawals_of_a_day_are_one_change_with_a_mark_of_its_own(set_of_documents, by):
    for code in ("DS-461", "DS-462"):
        cataloguing.withdraw_guideline(factories.guideline(code), on=date(2025, 1, 8), by=by)

    shown = lately(date(2025, 6, 1))

    assert shown.changes[0].codes == ["DS-461", "DS-462"]
    assert 'class="mark withdrawn"' in draw(shown)
    assert "DS-461 +1" in draw(shown)


@pytest.mark.parametrize(
    ("on", "since"),
    [(date(2024, 2, 29), date(2022, 2, 28)), (date(2023, 3, 31), date(2021, 3, 31))],
)
def test_two_years_before_are_counted_by_the_calendar(db, on, since):
    assert lately(on).since == since


def test_home_offers_search_readings_and_changes(client, set_of_documents):
    content = page(client, "/")

    assert 'action="/search/"' in content
    assert "なぜそう定めるか" in content
    assert "/search/?q=%E7%AC%AC2%E7%B7%A8%E7%AC%AC2%E7%AB%A0" in content


def test_components_are_shown_to_the_staff_alone(client, set_of_documents):
    page(client, "/styleguide/", status=404)
    client.force_login(factories.person(is_staff=True))

    content = page(client, "/styleguide/")

    assert "部品の見本" in content
    assert "<ins>しなければならない</ins>" in content


@override_settings(DEBUG=True)
def test_components_are_shown_to_whoever_develops(client, db):
    page(client, "/styleguide/")
