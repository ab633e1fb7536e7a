"""Searching in a real browser: suggestions by keyboard, and the plain form without scripts."""

import pytest
from django.utils import timezone

from tests import factories
from tests.browsing import follow, in_a_browser
from tests.looking import accessibility

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    in_a_browser,
]


@pytest.fixture
def text():
    """A document in force today, with the headings 「要件定義」 and 「要件の変更」."""
    tree = factories.node(
        "",
        "",
        factories.node(
            "第1編 業務",
            "業務を知る。",
            factories.node("第1章 要件定義", "業務要件は、ＰＪＭＯが定める。"),
            factories.node("第2章 要件の変更", "変更は、記録する。"),
        ),
    )
    day = timezone.localdate().isoformat()
    return factories.published(factories.guideline("DS-900"), day=day, tree=tree)


@pytest.fixture
def box(text, live_server, seen):
    """The search box of the home page, in which somebody began to type."""
    seen.goto(live_server.url)
    box = seen.locator("#find-here")
    box.focus()
    seen.wait_for_selector("#find-here[role=combobox]")
    seen.keyboard.type("要件")
    seen.wait_for_selector("[role=option]")
    return box


def meant(page, box):
    """The text of the suggestion that the box points to; None while it points to none."""
    ident = box.get_attribute("aria-activedescendant")
    option = page.locator(f"#{ident}") if ident else None
    return option.inner_text().partition("\n")[0].strip() if option else None


def marked(page):
    """The words that are marked in the text."""
    return page.locator("article mark").all_inner_texts()


def test_a_suggestion_is_chosen_by_keyboard(seen, box, live_server):
    offered = seen.locator("[role=option]").count()
    assert box.get_attribute("aria-expanded") == "true"
    assert seen.locator("form.find.large [role=status]").inner_text() == (
        f"候補が{offered}件あります。上下の矢印キーで選べます。"
    )
    assert meant(seen, box) is None

    seen.keyboard.press("ArrowDown")
    assert meant(seen, box) == "要件定義"
    assert seen.locator("[role=option][aria-selected=true]").count() == 1
    seen.keyboard.press("ArrowUp")
    assert meant(seen, box) is None
    seen.keyboard.press("ArrowUp")
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("ArrowDown")
    assert meant(seen, box) == "要件定義"

    seen.keyboard.press("Enter")
    seen.wait_for_url("**/guidelines/DS-900/1.1/?q=*")
    assert marked(seen) == ["要件", "要件"]
    follow(seen, seen.get_by_role("link", name="最初の印へ"))
    assert seen.locator("mark:target").inner_text() == "要件"
    follow(seen, seen.get_by_role("link", name="印を消す"))
    assert seen.url == f"{live_server.url}/guidelines/DS-900/1.1/"
    assert marked(seen) == []


def test_escape_closes_the_list_and_keeps_the_words(seen, box):
    seen.keyboard.press("ArrowDown")
    seen.keyboard.press("Escape")

    assert seen.locator("[role=option]").count() == 0
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "要件")
    assert box.get_attribute("aria-activedescendant") is None


def test_without_a_choice_enter_searches(seen, box):
    seen.keyboard.press("Enter")

    seen.wait_for_url("**/search/?q=*")


def test_a_suggestion_is_chosen_by_pointer(seen, box):
    seen.locator("[role=option]").first.click()

    seen.wait_for_url("**/guidelines/DS-900/1.1/?q=*")


def test_leaving_the_box_closes_the_list(seen, box):
    seen.keyboard.press("Tab")

    seen.wait_for_selector("#find-here[aria-expanded=false]")


def test_open_list_keeps_to_the_standards(seen, box):
    seen.keyboard.press("ArrowDown")

    assert accessibility(seen) == []


def test_without_scripts_it_is_a_plain_form(text, live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.fill("#find-here", "要件")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#found").inner_text() == "「要件」の節 2件"

    follow(page, page.get_by_role("link", name="第1章 要件定義").first)

    assert page.url.partition("?")[0] == f"{live_server.url}/guidelines/DS-900/1.1/"
    assert marked(page) == ["要件", "要件"]
    context.close()


def test_a_reader_narrows_a_search_and_takes_it_back(text, live_server, browser):
    factories.published(factories.guideline("DS-800", title="別の文書"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/search/?q=は")
    both = page.locator("#found").inner_text()
    page.get_by_label("文書", exact=True).select_option("DS-900")
    follow(page, page.get_by_role("button", name="絞り込む").last)

    assert page.locator("#found").inner_text() == "「は」の節 2件" != both
    follow(page, page.get_by_role("link", name="外す 文書"))
    assert page.locator("#found").inner_text() == both
    context.close()


def test_a_reader_searches_inside_of_one_document(text, seen, live_server):
    factories.published(factories.guideline("DS-800", title="要件の文書"))
    seen.goto(f"{live_server.url}/guidelines/DS-900/1/")
    seen.locator("#find-inside").fill("記録")
    seen.keyboard.press("Enter")
    seen.wait_for_url("**/search/?q=*")

    assert seen.locator("#found").inner_text() == "「記録」の節 1件"
    follow(seen, seen.get_by_role("link", name="第2章 要件の変更"))
    assert marked(seen) == ["記録"]
    follow(seen, seen.get_by_role("link", name="探した結果へ戻る"))
    assert "&document=DS-900" in seen.url
