"""Every page type in a real browser, in both languages, on phone and desktop, light and dark."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import looking
from tests.browsing import in_a_browser
from tests.page_types import PAGES

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.gate,
    in_a_browser,
]

DEVICES = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
SCHEMES = ("light", "dark")
# 320 px are also what is left of 1280 at 400 %.
NARROWEST = 320
SCREENS = Path(__file__).resolve().parents[1] / "var" / "screens"
# The longest picture of a page, in pixels: whole texts go on for ever.
TALLEST = 3000
# What a page says without scripts is at least so much of what it says with them, but for so many
# characters by which scripts name the controls that they add.
WITHOUT_SCRIPTS, CONTROLS = 0.9, 100

VIEWS = [
    pytest.param(one, language, device, id=f"{one.name}-{language}-{device}")
    for one in PAGES
    for language in one.languages
    for device in DEVICES
]


def goto(page, site, one, language):
    """Load the page type; returns the answer."""
    if one.corpus and not site.has_corpus:
        pytest.skip("its text is a guideline of the corpus, which is not there")
    if one.staff:
        cookie = {"name": "sessionid", "value": site.session, "url": site.address}
        page.context.add_cookies([cookie])
    return page.goto(site.address + site.fill(one.path(language)))


def none(faults):
    """Each fault once, as a list to work off."""
    if faults:
        pytest.fail("\n".join(Counter(faults)), pytrace=False)


@pytest.fixture
def view(browser, site, request):
    """A page of a device, and a list of what went wrong on it by itself."""

    def open_view(device, **how):
        context = browser.new_context(viewport=DEVICES[device], locale="ja-JP", **how)
        request.addfinalizer(context.close)
        page, faults = context.new_page(), []
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", lambda message: faults.extend(complaint(message, page)))
        page.on("request", lambda asked: faults.extend(astray(asked, site)))
        return page, faults

    return open_view


def complaint(message, page):
    """An error of the console; that a page which is not there has status 404 is none."""
    of_the_page = message.location.get("url") == page.url and "status of" in message.text
    if message.type == "error" and not of_the_page:
        yield f"console: {message.text}"


def astray(asked, site):
    """A request to another host."""
    if urlsplit(asked.url).scheme != "data" and not asked.url.startswith(site.address + "/"):
        yield f"asks another host: {asked.url}"


def picture(page, name):
    """Keep what it looks like, to be looked at."""
    height = page.evaluate("document.documentElement.scrollHeight")
    size = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": min(height, TALLEST)}
    page.screenshot(path=SCREENS / f"{name}.jpeg", quality=70, full_page=True, clip=size)


@pytest.mark.parametrize("one, language, device", VIEWS)
def test_page_is_for_everybody(view, site, one, language, device):
    page, faults = view(device)

    answer = goto(page, site, one, language)
    faults += [] if answer.status == one.status else [f"status {answer.status}"]
    faults += looking.structure(page, language)
    faults += looking.width(page, f"on a {device}")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        faults += looking.accessibility(page, looking.OF_COLOUR if scheme == "dark" else ())
        picture(page, f"{one.name}.{language}.{device}.{scheme}")
    if device == "phone":
        faults += looking.validity(answer.text())
        page.set_viewport_size({"width": NARROWEST, "height": 640})
        faults += looking.width(page, f"at {NARROWEST} px")
    else:
        faults += looking.larger_text(page)

    none(faults)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_keyboard_leads_through_the_page(view, site, one, device):
    page, faults = view(device, reduced_motion="reduce")

    goto(page, site, one, "ja")
    faults += looking.focus(page)
    faults += looking.unfolding(page)

    none(faults)


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_page_serves_its_purpose_without_scripts_and_as_its_reader_wishes(view, site, one):
    page, faults = view("desktop")
    goto(page, site, one, "ja")
    with_scripts = len(page.inner_text("main"))
    faults += looking.wishes(page)

    bare, more_faults = view("desktop", java_script_enabled=False)
    answer = goto(bare, site, one, "ja")
    forms = bare.eval_on_selector_all(
        "form",
        """forms => forms.filter(form => {
            const panel = form.closest('[popover]');
            const way = panel && document.querySelector(`[popovertarget="${panel.id}"]`);
            return form.checkVisibility() || way?.checkVisibility();
          }).filter(form => [...form.elements].some(e => e.type !== 'hidden'))
          .filter(form => form.matches('[action^="javascript:"]')
          || ![...form.elements].some(e => e.type === 'submit' || e.type === 'image'))
          .map(form => form.outerHTML.slice(0, 120))""",
    )
    faults += more_faults
    faults += [] if answer.status == one.status else [f"status {answer.status} without scripts"]
    faults += [] if bare.locator("h1").first.is_visible() else ["no title without scripts"]
    faults += [f"a form that nothing sends without scripts: {form}" for form in forms]
    without = len(bare.inner_text("main"))
    if without < with_scripts * WITHOUT_SCRIPTS - CONTROLS:
        faults.append(f"says {without} characters without scripts, {with_scripts} with them")

    none(faults)
