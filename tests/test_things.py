"""What has a name and a page, found by its names."""

from datetime import date

import pytest

from governance import planning
from governance.deciding import found_body
from guidelines import drafting, publishing
from guidelines.models import Guideline
from guidelines.narrowing import Days
from guidelines.querying import parse
from guidelines.suggesting import editions_in_force
from guidelines.things import KINDS, There
from tests import factories
from tests.browsing import page

TODAY = date(2025, 12, 1)


@pytest.fixture
def things(by):
    """One thing of each kind, and a body founded late."""
    office = factories.office()
    planning.adopt_plan(office.ministry, title="総務省の計画", began_on=date(2018, 6, 22), by=by)
    factories.decision(title="標準ガイドラインの決定", title_en="Standard Guideline")
    found_body(slug="late", name="新しい連絡会議", founded_on=date(2030, 1, 1), by=by)
    terms = factories.node("", "", factories.node("要件定義書", "要件をまとめた文書。RDともいう。"))
    glossary = factories.guideline("DS-130", kind=Guideline.Kind.GLOSSARY)
    factories.published(glossary, tree=terms, by=by)
    draft = factories.draft(factories.guideline("DS-200", title="図の例"), by=by)
    drafting.attach(draft, name="構成図.png", content=b"png", media_type="image/png", by=by)
    publishing.submit(draft, by=by)
    day = date(2018, 3, 30)
    publishing.publish({draft: day}, decision=factories.decision(), by=by)


def found(kind, words, *, on=TODAY, language="ja"):
    one = next(one for one in KINDS if one.slug == kind)
    there = There(on, editions_in_force(on, language), Days().records)
    known = one.find(parse(words), there)
    return [thing.text for thing in one.show(known, on)]


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("roles", "ｐｍｏ", ["府省内全体管理組織"]),
        ("roles", "全体管理", ["府省内全体管理組織"]),
        ("ministries", "internal affairs", ["総務省"]),
        ("bodies", "cio 会議", ["CIO連絡会議"]),
        ("decisions", "標準 決定", ["標準ガイドラインの決定"]),
        ("decisions", "guidelines", ["標準ガイドラインの決定"]),
        ("plans", "総務省", ["総務省の計画"]),
        ("terms", "RD", ["要件定義書"]),
        ("files", "構成図", ["構成図.png"]),
        *((kind.slug, "存在しない言葉", []) for kind in KINDS),
    ],
)
def test_each_kind_of_thing_is_found_by_all_its_names(kind, words, expected):
    assert found(kind, words) == expected


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("kind", ["bodies", "decisions", "plans", "terms", "files"])
def test_what_came_after_a_day_is_not_found_on_it(kind):
    words = {"bodies": "新しい", "decisions": "決定", "plans": "計画", "terms": "要件"}
    assert found(kind, words.get(kind, "図"), on=date(2017, 1, 1)) == []


def test_the_name_asked_for_goes_before_longer_ones(db):
    found_body(slug="a", name="第二技術会議", by=None)
    found_body(slug="b", name="技術会議の事務局", by=None)
    found_body(slug="c", name="技術会議", by=None)

    assert found("bodies", "技術会議") == ["技術会議", "技術会議の事務局", "第二技術会議"]


def test_each_kind_of_which_something_is_found_has_a_tab(client, things):
    html = page(client, "/search/?q=PMO&find=roles")
    english = page(client, "/en/search/?q=PMO&find=roles")

    assert '<a href="/roles/pmo/" lang="ja">府省内全体管理組織</a>' in html
    assert 'find=roles" aria-current="page">役割 <span class="count">1</span>' in html
    assert "find=terms" not in html
    assert '<a href="/en/roles/pmo/" lang="en">Portfolio Management Office</a>' in english


def test_a_draft_gives_no_files_away(by):
    draft = factories.draft(by=by)
    drafting.attach(draft, name="秘密.png", content=b"x", media_type="image/png", by=by)

    assert found("files", "秘密") == []
