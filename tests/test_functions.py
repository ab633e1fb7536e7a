"""What a PMO is there for: the tree on a day, assessments, and the matrix of the ministries."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, transaction

from governance import defining
from governance.models import PmoFunction, PmoStatus
from governance.refusals import Refusal
from governance.surveying import Tally, Trend, course, survey
from tests import governing
from tests.browsing import page


@pytest.fixture
def budget(db):
    """Budget management, since 2018 broken down into checking and tracing."""
    return governing.function("budget", name="予算管理", name_en="Budget management")


@pytest.fixture
def checking(budget):
    return governing.function("checking", parent=budget, name="要求内容の確認")


@pytest.fixture
def tracing(budget):
    return governing.function("tracing", parent=budget, name="執行の把握", origin="required")


@pytest.fixture
def mic(db):
    return governing.ministry("mic", name_en="Ministry of Internal Affairs")


# --- assessing


@pytest.mark.parametrize(
    ("assessed", "why"),
    [
        ("2021-08-31", "2021-08-31に府省「da」はありません"),
        ("2021-09-01", None),
        ("2024-12-31", None),
        ("2025-01-01", "2025-01-01に府省「da」はありません"),
    ],
)
def test_assessment_is_refused_while_there_is_no_such_ministry(checking, assessed, why):
    da = governing.ministry(
        "da", founded_on=date(2021, 9, 1), abolished_on=date(2025, 1, 1), name="デジタル庁"
    )

    if why:
        with pytest.raises(Refusal, match=why):
            governing.assess(da, checking, "partly", on=assessed)
    else:
        governing.assess(da, checking, "partly", on=assessed)

    assert PmoStatus.objects.count() == (why is None)


def test_assessment_is_refused_before_the_function_began(mic, checking):
    with pytest.raises(Refusal, match="2018-03-29にPMOの機能「要求内容の確認」はありません"):
        governing.assess(mic, checking, "partly", on="2018-03-29")

    assert PmoStatus.objects.count() == 0


def test_assessment_of_the_same_day_corrects_the_one_before(mic, checking):
    governing.assess(mic, checking, "partly", evidence="要領の案")
    governing.assess(mic, checking, "performed")

    status = PmoStatus.objects.get()
    assert (status.level, status.evidence) == ("performed", "要領の案")
    assert status.history.count() == 2


def test_unknown_level_is_refused(mic, checking):
    with pytest.raises(Refusal, match="実施状況"):
        governing.assess(mic, checking, "excellent")


# --- surveying


@pytest.mark.parametrize(
    ("levels", "trend"),
    [
        (["partly"], None),
        (["not_started", "performed"], Trend.UP),
        (["performed", "partly"], Trend.DOWN),
        (["partly", "partly"], Trend.SAME),
        (["performed", "not_started", "partly"], Trend.UP),
    ],
)
def test_trend_is_against_the_assessment_before(mic, checking, levels, trend):
    for year, level in enumerate(levels, 2019):
        governing.assess(mic, checking, level, on=f"{year}-04-01")

    cell = survey(PmoStatus.objects.assessed(date(2030, 1, 1)))[mic.pk, checking.pk]

    assert (cell.level, cell.trend) == (levels[-1], trend)


def test_survey_knows_nothing_after_its_day(mic, checking):
    governing.assess(mic, checking, "partly", on="2019-04-01")
    governing.assess(mic, checking, "performed", on="2020-04-01")

    cells = survey(PmoStatus.objects.assessed(date(2020, 3, 31)))

    assert cells[mic.pk, checking.pk].level == "partly"


def test_course_counts_the_latest_level_on_each_day_of_an_assessment(mic, checking, tracing):
    governing.assess(mic, checking, "partly", on="2019-04-01")
    governing.assess(mic, tracing, "not_started", on="2020-04-01")
    governing.assess(mic, checking, "performed", on="2020-04-01")

    moments = course(PmoStatus.objects.assessed(date(2030, 1, 1)).as_rows(), of=3)

    assert moments == [
        (date(2019, 4, 1), Tally(performed=0, partly=1, not_started=0, unassessed=2)),
        (date(2020, 4, 1), Tally(performed=1, partly=0, not_started=1, unassessed=1)),
    ]


def test_function_whose_parent_is_over_stands_at_the_top(checking):
    PmoFunction.objects.filter(slug="budget").update(ended_on=date(2020, 1, 1))

    tree = PmoFunction.objects.existing(date(2021, 1, 1)).as_tree()

    assert [function.slug for function in tree] == ["checking"]


# --- the pages


def test_function_list_shows_the_tree_with_origins_and_counts(client, mic, checking, tracing):
    governing.ministry("mof", name="財務省")
    governing.assess(mic, checking, "performed")

    html = page(client, "/pmo/")

    assert html.index("予算管理") < html.index("要求内容の確認") < html.index("執行の把握")
    assert '<span class="badge origin-required">新たに求める機能</span> <strong>1</strong>' in html
    assert html.count("2府省のうち、実施1、一部実施0") == 1
    assert "抽象的なものだけ" not in html


def test_function_list_before_the_revision_of_2018_has_the_abstract_ones_alone(
    client, mic, checking
):
    html = page(client, "/on/2018-03-29/pmo/")

    assert "予算管理" in html
    assert "要求内容の確認" not in html
    assert "抽象的なものだけが定められていました" in html
    assert "具体化した機能は2018年（平成30年）3月30日から定められます。" in html
    assert "抽象的なものだけ" not in page(client, "/on/2018-03-30/pmo/")


def test_function_list_marks_japanese_for_english_readers(client, checking):
    html = page(client, "/en/pmo/")

    assert "Budget management" in html
    assert '<span lang="ja">要求内容の確認</span>' in html


class _Table(HTMLParser):
    """The rows of the first table of a page, each cell as (tag, attributes, text)."""

    def __init__(self, html):
        super().__init__()
        self.rows, self._within = [], False
        self.feed(html[html.index("<table") : html.index("</table>")])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append([tag, dict(attrs), ""])

    def handle_data(self, data):
        self.rows[-1][-1][2] += data


def test_matrix_is_a_table_with_headed_columns_and_rows(client, mic, checking, tracing):
    governing.assess(mic, checking, "not_started", on="2019-04-01")
    governing.assess(mic, checking, "partly", on="2022-04-01")

    upper, lower, row, foot = _Table(page(client, "/pmo/matrix/")).rows

    assert [(cell[1]["scope"], cell[2]) for cell in upper] == [
        ("col", "府省"),
        ("colgroup", "予算管理"),
        ("col", "実施している機能"),
    ]
    assert upper[1][1]["colspan"] == "2"
    assert [(cell[1]["scope"], cell[2]) for cell in lower] == [
        ("col", "要求内容の確認"),
        ("col", "執行の把握"),
    ]
    assert [(cell[0], cell[2]) for cell in row] == [
        ("th", "総務省"),
        ("td", "◐↑一部実施、前回より前進"),
        ("td", "–記録なし"),
        ("td", "0/2一部実施 1"),
    ]
    assert row[0][1] == {"scope": "row"}
    assert [cell[1].get("class") for cell in row] == [None, "partly", "unassessed", "count"]
    assert [cell[2] for cell in foot] == [
        "実施している府省",
        "0/1一部実施 1",
        "0/1一部実施 0",
        "0/2一部実施 1",
    ]


def test_matrix_before_2018_has_the_abstract_functions_in_one_row_of_heads(client, mic, checking):
    head, row, foot = _Table(page(client, "/on/2018-03-29/pmo/matrix/")).rows

    assert [cell[2] for cell in head] == ["府省", "予算管理", "実施している機能"]
    assert len(row) == len(foot) == 3


def test_matrix_leads_to_the_evidence_on_the_page_of_the_ministry(client, mic, checking):
    governing.assess(mic, checking, "performed", evidence="確認の記録")

    html = page(client, "/on/2019-05-01/pmo/matrix/")
    there = page(client, "/on/2019-05-01/ministries/mic/")

    assert 'href="/on/2019-05-01/ministries/mic/#function-checking"' in html
    assert 'id="function-checking"' in there
    assert "確認の記録" in there


def test_matrix_escapes_names(client, checking):
    governing.ministry(name='<script>alert("1")</script>')

    html = page(client, "/pmo/matrix/")

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;" in html


def test_matrix_shows_ministries_in_the_official_order_and_none_of_another_day(client, checking):
    governing.ministry("second", name="第二省", position=2)
    governing.ministry("first", name="第一省", position=1)
    governing.ministry("gone", name="旧省", abolished_on=date(2015, 1, 1), position=3)
    governing.ministry("coming", name="新庁", founded_on=date(2021, 9, 1), position=4)

    rows = _Table(page(client, "/on/2019-05-01/pmo/matrix/")).rows

    assert [row[0][2] for row in rows[2:-1]] == ["第一省", "第二省"]


def test_matrix_says_its_trend_day_by_day(client, mic, checking):
    governing.assess(mic, checking, "partly", on="2019-04-01")
    governing.assess(mic, checking, "performed", on="2022-04-01")

    html = page(client, "/pmo/matrix/")
    then = page(client, "/on/2022-03-31/pmo/matrix/")

    assert html.count('<svg class="share-bar"') == 2
    assert '<rect class="performed" x="0.00%" width="100.00%"' in html
    assert then.count('<svg class="share-bar"') == 1
    assert "2022年（令和4年）4月1日" not in then


def test_ministry_page_shows_how_far_its_pmo_is(client, mic, checking, tracing):
    governing.assess(mic, checking, "performed", on="2019-04-01")
    governing.assess(mic, checking, "partly", on="2020-04-01", evidence="担当の異動")
    governing.assess(governing.ministry(name="財務省"), tracing, "performed")

    html = page(client, "/ministries/mic/")

    assert '<span class="level partly">一部実施</span>' in html
    assert "前回より後退" in html
    assert "担当の異動" in html
    assert '<span class="level performed">実施</span> <strong>0</strong>' in html
    assert '<span class="level unassessed">記録なし</span> <strong>1</strong>' in html


@pytest.mark.parametrize("path", ["/pmo/", "/pmo/matrix/"])
def test_pages_say_when_there_are_no_functions(client, db, path):
    html = page(client, path)

    assert "この日に定められたPMOの機能は記録されていません" in html


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("path", "queries"), [("/pmo/", 4), ("/pmo/matrix/", 3)])
def test_pages_of_functions_cost_the_same_at_one_and_thirty_rows(
    client, budget, django_assert_num_queries, path, queries, rows
):
    for number in range(rows):
        at = governing.ministry(f"ministry-{number}-of-many")
        what = governing.function(f"function-{number}-of-many", parent=budget)
        governing.assess(at, what, "partly")
        governing.assess(at, what, "performed", on="2020-04-01")

    with django_assert_num_queries(queries):
        page(client, path)


def test_function_cannot_stand_below_itself(db):
    top = governing.function("top")
    middle = governing.function("middle", parent=top)
    low = governing.function("low", parent=middle)

    for parent in (middle, low):
        with pytest.raises(Refusal, match="その下にあるものを、上位に選ぶことはできません"):
            defining.amend_function(middle, parent=parent, by=None)
    defining.amend_function(low, parent=top, by=None)

    assert PmoFunction.objects.get(slug="middle").parent == top
    assert PmoFunction.objects.get(slug="low").parent == top


def test_database_itself_refuses_a_function_above_itself(db):
    part = governing.function(parent=governing.function())

    with pytest.raises(IntegrityError, match="own_parent"), transaction.atomic():
        PmoFunction.objects.filter(pk=part.pk).update(parent=part)


def test_function_does_not_tell_when_it_will_have_ended(client, db):
    governing.function("part", parent=governing.function(), ended_on=date(2020, 4, 1))

    then, now = page(client, "/on/2019-04-01/pmo/part/"), page(client, "/pmo/part/")

    assert "2018年（平成30年）3月30日から" in then
    end = "2020年（令和2年）4月1日"
    assert (end in then, end in now) == (False, True)
