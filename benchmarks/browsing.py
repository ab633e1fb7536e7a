"""How soon a browser shows each page type on a slow line, and how smoothly the largest scroll."""

from contextlib import contextmanager
from statistics import median
from urllib.request import urlopen

from django.core.management import call_command
from django.utils.encoding import iri_to_uri

from benchmarks.figures import Figure
from benchmarks.throughput import server
from tests import factories
from tests.browsing import browser_path
from tests.page_types import PAGES
from tests.weighing import first_view

# Promised for a phone of the middle class, in milliseconds.
LATEST_PAINT = 1000
# How many of the slowest pages are named.
NAMED = 5
ROWS = 200
DESKTOP = {"width": 1280, "height": 900}
# Scrolls from top to bottom, one frame after the other, and says how long each took.
SCROLL = """() => new Promise(done => {
  const times = [], step = Math.max(60, document.documentElement.scrollHeight / 240);
  let before = performance.now();
  const go = now => {
    times.push(now - before);
    before = now;
    scrollBy({top: step, behavior: 'instant'});
    const ends = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    if (ends || times.length > 240) done(times.slice(1));
    else requestAnimationFrame(go);
  };
  requestAnimationFrame(go);
})"""


def painting():
    """The largest paint of every page type of the demonstration set."""
    with _browser() as (browser, root):
        return _paint(browser, root) if browser else []


def scrolling(largest):
    """Frames while the largest outline and a long table scroll."""
    table = _publish_table().get_absolute_url()
    outline, count = largest.get_absolute_url(), largest.sections.count()
    with _browser() as (browser, root):
        if browser is None:
            return []
        figures = _scroll(browser, f"outline of {count:,} sections", root + outline)
        return figures + _scroll(browser, f"table of {ROWS} rows", f"{root}{table}1/")


@contextmanager
def _browser():
    """A browser and the address of a server; None and nothing where there is no browser."""
    chromium = browser_path()
    if chromium is None:
        yield None, ""
        return
    from playwright.sync_api import sync_playwright

    call_command("collectstatic", interactive=False, verbosity=0)
    with server() as port, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser, f"http://127.0.0.1:{port}"
        browser.close()


def _paint(browser, root):
    """The largest paint of the readers' pages that the demonstration set has."""
    paints = {}
    for one in PAGES:
        if not (one.staff or one.corpus or one.status != 200 or "{" in one.address):
            # Once before, so that the server has its templates and contents at hand.
            urlopen(root + iri_to_uri(one.path())).close()
            paints[one.name] = first_view(browser, root + one.path())["paint"]
    slowest = sorted(paints, key=paints.get, reverse=True)[:NAMED]
    return [
        Figure(
            f"largest paint on a slow phone, {len(paints)} pages", median(paints.values()), "ms"
        ),
        *(Figure(f"  {name}", paints[name], "ms", most=LATEST_PAINT) for name in slowest),
    ]


def _scroll(browser, what, address):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address)
    frames = sorted(page.evaluate(SCROLL))
    page.close()
    return [
        Figure(f"{what}, a frame while scrolling", median(frames), "ms"),
        Figure("  95 of 100 frames within", frames[int(len(frames) * 0.95)], "ms"),
    ]


def _publish_table():
    """An edition whose only section is a table of two columns."""
    rows = "".join(f"| {one} | 府省は、項目{one}を確認するものとする。 |\n" for one in range(ROWS))
    text = factories.node("", "", factories.node("1. 一覧", f"| 番号 | 内容 |\n|---|---|\n{rows}"))
    return factories.published(factories.guideline("DS-9200"), tree=text)
