"""Publishing: how a draft becomes binding, all of it or nothing."""

import json
from datetime import date

import pytest
from django.db import connection

from guidelines import cataloguing, drafting, publishing, sealing
from guidelines.exporting import FORMATS
from guidelines.models import Edition, Section
from guidelines.refusals import PublicationRefusal
from guidelines.workflow import TRANSITIONS
from tests import factories

STATES = ("draft", "consultation", "submitted", "published")


def in_state(state, by):
    if state == "consultation":
        return publishing.open_consultation(factories.draft(by=by), by=by)
    return getattr(factories, state)(by=by)


def take(act, edition, by):
    if act == "publish":
        decision = factories.decision("2030-01-01")
        return publishing.publish({edition: decision.decided_on}, decision=decision, by=by)
    if act == "return_to_draft":
        return publishing.return_to_draft(edition, by=by, note="直す。")
    return getattr(publishing, act)(edition, by=by)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", TRANSITIONS)
def test_each_act_is_allowed_from_the_states_of_the_table_only(act, state, by):
    edition = in_state(state, by)
    transition = TRANSITIONS[act]

    if state in transition.sources:
        take(act, edition, by)
        expected = transition.target
    else:
        with pytest.raises(PublicationRefusal, match="に対して行えます"):
            take(act, edition, by)
        expected = state

    edition.refresh_from_db()
    assert edition.status == expected


def test_published_edition_has_addresses_html_seal_and_step(by):
    edition = factories.published(day="2018-03-30", effective="2018-04-01", by=by)

    section = factories.section(edition, "2.2.2.1")
    assert str(section) == "1) 全体像"
    assert section.html == "<p>府省は、自らの管理を行わなければならない。</p>"
    assert (edition.decided_on, edition.effective_on) == (date(2018, 3, 30), date(2018, 4, 1))
    assert (edition.serial, edition.previous_seal, len(edition.seal)) == (1, "", 64)
    assert [step.act for step in edition.steps.all()] == ["open_draft", "submit", "publish"]
    assert edition.steps.last().taken_by == by


def test_references_inside_the_edition_become_links(by):
    edition = factories.published(by=by)

    purpose = factories.section(edition, "1.1")
    scope = factories.section(edition, "1.2")
    organisation = factories.section(edition, "2.2")
    assert '<a class="reference" href="edition:2.2.1/">第2編第2章1.</a>' in purpose.html
    assert '<a class="reference" href="edition:annex-2/">別紙2</a>' in scope.html
    # 「第1章」 in 第2編 is the first chapter of that part.
    assert '<a class="reference" href="edition:2.1/">第1章</a>' in organisation.html


def test_references_to_an_edition_adopted_together_become_links(by):
    cloud = factories.submitted(
        factories.guideline("DS-310"),
        tree=factories.node("", "", factories.node("3.2 選定", "選ぶ。")),
        by=by,
    )
    base = factories.submitted(
        factories.guideline("DS-100"),
        tree=factories.node("", "", factories.node("第1章 雲", "DS-310 3.2に従う。")),
        by=by,
    )
    decision = factories.decision()

    publishing.publish(dict.fromkeys([base, cloud], decision.decided_on), decision=decision, by=by)

    key = cloud.sections.get(number="3.2").key
    assert base.sections.get(address="1").html == (
        f'<p><a class="reference" href="set:s/{key}/">DS-310 3.2</a>に従う。</p>'
    )


def test_publishing_two_with_the_second_faulty_publishes_neither(by):
    sound = factories.submitted(by=by)
    faulty = factories.submitted(by=by)
    # Only an edition already decided on that day stands in the way of the second.
    decision = factories.decision("2019-02-25")
    twin = factories.published(factories.guideline(), adopted_by=decision, by=by)
    faulty = factories.submitted(twin.guideline, by=by)

    with pytest.raises(PublicationRefusal, match=f"{twin.guideline.code}.*既に公開されています"):
        publishing.publish(
            dict.fromkeys([sound, faulty], decision.decided_on), decision=decision, by=by
        )

    assert Edition.objects.published().count() == 1
    sound.refresh_from_db()
    assert (sound.status, sound.seal) == (Edition.Status.SUBMITTED, "")
    assert sound.sections.exclude(address="").count() == 0


def test_publishing_two_with_a_failure_while_rendering_publishes_neither(by, monkeypatch):
    first, second = factories.submitted(by=by), factories.submitted(by=by)
    Section.objects.filter(edition=second, number="別紙2").update(body="あ" * 100_001)
    decision = factories.decision()

    with pytest.raises(ValueError, match="beyond"):
        publishing.publish(
            dict.fromkeys([first, second], decision.decided_on), decision=decision, by=by
        )

    assert Edition.objects.published().count() == 0
    assert Section.objects.exclude(html="").count() == 0


def test_publishing_one_that_was_discarded_publishes_none(by):
    kept, gone = factories.submitted(by=by), factories.submitted(by=by)
    publishing.return_to_draft(gone, by=by, note="直す。")
    drafting.discard(Edition.objects.get(pk=gone.pk), by=by)
    decision = factories.decision()

    with pytest.raises(PublicationRefusal, match="先に破棄しました"):
        publishing.publish(
            dict.fromkeys([kept, gone], decision.decided_on), decision=decision, by=by
        )

    assert Edition.objects.published().count() == 0


def test_address_too_long_to_type_is_the_key(by):
    long = ".".join("1" * 24)
    tree = factories.node("", "", factories.node(f"{long} 一"))
    tree.children[0].children.append(factories.node(f"2.{long} 二"))

    edition = factories.published(tree=tree, by=by)

    bottom = edition.sections.get(title="二")
    assert bottom.address == bottom.key
    assert sealing.differences() == []


def test_effect_before_the_decision_is_refused(by):
    edition = factories.submitted(by=by)
    decision = factories.decision("2018-03-30")

    with pytest.raises(PublicationRefusal, match="決定日（2018-03-30）より前"):
        publishing.publish({edition: date(2018, 3, 1)}, decision=decision, by=by)


def test_draft_without_text_cannot_be_submitted(by):
    draft = factories.draft(tree=False, by=by)

    with pytest.raises(PublicationRefusal, match="本文がありません"):
        publishing.submit(draft, by=by)


def test_returning_needs_a_reason(by):
    with pytest.raises(PublicationRefusal, match="理由"):
        publishing.return_to_draft(factories.submitted(by=by), by=by, note=" ")


def test_translation_takes_addresses_day_and_decision_of_its_original(by):
    original = factories.published(by=by)
    draft = drafting.open_draft(
        original.guideline, language="en", translation_of=original, by=by, title="Guideline"
    )
    drafting.edit_section(
        draft.sections.get(number="別紙2"), number="Annex B", title="Costs", by=by
    )
    publishing.submit(draft, by=by)

    translation = publishing.publish(
        {draft: original.effective_on}, decision=original.decision, by=by
    )[0]

    assert translation.sections.get(title="Costs").address == "annex-2"
    assert (translation.serial, translation.previous_seal) == (2, original.seal)


def test_translation_by_another_decision_is_refused(by):
    original = factories.published(by=by)
    draft = drafting.open_draft(original.guideline, language="en", translation_of=original, by=by)
    publishing.submit(draft, by=by)
    other = factories.decision("2019-01-01")

    with pytest.raises(PublicationRefusal, match="元の版と同じ"):
        publishing.publish({draft: other.decided_on}, decision=other, by=by)


def test_numbers_that_give_one_address_get_two(by):
    edition = factories.published(
        tree=factories.node(
            "", "", factories.node("第1編 一", "あ"), factories.node("1. 二", "い")
        ),
        by=by,
    )

    assert [section.address for section in edition.sections.in_order()] == ["", "1", "1-2"]


def test_one_number_twice_in_one_place_is_refused(by):
    tree = factories.node("", "", factories.node("1. 一", "あ"), factories.node("１． 二", "い"))

    with pytest.raises(PublicationRefusal, match="番号「１．」の節が同じ所に二つあります（二）"):
        factories.published(tree=tree, by=by)


def test_edition_decided_after_the_withdrawal_is_refused(by):
    edition = factories.submitted(by=by)
    decision = factories.decision("2026-11-20")
    cataloguing.withdraw_guideline(edition.guideline, on=date(2026, 1, 8), by=by)

    with pytest.raises(PublicationRefusal, match="2026-01-08に廃止"):
        publishing.publish({edition: decision.decided_on}, decision=decision, by=by)


def test_seals_form_a_chain_that_verifies(by):
    first = factories.published(by=by)
    second = factories.published(first.guideline, day="2019-02-25", by=by)

    assert second.previous_seal == first.seal
    assert sealing.differences() == []


def test_text_verifies_after_the_portal_has_moved_to_another_host(by, settings):
    tree = factories.node(
        "", "", factories.node("1. 一", "[文](https://portal.example.go.jp/guidelines/DS-1/)")
    )
    factories.published(tree=tree, by=by)

    settings.PORTAL_URL = "https://rules.example.go.jp"

    assert sealing.differences() == []


def test_seal_is_recomputed_from_the_download(by):
    edition = factories.published(by=by)

    data = json.loads(FORMATS["json"][1](edition))

    assert sealing.seal_of(data["record"]) == edition.seal == data["seal"]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE guidelines_section SET body = 'x' WHERE number = '別紙2'", "本文又は表紙"),
        ("UPDATE guidelines_section SET html = 'x' WHERE number = '別紙2'", "表示が本文と"),
        ("UPDATE guidelines_edition SET title = 'x'", "本文又は表紙"),
        ("UPDATE guidelines_edition SET previous_seal = 'x'", "つながっていません"),
        ("UPDATE governance_decision SET title = 'x'", "本文又は表紙"),
    ],
)
def test_what_was_changed_behind_the_guards_is_named(by, statement, what):
    from guidelines import immutability

    edition = factories.published(by=by)
    with immutability.lifted(connection), connection.cursor() as cursor:
        # Deferred checks that still wait forbid PostgreSQL to change triggers.
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)

    found = sealing.differences()

    assert len(found) >= 1
    assert edition.guideline.code in found[0]
    assert any(what in difference for difference in found)
