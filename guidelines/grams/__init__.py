"""Keeps the pieces of the words of every section, and asks for them: on SQLite and PostgreSQL.

A stream is searched for its parts, of any length and cut anywhere, and exactly. On SQLite, FTS5
keeps its overlapping pairs of signs with their places, so that a row of pairs is a part. On
PostgreSQL a tsvector keeps each sign, pair and row of four without places, which a GIN index
answers without a look at the text; what is longer than four signs is looked for in the text of what
has all its fours. A sign of no script tells headings, stems and marks from the rest.
"""

from django.db import connection as default_connection

from guidelines.grams.keeping import TABLE
from guidelines.grams.postgres import Postgres
from guidelines.grams.sqlite import Sqlite

__all__ = ["TABLE", "store"]


def store(connection=default_connection):
    """What keeps the pieces in the database of a connection."""
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection)
