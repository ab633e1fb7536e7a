"""Published is for ever: the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from guidelines.models import Edition, Section
from tests import factories

REFUSED = {
    "section text": "UPDATE guidelines_section SET body = 'x' WHERE edition_id = {id}",
    "section html": "UPDATE guidelines_section SET html = 'x' WHERE edition_id = {id}",
    "section place": "UPDATE guidelines_section SET lft = lft WHERE edition_id = {id}",
    "section removed": "DELETE FROM guidelines_section WHERE edition_id = {id}",
    "note changed": "UPDATE guidelines_revisionnote SET content = 'x' WHERE edition_id = {id}",
    "note removed": "DELETE FROM guidelines_revisionnote WHERE edition_id = {id}",
    "step changed": "UPDATE guidelines_step SET note = 'x' WHERE edition_id = {id}",
    "step removed": "DELETE FROM guidelines_step WHERE edition_id = {id}",
    "revision changed": "UPDATE guidelines_revision SET body = 'x' WHERE edition_id = {id}",
    "revision removed": "DELETE FROM guidelines_revision WHERE edition_id = {id}",
    "cover changed": "UPDATE guidelines_edition SET title = 'x' WHERE id = {id}",
    "taken back": "UPDATE guidelines_edition SET status = 'draft' WHERE id = {id}",
    "edition removed": "DELETE FROM guidelines_edition WHERE id = {id}",
    "decision moved": (
        "UPDATE governance_decision SET decided_on = '2001-01-01' WHERE id = {decision}"
    ),
    "decision renamed": "UPDATE governance_decision SET title = 'x' WHERE id = {decision}",
    "decision removed": "DELETE FROM governance_decision WHERE id = {decision}",
    "code changed": "UPDATE guidelines_guideline SET code = 'X-1' WHERE id = {guideline}",
    "guideline removed": "DELETE FROM guidelines_guideline WHERE id = {guideline}",
    "body renamed in seals": "UPDATE governance_body SET slug = 'x' WHERE slug = 'cio-council'",
    "step slipped in": (
        "INSERT INTO guidelines_step (edition_id, act, status, note, taken_at, taken_by_id)"
        " VALUES ({id}, 'publish', 'published', '', '2018-03-30', {person})"
    ),
    "section taken out": (
        "UPDATE guidelines_section SET edition_id = edition_id + 1, tree_id = tree_id + 1"
        " WHERE edition_id = {id}"
    ),
    "note slipped in": (
        "INSERT INTO guidelines_revisionnote (edition_id, position, place, content)"
        " VALUES ({id}, 99, '', 'x')"
    ),
}


@pytest.fixture
def edition(by):
    from guidelines import drafting, publishing

    draft = factories.draft(by=by)
    drafting.set_notes(draft, [(None, "全体", "初版")], by=by)
    publishing.submit(draft, by=by)
    decision = factories.decision()
    return publishing.publish({draft: decision.decided_on}, decision=decision, by=by)[0]


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_raw_sql_on_a_published_edition_is_refused(edition, statement):
    statement = statement.format(
        id=edition.pk,
        decision=edition.decision_id,
        guideline=edition.guideline_id,
        person=edition.steps.first().taken_by_id,
    )

    with (
        pytest.raises(IntegrityError, match="a published edition never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    edition.refresh_from_db()
    assert edition.status == Edition.Status.PUBLISHED
    assert edition.sections.count() == 11


def test_a_section_cannot_be_moved_into_a_published_edition(edition):
    other = factories.draft()

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE guidelines_section SET edition_id = {edition.pk}, tree_id = {edition.pk}"
            f" WHERE edition_id = {other.pk} AND level = 1"
        )


def test_the_reason_of_a_decision_may_still_be_completed(edition):
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE governance_decision SET reason = 'x' WHERE id = {edition.decision_id}"
        )

    edition.decision.refresh_from_db()
    assert edition.decision.reason == "x"


def test_a_draft_changes_freely_beside_a_published_edition(edition):
    draft = factories.draft(edition.guideline)

    changed = Section.objects.filter(edition=draft, number="別紙2").update(body="改める。")

    assert changed == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL truncates")
def test_truncating_is_refused(edition):
    with (
        pytest.raises(IntegrityError, match="a published edition never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # Deferred checks that still wait would stop it first.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE guidelines_section CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces")
@pytest.mark.parametrize(
    "table",
    [
        *("guidelines_edition", "guidelines_section", "guidelines_step", "guidelines_guideline"),
        *("guidelines_revisionnote", "governance_decision", "governance_body"),
    ],
)
def test_replacing_a_frozen_row_is_refused(edition, table):
    rows = {
        "guidelines_edition": f"id = {edition.pk}",
        "guidelines_guideline": f"id = {edition.guideline_id}",
        "governance_decision": f"id = {edition.decision_id}",
        "governance_body": f"id = {edition.decision.body_id}",
    }
    where = rows.get(table, f"edition_id = {edition.pk}")

    with (
        pytest.raises(IntegrityError, match="a published edition never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table} WHERE {where}")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces")
def test_another_edition_cannot_take_the_place_of_a_published_one(edition):
    columns = [
        field.column for field in Edition._meta.concrete_fields if field.column not in ("id",)
    ]
    names = ", ".join(columns)

    with (
        pytest.raises(IntegrityError, match="a published edition never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"REPLACE INTO guidelines_edition ({names}) SELECT {names} FROM guidelines_edition"
        )
