"""The admin: staff write through the acts, and see why something is refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from governance.models import Body, Decision
from guidelines.models import Edition, Guideline, Section
from portal.models import WayIn
from tests import factories


@pytest.fixture
def staff(client, db):
    """A client signed in as someone who may do everything."""
    person = factories.person(is_staff=True, is_superuser=True)
    client.force_login(person)
    client.person = person
    return client


def url(model, page, *args):
    with translation.override("ja"):
        return reverse(f"admin:{model}_{page}", args=args)


def choose(client, model, action, rows, **answers):
    """Post an action of a list of rows, with the answers of its confirmation page if given."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **answers}
    return client.post(url(model, "changelist"), data, follow=True)


def test_bodies_and_decisions_are_recorded(staff):
    staff.post(
        url("governance_body", "add"),
        {
            "slug": "council",
            "name": "会議",
            "members-TOTAL_FORMS": 0,
            "members-INITIAL_FORMS": 0,
        },
    )
    body = Body.objects.get(slug="council")
    staff.post(
        url("governance_decision", "add"),
        {"body": body.pk, "decided_on": "2018-03-30", "title": "決定"},
    )

    assert str(Decision.objects.get()) == "2018-03-30 会議 決定"


def test_day_of_a_decision_that_adopted_an_edition_is_refused_beside_the_form(staff):
    decision = factories.published().decision

    response = staff.post(
        url("governance_decision", "change", decision.pk),
        {"body": decision.body_id, "decided_on": "2001-01-01", "title": decision.title},
    )

    assert "この決定によって公開された版がある" in response.content.decode()
    assert "2001-01-01" in response.content.decode()
    decision.refresh_from_db()
    assert decision.decided_on == date(2018, 3, 30)


def test_guideline_is_registered_and_described(staff):
    shelf = factories.category()
    form = {
        "code": "DS-100",
        "former_codes": "1001\n1002",
        "category": shelf.pk,
        "kind": "guideline",
        "position": "normative",
        "title": "題",
        "keywords": "PMO\nPJMO",
    }
    staff.post(url("guidelines_guideline", "add"), form)
    guideline = Guideline.objects.get(code="DS-100")

    staff.post(
        url("guidelines_guideline", "change", guideline.pk),
        form | {"former_codes": "1001", "title": "新しい題"},
    )

    guideline.refresh_from_db()
    assert (guideline.title, guideline.keywords) == ("新しい題", ["PMO", "PJMO"])
    assert [former.code for former in guideline.former.all()] == ["1001"]


def test_code_that_once_was_anothers_is_refused_beside_the_form(staff):
    factories.guideline("DS-100", former_codes=["1001"])

    response = staff.post(
        url("guidelines_guideline", "add"),
        {"code": "1001", "category": factories.category().pk, "kind": "other", "title": "題"},
    )

    assert "番号又は旧番号です" in response.content.decode()
    assert Guideline.objects.count() == 1


def test_relation_is_stated_and_taken_back(staff):
    one, other = factories.guideline(), factories.guideline()
    staff.post(
        url("guidelines_guidelinerelation", "add"),
        {"source": one.pk, "kind": "explains", "target": other.pk},
    )
    relation = one.relations_out.get()

    staff.post(url("guidelines_guidelinerelation", "delete", relation.pk), {"post": "yes"})

    assert one.relations_out.count() == 0


def test_draft_is_opened_and_leads_to_its_tree(staff):
    guideline = factories.guideline()

    response = choose(staff, "guidelines_guideline", "open_draft", [guideline])

    edition = guideline.editions.get()
    assert response.redirect_chain[0][0].endswith(f"edition__id__exact={edition.pk}")
    assert edition.steps.get().taken_by == staff.person


def test_second_draft_is_refused_with_a_sentence(staff):
    draft = factories.draft()

    response = choose(staff, "guidelines_guideline", "open_draft", [draft.guideline])

    assert "起案中の版が既にあります" in response.content.decode()


def test_translation_is_opened_from_the_page_of_editions(staff):
    original = factories.published()

    staff.post(
        url("guidelines_edition", "add"),
        {
            "guideline": original.guideline_id,
            "language": "en",
            "translation_of": original.pk,
        },
    )

    assert original.translations.get().status == Edition.Status.DRAFT


def test_cover_and_notes_of_a_draft_are_set(staff):
    draft = factories.draft()

    staff.post(
        url("guidelines_edition", "change", draft.pk),
        {
            "title": "新しい題",
            "keywords": "雲",
            "revision_notes-TOTAL_FORMS": 2,
            "revision_notes-INITIAL_FORMS": 0,
            "revision_notes-0-position": 1,
            "revision_notes-0-content": "二番目",
            "revision_notes-1-position": "",
            "revision_notes-1-revised_on": "2018-03-30",
            "revision_notes-1-content": "最新",
        },
    )

    draft.refresh_from_db()
    assert (draft.title, draft.keywords) == ("新しい題", ["雲"])
    assert [note.content for note in draft.revision_notes.all()] == ["最新", "二番目"]


def test_section_is_added_edited_moved_and_removed(staff):
    draft = factories.draft()
    annex = draft.sections.get(number="別紙2")
    part = draft.sections.get(title="総論")
    changelist = url("guidelines_section", "changelist")

    staff.post(url("guidelines_section", "add"), {"parent": annex.pk, "title": "趣旨"})
    added = draft.sections.get(title="趣旨")
    staff.post(
        url("guidelines_section", "change", added.pk),
        {"number": "1.", "title": "趣旨", "body": "趣旨を定める。"},
    )
    moved = staff.post(
        changelist,
        {"cmd": "move_node", "cut_item": added.pk, "pasted_on": part.pk, "position": "last-child"},
    )
    staff.post(url("guidelines_section", "delete", annex.pk), {"post": "yes"})

    added.refresh_from_db()
    assert moved.content == b"OK, moved."
    assert (added.body, added.parent) == ("趣旨を定める。", part)
    assert not Section.objects.filter(pk=annex.pk).exists()
    assert [row.act for row in draft.revisions.order_by("pk")][-4:] == [
        *("added", "edited", "moved", "removed"),
    ]


def test_body_that_is_refused_stays_in_the_form(staff):
    draft = factories.draft()
    annex = draft.sections.get(number="別紙2")

    response = staff.post(
        url("guidelines_section", "change", annex.pk),
        {"number": "別紙2", "title": "経費区分", "body": "# 見出し\n書いた文章"},
    )

    html = response.content.decode()
    assert "本文の1行目が見出し" in html
    assert "書いた文章" in html
    annex.refresh_from_db()
    assert annex.body == "経費を区分する。"


def test_published_sections_are_not_in_the_tree_and_cannot_be_posted_to(staff):
    section = factories.published().sections.get(number="別紙2")

    assert "経費区分" not in staff.get(url("guidelines_section", "changelist")).content.decode()
    staff.post(url("guidelines_section", "change", section.pk), {"body": "改める。"})
    moved = staff.post(
        url("guidelines_section", "changelist"),
        {"cmd": "move_node", "cut_item": section.pk, "pasted_on": section.pk, "position": "left"},
    )

    section.refresh_from_db()
    assert (section.body, moved.status_code) == ("経費を区分する。", 404)


@pytest.mark.parametrize(
    "named", [{"cut_item": "abc", "pasted_on": ""}, {"cut_item": "1", "pasted_on": "1"}]
)
def test_move_of_nonsense_is_refused(staff, named):
    data = {"cmd": "move_node", "position": "left"} | named

    response = staff.post(url("guidelines_section", "changelist"), data)

    assert response.status_code in (400, 404)


def test_tree_says_whose_it_is_and_saving_leads_back_to_it(staff):
    draft = factories.draft()
    annex = draft.sections.get(number="別紙2")
    tree = f"{url('guidelines_section', 'changelist')}?edition__id__exact={draft.pk}"

    saved = staff.post(
        url("guidelines_section", "change", annex.pk), {"number": "別紙2", "title": "区分"}
    )

    assert saved["Location"] == tree
    assert f"{draft}の本文" in staff.get(tree).content.decode()


def test_published_edition_is_shown_and_cannot_be_changed_or_deleted(staff):
    edition = factories.published()

    shown = staff.get(url("guidelines_edition", "change", edition.pk))
    changed = staff.post(url("guidelines_edition", "change", edition.pk), {"title": "改題"})
    deleted = staff.post(url("guidelines_edition", "delete", edition.pk), {"post": "yes"})

    assert edition.seal in shown.content.decode()
    assert (changed.status_code, deleted.status_code) == (403, 403)


def test_draft_is_thrown_away(staff):
    draft = factories.draft()

    staff.post(url("guidelines_edition", "delete", draft.pk), {"post": "yes"})

    assert Edition.objects.count() == 0


def test_edition_goes_from_draft_to_published_by_confirmation_pages(staff):
    draft = factories.draft()
    decision = factories.decision()

    asked = choose(staff, "guidelines_edition", "submit", [draft])
    choose(staff, "guidelines_edition", "submit", [draft], confirmed="yes")
    choose(staff, "guidelines_edition", "return_to_draft", [draft], confirmed="yes", note="直す。")
    choose(staff, "guidelines_edition", "submit", [draft], confirmed="yes")
    done = choose(
        staff, "guidelines_edition", "publish", [draft], confirmed="yes", decision=decision.pk
    )

    draft.refresh_from_db()
    assert "この内容で行う" in asked.content.decode()
    assert "1件の版を公開しました。" in done.content.decode()
    assert (draft.status, draft.effective_on) == (Edition.Status.PUBLISHED, decision.decided_on)
    assert [step.act for step in draft.steps.all()] == [
        *("open_draft", "submit", "return_to_draft", "submit", "publish"),
    ]


def test_publication_that_is_refused_comes_back_with_what_was_entered(staff):
    edition = factories.submitted()
    decision = factories.decision()

    response = choose(
        staff,
        "guidelines_edition",
        "publish",
        [edition],
        confirmed="yes",
        decision=decision.pk,
        effective_on="2001-01-01",
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "より前です" in html
    assert 'value="2001-01-01"' in html
    assert f'value="{decision.pk}" selected' in html


def test_acting_on_several_is_all_or_none(staff):
    good, empty = factories.draft(), factories.draft(tree=False)

    response = choose(staff, "guidelines_edition", "submit", [good, empty], confirmed="yes")

    good.refresh_from_db()
    assert (response.status_code, good.status) == (422, Edition.Status.DRAFT)


def test_document_cannot_succeed_itself(staff):
    guideline = factories.guideline()
    answers = {"confirmed": "yes", "on": "2025-09-30", "replaced_by": guideline.pk}

    response = choose(staff, "guidelines_guideline", "withdraw", [guideline], **answers)

    assert "その文書自身" in response.content.decode()


def test_guideline_is_withdrawn_after_confirmation(staff):
    guideline, heir = factories.guideline(), factories.guideline()

    choose(
        staff,
        "guidelines_guideline",
        "withdraw",
        [guideline],
        confirmed="yes",
        on="2025-09-30",
        replaced_by=heir.pk,
    )

    guideline.refresh_from_db()
    assert (guideline.withdrawn_on, guideline.replaced_by) == (date(2025, 9, 30), heir)
    assert heir.relations_out.get().kind == "replaces"


def test_way_in_is_offered_only_to_a_section_that_exists(staff):
    key = factories.published().sections.get(number="別紙2").key

    refused = staff.post(
        url("portal_wayin", "add"),
        {"kind": "role", "name": "PMO", "section_key": "bbbbbbbb", "position": 0},
    )
    staff.post(
        url("portal_wayin", "add"),
        {"kind": "role", "name": "PMO", "section_key": key, "position": 0},
    )

    assert "公開された版にはありません" in refused.content.decode()
    assert WayIn.objects.get().section_key == key


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "model",
    [
        *("governance_body", "governance_decision", "governance_user", "portal_wayin"),
        *("guidelines_category", "guidelines_guideline", "guidelines_guidelinerelation"),
        *("guidelines_edition", "guidelines_section"),
    ],
)
def test_every_list_and_form_opens(staff, model, language):
    factories.draft()

    for page in ("changelist", "add"):
        response = staff.get(language + url(model, page))

        assert response.status_code == 200
        assert f'<html lang="{"en" if language else "ja"}"' in response.content.decode()


def test_admin_is_closed_to_readers(client, db):
    response = client.get(url("guidelines_edition", "changelist"))

    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
