"""The pages that meet the texts: on any day, in both languages, at any number of rows."""

import re
from datetime import date

import pytest

from governance import appointing, planning
from guidelines import indexing
from guidelines.models import BriefingLink, PrincipleLink
from tests import factories, indexed
from tests.browsing import page


@pytest.fixture
def edition(by):
    return indexed.edition(by)


@pytest.fixture
def ministry(db):
    return factories.office().ministry


@pytest.fixture
def everything(edition, ministry):
    return indexed.everything(edition, ministry)


@pytest.fixture
def full(edition, everything, ministry):
    """Something on each page, and the decision to ask for."""
    indexed.decided(indexed.proposal(), edition.decision)
    indexed.assess(everything[0], ministry, "2019-04-01", "partly", evidence="台帳")
    planning.report_progress(everything[2], reported_on=date(2019, 3, 31), percent=40, by=None)
    held = indexed.briefing(attended=[(ministry, 3)])
    indexing.link(BriefingLink, guideline=edition.guideline, briefing=held, by=None)


PAGES = [
    "/decisions/",
    "/proposals/standard/",
    "/pmo/part-1/",
    "/pmo/whole/",
    "/plans/mic/2018-04-01/",
    "/strategies/",
    "/strategies/strategy/",
    "/strategies/strategy/?reflected=no",
    "/principles/",
    "/principles/7/",
    "/briefings/",
    "/briefings/briefing/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("root", ["", "/en", "/on/2019-04-01", "/en/on/2019-04-01"])
def test_every_page_is_valid_html_on_any_day_in_both_languages(client, full, path, root):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")

    content = page(client, root + path)

    html5lib.HTMLParser(strict=True).parse(content)
    # The day goes with every link; the language too, but for those to an edition in another.
    main = content.split('<main id="main">')[1].split("</main>")[0]
    links = re.findall(r'href="((?:/en)?)(/[^"]*)"', main)
    there = root.removeprefix("/en")
    assert [path for _en, path in links if not path.startswith(f"{there}/")] == []
    others = [path for en, path in links if en != root.removesuffix(there)]
    assert [path for path in others if "/guidelines/DS-100/2018-03-30/" not in path] == []


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/decisions/{decision}/", 5),
        ("/proposals/standard/", 3),
        ("/pmo/part-1/", 6),
        ("/en/pmo/part-1/", 7),
        ("/plans/mic/2018-04-01/", 8),
        ("/strategies/", 1),
        ("/strategies/strategy/", 4),
        ("/principles/", 4),
        ("/principles/7/", 4),
        ("/briefings/", 2),
        ("/briefings/briefing-0/", 6),
    ],
)
def test_pages_cost_the_same_at_one_and_thirty_rows(
    client, by, django_assert_num_queries, path, queries, rows
):
    seventh = indexed.principle(7)
    decision = factories.decision("2018-03-30")
    ministries = [
        appointing.establish_ministry(slug=slug, names=[{"name": slug}], by=None)
        for slug in ("mic", *(f"ministry-{number}" for number in range(1, rows)))
    ]
    functions, items = indexed.functions(parts=rows), indexed.strategy(items=rows)
    measures = indexed.plan(ministries[0], measures=rows)
    guidelines = [factories.guideline(f"DS-2{number:02}") for number in range(rows)]
    # Few editions with many linked sections, as one publication takes its time.
    texts = [
        factories.published(one, adopted_by=decision, tree=factories.wide_text(60), by=by)
        for one in guidelines[: min(rows, 3)]
    ]
    sections = [one for text in texts for one in text.sections.filter(level__gt=0)][:rows]
    for number, section in enumerate(sections):
        indexed.link(section, functions[0])
        indexed.link(section, items[number])
        indexed.link(section, measures[number])
        indexed.link(section, seventh)
        planning.report_progress(
            measures[number], reported_on=date(2019, 3, 31), percent=number, by=None
        )
    for number in range(2, rows):
        indexed.strategy(f"strategy-{number}", adopted_on=date(2000 + number, 1, 1))
    for ministry in ministries:
        indexed.assess(functions[0], ministry, "2019-04-01", "partly")
    held = [
        indexed.briefing(
            f"briefing-{number}",
            attended=[(ministry, 3) for ministry in ministries] if number == 0 else (),
            roles=[factories.role("pmo")] if number == 0 else [],
        )
        for number in range(rows)
    ]
    for guideline in guidelines:
        indexing.link(BriefingLink, guideline=guideline, briefing=held[0], by=None)
        indexing.link(PrincipleLink, guideline=guideline, principle=seventh, by=None)
    indexed.decided(indexed.proposal(), decision)

    with django_assert_num_queries(queries):
        page(client, path.format(decision=decision.pk))
