"""The admin of the governance: every record is kept through an act, and refusals are told."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from governance import appointing, deciding, defining, performing, planning, proposing
from governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Briefing,
    Measure,
    Meeting,
    Membership,
    Ministry,
    Plan,
    PmoFunction,
    PmoStatus,
    Principle,
    ProgressReport,
    Proposal,
    ProposalStage,
    Strategy,
    StrategyItem,
    User,
)
from governance.recording import record
from guidelines.models import StrategyLink
from tests import factories


@pytest.fixture
def staff(client, db):
    """A client signed in as someone who may do everything."""
    client.person = factories.person("editor", is_staff=True, is_superuser=True)
    client.force_login(client.person)
    return client


@pytest.fixture
def ministry(db):
    """A ministry, and a role that its people hold."""
    return factories.office().ministry


@pytest.fixture
def proposal(db):
    """A proposal from a committee to the council."""
    committee = factories.body(slug="committee", name="委員会")
    return record(
        Proposal,
        slug="p1",
        source=committee,
        target=factories.body(),
        subject="other",
        title="提案一",
        by=None,
    )


def url(model, page, *args):
    with translation.override("ja"):
        return reverse(f"admin:{model}_{page}", args=args)


def table(prefix, *rows, there=0):
    """The fields of a table of parts: a dict for each row, the first `there` being there."""
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": there}
    for place, row in enumerate(rows):
        fields |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return fields


def of(proposal, **changes):
    """The fields of a proposal's form."""
    names = ("slug", "source_id", "target_id", "subject", "title")
    return {name.removesuffix("_id"): getattr(proposal, name) for name in names} | changes


def words(response):
    return response.content.decode()


def test_body_is_kept_with_its_members_in_the_name_of_who_did_it(staff, ministry):
    role = ministry.appointments.get().role
    staff.post(
        url("governance_body", "add"),
        {"slug": "council", "name": "会議"}
        | table("members", {"role": role.pk, "capacity": "chair", "ministry": ministry.pk}),
    )

    member = Membership.objects.get()
    assert (member.body.slug, member.ministry, member.capacity) == ("council", ministry, "chair")
    assert member.history.get().history_user == staff.person
    assert member.body.history.get().history_user == staff.person


def test_meeting_is_kept_with_agenda_and_materials(staff, proposal):
    staff.post(
        url("governance_meeting", "add"),
        {"body": proposal.target.pk, "held_on": "2018-03-30", "title": "第1回"}
        | table("agenda", {"position": 1, "title": "議題一", "proposal": proposal.pk})
        | table("materials", {"position": 1, "title": "資料1", "url": "https://example.go.jp/1"}),
    )

    meeting = Meeting.objects.get()
    assert [str(item) for item in AgendaItem.objects.filter(meeting=meeting)] == ["議題一"]
    assert [paper.url for paper in meeting.materials.all()] == ["https://example.go.jp/1"]


def test_strategy_is_kept_with_its_items_and_an_item_on_which_a_link_rests_stays(staff):
    staff.post(
        url("governance_strategy", "add"),
        {"slug": "s", "title": "戦略", "adopted_on": "2018-01-16"}
        | table("items", {"position": 1, "title": "項目一"}, {"position": 2, "title": "項目二"}),
    )
    strategy = Strategy.objects.get()
    one, two = strategy.items.all()
    section = factories.published().sections.get(number="別紙2")
    record(StrategyLink, section=section, item=one, by=None)
    rows = [
        {"id": item.pk, "position": item.position, "title": item.title, "DELETE": "on"}
        for item in (one, two)
    ]
    response = staff.post(
        url("governance_strategy", "change", strategy.pk),
        {"slug": "s", "title": "戦略", "adopted_on": "2018-01-16"} | table("items", *rows, there=2),
    )

    assert response.status_code == 422
    assert "戦略への索引 別紙2 経費区分 – 項目一" in words(response)
    assert StrategyItem.objects.count() == 2


def test_briefing_is_kept_with_its_roles_materials_and_who_came(staff, ministry):
    role = ministry.appointments.get().role
    staff.post(
        url("governance_briefing", "add"),
        {"slug": "b", "kind": "training", "held_on": "2018-05-01", "title": "研修"}
        | {"roles": [role.pk]}
        | table("materials", {"position": 0, "title": "資料"})
        | table("attendance", {"ministry": ministry.pk, "people": 12}),
    )

    briefing = Briefing.objects.get()
    assert list(briefing.roles.all()) == [role]
    assert Attendance.objects.get().people == 12
    page = words(staff.get(url("governance_briefing", "history", briefing.pk)))
    assert "対象の役割" in page
    assert "府省内全体管理組織" in page


def test_principle_is_kept(staff):
    form = {"number": 7, "pillar": 2, "title": "原則"}
    staff.post(url("governance_principle", "add"), form)
    refused = staff.post(url("governance_principle", "add"), form | {"number": 13})

    assert [principle.number for principle in Principle.objects.all()] == [7]
    assert "1から12まで" in words(refused)


def test_proposal_goes_its_way_by_its_stages(staff, proposal):
    decision = factories.decision("2018-06-01")
    response = staff.post(
        url("governance_proposal", "change", proposal.pk),
        of(proposal)
        | table(
            "stages",
            {"stage": "investigated", "reached_on": "2018-01-10"},
            {"stage": "adopted", "reached_on": "2018-06-01", "decision": decision.pk},
        ),
    )

    assert response.status_code == 302
    assert [(row.stage, row.decision) for row in proposal.stages.all()] == [
        ("investigated", None),
        ("adopted", decision),
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            [
                {"stage": "investigated", "reached_on": "2018-06-01", "note": "書いたこと"},
                {"stage": "proposed", "reached_on": "2018-01-01"},
            ],
            "より前の日になっています",
        ),
        (
            [{"stage": "adopted", "reached_on": "2018-06-01", "note": "書いたこと"}],
            "採択には決定を選び",
        ),
        (
            [
                {"stage": "not_adopted", "reached_on": "2018-06-01", "note": "書いたこと"},
                {"stage": "not_adopted", "reached_on": "2018-06-02"},
            ],
            "重複",
        ),
    ],
)
@pytest.mark.parametrize("page", ["add", "change"])
def test_stages_that_cannot_be_come_back_with_all_that_was_typed(staff, proposal, page, rows, why):
    args, form = ([proposal.pk], of(proposal)) if page == "change" else ([], of(proposal, slug="n"))

    response = staff.post(
        url("governance_proposal", page, *args),
        form | {"title": "改めた件名"} | table("stages", *rows),
    )

    assert response.status_code == 422
    assert why in words(response)
    assert "書いたこと" in words(response)
    assert "改めた件名" in words(response)
    assert [(row.slug, row.title) for row in Proposal.objects.all()] == [("p1", "提案一")]
    assert ProposalStage.objects.count() == 0


def test_stages_moved_together_are_kept_whatever_their_order(staff, proposal):
    first = proposing.advance(proposal, "investigated", reached_on=date(2018, 1, 1), by=None)
    second = proposing.advance(proposal, "proposed", reached_on=date(2018, 2, 1), by=None)
    rows = [
        {"id": first.pk, "stage": "investigated", "reached_on": "2019-01-01"},
        {"id": second.pk, "stage": "proposed", "reached_on": "2019-02-01"},
    ]

    response = staff.post(
        url("governance_proposal", "change", proposal.pk),
        of(proposal) | table("stages", *rows, there=2),
    )

    assert response.status_code == 302
    assert [str(row.reached_on) for row in proposal.stages.all()] == ["2019-01-01", "2019-02-01"]


def test_target_that_did_not_take_the_decision_is_refused(staff, proposal):
    decision = factories.decision("2018-06-01")
    stage = proposing.advance(
        proposal, "adopted", reached_on=date(2018, 6, 1), decision=decision, by=None
    )
    other = factories.body(slug="other", name="別の組織")
    row = {"id": stage.pk, "stage": "adopted", "reached_on": "2018-06-01", "decision": decision.pk}

    response = staff.post(
        url("governance_proposal", "change", proposal.pk),
        of(proposal, target=other.pk) | table("stages", row, there=1),
    )

    assert response.status_code == 422
    assert "提案を受けた組織の決定から" in words(response)
    proposal.refresh_from_db()
    assert proposal.target.slug == "cio-council"


def test_plan_is_kept_with_revisions_chapters_and_measures(staff, ministry):
    form = {
        "ministry": ministry.pk,
        "title": "計画",
        "began_on": "2018-06-27",
        "ended_on": "2023-04-01",
    }
    staff.post(
        url("governance_plan", "add"),
        form
        | table("revisions", {"revised_on": "2018-06-27"})
        | table("chapters", {"position": 1, "number": "I", "title": "第一章"})
        | table("measures", {"number": "I-1", "title": "施策", "due_on": "2020-03-31"}),
    )
    plan = Plan.objects.get()
    late = staff.post(
        url("governance_plan", "change", plan.pk),
        form
        | table(
            "revisions",
            {"id": plan.revisions.get().pk, "revised_on": "2024-04-01"},
            there=1,
        )
        | table("chapters")
        | table("measures"),
    )

    assert plan.measures.get().due_on == date(2020, 3, 31)
    assert plan.chapters.get().title == "第一章"
    assert (late.status_code, "計画期間" in words(late)) == (422, True)
    assert plan.revisions.get().revised_on == date(2018, 6, 27)


def test_progress_is_reported_on_the_page_of_a_measure(staff, ministry):
    plan = planning.adopt_plan(ministry, title="計画", began_on=date(2018, 6, 27), by=None)
    measure = planning.add_measure(plan, number="1", title="施策", due_on=date(2020, 1, 1), by=None)
    form = {"number": "1", "title": "施策", "due_on": "2020-01-01"}
    address = url("governance_measure", "change", measure.pk)

    staff.post(address, form | table("reports", {"reported_on": "2019-01-01", "percent": 40}))
    refused = staff.post(
        address, form | table("reports", {"reported_on": "2019-02-01", "percent": 400})
    )

    assert ProgressReport.objects.get().percent == 40
    assert (refused.status_code, 'value="400"' in words(refused)) == (422, True)


def test_status_on_a_day_without_the_ministry_is_refused_beside_the_form(staff):
    ministry = appointing.establish_ministry(
        slug="new", names=[{"name": "新庁"}], founded_on=date(2021, 9, 1), by=None
    )
    function = record(PmoFunction, slug="f", name="機能", origin="abstract", by=None)
    form = {"ministry": ministry.pk, "function": function.pk, "level": "performed"}

    refused = staff.post(
        url("governance_pmostatus", "add"), form | {"assessed_on": "2021-08-31", "evidence": "資料"}
    )
    staff.post(url("governance_pmostatus", "add"), form | {"assessed_on": "2021-09-01"})

    assert (refused.status_code, "府省「new」はありません" in words(refused)) == (422, True)
    assert "資料" in words(refused)
    assert [str(row.assessed_on) for row in PmoStatus.objects.all()] == ["2021-09-01"]


def test_status_moved_to_another_day_stays_one(staff, ministry):
    function = record(PmoFunction, slug="f", name="機能", origin="abstract", by=None)
    status = performing.assess(
        ministry, function, assessed_on=date(2019, 4, 1), level="partly", by=None
    )
    form = {"ministry": ministry.pk, "function": function.pk, "level": "partly"}

    staff.post(
        url("governance_pmostatus", "change", status.pk), form | {"assessed_on": "2019-04-02"}
    )

    assert [str(row.assessed_on) for row in PmoStatus.objects.all()] == ["2019-04-02"]


def test_ministries_and_roles_are_chosen_by_their_names_of_today(staff, ministry):
    page = words(staff.get(url("governance_appointment", "add")))

    assert f'<option value="{ministry.pk}">総務省</option>' in page
    assert ">府省内全体管理組織</option>" in page


def test_person_is_given_a_ministry(staff, ministry):
    person = factories.person()
    form = {"username": person.username, "ministry": ministry.pk, "date_joined_0": "2020-01-01"}

    staff.post(url("governance_user", "change", person.pk), form | {"date_joined_1": "00:00:00"})

    assert User.objects.get(pk=person.pk).ministry == ministry


def test_record_on_which_nothing_rests_is_deleted_with_its_parts(staff, proposal):
    stage = proposing.advance(proposal, "investigated", reached_on=date(2018, 1, 1), by=None)

    staff.post(url("governance_proposal", "delete", proposal.pk), {"post": "yes"})

    assert Proposal.objects.count() == 0
    for model, pk in ((Proposal, proposal.pk), (ProposalStage, stage.pk)):
        last = model.history.filter(id=pk).latest()
        assert (last.history_type, last.history_user) == ("-", staff.person)


def test_record_on_which_another_rests_stays_and_a_message_says_why(staff, proposal):
    target = proposal.target

    asked = staff.get(url("governance_body", "delete", target.pk))
    told = staff.post(url("governance_body", "delete", target.pk), {"post": "yes"}, follow=True)

    assert "提案一" in words(asked)
    assert "ほかの記録（提案）に使われているため削除できません" in words(told)
    assert told.redirect_chain[0][0].endswith(f"/{target.pk}/change/")
    assert Body.objects.filter(pk=target.pk).exists()


def test_deleting_several_is_all_or_none(staff, proposal):
    free = factories.body(slug="free", name="自由な組織")
    rows = [free.pk, proposal.target.pk]

    response = staff.post(
        url("governance_body", "changelist"),
        {"action": "delete_selected", "_selected_action": rows, "post": "yes"},
        follow=True,
    )

    assert "削除できません" in words(response)
    assert Body.objects.filter(pk__in=rows).count() == 2


def test_adopted_proposal_is_not_given_to_another_body(staff, proposal):
    decision = factories.decision("2018-03-30", body=proposal.target)
    proposing.advance(proposal, "adopted", reached_on=date(2018, 3, 30), decision=decision, by=None)
    other = factories.body(slug="other", name="別の組織")
    stage = proposal.stages.get()
    row = {"id": stage.pk, "stage": "adopted", "reached_on": "2018-03-30", "decision": decision.pk}

    refused = staff.post(
        url("governance_proposal", "change", proposal.pk),
        of(proposal, target=other.pk) | table("stages", row, there=1),
    )

    assert refused.status_code == 422
    assert "提案を受けた組織の決定から選んでください" in words(refused)
    assert Proposal.objects.get().target == proposal.target


@pytest.mark.parametrize("kind", ["body", "ministry", "pmofunction"])
def test_nothing_is_put_below_itself(staff, kind):
    if kind == "body":
        top = factories.body(slug="top", name="上")
        low = deciding.found_body(slug="low", name="下", parent=top, by=None)
        form = {"name": "上", **table("members")}
    elif kind == "ministry":
        top, low = (
            appointing.establish_ministry(slug=slug, names=[{"name": slug}], by=None)
            for slug in ("top", "low")
        )
        appointing.amend_ministry(low, parent=top, by=None)
        name = top.names.get()
        form = {"position": 0} | table("names", {"id": name.pk, "name": name.name}, there=1)
    else:
        whole = defining.define_function(slug="whole", name="全体", origin="abstract", by=None)
        top = defining.define_function(
            slug="top", name="上", origin="refined", parent=whole, by=None
        )
        low = defining.define_function(slug="low", name="下", origin="refined", parent=top, by=None)
        form = {"slug": "top", "name": "上", "origin": "refined", "position": 0}

    refused = staff.post(url(f"governance_{kind}", "change", top.pk), form | {"parent": low.pk})

    assert refused.status_code == 422
    assert "その下にあるものを、上位に選ぶことはできません" in words(refused)
    assert type(top).objects.get(slug="top").parent != low


def test_history_says_who_changed_what_on_a_record_and_its_parts(staff, proposal):
    form = of(proposal, title="改めた件名")
    row = {"stage": "investigated", "reached_on": "2018-01-10"}
    staff.post(url("governance_proposal", "change", proposal.pk), form | table("stages", row))

    page = words(staff.get(url("governance_proposal", "history", proposal.pk)))

    assert "<del>提案一</del> → <ins>改めた件名</ins>" in page
    assert "提案の段階 2018-01-10 調査" in page
    assert "editor" in page


def test_history_of_what_was_deleted_is_still_read(staff, proposal):
    staff.post(url("governance_proposal", "delete", proposal.pk), {"post": "yes"})

    page = words(staff.get(url("governance_proposal", "history", proposal.pk)))

    assert "この記録は削除されています。" in page
    assert "<td>削除</td>" in page


def test_ministry_saved_unchanged_keeps_its_names(staff, ministry):
    name = ministry.names.get()
    row = {"id": name.pk, "name": name.name, "name_en": name.name_en}

    staff.post(
        url("governance_ministry", "change", ministry.pk),
        {"position": 5} | table("names", row, there=1),
    )

    assert Ministry.objects.get(pk=ministry.pk).position == 5
    assert ministry.names.get().pk == name.pk


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "model",
    [
        *("appointment", "body", "briefing", "decision", "measure", "meeting", "ministry"),
        *("plan", "pmofunction", "pmostatus", "principle", "progressreport", "proposal"),
        *("role", "strategy", "strategyitem", "user"),
    ],
)
def test_every_list_and_form_opens(staff, ministry, proposal, model, language):
    for page in ("changelist", "add"):
        response = staff.get(language + url(f"governance_{model}", page))

        assert response.status_code == 200
        assert f'<html lang="{"en" if language else "ja"}"' in words(response)


@pytest.mark.parametrize("model", [Measure, PmoStatus])
def test_lists_ask_as_many_queries_at_one_row_as_at_three(
    staff, ministry, model, django_assert_num_queries
):
    plan = planning.adopt_plan(ministry, title="計画", began_on=date(2018, 6, 27), by=None)
    function = record(PmoFunction, slug="f", name="機能", origin="abstract", by=None)
    address = url(f"governance_{model._meta.model_name}", "changelist")

    def fill(numbers):
        for number in numbers:
            planning.add_measure(
                plan, number=str(number), title="施策", due_on=date(2020, 1, 1), by=None
            )
            performing.assess(
                ministry, function, assessed_on=date(2019, 4, number), level="partly", by=None
            )

    fill([1])
    staff.get(address)
    queries = {Measure: 6, PmoStatus: 7}[model]
    with django_assert_num_queries(queries):
        staff.get(address)
    fill([2, 3])
    with django_assert_num_queries(queries):
        staff.get(address)
