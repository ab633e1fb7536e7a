"""Every page type is light, whatever the machine that looks at it.

Figures are measured in the browser and not reckoned from files, since only it knows what a first
view really asks for. Bytes, requests and shifts are the same on every machine. The time to the
largest paint is not: `make bench` prints it.
"""

import brotli
import pytest

from portal.compressing import QUALITY
from tests.browsing import in_a_browser
from tests.page_types import PAGES, page
from tests.test_gates import none
from tests.weighing import first_view

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.gate,
    in_a_browser,
]

MOST = {"bytes": 60_000, "requests": 8, "script": 12_000, "shift": 0.02}
# Whole texts are as long as they were decided: there the words come on top of what a page weighs.
LONGEST = page("longest-text", "/guidelines/DS-100/all/")
READERS_PAGES = [one for one in PAGES if not one.staff] + [LONGEST]


@pytest.mark.parametrize("one", READERS_PAGES, ids=lambda one: one.name)
def test_first_view_is_light(browser, site, one):
    if one.corpus and not site.has_corpus:
        pytest.skip("its text is a guideline of the corpus, which is not there")
    seen = first_view(browser, site.address + site.fill(one.path()))

    most = dict(MOST)
    if one.address.endswith("/all/"):
        most["bytes"] += len(brotli.compress(seen["words"].encode(), quality=QUALITY))
    over = [name for name in most if seen[name] > most[name]]
    none([f"{name}: {seen[name]:.6g}, at most {most[name]}" for name in over])
