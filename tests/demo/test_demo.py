"""The demonstration set: rich, true to the facts, and said to be a demonstration."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from governance.models import Appointment, Ministry, Role
from guidelines import exporting, sealing, tree
from guidelines.importing import read_file
from guidelines.models import Edition, Guideline, GuidelineRelation
from portal.management.commands.load_demo import FIXTURES
from tests.test_sitemaps import locations

pytestmark = pytest.mark.django_db


def editions(code, language="ja"):
    return Edition.objects.filter(guideline__code=code, language=language).order_by("decided_on")


def test_catalogue_holds_every_document_with_its_relations():
    assert Guideline.objects.count() == 90
    assert GuidelineRelation.objects.filter(kind="explains", source__code="DS-110").exists()
    assert Guideline.objects.coded("1001").get().code == "DS-100"
    assert Guideline.objects.get(code="DS-500").replaced_by.code == "DS-511"
    assert Guideline.objects.get(code="DS-210").unconfirmed != ""


def test_guideline_proper_has_its_real_editions():
    assert [str(edition.decided_on) for edition in editions("DS-100")] == [
        "2014-12-03",
        "2017-05-09",
        "2018-03-30",
        "2019-02-25",
        "2020-03-31",
        "2021-03-30",
        "2022-04-20",
        "2024-05-31",
        "2025-05-27",
    ]
    assert [str(edition.decided_on) for edition in editions("DS-100", "en")] == ["2018-03-30"]
    first = editions("DS-100").first()
    assert first.title == "政府情報システムの整備及び管理に関する標準ガイドライン"
    assert (first.effective_on, Edition.objects.in_force(date(2015, 3, 31)).count()) == (
        date(2015, 4, 1),
        0,
    )


def test_newest_edition_is_substantial():
    newest = editions("DS-100").last()

    bodies = newest.sections.values_list("body", flat=True)
    assert len(bodies) >= 150
    assert sum(map(len, bodies)) >= 30_000
    assert newest.sections.filter(html__contains='href="edition:').count() >= 50
    assert newest.sections.filter(html__contains="<table>").count() >= 10


@pytest.mark.parametrize(
    ("code", "least"),
    [
        ("DS-110", 15),
        ("DS-120", 15),
        ("DS-310", 15),
        ("DS-500", 15),
        ("DS-511", 15),
        ("DS-910", 15),
    ],
)
def test_other_documents_have_texts(code, least):
    assert editions(code).last().sections.count() > least


def test_glossary_has_two_editions_of_terms_with_readings():
    first, second = editions("DS-130")

    assert first.sections.exclude(reading="").count() >= 40
    assert second.sections.exclude(reading="").count() >= 40


def changes(before, after):
    """What became of the sections between two editions, by key, as sets of keys."""

    def rows(edition):
        return {
            row[0]: row[1:]
            for row in edition.sections.exclude(parent=None).values_list(
                "key", "parent__key", "number", "title", "body"
            )
        }

    old, new = rows(before), rows(after)
    both = old.keys() & new.keys()
    return {
        "added": new.keys() - old.keys(),
        "removed": old.keys() - new.keys(),
        "moved": {key for key in both if old[key][0] != new[key][0]},
        "renumbered": {key for key in both if old[key][1] != new[key][1]},
        "retitled": {key for key in both if old[key][2] != new[key][2]},
        "reworded": {key for key in both if old[key][3] != new[key][3]},
    }


@pytest.mark.parametrize(
    "kind", ["added", "removed", "moved", "renumbered", "retitled", "reworded"]
)
def test_editions_differ_in_every_way_there_is(kind):
    chain = list(editions("DS-100"))

    steps = [changes(before, after)[kind] for before, after in pairwise(chain)]

    assert sum(1 for step in steps if step) >= 3


def test_every_edition_is_in_force_in_its_time():
    for day, decided in [
        ("2016-01-01", "2014-12-03"),
        ("2018-03-29", "2017-05-09"),
        ("2018-03-30", "2018-03-30"),
        ("2026-11-22", "2025-05-27"),
    ]:
        in_force = Edition.objects.in_force(date.fromisoformat(day)).get(guideline__code="DS-100")
        assert str(in_force.decided_on) == decided


def test_editions_of_one_day_share_one_decision():
    day = Edition.objects.filter(decided_on="2025-05-27")

    assert sorted(edition.guideline.code for edition in day) == ["DS-100", "DS-310"]
    assert len({edition.decision_id for edition in day}) == 1


def test_every_text_says_that_it_is_a_demonstration():
    assert Edition.objects.filter(demonstration=False).count() == 0


def test_every_tree_is_sound_and_every_seal_true():
    assert [tree.faults(edition) for edition in Edition.objects.all() if tree.faults(edition)] == []
    assert sealing.differences() == []


def test_translation_has_the_places_of_its_original():
    for original in Edition.objects.filter(translations__isnull=False):
        translation = original.translations.get()
        assert dict(translation.sections.values_list("key", "address")) == dict(
            original.sections.values_list("key", "address")
        )


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_is_exported_reads_back_as_what_was_loaded(path: Path, tmp_path):
    source = read_file(path)
    edition = Edition.objects.get(
        guideline__code=source.code, language=source.language, decided_on=source.decided_on
    )

    (tmp_path / "out.md").write_text(exporting.FORMATS["md"][1](edition))

    assert read_file(tmp_path / "out.md").root == tree.read(edition)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/guidelines/", "/guidelines/map/", "/decisions/", "/guidelines/DS-100/"),
        *("/guidelines/DS-100/3.5/", "/guidelines/DS-100/all/", "/guidelines/DS-100/history/"),
        *("/guidelines/DS-100/2018-03-30/2.2.2/", "/on/2019-04-01/", "/guidelines/DS-130/"),
        *("/on/2019-04-01/guidelines/DS-100/2.2/", "/guidelines/DS-500/", "/guidelines/1001/"),
        *("/roles/", "/roles/ministry-cio/", "/ministries/", "/on/2019-04-01/ministries/mic/"),
    ],
)
def test_every_kind_of_page_answers(client, language, path):
    response = client.get(language + path, follow=True)

    assert response.status_code == 200
    name = "Standard Guideline Set Portal" if language else "標準ガイドライン群ポータル"
    assert name in response.content.decode()


def test_ministries_and_roles_have_names_and_holders_on_any_day():
    today, then = date(2026, 11, 22), date(2019, 4, 1)

    assert Ministry.objects.existing(today).count() >= 25
    assert Ministry.objects.existing(then).filter(slug="da").count() == 0
    assert Role.objects.named(today).get(slug="ministry-cio").name == "デジタル統括責任者"
    assert Role.objects.named(then).get(slug="ministry-cio").name == "情報化統括責任者"
    cios = Appointment.objects.filter(role__slug="ministry-cio")
    assert cios.in_office(today).count() >= 20
    assert cios.ended(today).count() >= 5
    assert set(Appointment.objects.values_list("person", "demonstration")) == {("", True)}


def test_every_address_of_the_sitemap_leads_somewhere(client):
    named = locations(client.get("/sitemap.xml").content)
    kinds = {}
    for path in named:
        # One of each kind of page, and every page that is not a section.
        is_section = path.count("/") > 3 and "/guidelines/" in path
        kinds.setdefault(path.split("/")[2] if is_section else path, path)

    assert [path for path in kinds.values() if client.get(path).status_code != 200] == []
    assert len(named) == len(set(named))
