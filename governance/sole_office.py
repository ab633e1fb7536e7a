"""Keeps an office that has one holder from having two at once, in the database itself.

Triggers on SQLite and on PostgreSQL refuse an appointment whose period meets another's of the
same role and ministry, when the role has a single holder. On PostgreSQL the role's row is locked
first, so that two appointments made at once see each other.
"""

from django.db import connection as default_connection

MESSAGE = "an office with one holder has one holder"

MEETS = """
    EXISTS (SELECT 1 FROM governance_role WHERE id = NEW.role_id AND single_holder)
    AND EXISTS (
        SELECT 1 FROM governance_appointment other
        WHERE other.role_id = NEW.role_id
          AND COALESCE(other.ministry_id, 0) = COALESCE(NEW.ministry_id, 0)
          AND other.id <> COALESCE(NEW.id, 0)
          AND other.began_on < COALESCE(NEW.ended_on, '9999-12-31')
          AND NEW.began_on < COALESCE(other.ended_on, '9999-12-31')
    )
"""


def install(connection=default_connection):
    """Put the guard in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION refuse_second_holder() RETURNS trigger LANGUAGE plpgsql AS $$"
                " BEGIN PERFORM 1 FROM governance_role WHERE id = NEW.role_id FOR UPDATE;"
                f" IF {MEETS} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23000'; END IF;"
                " RETURN NEW; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER one_holder_at_a_time BEFORE INSERT OR UPDATE"
                " ON governance_appointment FOR EACH ROW EXECUTE FUNCTION refuse_second_holder()"
            )
            return
        for event in ("INSERT", "UPDATE"):
            # After the row has its id; what is refused is undone with the statement.
            cursor.execute(
                f"CREATE TRIGGER one_holder_at_a_time_{event.lower()} AFTER {event}"
                f" ON governance_appointment WHEN {MEETS}"
                f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def remove(connection=default_connection):
    """Take the guard away; only a migration may ask for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER one_holder_at_a_time ON governance_appointment")
            cursor.execute("DROP FUNCTION refuse_second_holder()")
            return
        for event in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER one_holder_at_a_time_{event}")
