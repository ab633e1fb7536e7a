"""The pages on which decisions, functions, plans, strategies and principles meet the texts."""

from datetime import date

import pytest

from governance import appointing, planning, proposing
from governance.models import Principle, Role
from governance.recording import amend, record
from guidelines import indexing
from guidelines.models import BriefingLink
from tests import factories, indexed
from tests.browsing import page


@pytest.fixture
def edition(by):
    return indexed.edition(by)


@pytest.fixture
def ministry(db):
    return factories.office().ministry


@pytest.fixture
def everything(edition, ministry):
    return indexed.everything(edition, ministry)


# Decisions and proposals


def test_decision_shows_the_way_that_led_to_it(client, edition):
    decision = edition.decision
    indexed.decided(indexed.proposal(), decision)
    amend(decision, reason="民法の改正に合わせる。", by=None)

    html = page(client, f"/decisions/{decision.pk}/")

    assert '<a href="/bodies/cio-council/">CIO連絡会議</a>' in html
    assert "会合 2018-03-30" in html
    assert "改定について" in html
    assert '<a href="/proposals/standard/">データ標準の提案</a>' in html
    assert "民法の改正に合わせる。" in html
    assert '<span class="badge in-force">現行</span>' in html


def test_decision_tells_nothing_of_later_days(client, edition):
    decision = edition.decision
    indexed.decided(indexed.proposal(), decision)
    later = indexed.meeting("2018-04-10")
    record(indexed.AgendaItem, meeting=later, title="決定の報告", decision=decision, by=None)
    path = f"decisions/{decision.pk}/"

    then = page(client, f"/on/2018-03-30/{path}")

    assert ("データ標準の提案" in then, "決定の報告" in then) == (True, False)
    now = page(client, f"/{path}")
    assert ("データ標準の提案" in now, "決定の報告" in now) == (True, True)
    page(client, f"/on/2018-03-29/{path}", status=404)


def test_proposal_shows_its_way_to_the_editions(client, edition):
    made = indexed.proposal()
    proposing.advance(
        made,
        "deliberated",
        reached_on=date(2018, 2, 1),
        meeting=indexed.meeting("2018-02-01", of=made.source),
        by=None,
    )
    indexed.decided(made, edition.decision)

    html = page(client, "/proposals/standard/")

    steps = [
        "<h3>調査",
        "<h3>審議",
        "会合 2018-02-01",
        "<h3>採択",
        edition.decision.title,
        "DS-100",
    ]
    places = [html.index(step) for step in steps]
    assert places == sorted(places)
    assert f'href="/decisions/{edition.decision.pk}/"' in html
    assert html.count("DS-100") == 2


def test_proposal_shows_only_how_far_it_had_come(client, edition):
    indexed.decided(indexed.proposal(), edition.decision)

    then = page(client, "/on/2018-03-29/proposals/standard/")

    assert ("<h3>調査" in then, "<h3>採択" in then, "DS-100" in then) == (True, False, False)
    page(client, "/on/2017-09-30/proposals/standard/", status=404)


# Functions of the PMO


def test_function_shows_how_each_ministry_performs_it(client, ministry):
    (function,) = indexed.functions()
    names = [{"name": "法務省"}]
    appointing.establish_ministry(slug="moj", names=names, position=9, by=None)
    indexed.assess(function, ministry, "2019-04-01", "partly")
    indexed.assess(function, ministry, "2020-04-01", "performed", evidence="台帳がある。")

    now = page(client, "/pmo/part-1/")
    then = page(client, "/on/2019-12-31/pmo/part-1/")

    assert '<span class="level performed">実施</span>' in now
    assert '<span aria-hidden="true">↑</span> 前回より前進</small>' in now
    assert "台帳がある。" in now
    assert '法務省</a></th><td><span class="level unassessed">記録なし</span>' in now
    assert '<td><span class="level partly">一部実施</span></td><td>2019年' in then
    assert "台帳がある。" not in then


def test_function_shows_where_it_comes_from(client, db):
    indexed.functions(parts=2)

    part, whole = page(client, "/pmo/part-1/"), page(client, "/pmo/whole/")

    assert '<a href="/pmo/whole/">管理</a>' in part
    assert "新たに求める機能" in part
    assert '<a href="/pmo/part-2/"><span class="number">2)</span>機能2</a>' in whole


def test_function_is_not_there_before_it_began(client, db):
    (function,) = indexed.functions()
    amend(function, ended_on=date(2020, 1, 1), by=None)

    assert "機能1" not in page(client, "/on/2018-03-31/pmo/whole/")
    page(client, "/on/2018-03-31/pmo/part-1/", status=404)
    assert "なくなりました" not in page(client, "/on/2019-12-31/pmo/part-1/")
    assert "2020年（令和2年）1月1日になくなりました" in page(client, "/pmo/part-1/")


def test_matrix_of_functions_keeps_its_address(client, db):
    indexed.functions()

    assert client.get("/pmo/matrix/").resolver_match.view_name == "governance:function-matrix"
    assert client.get("/pmo/part-1/").resolver_match.view_name == "guidelines:function-show"


# Plans


def test_plan_shows_its_measures_with_progress_and_sections(client, edition, ministry):
    done, late = indexed.plan(ministry, measures=2)
    for day, percent in (("2019-03-31", 40), ("2020-03-20", 100)):
        planning.report_progress(
            done, reported_on=date.fromisoformat(day), percent=percent, note="済み", by=None
        )
    indexed.link(factories.section(edition, "2.2"), late)

    html = page(client, "/on/2020-04-01/plans/mic/2018-04-01/")

    first, second = html.split('<section class="measure"')[1:]
    assert '<rect class="done" width="100" height="10"/></svg> <strong>100%</strong>' in first
    assert ("40%" in first, "期限を過ぎています" in first) == (True, False)
    assert "報告はまだありません" in second
    assert "期限を過ぎています" in second
    assert indexed.shown("DS-100", "第2編第2章", "組織体制", "2.2", root="/on/2020-04-01") in second
    assert "遅れ1件" in html


def test_measure_is_late_from_the_day_after_it_is_due(client, ministry):
    indexed.plan(ministry)

    assert "遅れ1件" not in page(client, "/on/2020-03-31/plans/mic/2018-04-01/")
    assert "遅れ1件" in page(client, "/on/2020-04-01/plans/mic/2018-04-01/")


@pytest.mark.parametrize(
    ("day", "is_overdue", "due"),
    [
        ("2018-06-21", False, "2019年（平成31年）4月1日"),
        ("2019-06-22", False, "2019年（令和元年）6月22日"),
        ("2019-06-23", True, "2019年（令和元年）6月22日"),
        ("2020-03-30", True, "2019年（令和元年）6月22日"),
        ("2020-03-31", False, "2021年（令和3年）3月31日"),
    ],
)
def test_plan_says_when_its_revision_is_due_and_when_overdue(
    client, ministry, day, is_overdue, due
):
    (measure,) = indexed.plan(ministry)
    planning.revise_plan(
        measure.plan, revised_on=date(2020, 3, 31), summary="二回目の策定", by=None
    )

    html = page(client, f"/on/{day}/plans/mic/2018-04-01/")

    assert ("改定の期限を過ぎています。" in html) is is_overdue
    assert f"<dt>次の改定の期限</dt><dd>{due}" in html
    assert ("二回目の策定" in html) is (day == "2020-03-31")


def test_plan_is_there_from_its_adoption(client, ministry):
    indexed.plan(ministry, began_on=date(2018, 7, 1))

    page(client, "/on/2018-06-21/plans/mic/2018-07-01/", status=404)
    page(client, "/on/2018-06-22/plans/mic/2018-07-01/")
    page(client, "/plans/mic/2018-07-02/", status=404)


def test_plan_whose_period_is_over_says_so(client, ministry):
    indexed.plan(ministry, ended_on=date(2023, 4, 1))

    html = page(client, "/on/2023-04-01/plans/mic/2018-04-01/")

    assert "2023年（令和5年）4月1日の前日に終わりました" in html
    assert "改定の期限を過ぎています。" not in html


def test_measure_in_no_chapter_is_shown_all_the_same(client, ministry):
    (measure,) = indexed.plan(ministry)
    planning.add_measure(
        measure.plan, number="Z", title="章のない一件", due_on=date(2020, 1, 1), by=None
    )

    html = page(client, "/plans/mic/2018-04-01/")

    assert html.index("施策1") < html.index("章のない施策") < html.index("章のない一件")


# Strategies and principles


@pytest.fixture
def half_reflected(edition):
    """A strategy of two items, the first of them reflected, in two sections."""
    first, _second = indexed.strategy(items=2)
    indexed.link(factories.section(edition, "1.1"), first)
    indexed.link(factories.section(edition, "2.2"), first)


def test_strategy_shows_where_its_items_are_reflected(client, half_reflected):
    html = page(client, "/strategies/strategy/")

    first, second = html.split('<li id="item-')[1:]
    assert indexed.shown("DS-100", "第1編第1章", "目的", "1.1") in first
    assert indexed.shown("DS-100", "第2編第2章", "組織体制", "2.2") in first
    assert "まだ反映されていません。" in second
    for name, count in (("項目", 2), ("反映済み", 1), ("未反映", 1)):
        assert f"<dt>{name}</dt><dd>{count}</dd>" in html


def test_strategy_can_be_narrowed_to_what_is_not_reflected(client, half_reflected):
    html = page(client, "/strategies/strategy/?reflected=no")

    assert ("項目1" in html, "項目2" in html) == (False, True)
    assert "<dt>項目</dt><dd>2</dd>" in html
    assert '?reflected=no" aria-current="true"' in html


def test_strategies_are_listed_with_how_much_is_reflected(client, half_reflected):
    indexed.strategy("older", items=3, title="前の計画", adopted_on=date(2013, 6, 14))

    html = page(client, "/strategies/")

    assert html.index("2項目のうち1項目が反映されています。") < html.index("前の計画")
    assert "3項目のうち0項目が反映されています。" in html
    # Adopted, but the edition is in force from April.
    assert "2項目のうち0項目が反映" in page(client, "/on/2018-03-31/strategies/")


def test_strategy_is_not_there_before_its_adoption(client, half_reflected):
    page(client, "/on/2018-01-15/strategies/strategy/", status=404)
    assert "/strategies/strategy/" not in page(client, "/on/2018-01-15/strategies/")
    assert "<h1>" in page(client, "/on/2018-01-16/strategies/strategy/")
    assert "/strategies/strategy/" in page(client, "/on/2018-01-16/strategies/")


def test_principles_show_the_texts_that_implement_them(client, edition, everything):
    amend(Principle.objects.get(number=10), filed_by_japan=True, by=None)

    html = page(client, "/principles/")

    seventh, tenth = html.split('<h3><a href="/principles/')[1:]
    assert indexed.shown("DS-100", "第2編第2章2.", "府省における管理", "2.2.2") in seventh
    assert '<span class="code">DS-100</span> 標準ガイドライン</a>' in tenth
    badge = '<span class="badge in-force">日本が提出</span>'
    assert (badge in seventh, badge in tenth) == (False, True)
    alone = page(client, "/principles/10/")
    assert "この原則を実施する事例としてOECDに提出しました。" in alone
    assert '<span class="code">DS-100</span> 標準ガイドライン</a>' in alone
    assert "提出" not in page(client, "/principles/7/")


def test_principles_tell_nothing_of_later_days(client, everything):
    before = page(client, "/on/2018-03-31/principles/")

    assert ("原則その7" in before, "DS-100" in before) == (True, False)
    assert "原則その7" not in page(client, "/on/2014-07-14/principles/")
    page(client, "/on/2014-07-14/principles/7/", status=404)
    page(client, "/principles/11/", status=404)


# Briefings


def test_briefing_shows_for_whom_on_what_and_who_came(client, edition, ministry):
    role = Role.objects.get(slug="pmo")
    held = indexed.briefing(attended=[(ministry, 12)], roles=[role])
    names = [{"name": "法務省"}]
    other = appointing.establish_ministry(slug="moj", names=names, position=9, by=None)
    record(indexed.Attendance, briefing=held, ministry=other, people=8, by=None)
    indexing.link(BriefingLink, guideline=edition.guideline, briefing=held, by=None)

    html = page(client, "/briefings/briefing/")

    assert '<a href="/roles/pmo/">府省内全体管理組織</a>' in html
    assert '<span class="code">DS-100</span> 標準ガイドライン</a>' in html
    assert "改定の要点" in html
    assert html.index("総務省</a></th><td>12</td>") < html.index("法務省</a></th><td>8</td>")
    assert "<td><strong>20</strong></td>" in html
    assert "DS-100" in page(client, "/briefings/")


def test_briefing_is_not_there_before_it_was_held(client, db):
    indexed.briefing()

    assert "改定説明会" not in page(client, "/on/2018-05-09/briefings/")
    page(client, "/on/2018-05-09/briefings/briefing/", status=404)
    assert "改定説明会" in page(client, "/on/2018-05-10/briefings/")
