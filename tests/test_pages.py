"""The pages: what a reader is shown, at every address, in both languages."""

from datetime import date

import pytest

from guidelines import cataloguing, drafting, publishing
from tests import factories
from tests.browsing import page


def test_section_shows_the_edition_in_force_and_what_is_below(client, guideline):
    html = page(client, "/guidelines/DS-100/2.2/")

    assert "体制を改めた。" in html
    assert "府省は、自らの管理を行わなければならない。" in html
    assert '<span class="badge in-force">現行</span>' in html
    assert "過去の版です。" not in html
    assert (
        "「標準ガイドライン」（DS-100、2020年（令和2年）3月31日CIO連絡会議決定）第2編第2章" in html
    )


def test_past_section_that_is_gone_leads_to_its_fate(client, guideline):
    html = page(client, "/guidelines/DS-100/2018-03-30/2.2.1/")

    key = guideline.editions.get(serial=1).sections.get(title="政府全体管理").key
    assert f'<a href="/s/{key}/">この節の行方</a>' in html


def test_links_in_the_text_stay_in_the_edition_one_reads(client, guideline):
    assert 'href="/guidelines/DS-100/1.annex-2/"' in page(client, "/guidelines/DS-100/1.2/")
    assert 'href="/guidelines/DS-100/2018-03-30/annex-2/"' in page(
        client, "/guidelines/DS-100/2018-03-30/1.2/"
    )
    assert 'href="/on/2019-04-01/guidelines/DS-100/annex-2/"' in page(
        client, "/on/2019-04-01/guidelines/DS-100/1.2/"
    )


def test_permanent_address_of_a_section_that_is_gone_says_when(client, guideline):
    key = guideline.editions.get(serial=1).sections.get(title="政府全体管理").key

    html = page(client, f"/s/{key}/", status=410)

    assert "2018年（平成30年）3月30日決定の版まで置かれていました" in html
    assert 'href="/guidelines/DS-100/2018-03-30/2.2.1/"' in html


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/guidelines/ds-100/", "/guidelines/DS-100/"),
        ("/guidelines/1001/2.2/", "/guidelines/DS-100/2.2/"),
        ("/en/guidelines/1001/history/", "/en/guidelines/DS-100/history/"),
        ("/guidelines/Ds-100/2018-03-30/all/?q=1", "/guidelines/DS-100/2018-03-30/all/?q=1"),
    ],
)
def test_codes_of_any_case_or_age_lead_to_the_present_one(client, guideline, asked, there):
    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, there)


def test_english_reader_gets_the_translation_where_there_is_one(client, guideline):
    html = page(client, "/en/guidelines/DS-100/2018-03-30/2.2/")

    assert '<article lang="en"' in html
    assert "The set-up." in html
    assert "provisional translation" in html


def test_english_reader_without_translation_gets_japanese_marked_as_such(client, guideline):
    html = page(client, "/en/guidelines/DS-100/2.2/")

    assert '<article lang="ja"' in html
    assert "体制を改めた。" in html
    assert 'href="/en/guidelines/DS-100/2018-03-30/"' in html


def test_language_switch_stays_on_the_section(client, guideline):
    assert 'href="/en/guidelines/DS-100/2018-03-30/2.2/"' in page(
        client, "/guidelines/DS-100/2018-03-30/2.2/"
    )


def test_whole_text_holds_every_section_once(client, guideline):
    html = page(client, "/guidelines/DS-100/all/")

    for section in guideline.editions.get(serial=3).sections.exclude(parent=None):
        assert html.count(f'id="s-{section.key}"') == 1
    assert "前文である。" in html


def test_history_lists_each_edition_with_its_standing(client, guideline):
    html = page(client, "/guidelines/DS-100/history/")

    assert html.count('<span class="badge past">過去の版</span>') == 2
    assert html.count('<span class="badge in-force">現行</span>') == 1


def test_withdrawn_guideline_stays_readable_and_leads_on(client, guideline, by):
    heir = factories.guideline("DS-999", title="後継")
    cataloguing.withdraw_guideline(guideline, on=date(2021, 1, 1), replaced_by=heir, by=by)

    html = page(client, "/guidelines/DS-100/2.2/")

    assert "廃止された文書です。" in html
    assert 'href="/guidelines/DS-999/"' in html
    assert "体制を改めた。" in html
    assert "廃止された文書です。" not in page(client, "/on/2020-12-31/guidelines/DS-100/2.2/")


def test_demonstration_text_says_so_on_every_page(client, by):
    edition = factories.published(factories.guideline("DS-777"), demonstration=True, by=by)

    for path in ("", "2.2/", "all/", "2018-03-30/", "2018-03-30/2.2/", "history/"):
        assert "実演用の文章です。" in page(client, f"/guidelines/DS-777/{path}")
    assert edition.demonstration


def test_catalogue_entry_without_text_says_so(client, db):
    factories.guideline("DS-555", unconfirmed="位置付けは未確認です。")

    html = page(client, "/guidelines/DS-555/")

    assert "まだこのポータルに収められていません" in html
    assert "位置付けは未確認です。" in html


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/guidelines/DS-100/2.2.1/", "/guidelines/DS-100/2018-03-30/2.2.1/"),
        ("/guidelines/DS-100/2.2.9/", "/guidelines/DS-100/2.2/"),
        ("/guidelines/DS-100/2018-03-30/2.2.9/", "/guidelines/DS-100/2018-03-30/2.2/"),
        ("/guidelines/DS-100/2017-01-01/", "/guidelines/DS-100/2018-03-30/"),
        ("/guidelines/DS-101/", "/guidelines/DS-100/"),
        ("/on/1999-01-01/guidelines/DS-100/2.2/", "/guidelines/DS-100/"),
        ("/nowhere/", "/guidelines/"),
        ("/guidelines/DS-100%00/2.2/", "/guidelines/"),
        ("/guidelines/DS-100/2.2%00/", "/guidelines/"),
    ],
)
def test_not_found_page_says_what_is_near(client, guideline, path, near):
    html = page(client, path, status=404)

    assert "ページが見つかりません" in html
    assert f'href="{near}"' in html


def test_absurdly_long_address_costs_no_more_than_any_other(
    client, guideline, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get("/guidelines/DS-100/" + "1." * 45 + "1/")
    with django_assert_max_num_queries(8):
        client.get("/guidelines/DS-100/" + "1." * 30_000 + "1/")


def test_section_gone_from_the_edition_in_force_is_not_said_to_be_there(client, guideline):
    html = page(client, "/guidelines/DS-100/2.2.1/", status=404)

    assert "同じ節の現在の場所" not in html
    assert "/s/" not in html


def test_language_switch_of_a_page_not_found_leads_home(client, db):
    html = page(client, "/nowhere/", status=404)

    assert 'href="/en/" lang="en"' in html


def test_not_found_page_does_not_leak_a_draft(client, guideline, by):
    draft = drafting.open_draft(guideline, by=by)
    drafting.add_section(draft.sections.get(parent=None), number="別紙9", title="秘密", by=by)

    html = page(client, "/guidelines/DS-100/annex-9/", status=404)

    assert "秘密" not in html


def test_draft_is_nowhere_to_be_read(client, by):
    draft = factories.draft(factories.guideline("DS-333"), by=by)
    key = draft.sections.get(number="別紙2").key

    assert "経費を区分する。" not in page(client, "/guidelines/DS-333/")
    page(client, f"/s/{key}/", status=404)
    page(client, "/guidelines/DS-333/all/", status=404)


def test_file_is_served_once_its_edition_is_published(
    client, by, django_capture_on_commit_callbacks
):
    draft = factories.draft(by=by)
    with django_capture_on_commit_callbacks(execute=True):
        picture = drafting.attach(
            draft, name="a.png", content=b"png", media_type="image/png", by=by
        )
    assert client.get(picture.get_absolute_url()).status_code == 404
    publishing.submit(draft, by=by)
    decision = factories.decision()
    publishing.publish({draft: decision.decided_on}, decision=decision, by=by)

    response = client.get(picture.get_absolute_url())

    assert (b"".join(response.streaming_content), response["Content-Type"]) == (b"png", "image/png")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("ending", ["md", "json"])
def test_downloads_of_a_decided_edition_may_be_kept_for_ever(client, guideline, ending):
    response = client.get(f"/guidelines/DS-100/2018-03-30/text.{ending}")

    assert response.status_code == 200
    assert "組織体制" in response.content.decode()
    assert "immutable" in response["Cache-Control"]
    assert f'filename="DS-100_2018-03-30_ja.{ending}"' in response["Content-Disposition"]


def test_unknown_download_is_not_found(client, guideline):
    page(client, "/guidelines/DS-100/2018-03-30/text.exe", status=404)


def test_set_lists_documents_by_category(client, guideline):
    factories.guideline("DS-110", title="解説書")

    html = page(client, "/guidelines/")

    assert html.index("DS-100") < html.index("DS-110")
    assert "2020年（令和2年）3月31日決定の版" in html
    assert "目録のみ" in html


def test_map_shows_relations_drawn_and_as_a_list(client, guideline, by):
    manual = factories.guideline("DS-110", title="解説書")
    cataloguing.relate(manual, "explains", guideline, by=by)
    factories.published(manual, day="2018-03-30", by=by)

    html = page(client, "/guidelines/map/")

    assert html.count('href="/guidelines/DS-110/"') == 2
    assert html.count("解説する") == 2
    then = page(client, "/on/2019-04-01/guidelines/map/")
    assert 'href="/on/2019-04-01/guidelines/DS-110/"' in then
    assert "DS-110" not in page(client, "/on/2017-01-01/guidelines/map/")


def test_decision_shows_what_it_adopted(client, guideline):
    decision = guideline.editions.get(serial=1).decision

    html = page(client, f"/decisions/{decision.pk}/")

    assert html.count("DS-100") == 4
    assert decision.title in page(client, "/decisions/")


def test_home_shows_the_shelves_in_their_order(client, guideline, by):
    first = cataloguing.add_category(slug="zero", name="最初の棚", position=0, by=by)
    cataloguing.describe_category(factories.category(), position=9, by=by)
    factories.guideline("DS-001", category=first)

    html = page(client, "/")

    assert html.index("最初の棚") < html.index("全般")


def test_home_leads_to_everything(client, guideline):
    html = page(client, "/")

    assert "全般" in html
    assert guideline.editions.get(serial=3).decision.title in html
    assert "この2年に変わったこと" in html
    assert page(client, "/on/2019-04-01/").count("2020年") == 0


PAGES = [
    "/",
    "/guidelines/",
    "/guidelines/map/",
    "/guidelines/DS-100/",
    "/guidelines/DS-100/2.2/",
    "/guidelines/DS-100/all/",
    "/guidelines/DS-100/history/",
    "/guidelines/DS-100/2018-03-30/",
    "/guidelines/DS-100/2018-03-30/2.2/",
    "/guidelines/DS-100/2018-03-30/all/",
    "/decisions/",
    "/guidelines/DS-404/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_valid_html_in_both_languages(client, guideline, path, language):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")

    content = client.get(language + path).content.decode()

    html5lib.HTMLParser(strict=True).parse(content)
    assert f'<html lang="{"en" if language else "ja"}">' in content


def test_every_page_forbids_inline_script_and_style(client, guideline):
    response = client.get("/guidelines/DS-100/2.2/")

    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert " style=" not in response.content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_refused_request_gets_a_page_that_says_so(client, settings, language, db):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = client.post(language + "/admin/login/", {"username": "a" * 100})

    said = "cannot be accepted" if language else "送られた内容を受け取れません"
    assert response.status_code == 400
    assert said in response.content.decode()


def test_machines_are_told_what_is_of_no_use_to_them(client):
    assert "Disallow: /admin/" in page(client, "/robots.txt")


def test_link_to_a_translation_leads_to_its_language(client, guideline):
    history = page(client, "/guidelines/DS-100/history/")

    assert 'href="/en/guidelines/DS-100/2018-03-30/" hreflang="en"' in history


def test_text_that_stands_in_for_a_translation_is_not_kept_for_ever(client, guideline):
    kept = client.get("/en/guidelines/DS-100/2018-03-30/text.json")["Cache-Control"]
    stands_in = client.get("/en/guidelines/DS-100/2020-03-31/text.json")["Cache-Control"]

    assert ("immutable" in kept, "immutable" in stands_in) == (True, False)
