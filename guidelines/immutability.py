"""Keeps what is published as it is, in the database itself, whoever asks.

Triggers refuse every change to a published edition and to what belongs to it, on SQLite and on
PostgreSQL alike. The migration installs them; nothing in the running portal lifts them.
"""

from contextlib import contextmanager

from django.db import connection as default_connection

MESSAGE = "a published edition never changes"

# Tables of which a row belongs to an edition, with what may not be done to it once published.
BELONGINGS = {
    "guidelines_section": ("INSERT", "UPDATE", "DELETE"),
    "guidelines_revisionnote": ("INSERT", "UPDATE", "DELETE"),
    "guidelines_attachment": ("INSERT", "UPDATE", "DELETE"),
    "guidelines_revision": ("INSERT", "UPDATE", "DELETE"),
    # The step of publication itself is written after the status.
    "guidelines_step": ("UPDATE", "DELETE"),
}


def _guards():
    """(name, table, event, condition) of each guard; the condition speaks of OLD and NEW."""
    for table, events in BELONGINGS.items():
        for event in events:
            rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
            condition = " OR ".join(
                "EXISTS (SELECT 1 FROM guidelines_edition WHERE status = 'published'"
                f" AND id = {row}.edition_id)"
                for row in rows
            )
            yield f"{table}_{event.lower()}_is_for_ever", table, event, condition
    for event in ("UPDATE", "DELETE"):
        yield (
            f"guidelines_edition_{event.lower()}_is_for_ever",
            "guidelines_edition",
            event,
            "OLD.status = 'published'",
        )
    adopted = (
        "EXISTS (SELECT 1 FROM guidelines_edition WHERE status = 'published'"
        " AND decision_id = OLD.id)"
    )
    yield (
        "governance_decision_update_is_for_ever",
        "governance_decision",
        "UPDATE",
        "(OLD.body_id <> NEW.body_id OR OLD.decided_on <> NEW.decided_on"
        f" OR OLD.title <> NEW.title) AND {adopted}",
    )


def install(connection=default_connection):
    """Put every guard in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23000'; END $$"
            )
            for table in {table for _name, table, _event, _condition in _guards()}:
                # TRUNCATE asks no row: only an empty database may be emptied.
                cursor.execute(
                    f"CREATE TRIGGER {table}_truncate_is_for_ever BEFORE TRUNCATE ON {table}"
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
        for name, table, event, condition in _guards():
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
        names = [(name, table) for name, table, _event, _condition in _guards()]
        if connection.vendor == "postgresql":
            names += [(f"{table}_truncate_is_for_ever", table) for _name, table in names]
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
