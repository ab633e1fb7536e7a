"""Keeps the pieces of the words of every section, and asks for them: on SQLite and PostgreSQL.

A stream is searched for its parts, of any length and cut anywhere, and exactly. On SQLite, FTS5
keeps its overlapping pairs of signs with their places, so that a row of pairs is a part. On
PostgreSQL a tsvector keeps each sign, pair and row of four without places, which a GIN index
answers without a look at the text; what is longer than four signs is looked for in the text of what
has all its fours. A sign of no script tells headings, stems and marks from the rest.
"""

from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from operator import add

from django.db import connection as default_connection
from django.db import transaction

TABLE = "guidelines_searchgrams"
_HEADING, _STEM, _EVERY, _PARTLY = "\ue001", "\ue002", "\ue003", "\ue004"
# Stands for the blank of a stream where that would end a token.
_BLANK = "\ue005"
# Bytes that PostgreSQL takes in one tsvector, with room to spare.
MOST_BYTES = 900_000


def store(connection=default_connection):
    """What keeps the pieces in the database of a connection."""
    return {"sqlite": _Sqlite, "postgresql": _Postgres}[connection.vendor](connection)


class _Store:
    """What both databases have in common. `rows` are tuples of id, heading, body and stems."""

    def __init__(self, connection):
        self.connection = connection

    def fetch(self, sql, params=()):
        """The rows of a question."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def _execute(self, sql, params=()):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)


class _Sqlite(_Store):
    def install(self, table=TABLE):
        """Make the table."""
        self._execute(
            # Without the texts, which are in SearchText; every token is made here and taken as it
            # is, whatever version of Unicode SQLite was built with.
            f"CREATE VIRTUAL TABLE {table} USING fts5(heading, body, whole, content='',"
            " columnsize=0, tokenize='ascii')"
        )

    def remove(self, table=TABLE):
        """Drop the table."""
        self._execute(f"DROP TABLE IF EXISTS {table}")

    def put(self, rows, table=TABLE):
        """Keep the pieces of rows that are not kept yet."""
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (rowid, heading, body, whole) VALUES (%s, %s, %s, %s)",
                [
                    (pk, _pairs(heading), _pairs(body), " ".join(_wholes(heading, body, stems)))
                    for pk, heading, body, stems in rows
                ],
            )
        # A little of the work that keeps the index in few pieces; every piece costs each question.
        # Only pieces of one size: a negative number would begin to write the whole index anew.
        self._merge(table, 100)

    def _merge(self, table, pages):
        self._execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [pages])

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
            self._execute(f"INSERT INTO {new} ({new}) VALUES ('optimize')")
            self.remove()
            self._execute(f"ALTER TABLE {new} RENAME TO {TABLE}")

    def ids(self):
        """The ids of all rows kept."""
        return {pk for (pk,) in self.fetch(*self.source(f'whole : "{_EVERY}"'))}

    def faults(self, rows):
        """The ids of the rows that are not kept as they are."""
        return [pk for pk, *texts in rows if self._sums.get(pk) != _sum(*texts)]

    @cached_property
    def _sums(self):
        """Of every row kept, a sum of its tokens and their places: FTS5 tells only those."""
        self._execute(
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
            self._execute(f"DROP TABLE temp.{TABLE}_vocabulary")
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

    def counts(self, source, params, pks):
        """Of each of some editions, how many rows of a SELECT it has; and the first, if known."""
        # Far faster than to group them, as FTS5 skips to the rows of an edition.
        rows = self.fetch(
            f"SELECT value, (SELECT count(*) FROM ({source}) m"
            " WHERE m.id >= (value << 20) AND m.id < ((value + 1) << 20)) FROM json_each(%s)",
            [*params, str(sorted(pks))],
        )
        return {pk: (count, None) for pk, count in rows if count}

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
            forms.append(f'whole : "{_STEM}{word.stem}"')
        return f"({' OR '.join(forms)})"

    def _form(self, form, in_heading):
        if len(form) == 1:
            return f'whole : "{_HEADING if in_heading else ""}{form}"'
        columns = "heading" if in_heading else "{heading body}"
        return f'{columns} : "{_pairs(form, is_part=True)}"'


class _Postgres(_Store):
    def install(self):
        """Make the table with its index."""
        self._execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, grams tsvector NOT NULL)")
        # The rows are counted far more often than their pieces are looked at.
        self._execute(f"ALTER TABLE {TABLE} ALTER grams SET STORAGE EXTERNAL")
        self._execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
        # What is new waits in a list until `_tidy`, and is not put in place a part at a time.
        self._execute(
            f"CREATE INDEX {TABLE}_grams ON {TABLE} USING gin (grams)"
            " WITH (gin_pending_list_limit = 65536)"
        )

    def remove(self):
        """Drop the table."""
        self._execute(f"DROP TABLE IF EXISTS {TABLE}")

    def put(self, rows):
        """Keep the pieces of rows, in the place of what was kept of them."""
        values = []
        for pk, heading, body, stems in rows:
            values += [pk, _literal(_pieces(heading, body, stems))]
        if values:
            places = ", ".join(["(%s, %s::tsvector)"] * (len(values) // 2))
            self._execute(
                f"INSERT INTO {TABLE} VALUES {places} ON CONFLICT (id) DO UPDATE"
                " SET grams = excluded.grams",
                values,
            )
            # New rows wait in a list that every question reads through; it ends here.
            transaction.on_commit(self._tidy, using=self.connection.alias)

    def _tidy(self):
        self._execute(f"SELECT gin_clean_pending_list('{TABLE}_grams')")

    def rebuild(self, batches, late):
        """Keep other rows than before, while readers still use what was there.

        `batches` gives them many at a time; `late`, told the ids that came, those that came since.
        """
        kept = set()
        for rows in batches:
            kept.update(row[0] for row in rows)
            with transaction.atomic(using=self.connection.alias):
                self.put(rows)
        with transaction.atomic(using=self.connection.alias):
            wanted = kept | {row[0] for row in late(kept)}
            gone = sorted(self.ids() - wanted)
            self._execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [gone])

    def ids(self):
        """The ids of all rows kept."""
        return {pk for (pk,) in self.fetch(f"SELECT id FROM {TABLE}")}

    def faults(self, rows):
        """The ids of the rows that are not kept as they are."""
        wrong = []
        for pk, heading, body, stems in rows:
            pieces = _literal(_pieces(heading, body, stems))
            same = f"SELECT 1 FROM {TABLE} WHERE id = %s AND grams = %s::tsvector"
            if not self.fetch(same, [pk, pieces]):
                wrong.append(pk)
        return wrong

    @contextmanager
    def planned(self):
        """What is asked inside is asked in the way that suits these tables.

        The planner does not know that reading a tsvector means fetching it from elsewhere, and
        would go through the whole table where half of it is found.
        """
        with transaction.atomic(using=self.connection.alias):
            self._execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            yield
            self._execute("SET LOCAL enable_seqscan = on; SET LOCAL jit = on")

    @cached_property
    def _has_partial(self):
        """Whether the pieces of some text did not all fit."""
        found = f"SELECT 1 FROM {TABLE} WHERE grams @@ %s::tsquery LIMIT 1"
        return bool(self.fetch(found, [f"'{_PARTLY}'"]))

    def matching(self, query, *, in_heading=False):
        """The SELECT of the ids of the rows that fulfil a query."""
        selects, params = [], []
        for clause in query.any_of:
            sql, values = _Clause(clause, in_heading, self._has_partial).select()
            selects.append(sql)
            params += values
        return " UNION ".join(selects), params

    def counts(self, source, params, pks):
        """Of each of some editions, how many rows of a SELECT it has; and the first, if known."""
        among, values = self.among(pks)
        rows = self.fetch(
            f"SELECT m.id >> 20, count(*), min(m.id) FROM ({source}) m WHERE {among} GROUP BY 1",
            [*params, *values],
        )
        return {pk: (count, first) for pk, count, first in rows}

    def firsts(self, source, params, pks):
        """The lowest id of the rows of a SELECT in each of some editions, by their ids."""
        counts = self.counts(source, params, pks)
        return {pk: first for pk, (_count, first) in counts.items()}

    def among(self, pks):
        """The condition that a row is of one of some editions."""
        return "(m.id >> 20) = ANY(%s::bigint[])", [sorted(pks)]

    def one_of(self, pks, column="m.id"):
        """The condition that a row is one of some."""
        return f"{column} = ANY(%s::bigint[])", [sorted(pks)]


class _Clause:
    """A clause as PostgreSQL is asked for it: by the index, and what the index leaves open."""

    def __init__(self, clause, in_heading, partial):
        self.in_heading = in_heading
        self.partial = partial
        self.asked = [self._pieces(word, in_heading) for word in clause.all_of]
        self.checks, self.params = [], []
        for word in clause.all_of:
            if not self._is_exact(word):
                self._check(word, in_heading)
        for word in clause.none_of:
            if self._is_exact(word):
                self.asked.append(f"!({self._pieces(word, False)})")
            else:
                self._check(word, False, negated=True)

    def select(self):
        """The SELECT of what fulfils it."""
        texts = " JOIN guidelines_searchtext t ON t.entry_id = g.id" if self.checks else ""
        checks = "".join(f" AND {check}" for check in self.checks)
        return (
            f"SELECT g.id FROM {TABLE} g{texts} WHERE g.grams @@ %s::tsquery{checks}",
            [" & ".join(f"({asked})" for asked in self.asked), *self.params],
        )

    def _is_exact(self, word):
        return all(len(form) <= (2 if self.partial else 4) for form in word.forms)

    def _pieces(self, word, in_heading):
        asked = [self._form(form, _HEADING if in_heading else "") for form in word.forms]
        if word.stem and not in_heading:
            asked.append(f"'{_STEM}{word.stem}'")
        return " | ".join(asked)

    def _form(self, form, mark):
        if len(form) == 3:
            # With what follows it always is one of the fours.
            asked = f"'{mark}{form}':*"
        elif len(form) < 3:
            return f"'{mark}{form}'"
        else:
            asked = _all_of({f"{mark}{piece}" for piece in _of_length(form, 4)})
        if self.partial:
            pairs = {f"{mark}{piece}" for piece in _of_length(form, 2)}
            asked = f"({asked} | {_all_of({_PARTLY, *pairs})})"
        return asked

    def _check(self, word, in_heading, *, negated=False):
        """Look into the text itself."""
        columns = ("heading",) if in_heading else ("heading", "body")
        found = [f"strpos(t.{column}, %s) > 0" for _form in word.forms for column in columns]
        self.params += [form for form in word.forms for _column in columns]
        if word.stem and not in_heading:
            found.append("strpos(t.stems, %s) > 0")
            self.params.append(f" {word.stem} ")
        self.checks.append(f"{'NOT ' if negated else ''}({' OR '.join(found)})")


def _all_of(pieces):
    # Letters, digits and blanks alone: nothing in them ends a piece.
    return "(" + " & ".join(f"'{piece}'" for piece in sorted(pieces)) + ")"


def _pairs(stream, *, is_part=False):
    """The overlapping pairs of a stream; of a whole one, also those with its ends."""
    signs = stream.replace(" ", _BLANK)
    if not is_part:
        signs = f"{_BLANK}{signs}{_BLANK}"
    return " ".join(map(add, signs, signs[1:]))


def _sum(heading, body, stems):
    """What `_sums` finds of a row."""
    columns = {
        "heading": _pairs(heading).split(" "),
        "body": _pairs(body).split(" "),
        "whole": _wholes(heading, body, stems),
    }
    return sum(
        hash((column, place, token))
        for column, tokens in columns.items()
        for place, token in enumerate(tokens)
        if token
    )


def _wholes(heading, body, stems):
    """What is kept of a section without places: its signs, those of its heading, its stems."""
    return [
        _EVERY,
        *sorted({*heading, *body} - {" "}),
        *(_HEADING + sign for sign in sorted({*heading} - {" "})),
        *(_STEM + stem for stem in sorted(stems.split())),
    ]


def _pieces(heading, body, stems):
    """Everything that is kept of a section on PostgreSQL; of a very long text, without fours."""
    pieces = set(_wholes(heading, body, stems))
    for stream, mark in ((heading, ""), (body, ""), (heading, _HEADING)):
        padded = f" {stream} "
        pieces.update(mark + piece for piece in _of_length(padded, 2))
    fours = set(_of_length(f" {heading} ", 4)) | set(_of_length(f" {body} ", 4))
    fours.update(_HEADING + piece for piece in _of_length(f" {heading} ", 4))
    if sum(len(piece.encode()) + 1 for piece in pieces | fours) > MOST_BYTES:
        return pieces | {_PARTLY}
    return pieces | fours


def _literal(pieces):
    """A tsvector as PostgreSQL reads it: letters, digits and blanks alone, in quotes."""
    return "'" + "' '".join(pieces) + "'"


def _of_length(signs, length):
    return [signs[at : at + length] for at in range(len(signs) - length + 1)]
