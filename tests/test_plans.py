"""The ministries' plans: when a revision is due, what is refused, and how they are shown."""

from datetime import date, timedelta

import pytest

from governance import planning
from governance.due import last_day_of_a_year_from, latest_revision_that_is_overdue
from governance.models import Measure, Plan, PlanRevision, ProgressReport
from governance.refusals import Refusal
from governance.tracking import PlanState
from tests import governing
from tests.browsing import page
from tests.governing import day

# A revision, and the last day of the year by the calendar that began with it.
YEARS = [
    ("2023-06-20", "2024-06-20"),
    ("2025-03-30", "2026-03-30"),
    ("2025-03-31", "2026-03-31"),
    ("2025-04-01", "2026-04-01"),
    ("2024-12-31", "2025-12-31"),
    ("2025-01-01", "2026-01-01"),
    # Around a 29 February to come,
    ("2023-02-27", "2024-02-27"),
    ("2023-02-28", "2024-02-29"),
    ("2023-03-01", "2024-03-01"),
    # and around one that has been.
    ("2024-02-27", "2025-02-27"),
    ("2024-02-28", "2025-02-28"),
    ("2024-02-29", "2025-02-28"),
    ("2024-03-01", "2025-03-01"),
    ("2024-03-31", "2025-03-31"),
]


def state(plan, on):
    """How a plan stands on a day."""
    return PlanState(Plan.objects.made(on).with_way(on).get(pk=plan.pk), on)


@pytest.mark.parametrize(("revised", "last"), YEARS)
def test_year_ends_by_the_calendar(revised, last):
    assert last_day_of_a_year_from(day(revised)) == day(last)


def test_both_ways_of_counting_a_year_agree_on_every_day_of_four_years():
    days = [date(2023, 1, 1) + timedelta(days=number) for number in range(4 * 366)]

    wrong = [
        on
        for on in days
        if not (
            last_day_of_a_year_from(latest_revision_that_is_overdue(on))
            < on
            <= last_day_of_a_year_from(latest_revision_that_is_overdue(on) + timedelta(days=1))
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("on", [date.min, date(1, 12, 31), date(9998, 12, 31), date.max])
def test_year_is_counted_to_the_ends_of_the_calendar(on):
    assert latest_revision_that_is_overdue(on) <= on <= last_day_of_a_year_from(on)


@pytest.mark.parametrize(("revised", "last"), YEARS)
def test_plan_is_overdue_from_the_day_after_the_year(db, revised, last):
    plan = governing.plan(began="2022-04-01", revised=["2022-06-01", revised])
    last, after = day(last), day(last) + timedelta(days=1)

    assert list(Plan.objects.overdue(last)) == []
    assert list(Plan.objects.overdue(after)) == [plan]
    assert [state(plan, on).is_overdue for on in (last, after)] == [False, True]
    assert state(plan, after).due_on == last


@pytest.mark.parametrize(
    ("facts", "on", "overdue"),
    [
        # Never revised: the year counts from the first day of the period.
        ({"began": "2022-04-01"}, "2023-04-01", False),
        ({"began": "2022-04-01"}, "2023-04-02", True),
        # Adopted before the period begins.
        ({"began": "2022-04-01", "revised": ["2022-03-15"]}, "2023-03-15", False),
        ({"began": "2022-04-01", "revised": ["2022-03-15"]}, "2023-03-16", True),
        # A revision of a later day is not known yet.
        ({"began": "2022-04-01", "revised": ["2022-04-01", "2023-05-01"]}, "2023-04-15", True),
        ({"began": "2022-04-01", "revised": ["2022-04-01", "2023-05-01"]}, "2023-05-01", False),
        # The period is over, or ends before the year does.
        ({"began": "2022-04-01", "ended": "2023-04-03"}, "2023-04-02", True),
        ({"began": "2022-04-01", "ended": "2023-04-03"}, "2023-04-03", False),
        ({"began": "2022-04-01", "ended": "2023-04-02"}, "2023-04-01", False),
        # The period has not begun.
        ({"began": "2024-04-01", "revised": ["2022-12-01"]}, "2024-03-31", False),
        ({"began": "2024-04-01", "revised": ["2022-12-01"]}, "2024-04-01", True),
    ],
)
def test_plan_and_its_state_agree_when_it_is_overdue(db, facts, on, overdue):
    plan = governing.plan(**facts)

    found = [
        one
        for one in Plan.objects.made(day(on)).with_way(day(on))
        if PlanState(one, day(on)).is_overdue
    ]

    assert list(Plan.objects.overdue(day(on))) == ([plan] if overdue else [])
    assert found == ([plan] if overdue else [])


def test_no_revision_is_due_when_the_period_ends_first(db):
    plan = governing.plan(ended="2023-04-01", revised=["2022-06-01"])

    assert state(plan, date(2022, 7, 1)).due_on is None


@pytest.mark.parametrize(
    ("on", "done", "under_way", "late"),
    [("2022-12-31", 0, 3, 0), ("2023-04-01", 1, 1, 1), ("2024-04-01", 2, 0, 1)],
)
def test_measures_are_counted_as_they_were_on_the_day(db, on, done, under_way, late):
    plan = governing.plan()
    governing.measure(plan, "1", due="2023-03-31", reports=[("2023-03-31", 100)])
    governing.measure(plan, "2", due="2023-03-31", reports=[("2023-02-01", 99)])
    governing.measure(plan, "3", due="2024-03-31", reports=[("2023-06-01", 100)])

    counted = state(plan, day(on))

    assert (counted.done, counted.under_way, counted.late) == (done, under_way, late)


# --- what is refused


def test_revision_after_the_period_is_refused(db):
    plan = governing.plan(ended="2023-04-01")
    planning.revise_plan(plan, revised_on=date(2023, 3, 31), by=None)

    with pytest.raises(Refusal, match="2023-04-01は計画期間（2023-04-01の前日まで）の後です"):
        planning.revise_plan(plan, revised_on=date(2023, 4, 1), by=None)

    assert PlanRevision.objects.count() == 1


def test_period_cannot_be_made_to_end_before_a_revision(db):
    plan = governing.plan(revised=["2023-06-01"])

    with pytest.raises(Refusal, match="2023-06-01は計画期間（2023-06-01の前日まで）の後です"):
        planning.amend_plan(plan, ended_on=date(2023, 6, 1), by=None)

    assert Plan.objects.get().ended_on is None


def test_adoption_may_be_recorded_with_the_plan(db):
    plan = planning.adopt_plan(
        governing.ministry(),
        title="計画",
        began_on=date(2018, 4, 1),
        revised_on=date(2018, 6, 22),
        decided_by="情報化推進委員会",
        by=None,
    )

    adoption = plan.revisions.get()
    assert (adoption.revised_on, adoption.decided_by) == (date(2018, 6, 22), "情報化推進委員会")


def test_second_revision_of_a_day_is_refused(db):
    plan = governing.plan(revised=["2023-06-01"])

    with pytest.raises(Refusal, match="この計画のその日の改定は既にあります"):
        planning.revise_plan(plan, revised_on=date(2023, 6, 1), by=None)


def test_measure_in_a_chapter_of_another_plan_is_refused(db):
    plan, other = governing.plan(), governing.plan()
    chapter = planning.add_chapter(other, number="I", title="基本事項", by=None)

    with pytest.raises(Refusal, match="章「I 基本事項」は別の計画の章です"):
        planning.add_measure(
            plan, number="1", title="施策", due_on=date(2023, 1, 1), chapter=chapter, by=None
        )

    assert Measure.objects.count() == 0


def test_measure_and_chapter_stay_in_their_plan(db):
    plan, other = governing.plan(), governing.plan()
    chapter = planning.add_chapter(plan, number="I", title="基本事項", by=None)
    measure = governing.measure(plan)
    planning.amend_measure(measure, plan=plan, chapter=chapter, by=None)

    for amend, part in [(planning.amend_measure, measure), (planning.amend_chapter, chapter)]:
        with pytest.raises(Refusal, match="別の計画に移せません"):
            amend(part, plan=other, by=None)

    measure.refresh_from_db()
    chapter.refresh_from_db()
    assert (measure.plan, measure.chapter, chapter.plan) == (plan, chapter, plan)


def test_report_of_the_same_day_corrects_the_one_before(db):
    measure = governing.measure(governing.plan(), reports=[("2023-01-01", 10), ("2023-01-01", 30)])

    report = measure.reports.get()
    assert report.percent == 30
    assert report.history.count() == 2


def test_progress_beyond_a_hundred_percent_is_refused(db):
    with pytest.raises(Refusal, match="進捗率"):
        governing.measure(governing.plan(), reports=[("2023-01-01", 101)])

    assert ProgressReport.objects.count() == 0


# --- the pages


@pytest.fixture
def plans(db):
    """Two ministries with plans, of which one is overdue from 2 June 2024, and one without."""
    mic = governing.ministry("mic", name="総務省", name_en="MIC", position=1)
    mof = governing.ministry("mof", name="財務省", position=2)
    governing.ministry("moe", name="環境省", position=3)
    governing.plan(mic, began="2018-06-22", ended="2022-04-01", revised=["2018-06-22"])
    late = governing.plan(mic, revised=["2022-04-01", "2023-06-01"], title="遅れた計画")
    governing.measure(late, due="2024-03-31")
    governing.plan(mof, revised=["2022-04-01", "2024-03-31"], title="守られた計画")


def test_plan_list_counts_and_marks_what_is_overdue(client, plans):
    before = page(client, "/on/2024-06-01/plans/")
    after = page(client, "/on/2024-06-02/plans/")

    assert "改定の期限を過ぎた計画0件" in before
    assert "期限を過ぎています" not in before
    assert "計画期間中の計画2件" in after
    assert "改定の期限を過ぎた計画1件" in after
    assert after.count('<span class="late">期限を過ぎています</span>') == 1
    assert "2024年（令和6年）6月1日まで" in after
    assert after.index("総務省") < after.index("財務省")
    assert after.index("計画の記録がない府省") < after.index("環境省")
    assert 'href="/on/2024-06-02/plans/mic/2022-04-01/"' in after


def test_plan_list_draws_periods_revisions_and_what_is_overdue(client, plans):
    html = page(client, "/on/2024-06-02/plans/")
    drawing = html[html.index("<figure") : html.index("<figcaption")]

    assert drawing.count('<rect class="period past"') == 1
    assert drawing.count('<rect class="period open"') == 2
    assert drawing.count('<line class="revision"') == 5
    assert drawing.count('<path class="overdue"') == 1
    assert drawing.count('<path class="due"') == 1
    assert drawing.count('<line class="today"') == 1
    assert "▲ 期限超過" in drawing


def test_plan_list_does_not_know_what_comes_after_the_day(client, plans):
    html = page(client, "/on/2019-01-01/plans/")

    assert "計画期間中の計画1件" in html
    assert "遅れた計画" not in html
    assert "守られた計画" not in html


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_plan_list_answers_at_the_ends_of_the_calendar(client, plans, on):
    assert "府省の中長期計画" in page(client, f"/on/{on}/plans/")


def test_plan_list_marks_japanese_for_english_readers(client, plans):
    html = page(client, "/en/plans/")

    assert "<tspan>MIC</tspan>" in html
    assert '<tspan lang="ja">財務省</tspan>' in html
    assert '<span lang="ja">財務省</span>' in html


def test_ministry_page_shows_its_plans_and_briefings(client, plans):
    governing.briefing(governing.first_ministry(), on="2024-05-01")

    html = page(client, "/on/2024-06-02/ministries/mic/")
    before = page(client, "/on/2024-04-30/ministries/mic/")

    assert html.count('<span class="late">期限を過ぎています</span>') == 1
    assert "遅れ1件" in html
    assert "守られた計画" not in html
    assert "説明会の名称" in html
    assert "10人が出席" in html
    assert "説明会の名称" not in before


def test_measure_in_a_chapter_of_elsewhere_is_shown_in_none(client, db):
    at, other = governing.ministry("mic"), governing.plan()
    plan = governing.plan(at, title="移された計画")
    chapter = planning.add_chapter(other, number="I", title="よその章", by=None)
    measure = governing.measure(plan)
    # The acts refuse it; a row may have been brought there by hand.
    Measure.objects.filter(pk=measure.pk).update(chapter=chapter)

    html = page(client, "/plans/mic/2022-04-01/")

    assert html.index("章のない施策") < html.index(f'id="measure-{measure.pk}"')
    assert "よその章" not in html


def test_plan_page_marks_late_what_the_list_counts_as_late(client, plans):
    html = page(client, "/on/2024-06-02/plans/mic/2022-04-01/")
    before = page(client, "/on/2024-03-31/plans/mic/2022-04-01/")

    late = '2024年（令和6年）3月31日 <span class="late">期限を過ぎています</span>'
    assert (late in html, "遅れ1件" in html) == (True, True)
    assert (late in before, "遅れ1件" in before) == (False, False)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"), [("/plans/", 5), ("/ministries/ministry-of-many/", 12)]
)
def test_pages_of_plans_cost_the_same_at_one_and_thirty_rows(
    client, db, django_assert_num_queries, path, queries, rows
):
    at, abstract = governing.ministry("ministry-of-many"), governing.function()
    for number in range(rows):
        other = governing.plan(governing.ministry(), revised=["2022-04-01", "2023-04-01"])
        governing.measure(other, reports=[("2023-01-01", 40)])
        own = governing.plan(at, began=f"{1990 + number}-04-01", revised=[f"{1990 + number}-05-01"])
        governing.measure(own, reports=[("2023-01-01", 40)])
        governing.assess(at, governing.function(parent=abstract), "partly")
        governing.briefing(at)
        governing.appointment(at, ended=None)
        governing.appointment(at, ended="2020-04-01")

    with django_assert_num_queries(queries):
        page(client, path)
