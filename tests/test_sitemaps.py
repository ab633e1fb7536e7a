"""The site maps: for people, every section of the site; for machines, every page worth finding."""

from datetime import date
from xml.etree import ElementTree

import pytest

from guidelines import drafting
from portal import announcing, sitemaps
from portal.pages import PAGES
from tests import factories, governing
from tests.browsing import page

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "https://portal.example.go.jp"


def locations(content):
    """The addresses that a sitemap names."""
    return [
        one.text.removeprefix(HOST) for one in ElementTree.fromstring(content).iter(f"{SITEMAP}loc")
    ]


def test_page_names_every_section_and_document(client, guideline):
    factories.guideline("DS-110", title="解説書")

    html = page(client, "/sitemap/").split("<main")[1].split("</main>")[0]

    for address in ("/roles/", "/pmo/matrix/", "/proposals/", "/news/", "/guidelines/map/"):
        assert f'href="{address}"' in html
    for one in PAGES.values():
        assert f'href="/{one.address}"' in html
    assert html.index('href="/guidelines/DS-100/"') < html.index('href="/guidelines/DS-110/"')


@pytest.mark.parametrize("documents", [1, 30])
def test_page_costs_the_same_at_one_and_thirty_documents(
    client, db, django_assert_num_queries, documents
):
    for number in range(documents):
        factories.guideline(f"DS-9{number:02}")

    with django_assert_num_queries(1):
        client.get("/sitemap/")


def test_sitemap_names_each_page_in_both_languages_with_the_other(client, guideline):
    content = client.get("/sitemap.xml").content
    urls = {
        url.find(f"{SITEMAP}loc").text: url
        for url in ElementTree.fromstring(content).iter(f"{SITEMAP}url")
    }

    section = urls[f"{HOST}/en/guidelines/DS-100/2.2/"]
    assert section.find(f"{SITEMAP}lastmod").text == "2020-04-01"
    assert {link.get("hreflang"): link.get("href") for link in section.iter(f"{XHTML}link")} == {
        "ja": f"{HOST}/guidelines/DS-100/2.2/",
        "en": f"{HOST}/en/guidelines/DS-100/2.2/",
    }
    assert f"{HOST}/guidelines/DS-100/2.2.1/" not in urls
    assert f"{HOST}/guidelines/DS-100/2018-03-30/" in urls


def test_sitemap_leaves_drafts_out(client, by):
    draft = factories.draft(factories.guideline("DS-333"), by=by)
    drafting.add_section(draft.sections.get(parent=None), number="別紙9", title="秘密", by=by)

    named = locations(client.get("/sitemap.xml").content)

    assert [path for path in named if "DS-333" in path] == [
        "/guidelines/DS-333/",
        "/en/guidelines/DS-333/",
    ]


def test_sitemap_names_the_news_of_today_and_no_other(client, by):
    facts = {"title": "知らせ", "body": "本文である。", "by": by}
    today, later, gone = (
        announcing.announce(published_on=on, **facts)
        for on in (date(2026, 1, 15), date(2999, 1, 1), date(2026, 1, 15))
    )
    announcing.withdraw_news(gone, on=date(2026, 2, 1), by=by)

    named = locations(client.get("/sitemap.xml").content)

    assert [f"/news/{news.pk}/" in named for news in (today, later, gone)] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 30])
def test_sitemap_costs_the_same_at_one_and_thirty(client, by, django_assert_num_queries, rows):
    for number in range(rows):
        factories.published(factories.guideline(f"DS-9{number:02}"), by=by)
        governing.ministry()
        governing.function()
        governing.body(f"body-{number}")
        governing.briefing()

    with django_assert_num_queries(16):
        client.get("/sitemap.xml")


def test_large_sitemap_is_divided_into_files(client, guideline, monkeypatch):
    whole = locations(client.get("/sitemap.xml").content)
    monkeypatch.setattr(sitemaps, "PAGES_PER_FILE", 10)

    index = locations(client.get("/sitemap.xml").content)
    parts = [locations(client.get(path).content) for path in index]

    assert index[:2] == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert {len(part) for part in parts[:-1]} == {20}
    assert sorted(path for part in parts for path in part) == sorted(whole)
    page(client, f"/sitemap-{len(index) + 1}.xml", status=404)
    page(client, "/sitemap-0.xml", status=404)


def test_robots_are_shown_the_sitemap(client):
    assert f"Sitemap: {HOST}/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_places_of_a_day_leave_out_what_is_to_come(guideline):
    paths = {place.path for place in sitemaps.places(date(2019, 1, 1))}

    assert "guidelines/DS-100/2.2.1/" in paths
    assert f"decisions/{guideline.editions.get(serial=3).decision_id}/" not in paths
