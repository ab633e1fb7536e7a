"""Sections and what they are linked to, from either side, on any day."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from governance.models import Measure, PmoFunction, Principle, StrategyItem
from guidelines import cataloguing, drafting, publishing
from guidelines.linked import links_of
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


def renewed(edition, by):
    """The next edition, of 2020, in which the clause on the government as a whole is gone."""
    draft = drafting.open_draft(edition.guideline, by=by)
    drafting.remove_section(draft.sections.get(title="政府全体管理"), by=by)
    publishing.submit(draft, by=by)
    decision = factories.decision("2020-03-31")
    return publishing.publish({draft: date(2020, 4, 1)}, decision=decision, by=by)[0]


def test_linked_section_is_named_by_its_place_and_leads_to_it(client, edition):
    (function,) = indexed.functions()
    indexed.link(factories.section(edition, "2.2.2.1"), function)

    html = page(client, "/pmo/part-1/")

    assert indexed.shown("DS-100", "第2編第2章2.1)", "全体像", "2.2.2.1") in html


def test_linked_section_leads_to_the_day_asked(client, edition):
    (function,) = indexed.functions()
    indexed.link(factories.section(edition, "2.2"), function)

    html = page(client, "/on/2019-04-01/pmo/part-1/")

    assert indexed.shown("DS-100", "第2編第2章", "組織体制", "2.2", root="/on/2019-04-01") in html


def test_english_reader_is_shown_the_translation_of_a_linked_section(client, edition):
    (function,) = indexed.functions()
    indexed.link(factories.section(edition, "2.2"), function)

    html = page(client, "/en/pmo/part-1/")

    there = indexed.shown(
        "DS-100", "Part 2, Chapter 2", "Organisation", "2.2", root="/en", language="en"
    )
    assert there in html
    assert "組織体制" not in html


def test_english_reader_is_shown_japanese_where_there_is_no_translation(client, edition, by):
    (function,) = indexed.functions()
    other = factories.published(factories.guideline("DS-200"), by=by)
    indexed.link(factories.section(other, "2.2"), function)

    html = page(client, "/en/pmo/part-1/")

    assert indexed.shown("DS-200", "第2編第2章", "組織体制", "2.2", root="/en") in html


def test_linked_sections_are_those_in_force_on_the_day(client, edition, by):
    (function,) = indexed.functions()
    indexed.link(factories.section(edition, "2.2.1"), function)
    indexed.link(factories.section(edition, "2.1"), function)
    indexed.link(factories.section(edition, "2.1"), function.parent)
    renewed(edition, by)

    then, now = page(client, "/on/2020-03-31/pmo/part-1/"), page(client, "/pmo/part-1/")

    assert ("政府全体管理" in then, "第2編第1章" in then) == (True, True)
    assert ("政府全体管理" in now, "第2編第1章" in now) == (False, True)
    # Decided on 30 March 2018, in force from April.
    assert "第2編第1章" in page(client, "/on/2018-04-01/pmo/whole/")
    assert "第2編第1章" not in page(client, "/on/2018-03-31/pmo/whole/")


def test_link_to_a_withdrawn_document_is_shown_until_then(client, edition, by):
    (function,) = indexed.functions()
    indexed.link(factories.section(edition, "2.2"), function)
    cataloguing.withdraw_guideline(edition.guideline, on=date(2021, 1, 1), by=by)

    assert "組織体制" not in page(client, "/pmo/part-1/")
    assert "組織体制" in page(client, "/on/2020-12-31/pmo/part-1/")


def test_link_of_a_draft_is_nowhere_to_be_seen(client, edition, by):
    (function,) = indexed.functions()
    draft = drafting.open_draft(edition.guideline, by=by)
    indexed.link(draft.sections.get(title="適用"), function)

    assert "適用" not in page(client, "/pmo/part-1/").split('id="main"')[1].split("府省ごと")[0]


def listed(links):
    """What is linked, as the test made it: by kind and id."""
    kinds = (PmoFunction, StrategyItem, Measure, Principle)
    targets = (links.functions, links.items, links.measures, links.principles)
    return [(kind, one.pk) for kind, some in zip(kinds, targets, strict=True) for one in some]


def made(things):
    return [(type(thing), thing.pk) for thing in things]


TODAY = date(2020, 1, 1)


@pytest.mark.parametrize(("address", "many"), [("2.2.2", 4), ("2", 4), ("2.2.2.1", 0), ("1", 0)])
def test_section_is_linked_to_what_it_and_those_below_are(edition, everything, address, many):
    links = links_of(edition, factories.section(edition, address), on=TODAY)

    assert listed(links) == made(everything[:many])
    assert bool(links) is (many > 0)


def test_edition_is_linked_to_what_its_sections_and_its_document_are(edition, everything):
    assert listed(links_of(edition, on=TODAY)) == made(everything)


def test_translation_is_linked_as_its_original(edition, everything):
    translation = edition.translations.get()

    assert listed(links_of(translation, on=TODAY)) == made(everything)
    chapter = factories.section(translation, "2.2")
    assert listed(links_of(translation, chapter, on=TODAY)) == made(everything[:4])


def test_section_is_linked_only_to_what_there_is_on_the_day(edition, everything):
    links = links_of(edition, on=date(2018, 1, 15))

    assert listed(links) == made(everything[3:])


@pytest.mark.parametrize("twice", [False, True])
def test_links_cost_one_query(edition, everything, django_assert_num_queries, twice):
    if twice:
        indexed.link(factories.section(edition, "2.2.1"), everything[0])

    with django_assert_num_queries(1):
        assert listed(links_of(edition, on=TODAY)) == made(everything)


def test_links_are_listed_by_kind_with_the_way_to_each(edition, everything):
    html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")
    links = links_of(edition, on=TODAY)

    html = render_to_string("guidelines/_links.html", {"links": links, "on": TODAY})

    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>–</title>{html}")
    item, measure = everything[1:3]
    for there, name in (
        ("pmo/part-1/", '<span class="number">1)</span>機能1'),
        (f"strategies/strategy/#item-{item.pk}", '<span class="number">1.</span>項目1'),
        (f"plans/mic/2018-04-01/#measure-{measure.pk}", '<span class="number">M-01</span>施策1'),
        ("principles/7/", '<span class="number">7</span>原則その7'),
        ("principles/10/", '<span class="number">10</span>原則その10'),
    ):
        assert f'<a href="/on/2020-01-01/{there}">{name}</a>' in html


def test_nothing_is_said_where_nothing_is_linked(edition):
    links = links_of(edition, on=TODAY)

    assert render_to_string("guidelines/_links.html", {"links": links}).strip() == ""
