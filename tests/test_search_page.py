"""The page of the search: what it shows of what is found, and what it offers where nothing is."""

import re
from datetime import date

import pytest
from django.utils import timezone

from guidelines.models import Guideline
from portal.asking import Asked
from portal.models import QueryCount
from tests import factories
from tests.browsing import page

TODAY = date(2025, 6, 1)


@pytest.fixture
def text(by):
    """DS-100, once 1001, in force since 2018, with the text of the factories."""
    guideline = factories.guideline("DS-100", former_codes=["1001"], title="標準")
    return factories.published(guideline, by=by)


def heading(html):
    return re.search(r'<h2 id="found">(.*?)</h2>', html)[1]


def titles(html):
    found = re.findall(r"<h4><a [^>]*>(.*?)</a>", html)
    return [re.sub(r"</?mark>", "", one) for one in found]


def meant(html):
    part = re.search(r'<ul class="meant".*?</ul>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>(.*?)</a>", part[0]) if part else []


def test_sections_are_shown_with_place_text_and_marks(client, text):
    html = page(client, "/search/?q=体制")

    assert heading(html) == "「体制」の節 1件"
    assert '組織<mark>体制</mark></a> <span class="badge in-force">見出しが一致</span>' in html
    assert 'href="/guidelines/DS-100/2.2/?q=%E4%BD%93%E5%88%B6"' in html
    assert '<p class="where" lang="ja"><span>第2編 ' in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("第2編第2章", "第2章 組織体制"),
        ("第二編　第二章", "第2章 組織体制"),
        ("ｄｓ-100 第2編第2章", "第2章 組織体制"),
        ("1001 別紙2", "別紙2 経費区分"),
        ("1001", "DS-100 標準"),
    ],
)
def test_what_a_query_names_stands_first(client, text, query, first):
    assert meant(page(client, f"/search/?q={query}"))[0].startswith(first[:6])


def test_hits_of_one_document_are_grouped_and_the_others_are_a_link(client, by):
    factories.published(factories.guideline("DS-200"), tree=factories.wide_text(40), by=by)

    html = page(client, "/search/?q=節")
    inside = page(client, "/search/?q=節&document=DS-200")

    more = re.search(r'<a href="([^"]*)">この文書にほか(\d+)件', html)
    assert (len(titles(html)), more[1]) == (3, "/search/?q=%E7%AF%80&amp;document=DS-200")
    assert (len(titles(inside)), "page=2" in inside) == (20, True)
    assert int(more[2]) + 3 == int(re.search(r"(\d+)件", heading(inside))[1])


def test_choices_are_counted_and_can_be_taken_back(client, text, by):
    informative = Guideline.Position.INFORMATIVE
    factories.published(factories.guideline("DS-200", position=informative), by=by)

    html = page(client, "/search/?q=体制&document=DS-100")

    assert heading(html) == "「体制」の節 1件"
    assert re.search(r'<option value="DS-100" selected>DS-100 標準 \(1\)</option>', html)
    assert '<option value="informative">' not in html
    assert re.search(r'<li><a href="/search/\?q=%E4%BD%93%E5%88%B6"><span[^>]*>外す </span>', html)
    assert heading(page(client, "/search/?q=体制")) == "「体制」の節 2件"


def test_past_editions_are_found_on_their_day_and_with_all(client, guideline):
    # The section was removed by the second edition.
    now = page(client, "/search/?q=政府全体管理")
    then = page(client, "/search/?q=政府全体管理&scope=day&day=2019-04-01")
    ever = page(client, "/search/?q=政府全体管理&scope=all")

    assert [heading(html) for html in (now, then, ever)] == [
        "「政府全体管理」の節 0件",
        "「政府全体管理」の節 1件",
        "「政府全体管理」の節 1件",
    ]
    assert 'href="/on/2019-04-01/guidelines/DS-100/' in then
    assert 'href="/guidelines/DS-100/2018-03-30/' in ever
    assert "過去の版も含めて探す" in now


def test_an_edition_before_its_day_is_never_found(client, by):
    factories.published(factories.guideline("DS-100"), day="2999-03-30", by=by)

    for scope in ("in_force", "all", "day&day=2999-12-31"):
        assert heading(page(client, f"/search/?q=体制&scope={scope}")) == "「体制」の節 0件"


def test_a_search_for_nothing_that_is_there_says_what_was_searched(client, text):
    html = page(client, "/search/?q=体制 ぞうさん")

    assert heading(html) == "「体制 ぞうさん」の節 0件"
    assert '<ul class="words"><li>体制</li><li>ぞうさん</li></ul>' in html
    assert '<a href="/search/?q=%E4%BD%93%E5%88%B6">「体制」だけで探す</a> <small>1件' in html


def test_few_hits_ask_what_was_meant(client, text):
    html = page(client, "/search/?q=組織体成")

    assert re.search(r'もしかして: <a href="[^"]*">組織体制</a>', html)


def test_the_page_is_whole_in_english(client, text):
    html = page(client, "/en/search/?q=体制")

    assert 'id="found">Sections for “体制”: 1<' in html
    assert 'href="/en/guidelines/DS-100/2.2/?q=' in html


HOSTILE = [
    "あ" * 10_000,
    "。、「」" * 500,
    "\0",
    "😀" * 300,
    '"',
    '"要件',
    " ".join(["要件"] * 300),
    "' OR 1=1 --",
    'NEAR(a b) * ^ : {x} "',
    "-",
    "OR OR",
    "%",
    "\\",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_asked_there_is_a_page(client, text, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "rest",
    [
        *("scope=x", "scope=day", "scope=day&day=x", "day=9999-99-99", "document=x", "role=x"),
        *("page=0", "page=99999", "page=x", "page=-1", "find=x", "kind=\0", "changed_since=x"),
        *("language=x", "phase=x", "category=%00", "position='", "find=roles&page=7"),
    ],
)
def test_whatever_it_is_narrowed_by_there_is_a_page(client, text, rest):
    assert "「体制」の" in heading(page(client, f"/search/?q=体制&{rest}"))


def test_a_day_to_come_is_refused_in_words(client, text):
    assert "今日までの日を入れてください。" in page(
        client, "/search/?q=体制&scope=day&day=2999-01-01"
    )


@pytest.mark.parametrize("scope", ["", "&scope=in_force", "&scope=day"])
def test_a_day_says_by_itself_that_its_editions_are_meant(client, guideline, scope):
    html = page(client, f"/search/?q=政府全体管理&day=2019-04-01{scope}")

    assert heading(html) == "「政府全体管理」の節 1件"
    assert "指定する日: 2019-04-01" in html
    assert '<option value="day" selected>' in html


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("scope=day", "指定する日: 日を入れてください。"),
        ("scope=all&day=2019-04-01", "指定する日: 過去の版も含めて探すときは"),
        ("day=x", "指定する日: 日付は2024-04-01のように"),
        ("changed_since=x", "この日より後に変わったもの: 日付は2024-04-01のように"),
    ],
)
def test_what_could_not_be_followed_is_said_beside_what_was_found(client, guideline, rest, said):
    html = page(client, f"/search/?q=体制&{rest}")

    assert f'<p class="notice past">{said}' in html
    assert "どの版から: 指定した日" not in html


def test_a_document_is_also_searched_by_its_former_code(client, text):
    html = page(client, "/search/?q=体制&document=1001")

    assert heading(html) == "「体制」の節 1件"
    assert "文書: DS-100 標準</a>" in html


def test_what_a_query_names_is_enough(client, text):
    html = page(client, "/search/?q=DS-100 別紙2 ")

    assert (heading(html), meant(html)[0][:3]) == ("「DS-100 別紙2」が指すもの", "別紙2")
    assert 'class="nothing"' not in html
    assert "もしかして" not in html


@pytest.mark.parametrize("code", ["DS-100", "ds 100", "ＤＳ１００", "1001"])
@pytest.mark.parametrize("words", ["{} 体制", "体制 {}"])
def test_words_beside_a_code_can_be_looked_for_in_its_document(client, text, code, words):
    html = page(client, f"/search/?q={words.format(code)}")

    assert meant(html)[-1] == "DS-100の中で「体制」を探す"
    assert 'document=DS-100">DS-100の中で「体制」を探す</a> <small>1件' in html
    assert 'class="nothing"' in html


@pytest.mark.parametrize("code", ["DS-100", "ds 100", "ＤＳ１００", "DS–100"])
def test_a_code_finds_the_same_however_it_is_typed(client, text, by, code):
    tree = factories.node("", "", factories.node("1. 題", "DS-100と、DSと100。"))
    factories.published(factories.guideline("DS-900"), tree=tree, by=by)
    html = page(client, f"/search/?q={code}")

    # The cover of the document itself, and the section that names it.
    assert re.search(r"\d+件", heading(html))[0] == "2件"
    assert "<mark>DS-100</mark>と、DSと100。" in html


def test_what_is_only_not_wanted_asks_for_a_word(client, text):
    html = page(client, "/search/?q=-体制")

    assert titles(html) == []
    assert "探す言葉も入れてください。" in html


def test_another_spelling_that_finds_the_same_is_not_proposed(client, by):
    tree = factories.node("", "", factories.node("1. 題", "インタフェースを定める。"))
    factories.published(factories.guideline("DS-100"), tree=tree, by=by)
    html = page(client, "/search/?q=インターフェース")

    assert heading(html) == "「インターフェース」の節 1件"
    assert "もしかして" not in html


def test_a_document_that_there_is_not_is_said(client, text):
    html = page(client, "/search/?q=体制&document=DS-999")

    assert (heading(html), "文書: この番号の文書はありません。" in html) == (
        "「体制」の節 1件",
        True,
    )


def test_a_further_page_is_no_other_search(client, text):
    page(client, "/search/?q=体制&page=2")

    assert not QueryCount.objects.exists()


def test_the_search_of_a_dated_page_keeps_its_day(client, guideline):
    html = page(client, "/on/2019-04-01/guidelines/DS-100/")

    header = re.search(r'<header class="site">.*?</form>', html, re.DOTALL)[0]
    assert '<input type="hidden" name="day" value="2019-04-01">' in header
    assert (
        'name="day"'
        not in re.search(
            r'<header class="site">.*?</form>', page(client, "/guidelines/DS-100/"), re.DOTALL
        )[0]
    )


def test_a_number_that_many_have_says_of_each_where_it_is(client, text):
    html = page(client, "/search/?q=第2章")

    found = re.search(r'<ul class="meant".*?</ul>', html, re.DOTALL)[0]
    assert len(meant(html)) == 2
    assert re.findall(r"<span>(第.編)", found) == ["第1編", "第2編"]


def test_what_only_the_other_language_has_is_offered(client, guideline):
    day = "day=2019-04-01"
    japanese = page(client, f"/search/?q=Organisation&{day}")
    english = page(client, f"/en/search/?q=Organisation zzz&{day}")

    assert "英訳の本文を探す</a>" in japanese
    assert "Search the Japanese texts" not in english


def test_the_page_without_words_only_asks(client, db):
    html = page(client, "/search/")

    assert 'id="found"' not in html
    assert "探し方" in html
    assert QueryCount.objects.count() == 0


def test_a_search_is_counted_with_whether_it_found_something(client, text):
    page(client, "/search/?q=体制")
    page(client, "/search/?q=ぞうさん")

    rows = QueryCount.objects.order_by("pk").values_list("query", "day", "count", "none")
    today = timezone.localdate()
    assert list(rows) == [("体制", today, 1, 0), ("ぞうさん", today, 1, 1)]


def test_an_address_keeps_all_that_is_asked():
    asked = Asked({"q": "要件", "role": "pmo", "kind": "", "page": "3"}, on=TODAY)

    assert asked.page == 3
    assert asked.address(find="roles") == "/search/?q=%E8%A6%81%E4%BB%B6&role=pmo&find=roles"
    assert asked.unnarrowed() == "/search/?q=%E8%A6%81%E4%BB%B6"


def test_a_text_offers_to_search_in_it(client, guideline):
    now = page(client, "/guidelines/DS-100/1/")
    then = page(client, "/guidelines/DS-100/2018-03-30/1/")

    assert '<input type="hidden" name="document" value="DS-100">' in now
    assert 'name="scope" value="day"' not in now
    assert '<input type="hidden" name="day" value="2018-03-30">' in then


@pytest.mark.parametrize("sections", [3, 40])
def test_a_search_asks_as_much_whatever_it_finds(
    client, by, django_assert_max_num_queries, sections
):
    factories.published(factories.guideline("DS-200"), tree=factories.wide_text(sections), by=by)
    page(client, "/search/?q=節")

    with django_assert_max_num_queries(32):
        page(client, "/search/?q=節")
