"""The index to the texts: outside the seal, with a history of its own, carried on with drafts."""

from datetime import date

import pytest

from governance.models import PmoFunction
from governance.recording import record, strike
from governance.refusals import Refusal
from guidelines import drafting, indexing, publishing, sealing
from guidelines.models import Edition, FunctionLink, Rejection, Responsibility
from tests import factories

SENTENCE = "府省は、自らの管理を行わなければならない。"


@pytest.fixture
def edition(by):
    """A published edition with one responsibility, at 「1) 全体像」."""
    edition = factories.published(factories.guideline("DS-100"), by=by)
    section = edition.sections.get(title="全体像", number="1)")
    indexing.assign(section, factories.role(), sentence=SENTENCE, phase="budget", by=by)
    return edition


def said(edition):
    """What the index says of an edition: key, role and sentence."""
    rows = Responsibility.objects.filter(section__edition=edition)
    return list(rows.values_list("section__key", "role__slug", "sentence"))


def test_published_edition_takes_a_responsibility_and_keeps_its_seal(by, edition):
    indexing.assign(edition.sections.get(title="目的"), factories.role("pjmo", "PJMO"), by=by)

    assert Edition.objects.get(pk=edition.pk).seal == edition.seal
    assert list(sealing.differences()) == []
    assert len(said(edition)) == 2


def test_history_says_who_changed_what_and_when(by, edition):
    other, row = factories.person(), Responsibility.objects.get()

    indexing.amend_responsibility(row, duty="decides", by=other)
    indexing.unlink(row, by=other)

    history = Responsibility.history.order_by("pk")
    assert [(one.history_type, one.history_user, one.duty) for one in history] == [
        ("+", by, "performs"),
        ("~", other, "decides"),
        ("-", other, "decides"),
    ]


def test_same_duty_is_not_said_twice(by, edition):
    row = Responsibility.objects.get()

    with pytest.raises(Refusal, match="同じ節、役割、分担及び文"):
        indexing.assign(row.section, row.role, sentence=SENTENCE, by=by)

    assert Responsibility.objects.count() == 1


def test_of_many_duties_one_that_is_said_already_refuses_all(by, edition):
    row = Responsibility.objects.get()
    facts = {"section": row.section, "role": row.role, "duty": "performs"}
    other = facts | {"sentence": "府省は、計画を定める。"}

    with pytest.raises(Refusal, match=f"「{SENTENCE}」 同じ節、役割、分担及び文"):
        indexing.assign_many([other, facts | {"sentence": SENTENCE}], by=by)
    assert Responsibility.objects.count() == 1
    indexing.assign_many([other], by=by)

    said = Responsibility.history.latest("pk")
    assert (said.history_type, said.history_user, said.sentence) == ("+", by, other["sentence"])


def test_draft_takes_the_index_with_it(by, edition):
    function = record(PmoFunction, slug="plans", name="計画管理", origin="abstract", by=by)
    section = Responsibility.objects.get().section
    indexing.link(FunctionLink, section=section, function=function, by=by)

    draft = drafting.open_draft(edition.guideline, by=by)

    assert said(draft) == said(edition)
    assert FunctionLink.objects.filter(section__edition=draft).get().section.key == section.key
    assert Responsibility.history.filter(section__edition=draft).get().history_user == by


def test_translation_takes_nothing_and_is_linked_as_its_original(by, edition):
    function = record(PmoFunction, slug="plans", name="計画管理", origin="abstract", by=by)
    section = Responsibility.objects.get().section
    indexing.link(FunctionLink, section=section, function=function, by=by)

    draft = drafting.open_draft(edition.guideline, language="en", translation_of=edition, by=by)

    translated = draft.sections.get(key=section.key)
    assert said(draft) == []
    assert FunctionLink.objects.get().section == section
    with pytest.raises(Refusal, match="翻訳の節には索引を付けません"):
        indexing.link(FunctionLink, section=translated, function=function, by=by)


def test_index_follows_a_section_that_moves_and_goes_with_one_that_is_removed(by, edition):
    draft = drafting.open_draft(edition.guideline, by=by)
    section = draft.sections.get(title="全体像", number="1)")

    drafting.move_section(section, draft.sections.get(title="総論"), position="last-child", by=by)
    kept = said(draft)
    drafting.remove_section(draft.sections.get(pk=section.pk), by=by)

    assert kept == said(edition)
    assert said(draft) == []


def test_index_stays_with_the_keys_when_a_text_is_replaced(by, edition):
    draft = drafting.open_draft(edition.guideline, by=by)
    key = Responsibility.objects.get(section__edition=edition).section.key
    kept = factories.node("", "", factories.node("1. 管理", SENTENCE, key=key))

    drafting.replace_text(draft, kept, by=by)
    after = said(draft)
    drafting.replace_text(draft, factories.text(), by=by)

    assert after == [(key, "pmo", SENTENCE)]
    assert said(draft) == []
    assert len(said(edition)) == 1


def test_draft_with_an_index_can_be_thrown_away(by, edition):
    draft = drafting.open_draft(edition.guideline, by=by)

    drafting.discard(draft, by=by)

    assert Responsibility.objects.count() == 1
    assert Edition.objects.open().count() == 0


def test_published_successor_is_what_readers_are_shown(by, edition):
    draft = drafting.open_draft(edition.guideline, by=by)
    publishing.submit(draft, by=by)
    publishing.publish({draft: date(2020, 4, 1)}, decision=factories.decision("2020-03-31"), by=by)

    shown = Responsibility.objects.shown
    assert [row.section.edition_id for row in shown(date(2020, 3, 31), "ja")] == [edition.pk]
    assert [row.section.edition_id for row in shown(date(2020, 4, 1), "ja")] == [draft.pk]
    assert list(shown(date(2018, 3, 29), "ja")) == []


def translated(edition, by):
    """The English of an edition, published."""
    draft = drafting.open_draft(edition.guideline, language="en", translation_of=edition, by=by)
    publishing.submit(draft, by=by)
    publishing.publish({draft: edition.effective_on}, decision=edition.decision, by=by)
    return draft


def test_translation_stands_in_at_the_sections_it_has_entries_for(by, edition):
    english, day = translated(edition, by), date(2019, 1, 1)
    row = Responsibility.objects.get()
    indexing.assign(edition.sections.get(title="目的"), row.role, by=by)

    before = shown(day, "en")
    indexing.assign(english.sections.get(title="目的"), row.role, by=by)

    assert before == [("全体像", "ja"), ("目的", "ja")]
    assert shown(day, "en") == [("全体像", "ja"), ("目的", "en")]
    assert shown(day, "ja") == [("全体像", "ja"), ("目的", "ja")]


def shown(on, language):
    rows = Responsibility.objects.shown(on, language)
    return sorted(rows.values_list("section__title", "section__edition__language"))


def test_translated_page_says_the_duties_of_the_original_and_is_where_links_land(
    client, by, edition
):
    translated(edition, by)
    anchor = Responsibility.objects.get().anchor

    role = client.get("/en/roles/pmo/").content.decode()
    section = client.get("/en/guidelines/DS-100/2.2.2.1/").content.decode()

    assert f'href="/en/guidelines/DS-100/2.2.2.1/#{anchor}"' in role
    assert section.count(f'id="{anchor}"') == 1
    assert '<a href="/en/roles/pmo/">Portfolio Management Office</a> performs' in section


def test_reworded_sentence_leads_to_its_section(client, by, edition):
    row = Responsibility.objects.get()

    indexing.amend_responsibility(row, sentence="もう書かれていない文。", by=by)

    row.refresh_from_db()
    text = client.get("/guidelines/DS-100/2.2.2.1/").content.decode()
    assert f'<span class="duty" id="{row.anchor}"></span>' in text
    assert f'href="#{row.anchor}"' not in text


def test_sentence_sent_by_a_form_stays_the_sentence_of_the_text(by, edition):
    section = edition.sections.get(title="目的")
    row = indexing.assign(section, factories.role("pjmo", "PJMO"), sentence="甲\n乙。", by=by)

    indexing.amend_responsibility(row, sentence="甲\r\n乙。\r\n", duty="decides", by=by)

    after = Responsibility.objects.get(pk=row.pk)
    assert (after.sentence, after.fingerprint) == ("甲\n乙。", row.fingerprint)


def test_every_entry_that_goes_with_its_section_is_remembered_with_who_removed_it(by, edition):
    other, ways = factories.person(), ("remove", "replace", "discard")
    for way in ways:
        draft = drafting.open_draft(edition.guideline, by=by)
        if way == "remove":
            drafting.remove_section(draft.sections.get(title="ITガバナンス"), by=other)
        elif way == "replace":
            drafting.replace_text(draft, factories.text(), by=other)
        drafting.discard(draft, by=other)

    gone = Responsibility.history.filter(history_type="-")
    assert [row.history_user for row in gone] == [other] * len(ways)
    assert said(edition) != []


def test_what_a_section_is_linked_to_is_not_taken_away(by, edition):
    function = record(PmoFunction, slug="plans", name="計画管理", origin="abstract", by=by)
    section = Responsibility.objects.get().section
    indexing.link(FunctionLink, section=section, function=function, by=by)

    with pytest.raises(Refusal, match="PMOの機能への索引"):
        strike(function, by=by)

    assert FunctionLink.objects.count() == 1


def test_refusal_of_a_candidate_is_remembered_once(by, edition):
    section, role = edition.sections.get(title="目的"), Responsibility.objects.get().role

    indexing.refuse(section, role, "甲。", by=by)
    indexing.refuse(section, role, "甲。", by=by)

    assert list(Rejection.objects.values_list("key", "sentence")) == [(section.key, "甲。")]
