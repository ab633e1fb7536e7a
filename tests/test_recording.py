"""Records kept by acts: what one wrote another does not undo, and each refusal is a sentence."""

from datetime import date

import pytest
from django.db import connection

from governance import planning
from governance.models import Briefing, BriefingMaterial, Plan, Strategy, StrategyItem
from governance.recording import amend, record, state_of, strike
from governance.refusals import Refusal
from governance.sheets import write_csv, write_excel
from tests import factories


@pytest.fixture
def strategy(by):
    return record(Strategy, slug="s", title="戦略", adopted_on=date(2018, 1, 16), by=by)


def test_change_of_one_field_leaves_what_another_changed_meanwhile(by, strategy):
    stale = Strategy.objects.get(pk=strategy.pk)
    amend(strategy, summary="概要", by=by)

    amend(stale, title="新しい戦略", by=by)

    found = Strategy.objects.get()
    assert (found.title, found.summary) == ("新しい戦略", "概要")


def test_every_change_of_a_record_is_another_state_of_its_kind(by, strategy):
    states = [state_of(Strategy)]

    amend(strategy, summary="概要", by=by)
    states.append(state_of(Strategy))
    strike(strategy, by=by)
    states.append(state_of(Strategy))

    assert len(set(states)) == 3
    assert state_of(Strategy) == states[-1]


def test_change_of_what_is_gone_is_refused(by, strategy):
    stale = Strategy.objects.get(pk=strategy.pk)
    strike(strategy, by=by)

    with pytest.raises(Refusal, match="ほかの人が先に削除しました"):
        amend(stale, title="新しい戦略", by=by)


def test_parts_go_with_the_whole_in_the_same_name(by, strategy):
    record(StrategyItem, strategy=strategy, title="項目", by=by)
    other = factories.person()

    strike(strategy, by=other)

    gone = StrategyItem.history.get(history_type="-")
    assert (gone.title, gone.history_user) == ("項目", other)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"title": ""}, "名称：このフィールドは空ではいけません。"),
        ({"title": "戦略", "ended_on": date(2018, 1, 16)}, "終わる日は、始まる日より後に"),
        ({"title": "戦略", "slug": "taken"}, "識別名"),
    ],
)
def test_misfit_is_refused_with_a_sentence_and_nothing_is_kept(by, facts, why):
    record(Strategy, slug="taken", title="先の戦略", adopted_on=date(2017, 5, 30), by=by)

    with pytest.raises(Refusal, match=why):
        record(Strategy, **{"slug": "s", "adopted_on": date(2018, 1, 16), "by": by} | facts)

    assert Strategy.objects.count() == 1


def test_second_of_its_kind_that_came_in_between_is_a_sentence(by, strategy, monkeypatch):
    # Two people at once: neither sees the other's row before the database does.
    monkeypatch.setattr(Strategy, "validate_unique", lambda self, exclude=None: None)

    with pytest.raises(Refusal, match="ほかの人が先に同じ記録を加えたか"):
        record(Strategy, slug="s", title="別の戦略", adopted_on=date(2018, 1, 16), by=by)

    assert connection.in_atomic_block
    assert Strategy.objects.get().title == "戦略"


def test_end_of_a_plan_is_kept_when_another_renames_it(by):
    ministry = factories.office().ministry
    plan = planning.adopt_plan(ministry, title="計画", began_on=date(2018, 4, 1), by=by)
    stale = Plan.objects.get(pk=plan.pk)
    planning.amend_plan(plan, ended_on=date(2022, 4, 1), by=by)

    planning.amend_plan(stale, title="改めた計画", by=by)

    assert Plan.objects.get().ended_on == date(2022, 4, 1)


def test_briefing_keeps_the_roles_it_addresses(by):
    role = factories.role()

    briefing = record(
        Briefing,
        slug="b",
        kind="meeting",
        title="説明会",
        held_on=date(2018, 5, 10),
        roles=[role],
        by=by,
    )
    record(BriefingMaterial, briefing=briefing, title="資料", by=by)

    assert list(briefing.roles.all()) == [role]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("=1+1", "'=1+1"), ("＝1", "'＝1"), ("甲\x0b乙", "甲乙"), (5, "5"), (None, ""), ("-", "'-")],
)
def test_no_cell_of_a_sheet_is_a_formula_or_a_sign_that_no_sheet_holds(cell, kept):
    assert write_csv(["甲"], [[cell]]).decode("utf-8-sig").splitlines()[1] == (kept or '""')
    assert write_excel(["甲"], [[cell]], title="表")[:2] == b"PK"
