"""Keeps the pieces on PostgreSQL: signs, pairs and fours, in a tsvector with a GIN index."""

from contextlib import contextmanager
from functools import cached_property

from django.db import transaction

from guidelines.grams.keeping import FEW, TABLE, Store
from guidelines.grams.pieces import (
    FREQUENT,
    HEADING,
    PARTLY,
    STEM,
    counted,
    literal,
    of_length,
    pieces,
)

_OUR_WAY = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
_USUAL_WAY = "SET LOCAL enable_seqscan = on; SET LOCAL jit = on"
_ANY_PARTIAL = f"SELECT 1 FROM {TABLE} WHERE grams @@ %s::tsquery LIMIT 1"
COUNTS = "guidelines_searchcounts"


class Postgres(Store):
    """What is kept in a tsvector a section, and how often the most frequent pieces are found."""

    def install(self):
        """Make the tables with their indexes."""
        self.execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, grams tsvector NOT NULL)")
        # The rows are counted far more often than their pieces are looked at.
        self.execute(f"ALTER TABLE {TABLE} ALTER grams SET STORAGE EXTERNAL")
        self.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
        # What is new waits in a list until `_tidy`, and is not put in place a part at a time.
        self.execute(
            f"CREATE INDEX {TABLE}_grams ON {TABLE} USING gin (grams)"
            " WITH (gin_pending_list_limit = 65536)"
        )
        # In how many sections of an edition a piece is, and in which first: of single signs, and of
        # pairs that so many have that it would take long to count them.
        self.execute(
            f'CREATE TABLE {COUNTS} (piece text COLLATE "C", edition bigint,'
            " first bigint NOT NULL, sections integer NOT NULL, PRIMARY KEY (piece, edition))"
        )
        self.execute(f"CREATE INDEX {COUNTS}_edition ON {COUNTS} (edition)")

    def remove(self):
        """Drop the tables."""
        self.execute(f"DROP TABLE IF EXISTS {TABLE}, {COUNTS}")

    def put(self, rows):
        """Keep the pieces of all rows of an edition, in the place of what was kept of them."""
        values = []
        for pk, heading, body, stems in rows:
            values += [pk, literal(pieces(heading, body, stems))]
        if values:
            places = ", ".join(["(%s, %s::tsvector)"] * (len(values) // 2))
            self.execute(
                f"INSERT INTO {TABLE} VALUES {places} ON CONFLICT (id) DO UPDATE"
                " SET grams = excluded.grams",
                values,
            )
            self._put_counts(_counted(rows))
            # New rows wait in a list that every question reads through; it ends here.
            transaction.on_commit(self._tidy, using=self.connection.alias)

    def _put_counts(self, counts):
        self._forget_counts("= ANY", {edition for _piece, edition in counts})
        rows = [(*place, *counted) for place, counted in counts.items()]
        if rows:
            self.execute(
                f"INSERT INTO {COUNTS} SELECT * FROM"
                " unnest(%s::text[], %s::bigint[], %s::bigint[], %s::int[])",
                list(map(list, zip(*rows, strict=True))),
            )

    def _forget_counts(self, which, editions):
        self.execute(f"DELETE FROM {COUNTS} WHERE edition {which} (%s)", [sorted(editions)])

    def _tidy(self):
        self.execute(f"SELECT gin_clean_pending_list('{TABLE}_grams')")

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
            self.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [gone])
            self._forget_counts("<> ALL", {pk >> 20 for pk in wanted})

    def ids(self):
        """The ids of all rows kept."""
        return {pk for (pk,) in self.fetch(f"SELECT id FROM {TABLE}")}

    def faults(self, rows):
        """The ids of the rows that are not kept as they are."""
        wrong = []
        for pk, heading, body, stems in rows:
            kept = literal(pieces(heading, body, stems))
            same = f"SELECT 1 FROM {TABLE} WHERE id = %s AND grams = %s::tsvector"
            if not self.fetch(same, [pk, kept]):
                wrong.append(pk)
        return wrong

    def is_counted(self, rows):
        """Whether the pieces of all rows of an edition are counted right."""
        editions = list({pk >> 20 for pk, *_texts in rows})
        kept = self.fetch(f"SELECT * FROM {COUNTS} WHERE edition = ANY(%s::bigint[])", [editions])
        return {
            (piece, edition): (first, count) for piece, edition, first, count in kept
        } == _counted(rows)

    @contextmanager
    def planned(self):
        """What is asked inside is asked in the way that suits these tables.

        The planner does not know that reading a tsvector means fetching it from elsewhere, and
        would go through the whole table where half of it is found.
        """
        is_within = self.connection.in_atomic_block
        with transaction.atomic(using=self.connection.alias):
            # With the question that every search begins with, as each costs a way to and fro.
            found = self.fetch(f"{_OUR_WAY}; {_ANY_PARTIAL}", [f"'{PARTLY}'"])
            self._has_partial = bool(found)
            yield
            if is_within:
                # Else it ends with the transaction.
                self.execute(_USUAL_WAY)

    @cached_property
    def _has_partial(self):
        """Whether the pieces of some text did not all fit."""
        return bool(self.fetch(_ANY_PARTIAL, [f"'{PARTLY}'"]))

    def matching(self, query, *, in_heading=False):
        """The SELECT of the ids of the rows that fulfil a query."""
        selects, params = [], []
        for clause in query.any_of:
            sql, values = _Clause(clause, in_heading, self._has_partial).select()
            selects.append(sql)
            params += values
        return " UNION ".join(selects), params

    def counts(self, source, params, pks, *, piece=""):
        """Of each of some editions, how many rows of a SELECT it has, and the first.

        With them the ids of all rows, in order, unless they are very many. The `piece` is given
        where the SELECT is of all that have it.
        """
        counts = (
            self._of_piece(piece, pks) if _is_counted(piece) else self._grouped(source, params, pks)
        )
        is_few = sum(count for count, _first in counts.values()) <= FEW
        return counts, self.few(source, params) if is_few else None

    def _of_piece(self, piece, pks):
        rows = self.fetch(
            f"SELECT edition, sections, first FROM {COUNTS}"
            " WHERE piece = %s AND edition = ANY(%s::bigint[])",
            [piece, sorted(pks)],
        )
        return {pk: (count, first) for pk, count, first in rows}

    def _grouped(self, source, params, pks):
        among, values = self.among(pks)
        rows = self.fetch(
            f"SELECT m.id >> 20, count(*), min(m.id) FROM ({source}) m WHERE {among} GROUP BY 1",
            [*params, *values],
        )
        return {pk: (count, first) for pk, count, first in rows}

    def firsts(self, source, params, pks):
        """The lowest id of the rows of a SELECT in each of some editions, by their ids."""
        counts = self._grouped(source, params, pks)
        return {pk: first for pk, (_count, first) in counts.items()}

    def among(self, pks):
        """The condition that a row is of one of some editions."""
        return "(m.id >> 20) = ANY(%s::bigint[])", [sorted(pks)]

    def listed(self, pks):
        """The SELECT of some ids that are known."""
        return "SELECT unnest(%s::bigint[]) AS id", [pks]

    def one_of(self, pks, column="m.id"):
        """The condition that a row is one of some."""
        return f"{column} = ANY(%s::bigint[])", [sorted(pks)]


class _Clause:
    """A clause as PostgreSQL is asked for it: by the index, and what the index leaves open."""

    def __init__(self, clause, in_heading, partial):
        self.in_heading = in_heading
        self.partial = partial
        self.asked = [self._asked(word, in_heading) for word in clause.all_of]
        self.checks, self.params = [], []
        for word in clause.all_of:
            if not self._is_exact(word):
                self._check(word, in_heading)
        for word in clause.none_of:
            if self._is_exact(word):
                self.asked.append(f"!({self._asked(word, False)})")
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

    def _asked(self, word, in_heading):
        asked = [self._form(form, HEADING if in_heading else "") for form in word.forms]
        if word.stem and not in_heading:
            asked.append(f"'{STEM}{word.stem}'")
        return " | ".join(asked)

    def _form(self, form, mark):
        if len(form) == 3:
            # With what follows it always is one of the fours.
            asked = f"'{mark}{form}':*"
        elif len(form) < 3:
            return f"'{mark}{form}'"
        else:
            asked = _all_of({f"{mark}{piece}" for piece in of_length(form, 4)})
        if self.partial:
            pairs = {f"{mark}{piece}" for piece in of_length(form, 2)}
            asked = f"({asked} | {_all_of({PARTLY, *pairs})})"
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


def _counted(rows):
    """By each piece that is counted, and the edition: the first row that has it, and how many."""
    counts = {}
    for pk, heading, body, _stems in rows:
        for piece in counted(heading, body):
            first, count = counts.get((piece, pk >> 20), (pk, 0))
            counts[piece, pk >> 20] = min(first, pk), count + 1
    return counts


def _is_counted(piece):
    return len(piece) == 1 or piece in FREQUENT


def _all_of(pieces):
    # Letters, digits and blanks alone: nothing in them ends a piece.
    return "(" + " & ".join(f"'{piece}'" for piece in sorted(pieces)) + ")"
