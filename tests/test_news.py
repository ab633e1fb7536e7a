"""The news: announced, changed and withdrawn by acts; read on pages and in feeds."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from governance.refusals import Refusal
from portal import announcing
from portal.models import News
from tests import factories
from tests.browsing import page

ATOM = "{http://www.w3.org/2005/Atom}"


def announce(title="知らせ", *, on="2026-01-15", **facts):
    """An item of the news."""
    facts = {"title": title, "body": "本文である。", "published_on": date.fromisoformat(on)} | facts
    return announcing.announce(by=None, **facts)


def entries(client, path):
    """The entries of a feed."""
    return ElementTree.fromstring(client.get(path).content).findall(f"{ATOM}entry")


@pytest.fixture
def staff(client, db):
    """A client signed in as someone who may do everything."""
    person = factories.person(is_staff=True, is_superuser=True)
    client.force_login(person)
    client.person = person
    return client


def admin_url(page, *args):
    with translation.override("ja"):
        return reverse(f"admin:portal_news_{page}", args=args)


# --- Acts ---------------------------------------------------------------------------------------


def test_body_becomes_harmless_html_below_the_title(db):
    news = announce(body="# 見出し\n\n<script>x</script>[一覧](/guidelines/)", body_en="#### Small")

    assert "<h2>見出し</h2>" in news.html
    assert "script" not in news.html
    assert 'href="/guidelines/"' in news.html
    assert news.html_en == "<h2>Small</h2>"


def test_item_without_a_title_or_a_body_is_refused(db):
    with pytest.raises(Refusal, match="件名"):
        announce("")
    with pytest.raises(Refusal, match="本文"):
        announce(body="")


def test_body_beyond_the_limit_is_refused(db):
    with pytest.raises(Refusal, match="本文が長すぎます。100000字以内"):
        announce(body="あ" * 100_001)


def test_change_is_dated_once_the_item_was_public(by):
    news = announce(on="2026-01-15")

    changed = announcing.change_news(news, on=date(2026, 1, 20), body="改めた。", by=by)

    assert (changed.html, changed.changed_on) == ("<p>改めた。</p>", date(2026, 1, 20))
    assert [row.history_user for row in news.history.all()] == [by, None]


def test_change_before_its_day_leaves_no_date(by):
    news = announce(on="2026-01-15")

    changed = announcing.change_news(news, on=date(2026, 1, 10), title="別の件名", by=by)

    assert (changed.title, changed.changed_on) == ("別の件名", None)


def test_withdrawn_item_is_neither_changed_nor_withdrawn_again(by):
    news = announcing.withdraw_news(announce(), on=date(2026, 2, 1), by=by)

    with pytest.raises(Refusal, match="取り下げられています"):
        announcing.change_news(news, on=date(2026, 2, 2), title="別", by=by)
    with pytest.raises(Refusal, match="取り下げられています"):
        announcing.withdraw_news(news, on=date(2026, 2, 2), by=by)


def test_day_of_change_before_publication_is_refused_by_the_table(db):
    news = announce(on="2026-01-15")

    with pytest.raises(Exception, match="news_is_changed_after_it_was_published"):
        News.objects.filter(pk=news.pk).update(changed_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("on", "announced", "current"),
    [
        ("2026-01-14", 0, 0),
        ("2026-01-15", 1, 1),
        ("2026-01-31", 1, 1),
        ("2026-02-01", 1, 0),
    ],
)
def test_item_is_shown_from_its_day_until_it_is_withdrawn(by, on, announced, current):
    announcing.withdraw_news(announce(on="2026-01-15"), on=date(2026, 2, 1), by=by)
    day = date.fromisoformat(on)

    assert News.objects.announced(day).count() == announced
    assert News.objects.current(day).count() == current


# --- Pages --------------------------------------------------------------------------------------


def test_news_stands_by_year_the_latest_first(client, db):
    for title, on in (("古い", "2024-05-01"), ("新しい", "2026-01-15"), ("中ほど", "2026-01-02")):
        announce(title, on=on)

    html = page(client, "/news/")

    order = ["2026年</h2>", "新しい", "中ほど", "2024年</h2>", "古い"]
    assert sorted(order, key=html.index) == order
    assert 'type="application/atom+xml" href="/feeds/news/"' in html


def test_item_whose_day_is_to_come_is_nowhere(client, db):
    tomorrow = timezone.localdate() + timedelta(days=1)
    news = announce("明日のこと", on=tomorrow.isoformat())
    announce("今日のこと", on=timezone.localdate().isoformat())

    assert "今日のこと" in page(client, "/news/")
    assert "明日のこと" not in page(client, "/news/")
    page(client, f"/news/{news.pk}/", status=404)
    assert [one.find(f"{ATOM}title").text for one in entries(client, "/feeds/news/")] == [
        "今日のこと"
    ]


def test_withdrawn_item_says_so_under_its_address(client, by):
    news = announcing.withdraw_news(announce("誤り", body="誤った内容"), on=date(2026, 2, 1), by=by)

    html = page(client, f"/news/{news.pk}/", status=410)

    assert "2026年（令和8年）2月1日に取り下げられました" in html
    assert "誤った内容" not in html
    assert "誤り" not in page(client, "/news/")
    assert entries(client, "/feeds/news/") == []


def test_item_shows_what_it_is_about(client, guideline):
    decision = guideline.editions.get(serial=1).decision
    news = announce(guideline=guideline, decision=decision, demonstration=True)

    html = page(client, f"/news/{news.pk}/")

    assert 'href="/guidelines/DS-100/"' in html.split("<main")[1].split("</main>")[0]
    assert f'href="/decisions/{decision.pk}/"' in html
    assert "実演用の文章です。" in html


def test_english_reader_gets_english_or_japanese_marked_as_such(client, db):
    both = announce("和文", title_en="In English", body_en="The text.")
    one = announce("和文だけ")

    html = page(client, f"/en/news/{both.pk}/")
    assert '<div class="text" lang="en"><p>The text.</p></div>' in html
    html = page(client, f"/en/news/{one.pk}/")
    assert '<div class="text" lang="ja"><p>本文である。</p></div>' in html
    assert '<span lang="ja">和文だけ</span>' in html


def test_twenty_items_stand_on_a_page_and_the_rest_on_further_ones(client, db):
    for number in range(45):
        announce(f"件名{number:02}。", on=(date(2025, 1, 1) + timedelta(days=number)).isoformat())

    first, last = page(client, "/news/"), page(client, "/news/?page=3")

    assert (first.count("件名"), last.count("件名")) == (20, 5)
    assert '<a href="?page=2" rel="next">次のページ</a>' in first
    assert 'rel="prev"' not in first
    assert '<a href="?page=2" rel="prev">前のページ</a>' in last
    assert '<a href="?page=3" aria-current="page">' in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize(("asked", "shown"), [("0", "件名00"), ("999", "件名00"), ("x", "件名44")])
def test_page_that_is_not_there_shows_the_nearest(client, db, asked, shown):
    for number in range(45):
        announce(f"件名{number:02}。", on=(date(2025, 1, 1) + timedelta(days=number)).isoformat())

    assert shown in page(client, f"/news/?page={asked}")


def test_one_page_of_news_has_no_pagination(client, db):
    announce()

    assert 'class="pagination"' not in page(client, "/news/")


@pytest.mark.parametrize("items", [1, 30])
def test_pages_of_news_cost_the_same_at_one_and_thirty(
    client, guideline, django_assert_num_queries, items
):
    decision = guideline.editions.get(serial=1).decision
    for _number in range(items):
        news = announce(guideline=guideline, decision=decision)

    for path, queries in (
        ("/news/", 2),
        (f"/news/{news.pk}/", 1),
        ("/feeds/news/", 1),
        ("/feeds/editions/", 1),
    ):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_of_news_are_valid_html(client, by, language):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")
    for _number in range(21):
        news = announce(body="## 見出し\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    gone = announcing.withdraw_news(announce(), on=date(2026, 2, 1), by=by)

    for path, status in (("/news/", 200), (f"/news/{news.pk}/", 200), (f"/news/{gone.pk}/", 410)):
        html5lib.HTMLParser(strict=True).parse(page(client, language + path, status=status))


# --- Feeds --------------------------------------------------------------------------------------


def test_feed_of_news_has_lasting_names_and_whole_addresses(client, db):
    news = announce(body="[一覧](/guidelines/)")
    announcing.change_news(news, on=date(2026, 1, 20), title="改めた件名", by=None)

    response = client.get("/feeds/news/")
    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.findall(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.find(f"{ATOM}id").text == "tag:portal.example.go.jp,2026-01-01:news:ja"
    assert entry.find(f"{ATOM}id").text == f"tag:portal.example.go.jp,2026-01-01:news/{news.pk}"
    assert entry.find(f"{ATOM}title").text == "改めた件名"
    assert entry.find(f"{ATOM}published").text == "2026-01-15T00:00:00+09:00"
    assert entry.find(f"{ATOM}updated").text == "2026-01-20T00:00:00+09:00"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/news/{news.pk}/"
    assert 'href="https://portal.example.go.jp/guidelines/"' in entry.find(f"{ATOM}summary").text


def test_feed_of_news_in_english_is_in_english(client, db):
    announce(title_en="In English", body_en="The text.", demonstration=True)

    feed = ElementTree.fromstring(client.get("/en/feeds/news/").content)

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert feed.find(f"{ATOM}id").text == "tag:portal.example.go.jp,2026-01-01:news:en"
    assert feed.find(f"{ATOM}entry/{ATOM}title").text == "In English (demonstration)"
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href").startswith("http://testserver/en/news/")


def test_feed_of_editions_names_what_was_published_the_latest_first(client, guideline):
    found = entries(client, "/feeds/editions/")

    assert [entry.find(f"{ATOM}id").text.partition(":editions/")[2] for entry in found] == [
        "DS-100/2020-03-31/ja",
        "DS-100/2018-03-30/en",
        "DS-100/2018-03-30/ja",
    ]
    assert [entry.find(f"{ATOM}link").get("href") for entry in found] == [
        "http://testserver/guidelines/DS-100/2020-03-31/",
        "http://testserver/en/guidelines/DS-100/2018-03-30/",
        "http://testserver/guidelines/DS-100/2018-03-30/",
    ]
    assert "2020年（令和2年）4月1日に施行される版です。" in found[0].find(f"{ATOM}summary").text
    assert "英語の仮訳です。" in found[1].find(f"{ATOM}summary").text


def test_feed_of_editions_leaves_drafts_out(client, by):
    factories.draft(factories.guideline("DS-333"), by=by)
    factories.published(factories.guideline("DS-444"), by=by)

    names = [entry.find(f"{ATOM}id").text for entry in entries(client, "/en/feeds/editions/")]

    assert names == ["tag:portal.example.go.jp,2026-01-01:editions/DS-444/2018-03-30/ja"]


# --- Admin --------------------------------------------------------------------------------------


def test_news_is_announced_changed_and_withdrawn_in_the_admin(staff):
    facts = {"title": "知らせ", "body": "本文である。", "published_on": "2026-01-15"}
    staff.post(admin_url("add"), facts)
    news = News.objects.get()
    staff.post(admin_url("change", news.pk), facts | {"title": "改めた知らせ"})
    withdrawal = {"action": "withdraw", "_selected_action": [news.pk]}
    asked = staff.post(admin_url("changelist"), withdrawal).content.decode()
    staff.post(admin_url("changelist"), withdrawal | {"confirmed": "1", "on": "2026-02-01"})

    news.refresh_from_db()
    assert "元には戻せません。" in asked
    assert (news.title, news.changed_on) == ("改めた知らせ", timezone.localdate())
    assert news.withdrawn_on == date(2026, 2, 1)
    assert {row.history_user for row in news.history.all()} == {staff.person}


def test_admin_shows_a_refusal_beside_the_form(staff):
    response = staff.post(
        admin_url("add"),
        {"title": "知らせ", "body": "あ" * 100_001, "published_on": "2026-01-15"},
    )

    assert response.status_code == 422
    assert "本文が長すぎます。" in response.content.decode()
    assert News.objects.count() == 0


def test_withdrawn_news_is_only_looked_at(staff):
    news = announcing.withdraw_news(announce("誤り"), on=date(2026, 2, 1), by=staff.person)

    html = page(staff, admin_url("change", news.pk))

    assert "誤り" in html
    assert 'name="_save"' not in html
    assert staff.post(admin_url("delete", news.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", ["changelist", "add"])
def test_list_and_form_open_in_both_languages(staff, language, name):
    announce()

    assert "</form>" in page(staff, language + admin_url(name))


def test_history_of_an_item_tells_what_was_changed(staff):
    news = announce("初めの件名")
    announcing.change_news(news, on=date(2026, 1, 20), title="後の件名", by=staff.person)

    html = page(staff, admin_url("history", news.pk))

    assert "<del>初めの件名</del> → <ins>後の件名</ins>" in html
