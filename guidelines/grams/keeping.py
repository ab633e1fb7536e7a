"""What the stores of both databases have in common."""

TABLE = "guidelines_searchgrams"
# Of so many rows or fewer the ids are fetched at once, and counted here.
FEW = 4_000


class Store:
    """What both databases have in common. `rows` are tuples of id, heading, body and stems."""

    def __init__(self, connection):
        self.connection = connection

    def fetch(self, sql, params=()):
        """The rows of a question."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def execute(self, sql, params=()):
        """Do something that gives no rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)

    def few(self, source, params):
        """The ids of the rows of a SELECT in order; None where they are more than FEW."""
        rows = self.fetch(f"SELECT m.id FROM ({source}) m LIMIT {FEW + 1}", params)
        return sorted(pk for (pk,) in rows) if len(rows) <= FEW else None


def by_edition(ids, editions):
    """Of each of some editions: how many of the ids are of its sections, and the first."""
    counts = {}
    for pk in ids:
        count, first = counts.get(pk >> 20, (0, pk))
        counts[pk >> 20] = count + 1, first
    return {edition: counts[edition] for edition in counts.keys() & editions}
