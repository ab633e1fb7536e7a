"""What the finder proposes, and what becomes of it once somebody has judged."""

import pytest

from governance.refusals import Refusal
from guidelines import drafting, judging
from guidelines.models import Rejection, Responsibility
from tests import factories

RULE = "PMOは、中長期計画の案を作成しなければならない。"
ADVICE = "PMOは、PJMOの相談に応ずることが望ましい。"


def text():
    return factories.node(
        "",
        "PMOは、前文では何もしなければならない。",
        factories.node(
            "第3編 ITマネジメント",
            "",
            factories.node("第5章 要件定義", "", factories.node("1. 準備", f"{RULE}\n\n{ADVICE}")),
        ),
    )


@pytest.fixture
def edition(by):
    """A published text with two sentences that give the PMO a duty."""
    factories.role()
    factories.role("pjmo", "プロジェクト推進組織", aliases=["PJMO"])
    return factories.published(factories.guideline("DS-100"), tree=text(), by=by)


def proposed(edition):
    return [(one.role.slug, one.sentence, one.phase) for one in judging.candidates(edition)]


def accepted(candidate, **changes):
    facts = {name: getattr(candidate, name) for name in ("duty", "phase", "force")}
    return {candidate.ident: facts | changes}


def test_candidates_come_with_their_place_and_a_suggestion(edition):
    first, second = judging.candidates(edition)

    assert (first.sentence, first.force) == (RULE, "must")
    assert (second.sentence, second.force) == (ADVICE, "should")
    assert first.above == ("第3編 ITマネジメント", "第5章 要件定義")
    assert (first.role.slug, first.duty, first.phase) == ("pmo", "performs", "requirements")


def test_accepted_candidate_becomes_a_responsibility_with_its_sentence(by, edition):
    first, second = judging.candidates(edition)

    counts = judging.judge(edition, accepted(first, duty="decides"), by=by)

    row = Responsibility.objects.get()
    assert counts == (1, 0)
    assert (row.role.slug, row.duty, row.phase, row.sentence) == (
        "pmo",
        "decides",
        "requirements",
        RULE,
    )
    assert [one.ident for one in judging.candidates(edition)] == [second.ident]


def test_refused_candidate_is_not_proposed_again_in_any_edition(by, edition):
    first, second = judging.candidates(edition)

    counts = judging.judge(edition, {first.ident: None}, by=by)

    draft = drafting.open_draft(edition.guideline, by=by)
    assert counts == (0, 1)
    assert [one.sentence for one in judging.candidates(edition)] == [second.sentence]
    assert [one.sentence for one in judging.candidates(draft)] == [second.sentence]
    assert Rejection.objects.get().refused_by == by


def test_reworded_sentence_is_proposed_anew(by, edition):
    judging.judge(edition, dict.fromkeys(map(ident, judging.candidates(edition))), by=by)
    draft = drafting.open_draft(edition.guideline, by=by)
    changed = RULE.replace("案", "素案")

    drafting.edit_section(draft.sections.get(title="準備"), body=changed, by=by)

    assert proposed(draft) == [("pmo", changed, "requirements")]


def ident(candidate):
    return candidate.ident


def test_candidate_given_to_another_role_is_refused_for_the_first(by, edition):
    first, _second = judging.candidates(edition)
    other = factories.role("accounting", "会計担当")

    judging.judge(edition, accepted(first, role=other), by=by)

    assert Responsibility.objects.get().role == other
    assert len(judging.candidates(edition)) == 1


def test_judgement_of_what_is_not_proposed_any_more_is_refused_whole(by, edition):
    first, second = judging.candidates(edition)
    judging.judge(edition, {first.ident: None}, by=by)

    with pytest.raises(Refusal, match="1件の候補は、ほかの人が先に判断した"):
        judging.judge(edition, {first.ident: None, **accepted(second)}, by=by)

    assert Responsibility.objects.count() == 0


def test_names_are_those_of_the_edition_s_day(by):
    from datetime import date

    split = date(2021, 9, 1)
    factories.role(
        "ministry-cio",
        names=[
            {"name": "情報化統括責任者", "until": split},
            {"name": "デジタル統括責任者", "since": split},
        ],
    )
    body = "情報化統括責任者は、甲を行うものとする。\n\nデジタル統括責任者は、乙を行うものとする。"
    tree = factories.node("", "", factories.node("1. 責任者", body))
    guideline = factories.guideline("DS-100")
    old = factories.published(guideline, tree=tree, day="2018-03-30", by=by)
    new = factories.published(guideline, day="2022-04-20", tree=False, by=by)

    assert [one.sentence[:8] for one in judging.candidates(old)] == ["情報化統括責任者"]
    assert [one.sentence[:9] for one in judging.candidates(new)] == ["デジタル統括責任者"]
