"""The bodies on a day, their meetings, and proposals on their way from one to another."""

from datetime import date

import pytest

from governance import deciding, proposing
from governance.arranging import Arrangement
from governance.models import Body, Decision, Proposal, ProposalStage
from governance.refusals import Refusal
from tests import governing
from tests.browsing import page
from tests.governing import day


@pytest.fixture
def council(db):
    """The council, followed by a board on 1 September 2021."""
    board = governing.body("board", "幹事会", founded="2021-09-01")
    return governing.body(
        "council",
        "連絡会議",
        name_en="Council",
        founded="2002-09-18",
        abolished="2021-09-01",
        successor=board,
    )


@pytest.fixture
def committee(council):
    """The committee under the council; its own days are not known."""
    return governing.body("committee", "検討会議", parent=council)


# --- proposing

WAY = [
    ("investigated", "2019-01-10"),
    ("deliberated", "2019-02-10"),
    ("proposed", "2019-03-10"),
    ("adopted", "2019-04-10"),
]


@pytest.mark.parametrize(
    ("stages", "why"),
    [
        (WAY, None),
        (WAY[::-1], None),
        ([("proposed", "2019-03-10")], None),
        ([("investigated", "2019-01-10"), ("deliberated", "2019-01-10")], None),
        ([*WAY[:3], ("not_adopted", "2019-04-10")], None),
        (
            [("deliberated", "2019-02-10"), ("proposed", "2019-02-09")],
            "「提案」（2019-02-09）が「審議」より前の日",
        ),
        (
            [("proposed", "2019-03-10"), ("investigated", "2019-03-11")],
            "「提案」（2019-03-10）が「調査」より前の日",
        ),
        ([*WAY, ("not_adopted", "2019-05-10")], "採択と不採択の両方"),
        ([*WAY[:3], ("not_adopted", "2019-04-10"), WAY[3]], "採択と不採択の両方"),
        ([*WAY[:1], WAY[3], ("proposed", "2019-05-01")], "「採択」（2019-04-10）が「提案」より前"),
        ([WAY[0], WAY[0]], "この提案のその段階は既に記録されています"),
    ],
)
def test_proposal_goes_its_way_in_order(committee, council, stages, why):
    if why is None:
        governing.proposal(committee, council, stages=stages)
        assert ProposalStage.objects.count() == len(stages)
        return

    proposal = governing.proposal(committee, council, stages=stages[:-1])
    with pytest.raises(Refusal, match=why):
        advance(proposal, *stages[-1])

    assert ProposalStage.objects.count() == len(stages) - 1


def advance(proposal, stage, reached, **facts):
    if stage == "adopted":
        facts = {"decision": governing.decision(proposal.target, reached)} | facts
    return proposing.advance(proposal, stage, reached_on=day(reached), by=None, **facts)


def test_adoption_needs_a_decision_and_nothing_else_has_one(committee, council):
    proposal = governing.proposal(committee, council)
    why = "採択には決定を選び、ほかの段階では選ばないでください"

    with pytest.raises(Refusal, match=why):
        advance(proposal, "adopted", "2020-03-31", decision=None)
    with pytest.raises(Refusal, match=why):
        advance(proposal, "proposed", "2020-03-31", decision=governing.decision(council))

    assert ProposalStage.objects.count() == 0


def test_decision_of_another_body_does_not_adopt(committee, council):
    proposal = governing.proposal(committee, council)

    with pytest.raises(Refusal, match="提案を受けた組織の決定から"):
        advance(proposal, "adopted", "2020-03-31", decision=governing.decision(committee))

    assert ProposalStage.objects.count() == 0


def test_proposal_is_adopted_on_the_day_of_its_decision(committee, council):
    proposal = governing.proposal(committee, council)
    decided = governing.decision(council, "2020-03-31")

    with pytest.raises(Refusal, match="採択の日（2020-04-01）は、その決定の日（2020-03-31）と"):
        advance(proposal, "adopted", "2020-04-01", decision=decided)
    advance(proposal, "adopted", "2020-03-31", decision=decided)

    assert [str(stage) for stage in ProposalStage.objects.all()] == ["2020-03-31 採択"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"decided_on": date(2019, 4, 11)}, "採択の日（2019-04-10）は、その決定の日（2019-04-11）"),
        ({"body": "committee"}, "採択の決定は、提案を受けた組織の決定から"),
        ({"title": "直した件名", "decided_on": date(2019, 4, 10)}, None),
    ],
)
def test_decision_goes_on_fitting_the_proposal_it_adopted(committee, council, facts, why):
    governing.proposal(committee, council, stages=WAY)
    decision = Decision.objects.get()
    if facts.get("body"):
        facts = facts | {"body": committee}

    if why:
        with pytest.raises(Refusal, match=why):
            deciding.amend_decision(decision, by=None, **facts)
    else:
        deciding.amend_decision(decision, by=None, **facts)

    found = Decision.objects.get()
    assert (found.body, found.decided_on) == (council, date(2019, 4, 10))
    assert (found.title == "直した件名") is (why is None)


def test_adopted_proposal_stays_with_the_body_that_adopted_it(committee, council):
    other = governing.body("other")
    proposal = governing.proposal(committee, council, stages=WAY)

    with pytest.raises(Refusal, match="採択の決定は、提案を受けた組織の決定から"):
        proposing.amend_proposal(proposal, target=other, by=None)
    with pytest.raises(Refusal, match="提案する組織と受ける組織を別に"):
        proposing.amend_proposal(proposal, source=council, by=None)
    proposing.amend_proposal(proposal, source=other, by=None)

    proposal.refresh_from_db()
    assert (proposal.source, proposal.target) == (other, council)


def test_corrected_stage_is_refused_as_a_new_one(committee, council):
    proposal = governing.proposal(committee, council, stages=WAY)
    stage = proposal.stages.get(stage="deliberated")

    with pytest.raises(Refusal, match="「提案」（2019-03-10）が「審議」より前の日"):
        proposing.amend_stage(stage, reached_on=date(2019, 3, 11), by=None)
    proposing.amend_stage(stage, reached_on=date(2019, 3, 10), by=None)
    proposing.strike_stage(proposal.stages.get(stage="adopted"), by=None)

    assert list(proposal.stages.values_list("reached_on", flat=True)) == [
        date(2019, 1, 10),
        date(2019, 3, 10),
        date(2019, 3, 10),
    ]


def test_proposal_to_the_body_it_comes_from_is_refused(council):
    with pytest.raises(Refusal, match="提案する組織と受ける組織を別に"):
        governing.proposal(council, council)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2019-01-09", None),
        ("2019-01-10", "investigated"),
        ("2019-03-09", "deliberated"),
        ("2019-04-10", "adopted"),
        ("2030-01-01", "adopted"),
    ],
)
def test_proposal_is_at_the_stage_of_the_day(committee, council, on, stage):
    governing.proposal(committee, council, stages=WAY)

    found = [proposal.stage for proposal in Proposal.objects.made(day(on))]

    assert found == ([stage] if stage else [])


def test_stages_of_one_day_stand_in_the_order_of_the_way(committee, council):
    stages = [("adopted", "2019-04-10"), ("proposed", "2019-04-10"), ("deliberated", "2019-04-10")]
    governing.proposal(committee, council, stages=stages)

    proposal = Proposal.objects.made(date(2019, 4, 10)).with_way(date(2019, 4, 10)).get()

    assert proposal.stage == "adopted"
    assert [one.stage for one in proposal.way] == ["deliberated", "proposed", "adopted"]


# --- arranging


@pytest.mark.parametrize(
    ("on", "existing", "past"),
    [
        ("2002-09-17", [], []),
        ("2002-09-18", ["council", "committee"], []),
        ("2021-08-31", ["council", "committee"], []),
        ("2021-09-01", ["board"], ["council", "committee"]),
    ],
)
def test_body_without_days_lives_as_long_as_the_one_it_belongs_to(committee, on, existing, past):
    arrangement = Arrangement(Body.objects.all(), day(on))

    found = [body.slug for body in arrangement.bodies if arrangement.exists(body)]
    assert found == existing
    assert [body.slug for body in arrangement.past] == past


def test_body_stands_below_its_parent_and_after_those_it_followed(committee, council):
    governing.body("task-force", parent=committee)

    (top,) = Arrangement(Body.objects.all(), date(2020, 1, 1)).places()
    (board,) = Arrangement(Body.objects.all(), date(2022, 1, 1)).places()

    assert top.body.slug == "council"
    assert [place.body.slug for place in top.below] == ["committee"]
    assert [place.body.slug for place in top.below[0].below] == ["task-force"]
    assert [body.slug for body in board.before] == ["council"]


def test_body_cannot_stand_below_itself(committee, council):
    low = governing.body("task-force", parent=committee)

    for parent in (council, committee, low):
        with pytest.raises(Refusal, match="その下にあるものを、上位に選ぶことはできません"):
            deciding.amend_body(council, parent=parent, by=None)
    deciding.amend_body(low, parent=council, by=None)

    assert Body.objects.get(slug="council").parent is None
    assert Body.objects.get(slug="task-force").parent == council


def test_bodies_said_to_be_above_each_other_do_not_stop_the_page(client, db):
    one = governing.body("one")
    other = governing.body("other", parent=one)
    # The acts refuse it; a row may have been brought there by hand.
    Body.objects.filter(pk=one.pk).update(parent=other)

    assert "関係する組織" in page(client, "/bodies/")
    assert "組織 one" in page(client, "/bodies/one/")


# --- the pages


def test_body_list_says_in_words_what_its_chart_shows(client, committee):
    html = page(client, "/on/2020-01-01/bodies/")
    drawing, words = html[html.index("<svg") :].split("</svg>")

    for part in (drawing, words):
        assert part.index('href="/on/2020-01-01/bodies/council/"') < part.index("連絡会議")
        assert part.index("連絡会議") < part.index("検討会議")
        assert "幹事会" not in part
    assert "<title>組織図</title><desc>" in drawing


def test_body_list_shows_successors_and_past_bodies(client, committee):
    html = page(client, "/bodies/")
    drawing, words = html[html.index("<svg") :].split("</svg>")
    list_, past = words.split("なくなった組織")

    assert drawing.count('class="box past"') == 1
    assert "廃止 2021年9月1日" in drawing
    assert "前身:" in list_
    assert past.index("連絡会議") < past.index("後継:") < past.index("幹事会")
    assert past.index("幹事会") < past.index("検討会議")


def test_chart_breaks_long_names_and_escapes_them(client, db):
    governing.body("long", "長い名称の<b>組織</b>" * 5)

    html = page(client, "/bodies/")
    drawing = html[html.index("<svg") : html.index("</svg>")]

    assert "<b>" not in drawing
    assert drawing.count('<text class="name"') == 2
    assert "…</text>" in drawing


def test_body_page_shows_what_it_is_and_did_by_the_day(client, committee, council):
    chair, member = governing.role("chair", "議長役"), governing.role("cio", "府省CIO")
    governing.member(council, member, number=26, demonstration=True)
    governing.member(council, chair, capacity="chair")
    governing.meeting(council, "2019-06-01", title="第80回")
    governing.meeting(council, "2020-06-01", title="第90回")
    governing.decision(council, "2020-03-31")
    governing.proposal(committee, council, stages=WAY, title="標準の提案")

    html = page(client, "/on/2019-07-01/bodies/council/")

    assert html.index("議長役") < html.index("府省CIO")
    assert "実演用" in html
    assert 'href="/on/2019-07-01/bodies/council/2019-06-01/"' in html
    assert "第90回" not in html
    assert "標準の提案" in html
    assert "2019年（平成31年）4月10日 · 採択" in html
    assert "2020年（令和2年）3月31日" not in html
    assert "幹事会" not in html
    assert "下に置かれた組織" in html


def test_proposal_is_shown_by_both_its_bodies_at_the_stage_of_the_day(client, committee, council):
    governing.proposal(committee, council, stages=WAY, title="標準の提案")

    for slug in ("council", "committee"):
        html = page(client, f"/on/2019-02-20/bodies/{slug}/")
        assert "2019年（平成31年）2月10日 · 審議" in html
        assert "標準の提案" not in page(client, f"/on/2019-01-09/bodies/{slug}/")


def test_page_of_a_past_body_leads_on_and_shows_who_belonged_to_it_last(client, council):
    governing.member(council, governing.role("cio", "府省CIO"), ended_on=date(2021, 9, 1))

    html = page(client, "/bodies/council/")

    assert "この組織は2021年（令和3年）9月1日に廃止されました。" in html
    assert html.index("後継の組織") < html.index("幹事会")
    assert html.index("廃止された時の構成") < html.index("府省CIO")


def test_body_page_does_not_tell_when_somebody_will_have_left(client, council):
    end = date(2020, 4, 1)
    governing.member(council, governing.role("cio", "府省CIO"), ended_on=end)

    then = page(client, "/on/2020-03-31/bodies/council/")

    assert "府省CIO" in then
    assert "2020年（令和2年）4月1日" not in then


def test_page_of_a_body_yet_to_come_says_from_when_it_exists(client, council):
    html = page(client, "/on/2021-08-31/bodies/board/")

    assert "この組織は、表示している日にはまだありません。" in html
    assert "2021年（令和3年）9月1日に設置されます。" in html
    assert "連絡会議" not in html


def test_page_of_a_ministry_yet_to_come_says_from_when_it_exists(client, db):
    governing.ministry("da", name="デジタル庁", founded_on=date(2021, 9, 1))

    html = page(client, "/on/2021-08-31/ministries/da/")

    assert "この府省は、表示している日にはまだありません。" in html
    assert "2021年（令和3年）9月1日に設置されます。" in html
    assert "まだありません" not in page(client, "/on/2021-09-01/ministries/da/")


def test_meeting_page_shows_agenda_outcomes_and_papers(client, committee, council):
    held = governing.meeting(council, "2019-04-10", title="第81回")
    proposal = governing.proposal(committee, council, stages=WAY, title="標準の提案")
    decision = proposal.stages.get(stage="adopted").decision
    governing.agenda_item(
        held, "標準について", outcome="了承した。", proposal=proposal, decision=decision
    )
    governing.material(held, "資料1", "https://www.example.go.jp/1.pdf")
    governing.material(held, "資料2")

    html = page(client, "/bodies/council/2019-04-10/")

    assert html.index("標準について") < html.index("了承した。") < html.index("標準の提案")
    assert f'href="/proposals/{proposal.slug}/"' in html
    assert f'href="/decisions/{decision.pk}/"' in html
    assert '<a href="https://www.example.go.jp/1.pdf" rel="external noopener">資料1</a>' in html
    assert "<li>資料2</li>" in html


def test_meeting_does_not_show_what_was_made_after_the_day(client, committee, council):
    held = governing.meeting(council, "2019-01-05")
    proposal = governing.proposal(committee, council, stages=WAY, title="標準の提案")
    governing.agenda_item(held, "準備", proposal=proposal, decision=governing.decision(council))

    html = page(client, "/on/2019-01-06/bodies/council/2019-01-05/")

    assert "準備" in html
    assert "標準の提案" not in html
    assert "/decisions/" not in html.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bodies/council/2019-06-01/", 200),
        ("/on/2019-06-01/bodies/council/2019-06-01/", 200),
        ("/on/2019-05-31/bodies/council/2019-06-01/", 404),
        ("/bodies/council/2019-06-02/", 404),
        ("/bodies/board/2019-06-01/", 404),
        ("/bodies/nobody/", 404),
    ],
)
def test_meeting_is_found_from_the_day_it_was_held(client, council, path, status):
    governing.meeting(council, "2019-06-01")

    page(client, path, status)


def test_proposal_list_shows_the_way_of_each_by_stage(client, committee, council):
    held = governing.meeting(committee, "2019-02-10")
    first = governing.proposal(committee, council, title="途中の提案", stages=WAY[:1])
    advance(first, *WAY[1], meeting=held)
    governing.proposal(committee, council, title="採られた提案", stages=WAY)

    now, then = page(client, "/proposals/"), page(client, "/on/2019-01-31/proposals/")

    assert now.index('id="stage-deliberated"') < now.index("途中の提案")
    assert now.index("途中の提案") < now.index('id="stage-adopted"') < now.index("採られた提案")
    assert 'href="/bodies/committee/2019-02-10/"' in now
    assert "2019年（平成31年）4月10日 <strong>採択</strong>" in now
    assert 'id="stage-deliberated"' not in then
    assert then.count("2019年（平成31年）1月10日") == 2
    assert "記録された提案はありません" in page(client, "/on/2019-01-09/proposals/")


def test_pages_of_bodies_mark_japanese_for_english_readers(client, committee):
    html = page(client, "/en/on/2020-01-01/bodies/")

    assert "Council</text>" in html
    assert '<text class="name" lang="ja"' in html
    assert '<span lang="ja">検討会議</span>' in html


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/bodies/", 1),
        ("/bodies/council/", 9),
        ("/bodies/council/2019-06-01/", 5),
        ("/proposals/", 2),
    ],
)
def test_pages_of_bodies_cost_the_same_at_one_and_thirty_rows(
    client, council, django_assert_num_queries, path, queries, rows
):
    held, holders = governing.meeting(council), governing.role()
    for number in range(rows):
        part = governing.body(f"part-{number}", parent=council, successor=council)
        made = governing.proposal(part, council, stages=WAY)
        governing.proposal(council, part, stages=WAY[:1])
        governing.meeting(council, f"20{30 + number}-01-01")
        governing.meeting(council, f"2010-01-{number + 1:02}")
        governing.member(council, holders, ministry=governing.ministry())
        governing.agenda_item(held, proposal=made, decision=made.stages.last().decision)
        governing.material(held)

    with django_assert_num_queries(queries):
        page(client, path)
