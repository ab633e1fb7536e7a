"""What every test may use; the one place where the guards of published editions are lifted."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from guidelines import drafting, immutability, publishing
from guidelines.references import Library, Places, link
from tests import factories
from tests.browsing import browser_path
from tests.site import site  # noqa: F401 — the fixture

# The browser's loop makes Django believe that it runs inside an async program.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

DEMO = "tests/demo/"

_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_knowingly(self):
    """Tests that commit empty every table afterwards, which the guards would rightly refuse."""
    with immutability.lifted(connection):
        _empty_tables(self)


TransactionTestCase._fixture_teardown = _empty_tables_knowingly


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tests that read the demonstration set go to one worker, which loads it once."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return DEMO if nodeid.startswith(DEMO) else nodeid

    return Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(autouse=True)
def _japanese():
    """Each test begins in the portal's first language."""
    with translation.override("ja"):
        yield


@pytest.fixture
def by(db):
    """Someone of the staff."""
    return factories.person()


@pytest.fixture
def corpus():
    """The folder of real guidelines, where it lies beside the project."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real guidelines is not at {CORPUS}")
    return CORPUS


@pytest.fixture
def library(db):
    """DS-310, once 1009, of which 3.2 is 「bcdfghj2」; and DS-400, without a text."""
    procedure = factories.node("3.2 手順", "", key="bcdfghj2")
    factories.published(
        factories.guideline("DS-310", former_codes=["1009"]),
        tree=factories.node("", "", factories.node("3. 設計", "", procedure)),
    )
    factories.guideline("DS-400", former_codes=["GL-7"])
    return Library(on=date(2025, 6, 1))


@pytest.fixture
def linked(library):
    """Links HTML as it would be in the section at an address of a text."""
    edition = factories.published(tree=factories.text())
    places = Places(list(edition.sections.in_order()))

    def linked(html, *, at="1.1"):
        return link(html, section=places.by_address[at], places=places, library=library)

    return linked


@pytest.fixture
def guideline(by):
    """A guideline with a past edition, one in force, and a translation of the past one."""
    guideline = factories.guideline("DS-100", former_codes=["1001"], title="標準ガイドライン")
    first = factories.published(guideline, day="2018-03-30", by=by)
    translation = drafting.open_draft(
        guideline, language="en", translation_of=first, by=by, title="Standard Guideline"
    )
    drafting.edit_section(
        translation.sections.get(title="組織体制"), title="Organisation", body="The set-up.", by=by
    )
    publishing.submit(translation, by=by)
    publishing.publish({translation: first.effective_on}, decision=first.decision, by=by)
    second = drafting.open_draft(guideline, by=by)
    drafting.edit_section(second.sections.get(title="組織体制"), body="体制を改めた。", by=by)
    drafting.move_section(
        second.sections.get(number="別紙2"),
        second.sections.get(title="総論"),
        position="last-child",
        by=by,
    )
    drafting.remove_section(second.sections.get(title="政府全体管理"), by=by)
    publishing.submit(second, by=by)
    decision = factories.decision("2020-03-31")
    publishing.publish({second: date(2020, 4, 1)}, decision=decision, by=by)
    return guideline


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's chromium; as root it runs without its sandbox."""
    return browser_type_launch_args | {
        "executable_path": browser_path(),
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
