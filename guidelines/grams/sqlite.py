"""Keeps the pieces on SQLite: pairs with their places, in FTS5."""

from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property

from django.db import transaction

from guidelines.grams.keeping import TABLE, Store, by_edition
from guidelines.grams.pieces import EVERY, HEADING, STEM, pairs, wholes


class Sqlite(Store):
    """What is kept in FTS5: the pairs of headings and texts, and what has no place."""

    def install(self, table=TABLE):
        """Make the table."""
        self.execute(
            # Without the texts, which are in SearchText; every token is made here and taken as it
            # is, whatever version of Unicode SQLite was built with.
            f"CREATE VIRTUAL TABLE {table} USING fts5(heading, body, whole, content='',"
            " columnsize=0, tokenize='ascii')"
        )

    def remove(self, table=TABLE):
        """Drop the table."""
        self.execute(f"DROP TABLE IF EXISTS {table}")

    def put(self, rows, table=TABLE):
        """Keep the pieces of rows that are not kept yet."""
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (rowid, heading, body, whole) VALUES (%s, %s, %s, %s)",
                [
                    (pk, pairs(heading), pairs(body), " ".join(wholes(heading, body, stems)))
                    for pk, heading, body, stems in rows
                ],
            )
        # A little of the work that keeps the index in few pieces; every piece costs each question.
        # Only pieces of one size: a negative number would begin to write the whole index anew.
        self._merge(table, 100)

    def _merge(self, table, pages):
        self.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [pages])

    def rebuild(self, batches, late):
        """Keep other rows than before, while readers still use what was there.

        `batches` gives them many at a time; `late`, told the ids that came, those that came since.
        FTS5 cannot forget a row whose text it does not keep, so all is built anew and changed over.
        """
        new, kept = f"{TABLE}_new", set()
        self.remove(new)
        self.install(new)
        for rows in batches:
            kept.update(row[0] for row in rows)
            with transaction.atomic(using=self.connection.alias):
                self.put(rows, new)
        with transaction.atomic(using=self.connection.alias):
            self.put(late(kept), new)
            self.execute(f"INSERT INTO {new} ({new}) VALUES ('optimize')")
            self.remove()
            self.execute(f"ALTER TABLE {new} RENAME TO {TABLE}")

    def ids(self):
        """The ids of all rows kept."""
        return {pk for (pk,) in self.fetch(*self.source(f'whole : "{EVERY}"'))}

    def faults(self, rows):
        """The ids of the rows that are not kept as they are."""
        return [pk for pk, *texts in rows if self._sums.get(pk) != _sum(*texts)]

    @cached_property
    def _sums(self):
        """Of every row kept, a sum of its tokens and their places: FTS5 tells only those."""
        self.execute(
            f"CREATE VIRTUAL TABLE temp.{TABLE}_vocabulary"
            f" USING fts5vocab('main', '{TABLE}', 'instance')"
        )
        sums = defaultdict(int)
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(f"SELECT doc, col, offset, term FROM temp.{TABLE}_vocabulary")
                for pk, *token in cursor:
                    sums[pk] += hash(tuple(token))
        finally:
            self.execute(f"DROP TABLE temp.{TABLE}_vocabulary")
        return sums

    @contextmanager
    def planned(self):
        """What is asked inside is asked in the way that suits these tables."""
        yield

    def source(self, expression):
        """The SELECT of the ids that an expression finds."""
        return (
            f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s",
            [expression],
        )

    def matching(self, query, *, in_heading=False):
        """The SELECT of the ids of the rows that fulfil a query."""
        clauses = (self._clause(clause, in_heading) for clause in query.any_of)
        return self.source(" OR ".join(f"({clause})" for clause in clauses))

    def is_counted(self, rows):
        """Whether what is counted of an edition is right; nothing is, here."""
        return True

    def counts(self, source, params, pks, *, piece=""):
        """Of each of some editions, how many rows of a SELECT it has; and the first, if known.

        With them the ids of all rows, in order, unless they are very many.
        """
        few = self.few(source, params)
        if few is not None:
            return by_edition(few, pks), few
        # Far faster than to group them, as FTS5 skips to the rows of an edition.
        rows = self.fetch(
            f"SELECT value, (SELECT count(*) FROM ({source}) m"
            " WHERE m.id >= (value << 20) AND m.id < ((value + 1) << 20)) FROM json_each(%s)",
            [*params, str(sorted(pks))],
        )
        return {pk: (count, None) for pk, count in rows if count}, None

    def firsts(self, source, params, pks):
        """The lowest id of the rows of a SELECT in each of some editions, by their ids."""
        rows = self.fetch(
            f"SELECT value, (SELECT m.id FROM ({source}) m WHERE m.id >= (value << 20)"
            " AND m.id < ((value + 1) << 20) ORDER BY m.id LIMIT 1) FROM json_each(%s)",
            [*params, str(sorted(pks))],
        )
        return {pk: first for pk, first in rows if first}

    def among(self, pks):
        """The condition that a row is of one of some editions."""
        return "(m.id >> 20) IN (SELECT value FROM json_each(%s))", [str(sorted(pks))]

    def listed(self, pks):
        """The SELECT of some ids that are known."""
        return "SELECT value AS id FROM json_each(%s)", [str(pks)]

    def one_of(self, pks, column="+m.id"):
        """The condition that a row is one of some; with the plus, asked of each row found."""
        return f"{column} IN (SELECT value FROM json_each(%s))", [str(sorted(pks))]

    def _clause(self, clause, in_heading):
        wanted = " AND ".join(self._word(word, in_heading) for word in clause.all_of)
        if not clause.none_of:
            return wanted
        return f"({wanted}) NOT ({' OR '.join(self._word(word) for word in clause.none_of)})"

    def _word(self, word, in_heading=False):
        forms = [self._form(form, in_heading) for form in word.forms]
        if word.stem and not in_heading:
            forms.append(f'whole : "{STEM}{word.stem}"')
        return f"({' OR '.join(forms)})"

    def _form(self, form, in_heading):
        if len(form) == 1:
            return f'whole : "{HEADING if in_heading else ""}{form}"'
        columns = "heading" if in_heading else "{heading body}"
        return f'{columns} : "{pairs(form, is_part=True)}"'


def _sum(heading, body, stems):
    """What `_sums` finds of a row."""
    columns = {
        "heading": pairs(heading).split(" "),
        "body": pairs(body).split(" "),
        "whole": wholes(heading, body, stems),
    }
    return sum(
        hash((column, place, token))
        for column, tokens in columns.items()
        for place, token in enumerate(tokens)
        if token
    )
