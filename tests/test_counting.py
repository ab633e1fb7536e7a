"""What readers search for is counted by day and words, and by nothing else."""

import sqlite3
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance import permissions
from portal import counting
from portal.models import QueryCount
from tests import factories

DAY = date(2025, 6, 1)


def counted():
    """Every count as (query, count, none, refined)."""
    return list(QueryCount.objects.order_by("pk").values_list("query", "count", "none", "refined"))


def test_same_words_in_another_form_are_counted_together(db):
    counting.count("ＲＦＩ", hits=3, on=DAY)
    counting.count(" rfi ", hits=0, on=DAY)

    assert counted() == [("rfi", 2, 1, 0)]


def test_words_and_operators_are_kept_apart(db):
    counting.count("要件　変更 OR ＲＦＩ", hits=3, on=DAY)
    counting.count("プロジェクト or RFI", hits=3, on=DAY)

    assert [row[0] for row in counted()] == ["要件 変更 OR rfi", "プロジェクト or rfi"]


def test_a_query_made_anew_counts_for_the_one_before(db):
    counting.count("要件", hits=90, on=DAY)
    counting.count("要件定義", hits=9, on=DAY, before="要件")

    assert counted() == [("要件", 1, 0, 1), ("要件定義", 1, 0, 0)]


def test_a_further_page_is_not_another_query(db):
    counting.count("要件", hits=90, on=DAY)
    counting.count("要件", hits=90, on=DAY, before="要件")

    assert counted() == [("要件", 1, 0, 0)]


@pytest.mark.parametrize(
    "query",
    ["", "  ", "!?", "taro@example.go.jp", "03-1234-5678", "1234567", "長" * 101, "a\0b", "\ud800"],
)
def test_what_may_name_a_person_or_is_no_query_is_not_kept(db, query):
    counting.count(query, hits=0, on=DAY)

    assert counted() == []


def test_numbers_of_documents_and_places_are_kept(db):
    counting.count("DS-100 3.5.1.1 2025-05", hits=1, on=DAY)

    assert counted() == [("ds-100 3.5.1.1 2025-05", 1, 0, 0)]


def test_counts_go_after_90_days(db):
    counting.count("古い", hits=1, on=DAY - timedelta(days=91))
    counting.count("残る", hits=1, on=DAY - timedelta(days=90))
    counting.count("新しい", hits=1, on=DAY)

    assert [row[0] for row in counted()] == ["残る", "新しい"]


def test_a_machine_fills_no_table(db, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for word in ("一", "二", "三", "一"):
        counting.count(word, hits=1, on=DAY)

    assert [row[:2] for row in counted()] == [("一", 2), ("二", 1)]


def test_sums_over_days_are_in_the_order_asked_for(db):
    counting.count("甲", hits=1, on=DAY)
    counting.count("甲", hits=1, on=DAY - timedelta(days=1))
    counting.count("乙", hits=0, on=DAY)
    counting.count("丙", hits=1, on=DAY, before="甲")
    counting.count("丙", hits=1, on=DAY - timedelta(days=8))

    since = DAY - timedelta(days=6)
    assert counting.most_asked(since=since) == [
        ("甲", 2, 0, 1),
        ("丙", 1, 0, 0),
        ("乙", 1, 1, 0),
    ]
    assert [row.query for row in counting.without_hits(since=since)] == ["乙"]
    assert [row.query for row in counting.refined_at_once(since=since)] == ["甲"]


@pytest.mark.django_db(transaction=True)
def test_a_reader_does_not_wait_while_others_write():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the whole database")
    counting.count("前", hits=1, on=DAY)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with CaptureQueriesContext(connection) as asked:
        counting.count("要件", hits=1, on=DAY)

    other.execute("ROLLBACK")
    other.close()
    # In milliseconds, until it was given up.
    assert "PRAGMA busy_timeout = 50" in [one["sql"] for one in asked]
    assert [row[0] for row in counted()] == ["前"]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/search/?q=%E8%A6%81%E4%BB%B6&page=2", "要件"),
        ("http://testserver/en/search/?q=scope", "scope"),
        ("http://testserver/search/", ""),
        ("http://testserver/guidelines/?q=scope", ""),
        ("http://testserver/nowhere/?q=scope", ""),
        ("https://elsewhere.example/search/?q=scope", ""),
        ("", ""),
    ],
)
def test_words_searched_for_before_are_those_of_the_page_one_comes_from(referer, expected):
    request = RequestFactory().get("/search/", {"q": "要件定義"}, headers={"referer": referer})

    assert counting.asked_before(request) == expected


def test_staff_see_what_was_searched_for_and_add_synonyms(client, db):
    counting.count("雲上", hits=0, on=timezone.localdate())
    counting.count("昔の語", hits=0, on=timezone.localdate() - timedelta(days=20))
    permissions.define_groups()
    person = factories.person(is_staff=True)
    person.groups.add(Group.objects.get(name=permissions.EDITOR))
    client.force_login(person)

    page = client.get(reverse("admin:portal_querycount_changelist")).content.decode()
    week = client.get(reverse("admin:portal_querycount_changelist"), {"days": "7"})

    assert page.count(">雲上</a>") == 2
    assert "/admin/guidelines/synonym/add/?word=%E9%9B%B2%E4%B8%8A" in page
    assert "昔の語" in page
    assert "昔の語" not in week.content.decode()


def test_others_of_the_staff_do_not_see_it(client, db):
    client.force_login(factories.person(is_staff=True))

    assert client.get(reverse("admin:portal_querycount_changelist")).status_code == 403
