"""Stories of those who look for their duties, and of those who keep them, in a real browser."""

import pytest

from guidelines import indexing
from guidelines.models import Rejection, Responsibility
from tests import factories
from tests.browsing import follow, in_a_browser

pytest.importorskip("pytest_playwright", reason="requirements-dev.txt is not installed")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    in_a_browser,
]


def test_pmo_finds_what_it_must_do_and_lands_on_the_sentence(live_server, seen):
    role, by = factories.role(), factories.person()
    edition = factories.published(factories.guideline("DS-100"), by=by)
    clause = edition.sections.get(title="全体像", number="1)")
    sentence = "府省は、自らの管理を行わなければならない。"
    indexing.assign(clause, role, sentence=sentence, phase="requirements", by=by)
    indexing.assign(edition.sections.get(title="目的"), role, phase="budget", by=by)
    page, site = seen, live_server.url

    page.goto(f"{site}/roles/pmo/")
    page.select_option("select[name=phase]", "requirements")
    follow(page, page.locator("form.narrowing button"))
    duties = page.locator(".duty-list li")
    assert duties.count() == 1
    follow(page, duties.get_by_role("link", name=sentence))

    target = page.locator(".duty:target")
    target.wait_for()
    assert target.inner_text() == sentence
    assert target.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    follow(page, page.locator(".shares").get_by_role("link", name="府省内全体管理組織"))
    assert page.locator("h1").inner_text().startswith("府省内全体管理組織")


def test_editor_judges_what_was_found_by_keyboard(live_server, seen):
    factories.person("editor", is_staff=True, is_superuser=True)
    factories.role()
    rule, advice = "PMOは、案を作成しなければならない。", "PMOは、相談に応ずることが望ましい。"
    tree = factories.node("", "", factories.node("1. 管理", f"{rule}\n\n{advice}"))
    factories.published(factories.guideline("DS-100"), tree=tree)
    page, site = seen, live_server.url

    page.goto(f"{site}/admin/guidelines/responsibility/judge/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "secret")
    follow(page, page.locator("input[type=submit]"))
    follow(page, page.locator("tr", has_text="DS-100").get_by_role("link"))
    page.locator(".keys").wait_for()
    for key in ("j", "a", "r"):
        page.keyboard.press(key)
    follow(page, page.locator("input[name=save]"))
    page.locator(".messagelist", has_text="採った候補1件、採らなかった候補1件").wait_for()

    assert list(Responsibility.objects.values_list("sentence", "force")) == [(rule, "must")]
    assert list(Rejection.objects.values_list("sentence", flat=True)) == [advice]
    page.goto(f"{site}/roles/pmo/")
    assert page.locator(".duty-list .sentence").all_inner_texts() == [rule]
