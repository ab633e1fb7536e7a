"""What a role must do on a day: counted, narrowed, linked to the sentence, and taken away."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from guidelines import drafting, indexing, publishing
from guidelines.duties import Duties
from guidelines.models import Responsibility
from tests import factories
from tests.browsing import page

MANAGE = "府省は、自らの管理を行わなければならない。"


@pytest.fixture
def pmo(by):
    """The PMO, with three duties in a rule and one in a guidebook."""
    role = factories.role()
    rule = factories.published(factories.guideline("DS-100"), by=by)
    clause = rule.sections.get(title="全体像", number="1)")
    indexing.assign(clause, role, sentence=MANAGE, phase="requirements", by=by)
    indexing.assign(clause, role, duty="decides", phase="budget", force="should", by=by)
    indexing.assign(rule.sections.get(title="目的"), role, duty="informed", by=by)
    book = factories.published(
        factories.guideline("DS-120", kind="guidebook", position="informative"),
        adopted_by=factories.decision("2018-03-30"),
        by=by,
    )
    indexing.assign(book.sections.get(title="目的"), role, phase="requirements", by=by)
    return role


def revised(edition, by):
    """The next edition, from 2020-04-01, in which the clause on management was reworded."""
    draft = drafting.open_draft(edition.guideline, by=by)
    clause = draft.sections.get(title="全体像", number="1)")
    drafting.edit_section(clause, body="PMOは、管理を行うものとする。", by=by)
    row = Responsibility.objects.get(section=clause, duty="performs")
    indexing.amend_responsibility(row, sentence="PMOは、管理を行うものとする。", by=by)
    publishing.submit(draft, by=by)
    decision = factories.decision("2020-03-31")
    return publishing.publish({draft: date(2020, 4, 1)}, decision=decision, by=by)[0]


def listed(duties):
    """Phase, document and duty of each, in the order shown."""
    return [
        (one.responsibility.phase, one.guideline.code, one.responsibility.duty)
        for one in duties.shown
    ]


def test_duties_come_by_phase_with_rules_before_references(pmo):
    duties = Duties(pmo, on=date(2019, 1, 1), language="ja")

    assert listed(duties) == [
        ("", "DS-100", "informed"),
        ("budget", "DS-100", "decides"),
        ("requirements", "DS-100", "performs"),
        ("requirements", "DS-120", "performs"),
    ]
    assert duties.counts == {"all": 4, "normative": 3, "informative": 1, "must": 2}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"phase": "requirements"}, [("requirements", "DS-100"), ("requirements", "DS-120")]),
        ({"phase": "any"}, [("", "DS-100")]),
        ({"document": "DS-120"}, [("requirements", "DS-120")]),
        ({"duty": "decides"}, [("budget", "DS-100")]),
        ({"phase": "requirements", "document": "DS-100"}, [("requirements", "DS-100")]),
        ({"phase": "audit"}, []),
        ({"phase": "", "document": None}, None),
    ],
)
def test_duties_are_narrowed_by_what_a_reader_chooses(pmo, chosen, found):
    duties = Duties(pmo, on=date(2019, 1, 1), language="ja", chosen=chosen)

    shown = [(phase, code) for phase, code, _duty in listed(duties)]
    assert shown == (found if found is not None else [(p, c) for p, c, _d in listed(duties)])
    assert found is not None or len(shown) == 4


def test_choices_are_counted_given_the_other_choices(pmo):
    chosen = {"document": "DS-100"}
    duties = Duties(pmo, on=date(2019, 1, 1), language="ja", chosen=chosen)

    assert duties.choices("phase") == {"any": 1, "budget": 1, "requirements": 1}
    assert duties.choices("document") == {"DS-100": 3, "DS-120": 1}


def test_since_shows_only_what_came_or_was_reworded_after_that_day(by, pmo):
    revised(Responsibility.objects.filter(duty="decides").get().section.edition, by)

    duties = Duties(pmo, on=date(2020, 4, 1), language="ja", since=date(2020, 3, 31))

    assert [one.responsibility.sentence for one in duties.shown] == [
        "PMOは、管理を行うものとする。"
    ]
    assert Duties(pmo, on=date(2020, 4, 1), language="ja", since=date(2020, 4, 1)).shown == []


def test_page_leads_to_the_sentence_and_the_sentence_is_there(client, pmo):
    anchor = Responsibility.objects.get(sentence=MANAGE).anchor

    role = page(client, "/roles/pmo/?phase=requirements")
    section = page(client, "/guidelines/DS-100/2.2.2.1/")

    assert f'href="/guidelines/DS-100/2.2.2.1/#{anchor}"' in role
    assert f'<span class="duty" id="{anchor}">{MANAGE}</span>' in section
    assert "決定する" not in role.split('id="duties"')[1].split("</form>")[1]


def test_section_says_who_has_what_duty_in_it(client, pmo):
    section = page(client, "/guidelines/DS-100/2.2.2.1/")
    other = page(client, "/guidelines/DS-100/2.1/")

    assert "この節の役割分担" in section
    assert '<a href="/roles/pmo/">府省内全体管理組織</a> 決定する' in section
    assert "この節の役割分担" not in other


def test_page_of_a_day_shows_the_duties_and_addresses_of_that_day(client, by, pmo):
    revised(Responsibility.objects.filter(duty="decides").get().section.edition, by)

    then = page(client, "/on/2019-04-01/roles/pmo/")
    now = page(client, "/roles/pmo/")

    assert MANAGE in then
    assert MANAGE not in now
    assert 'href="/on/2019-04-01/guidelines/DS-100/2.2.2.1/#d-' in then
    assert "PMOは、管理を行うものとする。" in now


@pytest.mark.parametrize("query", ["phase=nonsense", "duty=nonsense"])
def test_choice_that_is_none_is_not_found(client, pmo, query):
    page(client, f"/roles/pmo/?{query}", status=404)


def test_day_that_is_none_is_said_beside_the_field_and_all_is_shown(client, pmo):
    text = page(client, "/roles/pmo/?since=gestern&phase=requirements")

    assert "日付は2024-04-01のように入れてください。" in text
    assert MANAGE in text
    assert 'value="gestern"' in text


@pytest.mark.parametrize("since", ["2019-04-02", "9999-12-31"])
def test_day_after_the_one_shown_is_said_beside_the_field(client, pmo, since):
    text = page(client, f"/on/2019-04-01/roles/pmo/?since={since}")

    assert "表示している日（2019-04-01）までの日を入れてください。" in text
    assert MANAGE in text


def test_checklist_of_a_wrong_choice_leads_back_to_the_page_that_says_so(client, pmo):
    response = client.get("/on/2019-04-01/roles/pmo/duties.csv?since=2020-02-30")

    assert response["Location"] == "/on/2019-04-01/roles/pmo/?since=2020-02-30"


def test_page_of_a_day_leads_to_the_same_page_today(client, pmo):
    text = page(client, "/on/2019-04-01/roles/pmo/?phase=requirements")

    assert '<a href="/roles/pmo/?phase=requirements">今日の姿へ</a>' in text


def test_field_of_the_search_holds_only_what_was_searched_for(client, pmo):
    text = page(client, "/roles/pmo/?phase=requirements")

    assert '<input type="search" id="find" name="q" value=""' in text


def test_checklist_is_the_page_as_csv(client, pmo, settings):
    response = client.get("/roles/pmo/duties.csv?phase=requirements")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Disposition"].startswith('attachment; filename="duties_pmo_')
    assert rows[0][:5] == ["済", "段階", "位置付け", "強さ", "分担"]
    assert [row[5] for row in rows[1:]] == [MANAGE, ""]
    assert rows[1][9].startswith(f"{settings.PORTAL_URL}/guidelines/DS-100/2018-03-30/2.2.2.1/#d-")


def test_checklist_is_the_page_as_an_excel_sheet(client, pmo):
    response = client.get("/roles/pmo/duties.xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet.freeze_panes == "A2"
    assert [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "報告を受ける",
        "決定する",
        "実施する",
        "実施する",
    ]


def test_no_cell_of_a_checklist_is_a_formula(client, by, pmo):
    section = Responsibility.objects.get(sentence=MANAGE).section
    indexing.assign(section, pmo, sentence="=HYPERLINK(1)", by=by)

    assert "'=HYPERLINK(1)" in client.get("/roles/pmo/duties.csv").content.decode()


@pytest.mark.parametrize("ending", ["pdf", "exe"])
def test_checklist_in_another_format_is_not_found(client, pmo, ending):
    page(client, f"/roles/pmo/duties.{ending}", status=404)


def test_english_reader_is_told_in_english_with_japanese_marked(client, pmo):
    text = page(client, "/en/roles/pmo/")

    assert "Portfolio Management Office" in text
    assert f'lang="ja">{MANAGE}</a>' in text
    assert 'href="/en/guidelines/DS-100/2.2.2.1/#d-' in text
