"""Stories of those who read a text closely: they copy, look up, switch editions, put texts by."""

import json

import pytest
from django.utils import timezone

from guidelines import cataloguing
from tests import factories
from tests.browsing import in_a_browser
from tests.factories import node

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    in_a_browser,
]

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
LONG = "\n\n".join(["長い段落である。" * 30] * 6)


def text(*, with_past=True):
    """A part of three chapters; the second, of two clauses, is only in the past edition."""
    past = node(
        "第2章 旧制度",
        "",
        node("1. 旧規定", LONG, key="bcdfghj4"),
        node("2. 旧細則", "細則は100%による。", key="bcdfghj5"),
        key="bcdfghj3",
    )
    part = node(
        "第1編 総論",
        "",
        node("第1章 目的", f"第2章を見る。\n\n{LONG}", key="bcdfghj2"),
        *([past] if with_past else []),
        node("第3章 適用", LONG, key="bcdfghj6"),
        key="bcdfghj7",
    )
    return node("", "", part, node("別紙1 参考", "第1編第1章を参照する。", key="bcdfghj8"))


@pytest.fixture
def past():
    """The one edition of a document."""
    return factories.published(factories.guideline("DS-900"), tree=text())


@pytest.fixture
def both(past):
    """A past edition and the one in force, which lacks a chapter."""
    day = timezone.localdate().isoformat()
    factories.published(past.guideline, day=day, tree=text(with_past=False))
    return day


@pytest.fixture
def reader(past, seen):
    """A page that may copy, and remembers what was copied."""
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return seen


def copied(page):
    """What the clipboard holds."""
    return page.evaluate("navigator.clipboard.readText()")


def number_paragraphs(page):
    """Switch the numbers of paragraphs on, as in the display settings."""
    page.add_init_script("localStorage.setItem('display.paragraphs', 'on')")


def focused(page):
    """What has the focus, by its name or its text."""
    return page.evaluate(
        "document.activeElement.ariaLabel ?? document.activeElement.innerText.trim()"
    )


def test_a_paragraph_is_copied_by_keyboard_and_the_focus_comes_back(reader, live_server):
    number_paragraphs(reader)
    reader.goto(f"{live_server.url}/guidelines/DS-900/1.1/")
    number = reader.get_by_role("link", name="段落 2: 写すものを選ぶ")
    number.focus()
    reader.keyboard.press("Enter")
    first = reader.get_by_role("button", name="この段落へのリンクを写す")
    first.wait_for()
    assert focused(reader) == "この段落へのリンクを写す"

    reader.keyboard.press("Enter")

    reader.get_by_role("button", name="写しました").wait_for()
    assert copied(reader) == f"{live_server.url}/s/bcdfghj2/#p-bcdfghj2-2"
    # Closed by itself, it gives the focus back; so does leaving it by Tab.
    reader.wait_for_selector("#popup", state="hidden")
    assert focused(reader) == "段落 2: 写すものを選ぶ"
    reader.keyboard.press("Enter")
    first.wait_for()
    for _ in range(4):
        reader.keyboard.press("Tab")
    assert focused(reader) == "段落 3: 写すものを選ぶ"
    assert not reader.locator("#popup").is_visible()


def test_a_paragraph_is_copied_by_finger(past, live_server, browser):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **PHONE)
    page = context.new_page()
    number_paragraphs(page)
    page.goto(f"{live_server.url}/guidelines/DS-900/1.1/")
    page.get_by_role("link", name="段落 3: 写すものを選ぶ").tap()
    page.get_by_role("button", name="引用（日本語）を写す").tap()

    page.get_by_role("button", name="写しました").wait_for()
    assert copied(page).endswith("CIO連絡会議決定）第1編第1章第3段落")
    context.close()


def test_numbers_and_the_sign_beside_a_paragraph_never_overlap(reader, live_server):
    reader.goto(f"{live_server.url}/guidelines/DS-900/1.1/")
    reader.locator("#p-bcdfghj2-2").hover()
    assert reader.locator(".pilcrow").is_visible()
    reader.get_by_role("button", name="表示").click()
    reader.get_by_label("段落の番号").check()
    reader.keyboard.press("Escape")
    reader.locator("#p-bcdfghj2-3").hover()
    assert not reader.locator(".pilcrow").is_visible()

    reader.get_by_role("link", name="段落 3: 写すものを選ぶ").click()

    reader.get_by_role("button", name="この段落へのリンクを写す").wait_for()


@pytest.mark.parametrize("path", ["1.2/", "all/"])
def test_what_is_copied_of_a_dated_edition_leads_to_that_edition(reader, live_server, path):
    root = f"{live_server.url}/guidelines/DS-900/2018-03-30"
    number_paragraphs(reader)
    reader.goto(f"{root}/{path}")
    sign = reader.locator("#s-bcdfghj5 .permalink")
    sign.focus()
    reader.keyboard.press("Enter")
    reader.get_by_role("button", name="この節へのリンクを写す").click()
    reader.get_by_role("button", name="写しました").wait_for()
    assert copied(reader) == f"{root}/1.2.2/"

    reader.wait_for_selector("#popup", state="hidden")
    reader.locator("#p-bcdfghj5-1 .numbered-paragraph").click()
    reader.get_by_role("button", name="BibTeXを写す").click()

    reader.get_by_role("button", name="写しました").wait_for()
    bibtex = copied(reader)
    assert bibtex.startswith("@techreport{DS-900:2018-03-30:1.2.2:p1,\n")
    assert f"url = {{{root}/1.2.2/#p-bcdfghj5-1}}," in bibtex
    assert "note = {第1編第2章2.第1段落}," in bibtex


def test_popups_stay_while_somebody_is_about_them(reader, live_server):
    reader.goto(f"{live_server.url}/guidelines/DS-900/1.1/")
    popup = reader.locator("#popup")
    reader.locator("#p-bcdfghj2-1 a").focus()
    popup.wait_for()
    # The section begins with its clauses.
    assert popup.inner_text().split("\n\n") == [
        "第2章 旧制度", "1. 旧規定", "2. 旧細則", "この節を開く",
    ]  # fmt: skip

    # A pointer that comes and goes, and one that presses on a word.
    popup.hover()
    reader.mouse.move(5, 5)
    reader.wait_for_timeout(500)
    assert popup.is_visible()
    popup.locator("p").nth(1).click()
    reader.mouse.move(5, 5)
    reader.wait_for_timeout(500)
    assert popup.is_visible()
    reader.keyboard.press("Escape")
    reader.wait_for_timeout(100)
    assert not popup.is_visible()
    assert focused(reader) == "第2章"

    reader.locator("h1 .permalink").click()
    reader.get_by_role("button", name="この節へのリンクを写す").wait_for()
    popup.click(position={"x": 4, "y": 4})
    assert popup.is_visible()
    reader.keyboard.press("Escape")
    assert not popup.is_visible()


def test_a_popup_keeps_to_a_small_screen(past, live_server, browser):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script("localStorage.setItem('display.size', 'largest')")
    page.goto(f"{live_server.url}/guidelines/DS-900/annex-1/")
    for top in (40, 320, 600):
        link = page.locator("#p-bcdfghj8-1 a")
        link.evaluate(
            "(e, top) => { e.blur(); document.body.style.paddingBlock = '700px';"
            " scrollBy({top: e.getBoundingClientRect().top - top, behavior: 'instant'}); }",
            top,
        )
        page.keyboard.press("Shift")
        link.evaluate("e => e.focus({preventScroll: true})")
        page.locator("#popup").wait_for()
        box = page.locator("#popup").bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= 320) == (True, True)
        assert (box["y"] >= 0, box["y"] + box["height"] <= 640) == (True, True)
        page.keyboard.press("Escape")
    context.close()


def scrolled_to(page, ident):
    """Bring the passage to where a reader has it before the eyes: to a quarter of the window."""
    page.locator(f"#{ident}").scroll_into_view_if_needed()
    page.evaluate(
        "id => scrollBy({top: document.getElementById(id).getBoundingClientRect().top"
        " - innerHeight / 4, behavior: 'instant'})",
        ident,
    )


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("p-bcdfghj6-4", "p-bcdfghj6-4"),
        # Its chapter is gone: the last heading before it that is still there.
        ("p-bcdfghj4-5", "s-bcdfghj2"),
    ],
)
def test_another_edition_opens_at_the_passage(both, seen, live_server, read, found):
    seen.goto(f"{live_server.url}/guidelines/DS-900/2018-03-30/all/")
    scrolled_to(seen, read)
    seen.locator(".editions summary").click()
    seen.locator(f".editions a[href*='{both}']").click()

    seen.wait_for_url(f"**/guidelines/DS-900/{both}/all/#{found}")
    seen.wait_for_function(
        "id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 100", arg=found
    )


def test_another_language_opens_at_the_passage_in_view_of_several_columns(past, seen, live_server):
    commentary = factories.guideline("DS-901", kind="commentary")
    cataloguing.relate(commentary, "explains", past.guideline, by=None)
    chapter = node("第2章 旧制度", "短い解説。", key="ccdfghj2")
    factories.published(commentary, tree=node("", "", node("第1編 総論", "", chapter)))
    seen.goto(f"{live_server.url}/guidelines/DS-900/1.2/beside/")
    assert seen.locator("[id^='s-']").last.get_attribute("id") == "s-ccdfghj2"
    scrolled_to(seen, "s-bcdfghj5")

    # By a script, as the switch is above what is in view.
    seen.get_by_role("link", name="English").evaluate("link => link.click()")

    seen.wait_for_url("**/en/guidelines/DS-900/1.2/beside/#s-bcdfghj5")


def test_the_drawer_makes_way_without_scripts(past, live_server, browser):
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce", **PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/guidelines/DS-900/all/")
    page.get_by_role("button", name="目次").first.tap()
    page.locator("#contents-beside").get_by_role("link", name="第3章 適用").tap()

    page.wait_for_url("**/all/#s-bcdfghj6")
    heading = page.locator("#s-bcdfghj6").bounding_box()
    drawer = page.locator("#contents-beside").bounding_box()
    assert drawer["y"] + drawer["height"] < 0 <= heading["y"] < 640
    context.close()


def put_by(page, *items):
    """Store a reading list; `items` are (title, language)."""
    stored = [
        {"key": title, "title": title, "url": f"/s/{title}/", "lang": lang} for title, lang in items
    ]
    page.evaluate("list => localStorage.setItem('reading-list', list)", json.dumps(stored))
    page.reload()


def test_the_reading_list_keeps_the_focus_and_says_what_became(seen, live_server):
    seen.goto(f"{live_server.url}/reading-list/")
    put_by(seen, ("甲", "ja"), ("Second", "en"), ("丙", "ja"))
    said = seen.locator(".told")
    assert seen.get_by_role("link", name="Second").get_attribute("lang") == "en"

    seen.get_by_role("button", name="上へ: 丙").click()
    assert (focused(seen), said.inner_text()) == ("上へ: 丙", "「丙」を2番目に移しました。")
    seen.keyboard.press("Enter")
    # It is the first now, and can only go down.
    assert (focused(seen), said.inner_text()) == ("下へ: 丙", "「丙」を1番目に移しました。")
    seen.get_by_role("button", name="外す: 丙").click()
    assert (focused(seen), said.inner_text()) == ("外す: 甲", "読むものから外しました。 丙")
    seen.get_by_role("button", name="外す: Second").click()
    assert focused(seen) == "外す: 甲"
    seen.keyboard.press("Enter")
    assert focused(seen) == "まだ何も加えられていません。"


def test_the_reading_list_is_copied_as_citations(reader, live_server):
    reader.goto(f"{live_server.url}/en/guidelines/DS-900/1.2/")
    reader.evaluate("localStorage.setItem('reading-list', '{\"not\": \"a list\"}')")
    reader.reload()
    citation = reader.locator(".citation .japanese").evaluate("e => e.firstChild.textContent")
    reader.get_by_role("button", name="Add to the reading list").click()
    reader.goto(f"{live_server.url}/en/reading-list/")
    kept = reader.get_by_role("link", name="DS-900")
    assert (kept.inner_text(), kept.get_attribute("lang")) == (
        "DS-900 試験用ガイドライン 第1編第2章", "ja",
    )  # fmt: skip

    reader.get_by_role("button", name="Copy all as citations").click()

    reader.get_by_role("button", name="Copied").wait_for()
    address = f"{live_server.url}/en/guidelines/DS-900/2018-03-30/1.2/"
    assert copied(reader) == f"{citation} {address}"
    assert (
        citation
        == "「試験用ガイドライン」（DS-900、2018年（平成30年）3月30日CIO連絡会議決定）第1編第2章"
    )
