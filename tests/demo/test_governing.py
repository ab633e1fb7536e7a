"""The demonstration of who decides and who must do what: complete, dated, and marked as such."""

from datetime import date

import pytest

from governance.models import (
    Body,
    Briefing,
    Decision,
    Meeting,
    Membership,
    Ministry,
    Plan,
    PmoFunction,
    PmoStatus,
    Principle,
    ProposalStage,
    Strategy,
)
from guidelines import judging, sealing
from guidelines.duties import Duties
from guidelines.marking import mark
from guidelines.models import Edition, PrincipleLink, Rejection, Responsibility, StrategyLink
from tests.browsing import page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_duties_stand_on_many_sections_of_the_guideline_in_force():
    newest = Edition.objects.in_force(TODAY).get(guideline__code="DS-100")
    rows = Responsibility.objects.filter(section__edition=newest)

    assert rows.values("section").distinct().count() >= 120
    assert set(rows.values_list("duty", flat=True)) >= {"performs", "decides", "advises"}
    assert set(rows.values_list("phase", flat=True)) == {*Responsibility.Phase.values, ""}
    assert rows.values("role").distinct().count() >= 10


def test_every_duty_s_sentence_is_found_in_the_text_again():
    lost = [
        row
        for row in Responsibility.objects.select_related("section")
        if f'id="{row.anchor}"' not in mark(row.section.html, {row.sentence: row.anchor})
    ]

    assert lost == []


def test_every_proposal_of_the_finder_was_judged():
    indexed = Edition.objects.published().filter(guideline__code="DS-100")

    assert [judging.candidates(edition) for edition in indexed] == [[]] * indexed.count()
    assert Rejection.objects.count() >= 10


def test_index_left_every_seal_as_it_was():
    assert list(sealing.differences()) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pmo_has_other_duties_at_the_requirements_phase_on_another_day(language):
    from governance.models import Role

    pmo = Role.objects.get(slug="pmo")

    def said(on):
        duties = Duties(pmo, on=on, language=language, chosen={"phase": "requirements"})
        return {duty.responsibility.sentence for duty in duties.shown}

    now, then = said(TODAY), said(date(2018, 4, 1))
    assert now
    assert then
    assert now != then


def test_role_page_of_a_day_has_the_name_of_that_day(client):
    then = page(client, "/on/2019-04-01/roles/ministry-cio/")
    now = page(client, "/roles/ministry-cio/")

    assert "<h1>情報化統括責任者" in then
    assert "<h1>デジタル統括責任者" in now


def test_every_ministry_has_a_plan_and_an_assessment_of_every_function():
    ministries = Ministry.objects.existing(TODAY)
    parts = PmoFunction.objects.existing(TODAY).exclude(parent=None)
    latest = PmoStatus.objects.filter(assessed_on__year=2025)

    assert Plan.objects.lasting(TODAY).values("ministry").distinct().count() == ministries.count()
    assert latest.count() == ministries.count() * parts.count()
    assert set(Plan.objects.values_list("demonstration", flat=True)) == {True}
    assert set(PmoStatus.objects.values_list("demonstration", flat=True)) == {True}
    assert Plan.objects.overdue(TODAY).count() == 5


def test_functions_were_broken_down_into_new_refined_and_performed_ones():
    before, after = date(2018, 3, 29), date(2018, 3, 30)

    assert set(PmoFunction.objects.existing(before).values_list("origin", flat=True)) == {
        "abstract"
    }
    assert set(PmoFunction.objects.existing(after).values_list("origin", flat=True)) == set(
        PmoFunction.Origin.values
    )
    assert PmoFunction.objects.get(number="f)").name == "情報資産管理"


def test_every_decision_of_the_council_was_taken_at_a_meeting():
    decided = Decision.objects.filter(body__slug__in=["cio-council", "executive-committee"])

    assert decided.filter(agenda_items=None).count() == 0
    assert Meeting.objects.filter(body__slug="technology-committee").exists()


def test_proposal_of_the_guide_task_force_led_to_the_revision_of_2018():
    adopted = ProposalStage.objects.get(
        proposal__source__slug="guide-tf", stage="adopted", reached_on=date(2018, 3, 30)
    )

    assert adopted.decision.editions.filter(guideline__code="DS-100").exists()
    assert Body.objects.get(slug="guide-tf").parent.slug == "technological-tf"
    members = Membership.objects.filter(body__slug="guide-tf", role__slug="executive-advisor")
    assert members.get().number == 7


def test_both_strategies_are_there_with_items_reflected_and_not():
    assert Strategy.objects.filter(adopted_on__lte=date(2018, 1, 16)).count() == 2
    reflected = StrategyLink.objects.values("item").distinct().count()
    items = sum(strategy.items.count() for strategy in Strategy.objects.all())
    assert 0 < reflected < items


def test_twelve_principles_stand_with_two_filed_by_japan():
    filed = Principle.objects.filter(filed_by_japan=True).values_list("number", flat=True)

    assert list(Principle.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert list(filed) == [7, 10]
    assert PrincipleLink.objects.filter(principle__number=7, guideline__code="DS-100").exists()


def test_briefings_name_what_was_told_and_who_came():
    for briefing in Briefing.objects.all():
        assert briefing.links.exists(), briefing
        assert briefing.attendance.count() >= 10, briefing


PAGES = [
    *("/roles/pmo/?phase=requirements", "/roles/pjmo/", "/roles/each-ministry/?since=2024-06-01"),
    *("/ministries/mic/", "/ministries/da/", "/pmo/", "/pmo/matrix/", "/pmo/plan-drafting/"),
    *("/plans/", "/plans/mic/2022-04-01/", "/bodies/", "/bodies/technology-committee/"),
    *("/bodies/executive-committee/2025-05-27/", "/proposals/", "/strategies/", "/principles/"),
    *("/principles/7/", "/briefings/", "/decisions/", "/guidelines/DS-100/2.2.2/"),
    *("/on/2019-04-01/ministries/mic/", "/on/2019-04-01/pmo/matrix/", "/on/2019-04-01/plans/"),
    *("/on/2019-04-01/bodies/", "/on/2019-04-01/strategies/", "/on/2019-04-01/principles/"),
    *("/on/2016-01-01/pmo/", "/on/2016-01-01/plans/", "/on/2010-01-01/bodies/"),
]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_governance_answers(client, language, path):
    text = page(client, language + path)

    assert "<h1" in text
    assert "None" not in text.split("<main")[1]
