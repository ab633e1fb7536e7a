"""Ministries, roles and appointments: names over time, and offices with one holder."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from governance import appointing
from governance.models import Appointment, Ministry, Role
from governance.refusals import Refusal
from guidelines.wareki import in_both_calendars
from tests import factories

SPLIT = date(2021, 9, 1)


def ministry(slug="mic", **facts):
    names = facts.pop("names", [{"name": "総務省", "name_en": "MIC", "abbreviation": "MIC"}])
    return appointing.establish_ministry(slug=slug, names=names, by=None, **facts)


def role(slug="ministry-cio", **facts):
    names = facts.pop(
        "names",
        [
            {"name": "情報化統括責任者", "name_en": "Ministry CIO", "until": SPLIT},
            {"name": "デジタル統括責任者", "since": SPLIT},
        ],
    )
    facts = {"scope": "ministry", "single_holder": True} | facts
    return appointing.define_role(slug=slug, names=names, by=None, **facts)


def appoint(of, at, began, ended=None, post="官房長"):
    return appointing.appoint(
        role=of,
        ministry=at,
        post=post,
        began_on=date.fromisoformat(began),
        ended_on=date.fromisoformat(ended) if ended else None,
        by=None,
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1990-01-01", "情報化統括責任者"),
        ("2021-08-31", "情報化統括責任者"),
        ("2021-09-01", "デジタル統括責任者"),
        ("2030-01-01", "デジタル統括責任者"),
    ],
)
def test_role_has_the_name_of_the_day(db, day, name):
    role()

    assert Role.objects.named(date.fromisoformat(day)).get().name == name


@pytest.mark.parametrize(
    ("day", "there"),
    [("2007-01-08", False), ("2007-01-09", True), ("2020-12-31", True), ("2021-01-01", False)],
)
def test_ministry_exists_from_its_founding_to_its_end(db, day, there):
    ministry(founded_on=date(2007, 1, 9), abolished_on=date(2021, 1, 1))

    assert Ministry.objects.existing(date.fromisoformat(day)).exists() is there


def test_two_ministries_may_share_an_abbreviation(db):
    ministry("npa-police", names=[{"name": "警察庁", "abbreviation": "NPA"}])
    ministry("npa-personnel", names=[{"name": "人事院", "abbreviation": "NPA"}])

    named = Ministry.objects.named(date(2026, 1, 1))
    assert [row.abbreviation for row in named] == ["NPA", "NPA"]


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ([], "名称を一つは"),
        ([{"name": "甲"}, {"name": "乙", "since": SPLIT}], "「甲」と「乙」の期間が重なって"),
        ([{"name": "甲", "until": SPLIT}, {"name": "乙"}], "の期間が重なって"),
        (
            [{"name": "乙", "since": date(2020, 1, 1)}, {"name": "甲", "until": SPLIT}],
            "「甲」と「乙」の期間が重なって",
        ),
    ],
)
def test_names_that_meet_in_time_are_refused(db, names, why):
    with pytest.raises(Refusal, match=why):
        ministry(names=names)

    assert Ministry.objects.count() == 0


@pytest.mark.parametrize(
    ("began", "ended", "allowed"),
    [
        ("2016-01-01", "2018-04-01", True),
        ("2016-01-01", "2018-04-02", False),
        ("2018-04-01", "2020-04-01", False),
        ("2019-01-01", "2019-02-01", False),
        ("2017-01-01", None, False),
        ("2020-03-31", None, False),
        ("2020-04-01", None, True),
    ],
)
def test_office_with_one_holder_has_one_at_a_time(db, began, ended, allowed):
    of, at = role(), ministry()
    appoint(of, at, "2018-04-01", "2020-04-01")

    if allowed:
        appoint(of, at, began, ended)
    else:
        with pytest.raises(Refusal, match="同時に一人しか就けません"):
            appoint(of, at, began, ended)

    assert Appointment.objects.count() == 1 + allowed


def test_open_appointment_must_end_before_the_next_begins(db):
    of, at = role(), ministry()
    first = appoint(of, at, "2018-04-01")
    with pytest.raises(Refusal):
        appoint(of, at, "2020-04-01")

    appointing.amend_appointment(first, ended_on=date(2020, 4, 1), by=None)
    appoint(of, at, "2020-04-01", post="次の官房長")

    assert [row.post for row in Appointment.objects.in_office(date(2020, 4, 1))] == ["次の官房長"]
    assert [row.post for row in Appointment.objects.in_office(date(2020, 3, 31))] == ["官房長"]


def test_other_ministries_and_shared_roles_do_not_meet(db):
    cio, advisor = role(), role("advisor", single_holder=False)
    mic, mof = ministry(), ministry("mof", names=[{"name": "財務省"}])

    for of, at in [(cio, mic), (cio, mof), (advisor, mic), (advisor, mic), (advisor, None)]:
        appoint(of, at, "2018-04-01")

    assert Appointment.objects.count() == 5


def test_government_wide_office_has_one_holder_too(db):
    of = role("government-cio", scope="government")
    appoint(of, None, "2013-06-04")

    with pytest.raises(Refusal):
        appoint(of, None, "2014-01-01")


def test_database_itself_refuses_a_second_holder(db):
    of, at = role(), ministry()
    appoint(of, at, "2018-04-01")

    with pytest.raises(IntegrityError, match="one holder"), transaction.atomic():
        Appointment.objects.bulk_create(
            [Appointment(role=of, ministry=at, post="別の職", began_on=date(2019, 1, 1))]
        )


def test_two_appointments_made_at_once_leave_one(transactional_db):
    of, at = role(), ministry()

    def work(_number):
        try:
            appoint(of, at, "2018-04-01")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        errors = [future.exception() for future in [pool.submit(work, n) for n in range(4)]]

    assert sum(error is None for error in errors) == 1
    assert Appointment.objects.count() == 1


def test_end_before_the_beginning_is_refused(db):
    with pytest.raises(Refusal, match="より後の日"):
        appoint(role(), ministry(), "2018-04-01", "2018-04-01")


def test_role_page_shows_names_and_holders_of_the_day(client, db):
    of, at = role(), ministry()
    appoint(of, at, "2018-04-01", "2020-04-01", post="前の官房長")
    appoint(of, at, "2020-04-01", post="今の官房長")

    now = client.get("/roles/ministry-cio/").content.decode()
    then = client.get("/on/2019-04-01/roles/ministry-cio/").content.decode()

    assert "<h1>デジタル統括責任者</h1>" in now
    assert now.index("今の官房長") < now.index("以前に就いていた職") < now.index("前の官房長")
    assert "<h1>情報化統括責任者</h1>" in then
    assert "前の官房長" in then
    assert "今の官房長" not in then
    assert 'href="/on/2019-04-01/ministries/mic/"' in then


def test_role_page_tells_nothing_of_later_names_and_ends(client, db):
    appoint(role(), ministry(), "2018-04-01", "2020-04-01")
    later = "デジタル統括責任者"

    then, eve, now = (
        client.get(f"{on}/roles/ministry-cio/").content.decode()
        for on in ("/on/2019-04-01", "/on/2020-03-31", "")
    )

    assert (later in then, later in now) == (False, True)
    for end in ("2021年（令和3年）9月1日", "2020年（令和2年）4月1日"):
        assert (end in then, end in eve, end in now) == (False, False, True)
    assert "2018年（平成30年）4月1日から" in then


def test_ministry_page_tells_nothing_of_later_names_and_ends(client, db):
    at = ministry(
        "mod", names=[{"name": "防衛庁", "until": SPLIT}, {"name": "防衛省", "since": SPLIT}]
    )
    appoint(role(), at, "2018-04-01", "2020-04-01")

    then = client.get("/on/2019-04-01/ministries/mod/").content.decode()
    now = client.get("/ministries/mod/").content.decode()

    for later in ("防衛省", "2021年（令和3年）9月1日", "2020年（令和2年）4月1日"):
        assert (later in then, later in now) == (False, True)


def test_end_to_come_is_not_told_today_either(client, db):
    end = timezone.localdate() + timedelta(days=40)
    appoint(role(), ministry(), "2018-04-01", str(end))

    html = client.get("/roles/ministry-cio/").content.decode()

    assert "2018年（平成30年）4月1日から" in html
    assert in_both_calendars(end) not in html


def test_no_names_are_shown_before_the_first(client, db):
    ministry("da", names=[{"name": "デジタル庁", "since": SPLIT}])

    then = client.get("/on/2021-08-31/ministries/da/").content.decode()

    assert "名称の移り変わり" not in then
    assert "名称の移り変わり" in client.get("/ministries/da/").content.decode()


@pytest.mark.parametrize(
    ("on", "top"), [("2021-08-31", False), ("2021-09-01", True), ("1999-12-31", True)]
)
def test_agency_stands_at_the_top_while_the_ministry_above_it_is_not_there(client, db, on, top):
    above = ministry(founded_on=date(2000, 1, 1), abolished_on=SPLIT)
    ministry("agency", names=[{"name": "外局"}], parent=above)

    html = client.get(f"/on/{on}/ministries/").content.decode()

    listed = f'<li><a href="/on/{on}/ministries/agency/">外局</a></li>'
    assert html.count(listed) == 1
    assert (f'<ul class="relations">{listed}' in html) is top


def test_ministry_cannot_stand_below_itself(db):
    top = ministry()
    middle = ministry("middle", parent=top)
    low = ministry("low", parent=middle)

    for parent in (top, middle, low):
        with pytest.raises(Refusal, match="その下にあるものを、上位に選ぶことはできません"):
            appointing.amend_ministry(top, parent=parent, by=None)
    appointing.amend_ministry(low, parent=top, by=None)

    assert Ministry.objects.get(slug="mic").parent is None
    assert Ministry.objects.get(slug="low").parent == top


def test_database_itself_refuses_a_ministry_above_itself(db):
    at = ministry()

    with pytest.raises(IntegrityError, match="own_parent"), transaction.atomic():
        Ministry.objects.filter(pk=at.pk).update(parent=at)


def test_ministry_page_shows_who_holds_which_role(client, db):
    at = ministry()
    appoint(role(), at, "2018-04-01")

    html = client.get("/ministries/mic/").content.decode()
    english = client.get("/en/ministries/mic/").content.decode()

    assert '<a href="/roles/ministry-cio/">デジタル統括責任者</a>' in html
    assert "<h1>MIC" in english
    assert '<span lang="ja">官房長</span>' in english


def test_lists_show_what_there_is_on_the_day(client, db):
    role()
    role("government-cio", names=[{"name": "政府CIO"}], ended_on=SPLIT, scope="government")
    ministry()
    ministry("da", names=[{"name": "デジタル庁"}], founded_on=SPLIT)

    roles, then = (
        client.get(path).content.decode() for path in ("/roles/", "/on/2019-04-01/roles/")
    )

    assert roles.index("なくなった役割") < roles.index("政府CIO")
    assert "なくなった役割" not in then
    assert "デジタル庁" in client.get("/ministries/").content.decode()
    assert "デジタル庁" not in client.get("/on/2019-04-01/ministries/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries", "last"),
    [
        ("/roles/", 1, 'href="/roles/role-{}/"'),
        ("/ministries/", 3, 'href="/ministries/agency-{}/"'),
        ("/roles/role-0/", 7, 'href="/ministries/ministry-{}/"'),
        ("/ministries/ministry-0/", 10, 'href="/roles/role-{}/"'),
    ],
)
def test_pages_cost_the_same_at_one_and_thirty_rows(
    client, db, django_assert_num_queries, path, queries, last, rows
):
    for number in range(rows):
        at = ministry(f"ministry-{number}", names=[{"name": f"府省{number}"}])
        ministry(f"agency-{number}", names=[{"name": f"庁{number}"}], parent=at)
        of = role(f"role-{number}")
        appoint(of, at, "2018-04-01", "2019-04-01")
        appoint(of, at, "2019-04-01")
    first_role = Role.objects.get(slug="role-0")
    first_ministry = Ministry.objects.get(slug="ministry-0")
    for number in range(1, rows):
        appoint(first_role, Ministry.objects.get(slug=f"ministry-{number}"), "2018-04-01")
        appoint(Role.objects.get(slug=f"role-{number}"), first_ministry, "2018-04-01")

    with django_assert_num_queries(queries):
        html = client.get(path).content.decode()

    assert last.format(rows - 1) in html


@pytest.fixture
def staff(client, db):
    client.force_login(factories.person(is_staff=True, is_superuser=True))
    return client


def test_admin_establishes_renames_and_appoints(staff):
    add, change = "admin:governance_ministry_add", "admin:governance_ministry_change"
    staff.post(reverse(add), {"slug": "mod", "name": "防衛庁", "position": 1})
    mod = Ministry.objects.get()
    rows = {
        "slug": "mod",
        "position": 1,
        "names-TOTAL_FORMS": 2,
        "names-INITIAL_FORMS": 1,
        "names-0-id": mod.names.get().pk,
        "names-0-ministry": mod.pk,
        "names-0-name": "防衛庁",
        "names-0-until": "2007-01-09",
        "names-1-ministry": mod.pk,
        "names-1-name": "防衛省",
        "names-1-since": "2007-01-09",
    }
    staff.post(reverse(change, args=[mod.pk]), rows)
    old, new = mod.names.all()
    rows |= {"names-INITIAL_FORMS": 2, "names-0-id": old.pk, "names-1-id": new.pk}
    meeting = staff.post(reverse(change, args=[mod.pk]), rows | {"names-0-until": "2008-01-01"})

    assert [name.name for name in mod.names.all()] == ["防衛庁", "防衛省"]
    assert "期間が重なっています" in meeting.content.decode()


def test_admin_refuses_a_second_holder_beside_the_form(staff):
    of, at = role(), ministry()
    appoint(of, at, "2018-04-01")

    response = staff.post(
        reverse("admin:governance_appointment_add"),
        {"role": of.pk, "ministry": at.pk, "post": "二人目", "began_on": "2019-01-01"},
    )

    html = response.content.decode()
    assert "同時に一人しか就けません" in html
    assert 'value="二人目"' in html
