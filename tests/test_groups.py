"""The groups of the staff: who may do what with which records."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from governance import appointing, performing, permissions, planning
from governance.models import (
    Body,
    Measure,
    Ministry,
    Plan,
    PmoFunction,
    PmoStatus,
    ProgressReport,
    User,
)
from governance.recording import record
from tests import factories

OF_A_MINISTRY = ("plan", "measure", "progressreport", "pmostatus")
OF_ALL = ("body", "decision", "meeting", "proposal", "strategy", "principle", "briefing")
OF_THE_INDEX = ("responsibility", "functionlink", "measurelink", "principlelink", "briefinglink")


@pytest.fixture
def groups(db):
    """The groups, also where another test emptied the tables."""
    permissions.define_groups()


@pytest.fixture
def records(groups):
    """For each of two ministries its plan, a measure, a report and a status, by kind."""
    function = record(PmoFunction, slug="f", name="機能", origin="abstract", by=None)
    made = {}
    for slug, name in (("mic", "総務省"), ("mof", "財務省")):
        ministry = appointing.establish_ministry(slug=slug, names=[{"name": name}], by=None)
        plan = planning.adopt_plan(
            ministry, title=f"{name}の計画", began_on=date(2018, 6, 27), by=None
        )
        measure = planning.add_measure(
            plan, number="1", title=f"{name}の施策", due_on=date(2020, 1, 1), by=None
        )
        made[slug] = {
            "ministry": ministry,
            "plan": plan,
            "measure": measure,
            "progressreport": planning.report_progress(
                measure, reported_on=date(2019, 1, 1), percent=40, by=None
            ),
            "pmostatus": performing.assess(
                ministry, function, assessed_on=date(2019, 4, 1), level="partly", by=None
            ),
        }
    return made


def member(client, group, ministry=None):
    """A client signed in as someone of a group, and of a ministry if any."""
    person = factories.person(is_staff=True, ministry=ministry)
    if group:
        person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return person


def url(model, page, *args):
    app = "guidelines" if model in OF_THE_INDEX else "governance"
    with translation.override("ja"):
        return reverse(f"admin:{app}_{model}_{page}", args=args)


def test_groups_are_what_the_migration_makes_again_and_again(groups):
    first = [set(group.permissions.all()) for group in Group.objects.order_by("name")]
    permissions.define_groups()

    again = [set(group.permissions.all()) for group in Group.objects.order_by("name")]
    assert first == again
    assert [group.name for group in Group.objects.order_by("name")] == [
        *("governance editor", "ministry"),
    ]


def test_ministry_has_these_rights_and_no_other(groups):
    rights = Group.objects.get(name="ministry").permissions.values_list("codename", flat=True)

    assert sorted(rights) == sorted(
        f"{action}_{model}"
        for model in (*OF_A_MINISTRY, "planrevision", "planchapter")
        for action in ("view", "add", "change", "delete")
    )


def test_editor_has_no_right_on_people_or_history(groups):
    rights = Group.objects.get(name="governance editor").permissions
    names = set(rights.values_list("content_type__model", flat=True))

    assert not {name for name in names if name == "user" or name.startswith("historical")}
    assert {"membership", "agendaitem", "ministryname", "responsibility", "rejection"} <= names


CASES = [
    # group, whose record, may see and write
    *(("ministry", model, "mic", True) for model in OF_A_MINISTRY),
    *(("ministry", model, "mof", False) for model in OF_A_MINISTRY),
    *(("governance editor", model, "mic", True) for model in OF_A_MINISTRY),
    *(("governance editor", model, "mof", True) for model in OF_A_MINISTRY),
    *((None, model, "mic", False) for model in OF_A_MINISTRY),
]


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize(("group", "model", "whose", "allowed"), CASES)
def test_page_of_a_record_opens_to(client, records, group, model, whose, allowed, page):
    member(client, group, records["mic"]["ministry"])

    response = client.get(url(model, page, records[whose][model].pk), follow=True)

    name = "財務省" if whose == "mof" else "総務省"
    shown = name in response.content.decode() if model != "pmostatus" else True
    opened = response.status_code == 200 and not (response.redirect_chain)
    assert (opened and shown) is allowed


@pytest.mark.parametrize(("group", "model", "whose", "allowed"), CASES)
def test_record_is_deleted_by(client, records, group, model, whose, allowed):
    member(client, group, records["mic"]["ministry"])
    thing = records[whose][model]

    client.post(url(model, "delete", thing.pk), {"post": "yes"})

    assert type(thing).objects.filter(pk=thing.pk).exists() is not allowed


@pytest.mark.parametrize(
    ("group", "whose", "allowed"),
    [
        ("ministry", "mic", True),
        ("ministry", "mof", False),
        ("governance editor", "mof", True),
        (None, "mic", False),
    ],
)
def test_plan_and_status_are_added_and_changed_by(client, records, group, whose, allowed):
    member(client, group, records["mic"]["ministry"])
    ministry, plan, status = (records[whose][name] for name in ("ministry", "plan", "pmostatus"))
    form = {"ministry": ministry.pk, "title": "次の計画", "began_on": "2023-04-01"}
    empty = {
        f"{table}-{count}_FORMS": 0
        for table in ("revisions", "chapters", "measures")
        for count in ("TOTAL", "INITIAL")
    }

    client.post(url("plan", "add"), form | empty)
    client.post(url("plan", "change", plan.pk), form | empty | {"began_on": "2018-06-28"})
    client.post(
        url("pmostatus", "add"),
        {
            "ministry": ministry.pk,
            "function": status.function_id,
            "assessed_on": "2020-04-01",
            "level": "performed",
        },
    )

    plan.refresh_from_db()
    assert Plan.objects.filter(began_on=date(2023, 4, 1)).exists() is allowed
    assert (plan.began_on == date(2018, 6, 28)) is allowed
    assert PmoStatus.objects.filter(assessed_on=date(2020, 4, 1)).exists() is allowed


@pytest.mark.parametrize(("whose", "allowed"), [("mic", True), ("mof", False)])
def test_measure_and_report_are_added_only_to_one_s_own_plan(client, records, whose, allowed):
    member(client, "ministry", records["mic"]["ministry"])
    plan, measure = records[whose]["plan"], records[whose]["measure"]

    client.post(
        url("measure", "add"),
        {"plan": plan.pk, "number": "2", "title": "新しい施策", "due_on": "2021-01-01"}
        | {"reports-TOTAL_FORMS": 0, "reports-INITIAL_FORMS": 0},
    )
    client.post(
        url("progressreport", "add"),
        {"measure": measure.pk, "reported_on": "2020-01-01", "percent": 80},
    )

    assert Measure.objects.filter(number="2").exists() is allowed
    assert ProgressReport.objects.filter(percent=80).exists() is allowed


@pytest.mark.parametrize("model", OF_A_MINISTRY)
def test_lists_show_a_ministry_its_own(client, records, model):
    member(client, "ministry", records["mic"]["ministry"])

    page = client.get(url(model, "changelist")).content.decode()

    assert "総務省" in page
    assert "財務省" not in page


@pytest.mark.parametrize("model", OF_A_MINISTRY)
def test_member_without_a_ministry_sees_nothing(client, records, model):
    member(client, "ministry", None)

    listed = client.get(url(model, "changelist")).content.decode()
    opened = client.get(url(model, "change", records["mic"][model].pk))

    assert ("総務省" in listed, "財務省" in listed) == (False, False)
    assert opened.status_code == 302


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", [*OF_ALL, *OF_THE_INDEX, "pmofunction", "ministry", "user"])
def test_ministry_has_no_other_page(client, records, model, page):
    member(client, "ministry", records["mic"]["ministry"])

    assert client.get(url(model, page)).status_code == 403


NEW = [
    ("body", Body, {"slug": "new", "name": "新しい組織"}),
    ("ministry", Ministry, {"slug": "new", "name": "新しい府省", "position": 1}),
    (
        "pmofunction",
        PmoFunction,
        {"slug": "new", "name": "新しい機能", "origin": "abstract", "position": 1},
    ),
]


@pytest.mark.parametrize(("name", "model", "form"), NEW)
@pytest.mark.parametrize(("group", "more"), [("ministry", 0), ("governance editor", 1)])
def test_what_is_of_all_is_written_by_editors_alone(
    client, records, group, more, name, model, form
):
    member(client, group, records["mic"]["ministry"] if group == "ministry" else None)
    before = model.objects.count()
    tables = {"members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0}

    client.post(url(name, "add"), form | tables)

    assert model.objects.count() == before + more


@pytest.mark.parametrize("group", ["ministry", "governance editor"])
def test_people_are_written_by_none_of_the_groups(client, records, group):
    person = member(client, group, records["mic"]["ministry"] if group == "ministry" else None)
    before = list(User.objects.values())

    client.post(url("user", "add"), {"username": "new", "ministry": records["mof"]["ministry"].pk})
    client.post(url("user", "change", person.pk), {"username": "chief", "is_superuser": "on"})

    assert list(User.objects.values()) == before


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize(
    ("model", "status"),
    [*((model, 200) for model in (*OF_ALL, *OF_THE_INDEX, "ministry")), ("user", 403)],
)
def test_editor_has_every_page_but_of_people(client, records, model, status, page):
    member(client, "governance editor")

    assert client.get(url(model, page)).status_code == status


def test_search_for_a_measure_finds_a_ministry_its_own(client, records):
    member(client, "ministry", records["mic"]["ministry"])
    asked = {
        "app_label": "governance",
        "model_name": "progressreport",
        "field_name": "measure",
        "term": "施策",
    }

    with translation.override("ja"):
        found = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [row["text"] for row in found] == ["1 総務省の施策"]


def test_whoever_is_of_both_groups_is_not_bound(groups, records):
    person = factories.person(ministry=records["mic"]["ministry"])
    person.groups.set(Group.objects.all())

    assert permissions.may_touch(person, records["mof"]["plan"]) is True
