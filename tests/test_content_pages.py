"""The content pages: what the portal says of itself, in both languages."""

import json
from datetime import date

import pytest
from django.template.loader import get_template

from guidelines import drafting, publishing
from portal import pages
from portal.accessibility import REPORT, last_report
from portal.pages import PAGES
from tests import factories
from tests.browsing import page

LANGUAGES = {"ja": "", "en": "/en"}
ADDRESSES = [f"/{one.address}" for one in PAGES.values()]


@pytest.mark.parametrize("slug", PAGES)
def test_every_page_has_its_text_in_both_languages(slug):
    texts = PAGES[slug].texts

    assert texts == {language: f"portal/pages/{slug}.{language}.html" for language in LANGUAGES}
    assert [bool(get_template(name)) for name in texts.values()] == [True, True]


@pytest.mark.parametrize("path", [*ADDRESSES, "/sitemap/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_valid_html_in_both_languages(client, guideline, path, language):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")

    html = page(client, LANGUAGES[language] + path)

    html5lib.HTMLParser(strict=True).parse(html)
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_before_anything_is_published(client, db, path, language):
    assert "<h1>" in page(client, LANGUAGES[language] + path)


@pytest.mark.parametrize("path", ADDRESSES)
def test_language_switch_stays_on_the_page(client, db, path):
    assert f'href="/en{path}" lang="en"' in page(client, path)
    assert f'href="{path}" lang="ja"' in page(client, f"/en{path}")


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/about/", 1),
        ("/about/process/", 0),
        ("/about/citing/", 3),
        ("/about/accessibility/", 0),
        ("/about/terms/", 1),
        ("/about/developers/", 3),
    ],
)
def test_content_pages_cost_the_same_however_many_editions_there_are(
    client, guideline, by, django_assert_num_queries, path, queries
):
    # The contents of an edition are read once and kept.
    client.get(path)

    with django_assert_num_queries(queries):
        client.get(path)
    for number in range(29):
        factories.published(factories.guideline(f"DS-9{number:02}"), by=by)
    with django_assert_num_queries(queries):
        client.get(path)


def test_pages_say_plainly_that_it_is_a_demonstration_when_it_is(client, by):
    for path in ("/about/", "/about/terms/"):
        assert "このサイトは実演です。" not in page(client, path)
    factories.published(demonstration=True, by=by)

    for path in ("/about/", "/about/terms/"):
        assert "このサイトは実演です。" in page(client, path)
        assert "This site is a demonstration." in page(client, f"/en{path}")


def test_process_tells_what_is_unconfirmed_and_leads_to_the_records(client, db):
    html = page(client, "/about/process/")

    assert html.count("<strong>未確認</strong>") == 3
    for path in ("/bodies/", "/proposals/", "/decisions/", "/briefings/"):
        assert f'href="{path}"' in html.split("<main")[1].split("</main>")[0]


def test_citing_shows_real_citations_in_every_form(client, guideline):
    html = page(client, "/about/citing/")

    assert (
        "「標準ガイドライン」（DS-100、2020年（令和2年）3月31日CIO連絡会議決定）第2編第2章2.1)"
        in html
    )
    assert "Standard Guideline (DS-100, decided by the CIO Council on 30 March 2018;" in html
    assert "@techreport{DS-100:2020-03-31," in html
    assert "url = {https://portal.example.go.jp/guidelines/DS-100/2020-03-31/}" in html


def test_addresses_shown_for_citing_lead_to_the_section(client, guideline):
    facts = pages.example(date(2026, 1, 1))["official"]
    html = page(client, "/about/citing/")
    root = "https://portal.example.go.jp"
    shown = [
        f"/guidelines/DS-100/2020-03-31/{facts['entry'].address}/",
        f"/on/2020-04-01/guidelines/DS-100/{facts['entry'].address}/",
    ]

    for path in shown:
        assert f"<code>{root}{path}</code>" in html
        assert facts["entry"].title in page(client, path)
    assert f"<code>{root}/s/{facts['entry'].key}/</code>" in html
    assert client.get(f"/s/{facts['entry'].key}/")["Location"] == (
        f"/guidelines/DS-100/{facts['entry'].address}/"
    )


def test_english_citing_page_shows_english_addresses(client, guideline):
    html = page(client, "/en/about/citing/")

    assert "<code>https://portal.example.go.jp/en/guidelines/DS-100/2020-03-31/" in html


def test_citing_leaves_a_draft_and_what_is_to_come_out(client, guideline, by):
    draft = drafting.open_draft(guideline, by=by, title="秘密の改題")
    publishing.submit(draft, by=by)
    decision = factories.decision("2020-06-30")
    publishing.publish({draft: date(2999, 1, 1)}, decision=decision, by=by)

    assert "秘密の改題" not in page(client, "/about/citing/")


def test_files_named_for_developers_are_there(client, guideline):
    html = page(client, "/about/developers/")

    for path in ("text.md", "text.json"):
        assert f'href="/guidelines/DS-100/2020-03-31/{path}"' in html
        assert client.get(f"/guidelines/DS-100/2020-03-31/{path}").status_code == 200


def test_seal_is_verified_by_the_lines_shown_to_developers(
    client, guideline, tmp_path, monkeypatch, capsys
):
    from html import unescape

    html = page(client, "/about/developers/")
    program = unescape(html.split("<pre")[1].split("<code>")[1].split("</code>")[0])
    proof = client.get("/guidelines/DS-100/2020-03-31/text.json").content
    (tmp_path / "text.json").write_bytes(proof)
    monkeypatch.chdir(tmp_path)

    exec(program, {})

    assert capsys.readouterr().out.startswith("as sealed\n")


def test_accessibility_statement_says_what_the_last_run_found(client, db, monkeypatch):
    report = {
        "tested_on": date(2026, 11, 1),
        "engine": "axe-core 9.9",
        "rules": "WCAG 2.2 A/AA",
        "page_types": [{"name": "ホーム", "address": "/"}, {"name": "役割", "address": "/roles/"}],
        "languages": ["ja", "en"],
        "widths": [390, 1280],
        "schemes": ["light", "dark"],
        "views": 16,
        "violations": 2,
        "known": [{"ja": "図は読み上げられません。", "en": "Drawings are not read out."}],
    }
    monkeypatch.setattr(pages, "last_report", lambda: report)

    html = page(client, "/about/accessibility/")
    english = page(client, "/en/about/accessibility/")

    for said in ("2026年（令和8年）11月1日", "axe-core 9.9", "2種類のページ、16通りの表示"):
        assert said in html
    assert "違反は2件です。" in html
    assert "図は読み上げられません。" in html
    assert "2 types of page, 16 views" in english
    assert "2 violations." in english
    assert "Drawings are not read out." in english
    assert 'href="/en/roles/"' in english


def test_accessibility_statement_without_a_run_claims_nothing(client, db, monkeypatch):
    monkeypatch.setattr(pages, "last_report", lambda: None)

    html = page(client, "/about/accessibility/")

    assert "試験の結果は、まだ記録されていません。" in html
    assert "違反は見つかりませんでした。" not in html


@pytest.mark.gate
def test_report_of_the_last_run_has_all_that_the_statement_names():
    kept = json.loads(REPORT.read_text(encoding="utf-8"))

    assert {
        *("tested_on", "engine", "rules", "page_types", "languages", "widths"),
        *("schemes", "views", "violations", "known"),
    } <= kept.keys()
    assert last_report()["tested_on"].isoformat() == kept["tested_on"]


def test_missing_report_is_none(tmp_path):
    assert last_report(tmp_path / "none.json") is None


def test_contact_is_shown_where_readers_need_it(client, db, settings):
    assert "連絡先は、まだ設けられていません。" in page(client, "/about/accessibility/")
    settings.CONTACT = "mailto:desk@example.go.jp"

    for path in ("/about/accessibility/", "/about/terms/"):
        assert 'href="mailto:desk@example.go.jp"' in page(client, path)
        assert 'href="mailto:desk@example.go.jp"' in page(client, f"/en{path}")


@pytest.mark.parametrize("path", ["/", "/about/terms/", "/guidelines/DS-100/2.2/", "/news/"])
def test_readers_are_sent_no_cookies_as_the_terms_say(client, guideline, path):
    assert client.get(path).cookies == {}
    assert "クッキーを送りません" in page(client, "/about/terms/")
