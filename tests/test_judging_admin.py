"""The index in the admin: entries kept on any edition, and the finder's proposals judged."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from governance import appointing
from governance.models import Role
from guidelines import indexing, judging
from guidelines.admin.index import place_of
from guidelines.models import FunctionLink, PrincipleLink, Rejection, Responsibility
from tests import factories


@pytest.fixture
def staff(client, db):
    """A client signed in as someone who may do everything."""
    client.person = factories.person("editor", is_staff=True, is_superuser=True)
    client.force_login(client.person)
    return client


@pytest.fixture
def edition(db):
    """A published text in which two roles have three duties in two chapters."""
    for slug, name in (("pmo", "PMO"), ("pjmo", "PJMO")):
        appointing.define_role(
            slug=slug, names=[{"name": name}], scope="ministry", position=len(name), by=None
        )
    tree = factories.node(
        "",
        "",
        factories.node(
            "第1編 総論",
            "",
            factories.node("第1章 計画", "PMOは、計画を決定するものとする。"),
            factories.node(
                "第2章 要件",
                "PJMOは、要件を定義しなければならない。\n\nPMOは、要件に助言することが望ましい。",
            ),
        ),
    )
    return factories.published(tree=tree)


def url(page, *args, model="responsibility"):
    with translation.override("ja"):
        return reverse(f"admin:guidelines_{model}_{page}", args=args)


def words(response):
    return response.content.decode()


def form_of(edition, **verdicts):
    """What a browser would send: every row as proposed, with verdicts by the sentence's start."""
    data = {"shown": [], "save": "保存"}
    for one in judging.candidates(edition):
        data["shown"].append(one.ident)
        verdict = next((v for start, v in verdicts.items() if one.sentence.startswith(start)), None)
        facts = {name: getattr(one, name) for name in ("duty", "phase", "force")}
        facts |= {"role": one.role.slug, "verdict": verdict or "later"}
        data |= {f"{one.ident}-{name}": value for name, value in facts.items()}
    return data


def kept():
    return [(row.role.slug, row.duty, row.sentence[:4]) for row in Responsibility.objects.all()]


def test_every_proposal_is_a_row_with_its_suggestion(staff, edition):
    response = staff.get(url("judge", edition.pk))

    forms = response.context["forms"]
    assert [(form.candidate.role.slug, form.initial["duty"]) for form in forms] == [
        (one.role.slug, one.duty) for one in judging.candidates(edition)
    ]
    assert len(forms) == 3
    assert f"/guidelines/{edition.guideline.code}/2018-03-30/1.1/" in words(response)
    assert "PJMOは、要件を定義しなければならない。" in words(response)


def test_judgements_of_the_page_are_kept_all_at_once(staff, edition):
    response = staff.post(
        url("judge", edition.pk), form_of(edition, PMOは="accept", PJMO="refuse"), follow=True
    )

    assert "採った候補2件、採らなかった候補1件。" in words(response)
    assert [row[0] for row in kept()] == ["pmo", "pmo"]
    assert Rejection.objects.get().refused_by == staff.person
    assert Responsibility.objects.first().history.get().history_user == staff.person
    assert response.context["total"] == 0


def test_refusal_that_is_taken_back_is_proposed_again(staff, edition):
    staff.post(url("judge", edition.pk), form_of(edition, PJMO="refuse"))
    rejection = Rejection.objects.get()
    before = len(judging.candidates(edition))

    listed = staff.get(url("changelist", model="rejection"))
    staff.post(url("delete", rejection.pk, model="rejection"), {"post": "yes"})

    assert rejection.sentence in words(listed)
    assert (before, len(judging.candidates(edition))) == (2, 3)


def test_proposal_is_changed_before_it_is_accepted(staff, edition):
    data = form_of(edition, PJMO="accept")
    ident = next(one.ident for one in judging.candidates(edition) if one.role.slug == "pjmo")

    staff.post(
        url("judge", edition.pk),
        data | {f"{ident}-duty": "informed", f"{ident}-phase": "audit", f"{ident}-force": "should"},
    )

    one = Responsibility.objects.get()
    assert (one.duty, one.phase, one.force) == ("informed", "audit", "should")


def test_proposal_is_accepted_for_another_role(staff, edition):
    data = form_of(edition, PJMO="accept")
    ident = next(one.ident for one in judging.candidates(edition) if one.role.slug == "pjmo")

    staff.post(url("judge", edition.pk), data | {f"{ident}-role": "pmo"})

    assert Responsibility.objects.get().role == Role.objects.get(slug="pmo")


def test_seal_of_the_edition_stays_as_it_was(staff, edition):
    staff.post(url("judge", edition.pk), form_of(edition, P="accept"))

    seal = edition.seal
    edition.refresh_from_db()
    assert (edition.seal, Responsibility.objects.count()) == (seal, 3)


def test_all_left_for_later_are_accepted_after_a_question(staff, edition):
    data = form_of(edition, PJMO="refuse")
    data.pop("save")

    asked = staff.post(url("judge", edition.pk), data | {"accept_all": "すべて"})
    before = Responsibility.objects.count()
    chosen = {form["verdict"].html_name: form["verdict"].value() for form in asked.context["forms"]}
    done = staff.post(url("judge", edition.pk), data | chosen | {"save": "保存"}, follow=True)

    assert "この頁の残りをすべて採りますか。" in words(asked)
    assert sorted(chosen.values()) == ["accept", "accept", "refuse"]
    assert before == 0
    assert "採った候補2件、採らなかった候補1件。" in words(done)


def test_question_answered_with_no_leads_back_with_all_that_was_chosen(staff, edition):
    data = form_of(edition, PJMO="refuse")
    data.pop("save")

    asked = staff.post(url("judge", edition.pk), data | {"accept_all": "すべて"})
    for form in asked.context["forms"]:
        assert f'name="{form.prefix}-before" value="{form.before}"' in words(asked)
        data |= {f"{form.prefix}-{name}": form[name].value() for name in form.fields}
        data |= {f"{form.prefix}-before": form.before}
    back = staff.post(url("judge", edition.pk), data | {"back": "戻る"})

    chosen = [form["verdict"].value() for form in back.context["forms"]]
    assert sorted(chosen) == ["later", "later", "refuse"]
    assert (Responsibility.objects.count(), Rejection.objects.count()) == (0, 0)


def test_what_another_judged_meanwhile_is_told_and_nothing_typed_is_lost(staff, edition):
    data = form_of(edition, P="accept")
    first, second, _third = judging.candidates(edition)
    judging.judge(edition, {first.ident: None}, by=factories.person())

    response = staff.post(url("judge", edition.pk), data | {f"{second.ident}-phase": "audit"})

    assert response.status_code == 422
    assert "ほかの人が先に判断したか" in words(response)
    forms = response.context["forms"]
    assert [form["verdict"].value() for form in forms] == ["accept", "accept"]
    assert forms[0]["phase"].value() == "audit"
    assert Responsibility.objects.count() == 0


def test_value_that_cannot_be_is_told_at_its_row(staff, edition):
    data = form_of(edition, P="accept")
    ident = judging.candidates(edition)[0].ident

    response = staff.post(url("judge", edition.pk), data | {f"{ident}-duty": "rules"})

    assert response.status_code == 422
    assert "選べない値の行があります" in words(response)
    assert Responsibility.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 3),
        ({"role": "pmo"}, 2),
        ({"role": "pjmo"}, 1),
        ({"chapter": "第1編 総論 › 第1章 計画"}, 1),
        ({"role": "pmo", "chapter": "第1編 総論 › 第2章 要件"}, 1),
        ({"role": "nobody"}, 0),
    ],
)
def test_proposals_are_narrowed_by_role_and_chapter(staff, edition, asked, count):
    assert len(staff.get(url("judge", edition.pk), asked).context["forms"]) == count


def test_fifty_are_shown_on_a_page(staff, edition):
    clauses = [
        factories.node(f"第{number}章 章{number}", f"PMOは、事項{number}を行うものとする。")
        for number in range(1, 61)
    ]
    long = factories.published(
        tree=factories.node("", "", factories.node("第1編 編", "", *clauses))
    )

    pages = [staff.get(url("judge", long.pk), {"page": page}) for page in (1, 2)]

    assert [len(page.context["forms"]) for page in pages] == [50, 10]


def test_draft_is_judged_and_its_sections_lead_to_their_forms(staff, edition):
    draft = factories.draft(edition.guideline, tree=False)
    section = draft.sections.get(title="計画")

    page = words(staff.get(url("judge", draft.pk)))

    with translation.override("ja"):
        assert reverse("admin:guidelines_section_change", args=[section.pk]) in page


def test_ways_to_the_page(staff, edition):
    address = url("judge", edition.pk)

    assert url("editions") in words(staff.get(url("changelist")))
    assert address in words(staff.get(url("editions")))
    assert address in words(staff.get(url("change", edition.pk, model="edition")))


@pytest.mark.parametrize("page", ["judge", "editions", "sections"])
def test_readers_and_staff_without_the_right_are_kept_out(client, edition, page):
    client.force_login(factories.person(is_staff=True))

    response = client.get(url(page, *([edition.pk] if page == "judge" else [])))

    assert response.status_code == 403


# --- Entries by hand ---------------------------------------------------------------------------


def test_duty_is_said_of_a_published_section_and_corrected(staff, edition):
    section, role = edition.sections.get(title="計画"), Role.objects.get(slug="pmo")
    form = {
        "section": section.pk,
        "role": role.pk,
        "duty": "decides",
        "phase": "budget",
        "force": "must",
        "sentence": "PMOは、計画を決定するものとする。",
    }
    staff.post(url("add"), form)
    one = Responsibility.objects.get()

    staff.post(url("change", one.pk), form | {"sentence": "計画を決定する"})

    changed = Responsibility.objects.get()
    assert changed.fingerprint == indexing.fingerprint("計画を決定する")
    assert [row.history_user for row in changed.history.all()] == [staff.person, staff.person]
    page = words(staff.get(url("history", one.pk)))
    assert "<ins>計画を決定する</ins>" in page
    assert "editor" in page


def test_duty_said_twice_is_refused_beside_the_form(staff, edition):
    section, role = edition.sections.get(title="計画"), Role.objects.get(slug="pmo")
    form = {"section": section.pk, "role": role.pk, "duty": "decides", "force": "must"}
    staff.post(url("add"), form)

    response = staff.post(url("add"), form)

    assert response.status_code == 422
    assert "役割分担は既にあります" in words(response)


def test_links_are_made_and_taken_back(staff, edition):
    from governance.models import PmoFunction, Principle
    from governance.recording import record

    function = record(PmoFunction, slug="f", name="機能", origin="abstract", by=None)
    principle = record(Principle, number=1, pillar=1, title="原則", by=None)
    section = edition.sections.get(title="計画")
    staff.post(url("add", model="functionlink"), {"section": section.pk, "function": function.pk})
    staff.post(
        url("add", model="principlelink"),
        {"guideline": edition.guideline_id, "principle": principle.pk},
    )
    both = staff.post(
        url("add", model="principlelink"),
        {"guideline": edition.guideline_id, "section": section.pk, "principle": principle.pk},
    )
    link = FunctionLink.objects.get()
    staff.post(url("delete", link.pk, model="functionlink"), {"post": "yes"})

    assert PrincipleLink.objects.get().guideline == edition.guideline
    assert "どちらか一つ" in words(both)
    assert FunctionLink.objects.count() == 0
    assert FunctionLink.history.latest().history_user == staff.person


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("DS-500", ["DS-500 2020-03-31 1.1 第1章 計画", "DS-500 2018-03-30 1.1 第1章 計画"]),
        ("DS-500 1.1", ["DS-500 2020-03-31 1.1 第1章 計画", "DS-500 2018-03-30 1.1 第1章 計画"]),
        ("計画 第1章", ["DS-500 2020-03-31 1.1 第1章 計画", "DS-500 2018-03-30 1.1 第1章 計画"]),
        ("別の語", []),
    ],
)
def test_section_is_found_by_code_number_and_title_the_newest_first(staff, term, found):
    guideline = factories.guideline("DS-500")
    tree = factories.node("", "", factories.node("第1編 総論", "", factories.node("第1章 計画")))
    factories.published(guideline, tree=tree)
    factories.published(guideline, day="2020-03-31", tree=False)

    results = staff.get(url("sections"), {"term": term}).json()["results"]

    assert [row["text"] for row in results if "計画" in row["text"]] == found


def test_place_of_a_translation_says_its_language(edition):
    section = edition.sections.get(title="計画")
    section.edition.language = "en"

    assert "英語" in place_of(section)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "model",
    [
        *("responsibility", "functionlink", "strategylink", "measurelink", "principlelink"),
        "briefinglink",
    ],
)
def test_every_list_and_form_of_the_index_opens(staff, edition, model, language):
    indexing.assign(edition.sections.last(), Role.objects.first(), by=None)

    for page in ("changelist", "add"):
        response = staff.get(language + url(page, model=model))

        assert response.status_code == 200
        assert f'<html lang="{"en" if language else "ja"}"' in words(response)


def test_copies_of_a_draft_are_entries_of_their_own(staff, edition):
    indexing.assign(edition.sections.get(title="計画"), Role.objects.first(), by=None)
    draft = factories.draft(edition.guideline, tree=False)

    copy = Responsibility.objects.get(section__edition=draft)
    staff.post(url("delete", copy.pk), {"post": "yes"})

    assert Responsibility.objects.get().section.edition == edition
    assert edition.decided_on == date(2018, 3, 30)
