"""Stories in a real browser: what a person sees and does, from end to end."""

import shutil

import pytest

from tests import factories

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's chromium; as root it runs without its sandbox."""
    return browser_type_launch_args | {
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def seen(page):
    """The page, which must not complain while the story goes on."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    assert complaints == []


def test_secretariat_publishes_and_citizen_reads_both_editions(live_server, seen):
    guideline = factories.guideline("DS-100", title="標準ガイドライン")
    factories.published(guideline, day="2018-03-30")
    decision = factories.decision("2020-03-31", title="改定の決定")
    factories.person("secretary", is_staff=True, is_superuser=True)
    page, site = seen, live_server.url

    page.goto(f"{site}/admin/")
    page.fill("#id_username", "secretary")
    page.fill("#id_password", "secret")
    page.click("input[type=submit]")

    # A draft of the next edition, opened from the document.
    page.goto(f"{site}/admin/guidelines/guideline/")
    page.check("input[name=_selected_action]")
    page.select_option("select[name=action]", "open_draft")
    page.click("button[name=index]")
    page.get_by_role("link", name="別紙2 経費区分").click()
    page.fill("#id_body", "経費を三つに区分する。第2編第2章を参照する。")
    page.click("input[name=_save]")

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
        page.click("button[name=index]")
        if action == "publish":
            page.select_option("select[name=decision]", str(decision.pk))
        page.click("input[name=confirmed]")
    assert "1件の版を公開しました" in page.locator(".messagelist").inner_text()

    # The citizen.
    page.context.clear_cookies()
    page.goto(site)
    page.get_by_role("link", name="文書一覧").first.click()
    page.get_by_role("link", name="DS-100").first.click()
    page.get_by_role("link", name="別紙2").first.click()
    assert "経費を三つに区分する。" in page.inner_text("article")
    page.get_by_role("link", name="第2編第2章", exact=True).click()
    assert page.url == f"{site}/guidelines/DS-100/2.2/"
    assert "組織体制" in page.inner_text("h1")
    page.goto(f"{site}/guidelines/DS-100/2018-03-30/annex-2/")
    assert "経費を区分する。" in page.inner_text("article")
    page.get_by_role("link", name="現行の版の同じ節へ").click()
    assert "経費を三つに区分する。" in page.inner_text("article")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{site}/en/guidelines/DS-100/annex-2/"


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_reading_pages_have_no_accessibility_fault(live_server, browser, language, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    guideline = factories.guideline("DS-100", title="標準ガイドライン", unconfirmed="未確認。")
    factories.published(guideline, demonstration=True)
    manual = factories.guideline("DS-110", title="解説書")
    from guidelines import cataloguing

    cataloguing.relate(manual, "explains", guideline, by=None)
    factories.office()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()

    for path in (
        *("/", "/guidelines/", "/guidelines/map/", "/guidelines/DS-100/", "/decisions/"),
        *("/guidelines/DS-100/2.2/", "/guidelines/DS-100/all/", "/guidelines/DS-100/history/"),
        *("/guidelines/DS-110/", "/guidelines/DS-100/9/", "/on/2019-01-01/guidelines/DS-100/"),
        *("/roles/", "/roles/pmo/", "/ministries/", "/ministries/mic/"),
    ):
        page.goto(live_server.url + language + path)
        violations = axe.run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_pages_serve_their_purpose_without_scripts(live_server, browser):
    factories.published(factories.guideline("DS-100"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{live_server.url}/guidelines/DS-100/")
    page.get_by_role("link", name="第2編 ITガバナンス").first.click()

    assert "府省は、自らの管理を行わなければならない。" in page.inner_text("article")
    context.close()
