"""Keeps what is published as it is, in the database itself, whoever asks.

Triggers refuse every change to a published edition and to what belongs to it, on SQLite and on
PostgreSQL alike. The migration installs them; nothing in the running portal lifts them.
"""

from contextlib import contextmanager

from django.db import connection as default_connection

MESSAGE = "a published edition never changes"

# Tables of which each row belongs to an edition, and is frozen with it.
BELONGINGS = (
    "guidelines_section",
    "guidelines_revisionnote",
    "guidelines_attachment",
    "guidelines_revision",
    "guidelines_step",
)


def _published(condition):
    """Whether a published edition fulfils the condition."""
    return f"EXISTS (SELECT 1 FROM guidelines_edition WHERE status = 'published' AND {condition})"


def _guards():
    """(table, event, condition) of each guard; the condition speaks of OLD and NEW.

    On SQLite, REPLACE deletes what is in its way without asking a trigger for deletion, so
    nothing may be put in the place of a frozen row either.
    """
    for table in BELONGINGS:
        into = _published("id = NEW.edition_id")
        out_of = _published("id = OLD.edition_id")
        in_the_place = _published(f"id IN (SELECT edition_id FROM {table} WHERE id = NEW.id)")
        yield table, "INSERT", f"{into} OR {in_the_place}"
        yield table, "UPDATE", f"{out_of} OR {into} OR (NEW.id <> OLD.id AND {in_the_place})"
        yield table, "DELETE", out_of
    in_the_place = _published(
        "(id = NEW.id OR guideline_id = NEW.guideline_id AND"
        " (language = NEW.language AND decided_on = NEW.decided_on OR serial = NEW.serial))"
    )
    yield "guidelines_edition", "INSERT", in_the_place
    yield "guidelines_edition", "UPDATE", f"OLD.status = 'published' OR {in_the_place}"
    yield "guidelines_edition", "DELETE", "OLD.status = 'published'"
    # What the seals name of other tables.
    by_it = _published("decision_id = {row}.id")
    yield "governance_decision", "INSERT", by_it.format(row="NEW")
    yield (
        "governance_decision",
        "UPDATE",
        "(OLD.id <> NEW.id OR OLD.body_id <> NEW.body_id OR OLD.decided_on <> NEW.decided_on"
        f" OR OLD.title <> NEW.title) AND {by_it.format(row='OLD')}",
    )
    yield "governance_decision", "DELETE", by_it.format(row="OLD")
    of_it = _published("guideline_id = {row}.id")
    yield "guidelines_guideline", "INSERT", of_it.format(row="NEW")
    yield (
        "guidelines_guideline",
        "UPDATE",
        f"(OLD.id <> NEW.id OR OLD.code <> NEW.code) AND {of_it.format(row='OLD')}",
    )
    yield "guidelines_guideline", "DELETE", of_it.format(row="OLD")
    of_the_body = _published(
        "decision_id IN (SELECT id FROM governance_decision WHERE body_id = {row}.id)"
    )
    yield "governance_body", "INSERT", of_the_body.format(row="NEW")
    yield (
        "governance_body",
        "UPDATE",
        f"(OLD.id <> NEW.id OR OLD.slug <> NEW.slug) AND {of_the_body.format(row='OLD')}",
    )
    yield "governance_body", "DELETE", of_the_body.format(row="OLD")


def _name(table, event):
    return f"{table}_{event.lower()}_is_for_ever"


def install(connection=default_connection):
    """Put every guard in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23000'; END $$"
            )
            for table in sorted({table for table, _event, _condition in _guards()}):
                # TRUNCATE asks no row: only an empty database may be emptied.
                cursor.execute(
                    f"CREATE TRIGGER {_name(table, 'truncate')} BEFORE TRUNCATE ON {table}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )
            cursor.execute(
                # A trigger's WHEN may not ask other tables on PostgreSQL, so a function does.
                "CREATE OR REPLACE FUNCTION refuse_change_if_published() RETURNS trigger"
                " LANGUAGE plpgsql AS $$ DECLARE answer boolean; BEGIN"
                " EXECUTE 'SELECT ' || TG_ARGV[0] INTO answer USING OLD, NEW;"
                f" IF answer THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23000'; END IF;"
                " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            )
        for table, event, condition in _guards():
            name = _name(table, event)
            if connection.vendor == "postgresql":
                asked = condition.replace("OLD.", "($1).").replace("NEW.", "($2).")
                asked = asked.replace("'", "''")
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW"
                    f" EXECUTE FUNCTION refuse_change_if_published('{asked}')"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
                    f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )


def remove(connection=default_connection):
    """Take every guard away; only a migration and the tests' own clearing may ask for it."""
    with connection.cursor() as cursor:
        names = [(_name(table, event), table) for table, event, _condition in _guards()]
        if connection.vendor == "postgresql":
            names += [(_name(table, "truncate"), table) for _guard, table in names]
            for name, table in dict.fromkeys(names):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        else:
            for name, _table in names:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def lifted(connection=default_connection):
    """Lift the guards for a moment, knowingly: for emptying a test database, nothing else."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)
