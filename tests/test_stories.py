"""Stories in a real browser: what a person sees and does, from end to end."""

import pytest

from tests import factories
from tests.browsing import follow, in_a_browser

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    in_a_browser,
]


def test_secretariat_publishes_and_citizen_reads_both_editions(live_server, seen):
    guideline = factories.guideline("DS-100", title="標準ガイドライン")
    factories.published(guideline, day="2018-03-30")
    decision = factories.decision("2020-03-31", title="改定の決定")
    factories.person("secretary", is_staff=True, is_superuser=True)
    page, site = seen, live_server.url

    page.goto(f"{site}/admin/")
    page.fill("#id_username", "secretary")
    page.fill("#id_password", "secret")
    follow(page, page.locator("input[type=submit]"))

    # A draft of the next edition, opened from the document.
    page.goto(f"{site}/admin/guidelines/guideline/")
    page.check("input[name=_selected_action]")
    page.select_option("select[name=action]", "open_draft")
    follow(page, page.locator("button[name=index]"))
    follow(page, page.get_by_role("link", name="別紙2 経費区分"))
    page.fill("#id_body", "経費を三つに区分する。第2編第2章を参照する。")
    follow(page, page.locator("input[name=_save]"))

    # A chapter is dragged to stand before its elder.
    handle = page.locator("tr", has_text="第2章 適用").locator(".drag-handle")
    target = page.locator("tr", has_text="第1章 目的")
    handle.hover()
    page.mouse.down()
    box = target.bounding_box()
    page.mouse.move(box["x"] + 120, box["y"] + 2, steps=10)
    page.mouse.up()
    page.locator(".messagelist", has_text="移しました").wait_for()

    # Submitted and published by the council's decision, each after a confirmation.
    for action in ("submit", "publish"):
        page.goto(f"{site}/admin/guidelines/edition/?status__in=draft,submitted")
        page.check("input[name=_selected_action]")
        page.select_option("select[name=action]", action)
        follow(page, page.locator("button[name=index]"))
        if action == "publish":
            page.select_option("select[name=decision]", str(decision.pk))
        follow(page, page.locator("input[name=confirmed]"))
    assert "1件の版を公開しました" in page.locator(".messagelist").inner_text()

    # The citizen.
    page.context.clear_cookies()
    page.goto(site)
    follow(page, page.get_by_role("link", name="文書一覧").first)
    follow(page, page.get_by_role("link", name="DS-100").first)
    follow(page, page.get_by_role("link", name="別紙2").first)
    assert "経費を三つに区分する。" in page.inner_text("article")
    follow(page, page.get_by_role("link", name="第2編第2章", exact=True))
    assert page.url == f"{site}/guidelines/DS-100/2.2/"
    assert "組織体制" in page.inner_text("h1")
    page.goto(f"{site}/guidelines/DS-100/2018-03-30/annex-2/")
    assert "経費を区分する。" in page.inner_text("article")
    follow(page, page.get_by_role("link", name="現行の版の同じ節へ"))
    assert "経費を三つに区分する。" in page.inner_text("article")
    follow(page, page.get_by_role("link", name="English").first)
    assert page.url == f"{site}/en/guidelines/DS-100/annex-2/"


def test_pages_serve_their_purpose_without_scripts(live_server, browser):
    factories.published(factories.guideline("DS-100"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{live_server.url}/guidelines/DS-100/")
    follow(page, page.get_by_role("link", name="第2編 ITガバナンス").first)

    assert "府省は、自らの管理を行わなければならない。" in page.inner_text("article")
    context.close()
