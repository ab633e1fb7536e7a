"""Records from CSV and Excel files: each row reported on, all of them taken in or none."""

import io
import json
from datetime import date, datetime, time

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from governance import appointing, performing, permissions, planning
from governance.importing import files, load_rows, take
from governance.models import (
    Appointment,
    Ministry,
    PmoFunction,
    PmoStatus,
    ProgressReport,
    Role,
)
from governance.recording import record
from governance.refusals import Refusal
from tests import factories

SPLIT = date(2021, 9, 1)


@pytest.fixture
def offices(db):
    """Ministries of which two share an abbreviation, a role with two names, two functions."""
    for slug, names in {
        "mic": [{"name": "総務省", "abbreviation": "MIC"}],
        "mof": [{"name": "財務省", "abbreviation": "MOF"}],
        "npa-police": [{"name": "警察庁", "abbreviation": "NPA"}],
        "npa-personnel": [{"name": "人事院", "abbreviation": "NPA"}],
    }.items():
        appointing.establish_ministry(slug=slug, names=names, by=None)
    appointing.establish_ministry(
        slug="da", names=[{"name": "デジタル庁"}], founded_on=SPLIT, by=None
    )
    names = [
        {"name": "情報化統括責任者", "until": SPLIT},
        {"name": "デジタル統括責任者", "since": SPLIT},
    ]
    appointing.define_role(
        slug="ministry-cio", names=names, scope="ministry", single_holder=True, by=None
    )
    for slug in ("drafting", "review"):
        record(PmoFunction, slug=slug, name=f"機能{slug}", origin="abstract", by=None)


@pytest.fixture
def measure(offices):
    """A measure, I-1, of the plan of a ministry from 27 June 2018."""
    ministry = Ministry.objects.get(slug="mic")
    plan = planning.adopt_plan(ministry, title="計画", began_on=date(2018, 6, 27), by=None)
    return planning.add_measure(plan, number="I-1", title="施策", due_on=date(2020, 1, 1), by=None)


def midnight(*numbers):
    """A day as Excel files give it: a moment without a zone."""
    return datetime.combine(date(*numbers), time())


def table(*rows):
    return "\n".join(rows).encode()


HEADER = "ministry,function,assessed_on,level,evidence"


def statuses():
    rows = PmoStatus.objects.order_by("ministry__slug", "function__slug", "assessed_on")
    return [(row.ministry.slug, row.function.slug, str(row.assessed_on), row.level) for row in rows]


def excel(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_rows_are_added_changed_or_left(offices):
    take("pmo-statuses", table(HEADER, "mic,drafting,2019-04-01,partly,資料"), by=None)

    report = take(
        "pmo-statuses",
        table(
            HEADER,
            "mic,drafting,2019-04-01,partly,資料",
            "mic,review,2019-04-01,performed,",
        ),
        by=None,
    )
    changed = take("pmo-statuses", table(HEADER, "mic,drafting,2019-04-01,performed,"), by=None)

    assert [line.outcome for line in report.lines] == ["unchanged", "added"]
    assert [(one.column, one.old, one.new) for one in changed.lines[0].changes] == [
        ("実施状況", "一部実施", "実施"),
        ("根拠", "資料", ""),
    ]
    assert statuses() == [
        ("mic", "drafting", "2019-04-01", "performed"),
        ("mic", "review", "2019-04-01", "performed"),
    ]


def test_column_that_is_not_there_leaves_what_was(offices):
    take("pmo-statuses", table(HEADER, "mic,drafting,2019-04-01,partly,資料"), by=None)

    short = "ministry,function,assessed_on,level"
    take("pmo-statuses", table(short, "mic,drafting,2019-04-01,performed"), by=None)

    assert PmoStatus.objects.get().evidence == "資料"


def test_history_says_who_took_them_in(offices, by):
    take("pmo-statuses", table(HEADER, "mic,drafting,2019-04-01,partly,"), by=by)
    take("pmo-statuses", table(HEADER, "mic,drafting,2019-04-01,performed,"), by=by)

    history = PmoStatus.objects.get().history.all()
    assert [entry.history_user for entry in history] == [by, by]


@pytest.mark.parametrize(
    ("row", "number", "column", "why"),
    [
        ("xyz,drafting,2019-04-01,partly,", 3, "府省", "この名前の府省はありません"),
        ("NPA,drafting,2019-04-01,partly,", 3, "府省", "人事院（npa-personnel）、警察庁"),
        ("mic,nothing,2019-04-01,partly,", 3, "機能", "この名前のPMOの機能はありません"),
        ("mic,drafting,2019-02-29,partly,", 3, "評価日", "この日は暦にありません"),
        ("mic,drafting,昨日,partly,", 3, "評価日", "日として読めません"),
        ("mic,drafting,2019-04-01,ほぼ,", 3, "実施状況", "未着手（not_started）"),
        (",drafting,2019-04-01,partly,", 3, "府省", "空欄です"),
        ("da,drafting,2021-08-31,partly,", 3, "", "2021-08-31に府省「da」はありません"),
        ("mic,review,2019-04-01,partly,", 3, "", "2行目と同じ記録の行です"),
        ("mic,drafting,2019-04-01,partly,,余り", 3, "", "F列（左から6列目）に値がありますが"),
    ],
)
def test_row_that_is_wrong_is_named_and_nothing_is_taken_in(offices, row, number, column, why):
    good = "mic,review,2019-04-01,performed,"

    report = take("pmo-statuses", table(HEADER, good, row), by=None)

    [line] = report.wrong
    assert line.number == number
    assert line.problems[0].column == column
    assert why in line.problems[0].sentence
    assert PmoStatus.objects.count() == 0


def test_every_wrong_row_is_named_at_once(offices):
    report = take("pmo-statuses", table(HEADER, "x,y,z,w,", "", "mic,drafting,,partly,"), by=None)

    assert [(line.number, len(line.problems)) for line in report.wrong] == [(2, 4), (4, 1)]
    assert report.counts == {"added": 0, "changed": 0, "unchanged": 0, "wrong": 2}


@pytest.mark.parametrize(
    "day",
    [
        *("2019-04-01", "2019/4/1", "2019年4月1日", "平成31年4月1日", "２０１９－４－１"),
        *("H31.4.1", "2019年（平成31年）4月1日", midnight(2019, 4, 1), date(2019, 4, 1)),
    ],
)
def test_day_is_read_as_people_write_it(offices, day):
    row = {"ministry": "mic", "function": "drafting", "assessed_on": day, "level": "partly"}

    load_rows("pmo-statuses", [row], by=None)

    assert statuses() == [("mic", "drafting", "2019-04-01", "partly")]


@pytest.mark.parametrize(
    ("first", "year"), [("令和元年5月1日", 2019), ("令和7年4月1日", 2025), ("昭和64年1月7日", 1989)]
)
def test_era_is_read(offices, first, year):
    row = {"ministry": "mic", "function": "drafting", "assessed_on": first, "level": "partly"}

    load_rows("pmo-statuses", [row], by=None)

    assert PmoStatus.objects.get().assessed_on.year == year


@pytest.mark.parametrize(
    "day",
    [
        *("昭和99年4月1日", "平成32年1月1日", "平成31年5月1日", "H31.5.1", "令和元年4月30日"),
        *("昭和64年1月8日", "平成元年1月7日", "昭和元年12月24日", "令和0年5月1日"),
    ],
)
def test_day_outside_its_era_is_refused(offices, day):
    row = {"ministry": "mic", "function": "drafting", "assessed_on": day, "level": "partly"}

    with pytest.raises(Refusal, match="この日はその元号の期間にありません"):
        load_rows("pmo-statuses", [row], by=None)

    assert PmoStatus.objects.count() == 0


def test_value_below_a_head_without_a_name_is_refused_with_its_column(offices):
    content = table(
        "ministry,,function,assessed_on,level,,evidence",
        "mic,,drafting,2019-04-01,partly,,資料",
        "mof,余り,drafting,2019-04-01,partly,余り,資料",
    )

    report = take("pmo-statuses", content, by=None)

    [line] = report.wrong
    assert (line.number, [str(problem) for problem in line.problems]) == (
        3,
        [
            "B列（左から2列目）に値がありますが、一行目に列の名前がありません。",
            "F列（左から6列目）に値がありますが、一行目に列の名前がありません。",
        ],
    )
    assert PmoStatus.objects.count() == 0


def test_words_in_a_row_have_the_comma_and_brackets_of_the_language(offices):
    row = table(HEADER, "NPA,drafting,2019-04-01,ほぼ,")

    with translation.override("en"):
        [line] = take("pmo-statuses", row, by=None).lines
        ministry, level = (problem.sentence for problem in line.problems)
        with pytest.raises(Refusal) as unknown:
            take("pmo-statuses", table("ministry,no such column"), by=None)

    assert "npa-personnel" in ministry
    assert "not_started" in level
    assert "assessed_on" in str(unknown.value)
    for sentence in (ministry, level, str(unknown.value)):
        assert "、" not in sentence
        assert "（" not in sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_file_is_read_in_its_encoding_with_japanese_heads_and_names(offices, encoding):
    text = "府省,機能,評価日,実施状況,根拠\r\n総務省,機能drafting,2019-04-01,一部実施,資料①\r\n"

    report = take("pmo-statuses", text.encode(encoding), by=None)

    assert report.is_sound
    assert (statuses(), PmoStatus.objects.get().evidence) == (
        [("mic", "drafting", "2019-04-01", "partly")],
        "資料①",
    )


def test_excel_is_read_with_its_days_and_numbers(measure):
    content = excel(
        ["府省", "計画期間の初日", "施策の番号", "報告日", "進捗率（％）", "備考"],
        [
            "総務省",
            midnight(2018, 6, 27),
            "Ｉ-１",
            midnight(2019, 3, 31),
            40.0,
            None,
        ],
    )

    report = take("plan-progress", content, by=None)

    assert report.as_text() == "追加1行、変更0行、変更なし0行、誤り0行。"
    assert [(row.measure, row.percent) for row in ProgressReport.objects.all()] == [(measure, 40)]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("mic,2018-06-27,I-1,2019-03-31,101,", "進捗率（％）", "0から100まで"),
        ("mic,2018-06-27,I-1,2019-03-31,-1,", "進捗率（％）", "0から100まで"),
        ("mic,2018-06-27,I-2,2019-03-31,40,", "施策の番号", "その計画にありません"),
        ("mof,2018-06-27,I-1,2019-03-31,40,", "計画期間の初日", "財務省には、この日に始まる"),
    ],
)
def test_progress_that_is_wrong_is_named(measure, row, column, why):
    header = "ministry,plan,measure,reported_on,percent,note"

    report = take("plan-progress", table(header, row), by=None)

    [problem] = report.wrong[0].problems
    assert (problem.column, why in problem.sentence) == (column, True)


def test_columns_may_stand_in_any_order(measure):
    header, row = (
        "percent,measure,reported_on,plan,ministry",
        "４０％,I-1,2019-03-31,2018-06-27,mic",
    )

    take("plan-progress", table(header, row), by=None)

    assert ProgressReport.objects.get().percent == 40


APPOINTMENTS = "role,ministry,post,post_en,person,began_on,ended_on"


def test_appointment_that_ends_makes_room_for_the_next_whatever_their_order(offices):
    old = "ministry-cio,mic,官房長,,,2018-04-01,"
    take("appointments", table(APPOINTMENTS, old), by=None)

    report = take(
        "appointments",
        table(
            APPOINTMENTS,
            "デジタル統括責任者,mic,総括審議官,,,2022-04-01,",
            "情報化統括責任者,mic,官房長,,,2018-04-01,2022-04-01",
        ),
        by=None,
    )

    assert report.wrong == []
    assert [(row.post, row.ended_on) for row in Appointment.objects.order_by("began_on")] == [
        ("官房長", date(2022, 4, 1)),
        ("総括審議官", None),
    ]


def test_role_is_called_by_the_name_of_the_day(offices):
    row = "デジタル統括責任者,mic,官房長,,,2018-04-01,"

    report = take("appointments", table(APPOINTMENTS, row), by=None)

    assert "2018-04-01にはありません" in str(report.wrong[0].problems[0])


def test_second_holder_is_refused_and_the_first_row_is_not_kept(offices):
    rows = ["ministry-cio,mic,甲,,,2018-04-01,", "ministry-cio,mic,乙,,,2019-04-01,"]

    report = take("appointments", table(APPOINTMENTS, *rows), by=None)

    assert [(line.number, "一人しか" in str(line.problems[0])) for line in report.wrong] == [
        (3, True),
    ]
    assert Appointment.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "行がありません"),
        (b"ministry,level\n", "必要な列がありません：機能（function）、評価日（assessed_on）"),
        (b"ministry,colour\n", "列「colour」は分かりません"),
        (b"ministry,ministry\n", "二度あります"),
        (b'ministry\n"open', "CSVとして読めません"),
        (b"\xff\xfe\xff\xff", "文字コードが分かりません"),
        (b"PK\x03\x04 no archive", "Excelファイルとして読めません"),
        (b"\xd0\xcf\x11\xe0 old", "古い形式のExcelファイル"),
        (b"x" * (files.MAX_BYTES + 1), "ファイルが大きすぎます"),
        (b"ministry\n" + b"a\n" * (files.MAX_ROWS + 1), "行が多すぎます"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(offices, content, why):
    with pytest.raises(Refusal, match=why):
        take("pmo-statuses", content, by=None)


def test_rows_are_loaded_with_further_facts(offices, tmp_path):
    path = tmp_path / "statuses.csv"
    path.write_text(f"{HEADER}\nmic,drafting,2019-04-01,partly,\n")

    load_rows("pmo-statuses", path, by=None, demonstration=True)

    assert PmoStatus.objects.get().demonstration is True


def test_loading_wrong_rows_is_refused_with_their_numbers(offices):
    row = {"ministry": "xyz", "function": "drafting", "assessed_on": "x", "level": "partly"}

    with pytest.raises(Refusal, match="1行目：府省「xyz」：この名前の府省はありません"):
        load_rows("pmo-statuses", [row], by=None)


def test_three_thousand_statuses_are_taken_in_by_few_queries(
    offices, django_assert_max_num_queries
):
    days = [f"{year}-{month:02}-01" for year in range(1900, 2000) for month in range(1, 11)]
    rows = [
        f"{slug},drafting,{day},partly," for slug in ("mic", "mof", "NPA-police") for day in days
    ]
    rows = [row.replace("NPA", "npa") for row in rows]

    # Two for each day, for who existed then; the rest in a few.
    with django_assert_max_num_queries(2 * len(days) + 150):
        report = take("pmo-statuses", table(HEADER, *rows), by=None)

    assert report.counts["added"] == PmoStatus.objects.count() == 3000


def test_command_reports_and_writes_nothing_when_asked(offices, tmp_path, capsys):
    path = tmp_path / "statuses.csv"
    path.write_text(f"{HEADER}\nmic,drafting,2019-04-01,partly,\n")

    call_command("import_records", "pmo-statuses", str(path), "--dry-run", "--json")

    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert PmoStatus.objects.count() == 0


def test_command_fails_when_a_row_is_wrong(offices, tmp_path, capsys):
    path = tmp_path / "statuses.csv"
    path.write_text(f"{HEADER}\nmic,drafting,2019-04-01,ほぼ,\n")

    with pytest.raises(CommandError, match="1 rows are wrong"):
        call_command("import_records", "pmo-statuses", str(path))

    assert "2行目 誤り" in capsys.readouterr().out


# --- In the admin --------------------------------------------------------------------------------


def url(model, page, *args):
    with translation.override("ja"):
        return reverse(f"admin:governance_{model}_{page}", args=args)


@pytest.fixture
def signed_in(client, offices):
    """Signs a person in: an editor, or someone of a ministry."""
    permissions.define_groups()

    def signed_in(group, slug=None):
        ministry = slug and Ministry.objects.get(slug=slug)
        person = factories.person(is_staff=True, ministry=ministry or None)
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)
        return client

    return signed_in


def upload(client, *rows):
    file = io.BytesIO(table(HEADER, *rows))
    file.name = "statuses.csv"
    return client.post(url("pmostatus", "import"), {"file": file})


def kept(response):
    return response.context["kept"]


def test_file_is_looked_at_and_then_confirmed(signed_in):
    client = signed_in("governance editor")

    looked = upload(client, "mic,drafting,2019-04-01,partly,")
    before = PmoStatus.objects.count()
    done = client.post(
        url("pmostatus", "import"), {"kept": kept(looked), "confirmed": "yes"}, follow=True
    )

    assert "追加1行、変更0行、変更なし0行、誤り0行。" in looked.content.decode()
    assert before == 0
    assert "取り込みました。" in done.content.decode()
    assert statuses() == [("mic", "drafting", "2019-04-01", "partly")]


def test_file_with_a_wrong_row_cannot_be_confirmed(signed_in):
    response = upload(signed_in("governance editor"), "NPA,drafting,2019-04-01,partly,")

    page = response.content.decode()
    assert (response.status_code, "confirmed" in page) == (422, False)
    assert "複数の府省に当たります：人事院（npa-personnel）、警察庁（npa-police）" in page


def test_file_that_was_not_looked_at_is_not_taken_in(signed_in):
    client = signed_in("governance editor")
    looked = upload(client, "mic,drafting,2019-04-01,partly,")
    other = signed_in("governance editor")

    response = other.post(url("pmostatus", "import"), {"kept": kept(looked), "confirmed": "yes"})

    assert (response.status_code, PmoStatus.objects.count()) == (422, 0)
    assert "ファイルをもう一度選んでください" in response.content.decode()


def test_what_became_wrong_since_it_was_looked_at_is_told(signed_in):
    client = signed_in("governance editor")
    looked = upload(client, "mic,drafting,2019-04-01,partly,")
    PmoFunction.objects.filter(slug="drafting").update(began_on=date(2020, 1, 1))

    response = client.post(url("pmostatus", "import"), {"kept": kept(looked), "confirmed": "yes"})

    assert (response.status_code, PmoStatus.objects.count()) == (422, 0)
    assert "PMOの機能「機能drafting」はありません" in response.content.decode()


def test_ministry_takes_in_its_own_rows_only(signed_in):
    client = signed_in("ministry", "mic")

    refused = upload(client, "mic,drafting,2019-04-01,partly,", "mof,drafting,2019-04-01,partly,")
    accepted = upload(client, "mic,drafting,2019-04-01,partly,")

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "府省「財務省」：あなたの府省の記録ではありません。" in page
    assert (accepted.status_code, "追加1行" in accepted.content.decode()) == (200, True)
    assert PmoStatus.objects.count() == 0


@pytest.mark.parametrize(
    ("model", "status"), [("pmostatus", 200), ("progressreport", 200), ("appointment", 403)]
)
@pytest.mark.parametrize("page", ["import", "template"])
def test_ministry_imports_what_it_keeps(signed_in, model, status, page):
    args = ["csv"] if page == "template" else []

    response = signed_in("ministry", "mic").get(url(model, page, *args))

    assert response.status_code == status


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("pmostatus", "pmo-statuses"),
        ("progressreport", "plan-progress"),
        ("appointment", "appointments"),
    ],
)
def test_template_is_read_back_unchanged(signed_in, measure, model, kind, ending, language):
    mic, function = measure.plan.ministry, PmoFunction.objects.get(slug="drafting")
    performing.assess(
        *(mic, function),
        assessed_on=date(2019, 4, 1),
        level="partly",
        evidence='=HYPERLINK("x")',
        demonstration=True,
        by=None,
    )
    planning.report_progress(
        measure, reported_on=date(2019, 4, 1), percent=5, note="-5％\n二行目", by=None
    )
    role = Role.objects.get()
    appointing.appoint(role=role, ministry=mic, post="+長", began_on=date(2018, 4, 1), by=None)

    response = signed_in("governance editor").get(language + url(model, "template", ending))
    report = take(kind, response.content, by=None)

    assert [(line.outcome, line.problems) for line in report.lines] == [("unchanged", [])]


def test_template_calculates_nothing_and_holds_a_ministry_its_own(signed_in):
    function = PmoFunction.objects.get(slug="drafting")
    for slug in ("mic", "mof"):
        performing.assess(
            Ministry.objects.get(slug=slug),
            function,
            assessed_on=date(2019, 4, 1),
            level="partly",
            evidence="=1+1",
            by=None,
        )

    client = signed_in("ministry", "mic")
    sheet = load_workbook(
        io.BytesIO(client.get(url("pmostatus", "template", "xlsx")).content)
    ).active

    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["府省", "mic"]
    assert (rows[1][4], sheet["E2"].data_type) == ("'=1+1", "s")
