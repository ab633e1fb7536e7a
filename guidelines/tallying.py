"""Counts what a search finds: in all, and for each choice by which it could be narrowed."""

from collections import defaultdict
from functools import cached_property, lru_cache

from governance.models import Role
from governance.naming import in_reader_language
from guidelines.giving import givers
from guidelines.models import Edition, Guideline, Responsibility, SearchEntry
from guidelines.narrowing import OF_EDITIONS


class Tally:
    """How often something is found where. Of what is very frequent, no ids are fetched.

    Where past editions are searched, a section counts once, in however many editions it is found.
    """

    def __init__(self, query, reach, kept):
        self.query, self.reach, self.kept = query, reach, kept
        narrowing = reach.narrowing
        # Whether only what gives duties is asked for, of which all ids are known.
        self.is_of_duties = bool(narrowing.role or narrowing.phase)
        self._folded_counts = {}

    @cached_property
    def _by_edition(self):
        """How much is found in each edition that some choice would leave."""
        return {pk: count for pk, (count, _first) in self._counts.items()}

    @property
    def _counts(self):
        """Of each edition that some choice would leave: how much is found, and the first."""
        return self._counted_once[0]

    @property
    def _few(self):
        """The ids of what is found in whatever edition, in order; None where it is very much."""
        return self._counted_once[1]

    @cached_property
    def _counted_once(self):
        piece = "" if self.reach.narrowing.changed_since else self.query.piece
        return self.kept.counts(*self._found, self.reach.counted, piece=piece)

    @cached_property
    def _found(self):
        return self._narrowed_source(in_heading=False)

    @cached_property
    def _source(self):
        """The SELECT of the ids that are found, in whatever edition."""
        return self._found if self._few is None else self.kept.listed(self._few)

    @property
    def total(self):
        """How many sections are found."""
        return sum(self.by_guideline.values())

    @cached_property
    def by_guideline(self):
        """How many sections of each document, by its id, in the order of the shelves."""
        return self._counted(self.reach.chosen, "guideline")

    def of(self, facet):
        """How many sections there would be for each value of a facet, given the other choices."""
        if facet in ("role", "phase"):
            return self._of_duties(facet)
        if facet == "language":
            others = self.reach.besides(facet)
            return {
                language: sum(self._counted(chosen, "guideline").values())
                for language in Edition.Language.values
                if (chosen := others & set(self.reach.in_language(language)))
            }
        return self._counted(self.reach.besides(facet), facet)

    def ids(self):
        """The ids of all that is found."""
        return self._of_asked if self.is_of_duties else self._found_in(self.reach.chosen)

    @cached_property
    def _of_asked(self):
        """The ids of the sections found that give a duty as it is asked for."""
        return sorted(pk for pk in self._duties if self._fits(pk) and pk >> 20 in self.reach.chosen)

    def some(self, editions, *, most=None, in_heading=False):
        """Ids of what is found in some editions, or of what has all the words in its heading.

        They are in the order of the texts; where `most` cuts them off, any of them may be left.
        Where past editions are searched, it is one of each section: that which is shown for it.
        """
        if self.is_of_duties:
            found = [pk for pk in self.ids() if pk >> 20 in editions]
        else:
            is_folded = self.reach.is_folded
            found = self._found_in(editions, most, in_heading=in_heading, is_folded=is_folded)
        if self.reach.is_folded:
            found = list(dict.fromkeys(self.newest(found)[0].values()))
        return sorted(found, key=lambda pk: (self.reach.order[pk >> 20], pk))[:most]

    def _found_in(self, editions, most=None, *, in_heading=False, is_folded=False):
        """The ids found in some editions; folded, one of each section in whatever edition."""
        if self._few is not None and not (in_heading or is_folded):
            return [pk for pk in self._few if pk >> 20 in editions][:most]
        sql, params = self._narrowed_source(in_heading) if in_heading else self._source
        among, values = self.kept.among(editions)
        limit = f" LIMIT {most:d}" if most else ""
        question = f"SELECT m.id FROM ({sql}) m WHERE {among}"
        if is_folded:
            question = (
                f"SELECT min(m.id) FROM ({sql}) m JOIN guidelines_searchentry e ON e.id = m.id"
                f" WHERE {among} GROUP BY e.strand"
            )
        return [pk for (pk,) in self.kept.fetch(f"{question}{limit}", [*params, *values])]

    def texts(self, pks):
        """What is compared of some ids: (id, heading, body, stems, names)."""
        # Not by way of the models: some hundred at a time, in each search.
        one_of, params = self.kept.one_of(pks, "entry_id")
        fields = "entry_id, heading, body, stems, names"
        return self.kept.fetch(f"SELECT {fields} FROM guidelines_searchtext WHERE {one_of}", params)

    def firsts(self, guidelines):
        """The id of what is found first in each of some documents, in its newest edition."""
        known = self.reach.known
        editions = [pk for pk in self.reach.chosen if known[pk].guideline in guidelines]
        if self.is_of_duties:
            # From the last to the first, so that the first stays.
            ids = sorted(self.ids(), key=lambda pk: (self.reach.order[pk >> 20], -pk))
            return {known[pk >> 20].guideline: pk for pk in ids}
        found = {pk: first for pk in editions if (first := self._counts.get(pk, (0, None))[1])}
        if unknown := self._by_edition.keys() & set(editions) - found.keys():
            found |= self.kept.firsts(*self._source, unknown)
        newest = sorted(found, key=self.reach.order.__getitem__)
        return {known[pk].guideline: found[pk] for pk in newest}

    def strands(self, pks):
        """What each id counts as: the section in whatever edition, or just itself."""
        if not self.reach.is_folded:
            return {pk: pk for pk in pks}
        return dict(SearchEntry.objects.filter(pk__in=pks).values_list("pk", "strand"))

    def newest(self, pks):
        """For each id the one to show for its section, and in how many other editions it is."""
        strands = self.strands(pks)
        entries = SearchEntry.objects.filter(strand__in=strands.values())
        of_them = dict(entries.values_list("pk", "strand"))
        if self.is_of_duties:
            found = of_them.keys() & set(self.ids())
        else:
            found = {pk for pk in self._found_of(of_them) if pk >> 20 in self.reach.chosen}
        by_strand = defaultdict(list)
        for pk in found:
            by_strand[of_them[pk]].append(pk)
        shown = {pk: max(by_strand[strand], key=self._newness) for pk, strand in strands.items()}
        return shown, {pk: len(by_strand[strand]) - 1 for pk, strand in strands.items()}

    def _newness(self, pk):
        edition = pk >> 20
        is_own = self.reach.known[edition].language == self.reach.language
        return (not self.reach.is_past(edition), is_own, self.reach.order[edition])

    def _found_of(self, pks):
        """Those of some ids that are found, whatever duties they give."""
        sql, params = self._source
        one_of, values = self.kept.one_of(pks)
        rows = self.kept.fetch(f"SELECT m.id FROM ({sql}) m WHERE {one_of}", [*params, *values])
        return {pk for (pk,) in rows}

    def _narrowed_source(self, in_heading):
        sql, params = self.kept.matching(self.query, in_heading=in_heading)
        since = self.reach.narrowing.changed_since
        if since is None:
            return sql, params
        later = SearchEntry.objects.filter(changed_on__gt=since).values("pk")
        changed, values = later.query.sql_with_params()
        # With the plus SQLite goes through what is found, not through what has changed.
        return f"SELECT f.id FROM ({sql}) f WHERE +f.id IN ({changed})", [*params, *values]

    def _counted(self, editions, field):
        """How many sections are found in some editions, by what these have in common."""
        counts = defaultdict(int)
        if self.is_of_duties:
            units = {
                (self._strands[pk], getattr(self.reach.known[pk >> 20], field))
                for pk in self._duties
                if self._fits(pk) and pk >> 20 in editions
            }
            for _strand, value in units:
                counts[value] += 1
        else:
            by_edition = self._folded(editions) if self.reach.is_folded else self._by_edition
            for edition, count in by_edition.items():
                if edition in editions or self.reach.is_folded:
                    counts[getattr(self.reach.known[edition], field)] += count
        order = {getattr(row, field): None for row in self.reach.known.values()}
        return {value: counts[value] for value in order if counts[value]}

    def _folded(self, editions):
        """The sections found in some editions, each counted for the edition it first was in."""
        key = frozenset(editions)
        if key not in self._folded_counts:
            sql, params = self._source
            among, values = self.kept.among(editions)
            self._folded_counts[key] = dict(
                self.kept.fetch(
                    "SELECT e.strand >> 20, count(DISTINCT e.strand) FROM"
                    f" ({sql}) m JOIN guidelines_searchentry e ON e.id = m.id"
                    f" WHERE {among} GROUP BY 1",
                    [*params, *values],
                )
            )
        return self._folded_counts[key]

    def _fits(self, pk):
        """Whether a section gives a duty as it is asked for."""
        role, phase = self._role, self.reach.narrowing.phase
        return any(
            role in (None, of_role) and phase in ("", of_phase)
            for of_role, of_phase in self._duties[pk]
        )

    def _of_duties(self, facet):
        role = self._role if facet == "phase" else None
        phase = self.reach.narrowing.phase if facet == "role" else ""
        found = defaultdict(set)
        for pk, duties in self._duties.items():
            if pk >> 20 in self.reach.chosen:
                for of_role, of_phase in duties:
                    if role in (None, of_role) and phase in ("", of_phase):
                        value = of_role if facet == "role" else of_phase
                        found[value].add(self._strands[pk])
        slugs = {role.pk: role.slug for role in self.roles}
        return {slugs.get(value, value): len(strands) for value, strands in found.items() if value}

    @cached_property
    def _role(self):
        """The id of the role asked for, 0 where there is none such; None without one."""
        slug = self.reach.narrowing.role
        if not slug:
            return None
        return next((role.pk for role in self.roles if role.slug == slug), 0)

    @cached_property
    def _strands(self):
        """What each of the found sections that give duties counts as."""
        return {pk: one.strand if self.reach.is_folded else pk for pk, one in self._givers.items()}

    @cached_property
    def _duties(self):
        """The duties that the sections found give: pairs of a role's id and the phase, by id."""
        return {pk: one.duties for pk, one in self._givers.items()}

    @cached_property
    def _givers(self):
        """The sections found that give duties, by their ids."""
        counted, since = self.reach.counted, self.reach.narrowing.changed_since
        fulfils = self.query.is_fulfilled_by
        return {
            one.pk: one
            for one in givers(self.reach.known, self.reach.days.records)
            if one.pk >> 20 in counted
            and (since is None or one.changed_on > since)
            and fulfils(one.text, one.stems)
        }

    @cached_property
    def roles(self):
        """The roles in their order, with the names they had."""
        return _roles(self.reach.on, self.reach.days.records)


# Of today and of a day that readers look back at.
@lru_cache(maxsize=2)
def _roles(on, state):
    return tuple(Role.objects.named(on))


def facets(tally):
    """For each way of narrowing the values that leave something: (value, label, how many).

    What is chosen is always among them.
    """
    found = {}
    for facet in (*OF_EDITIONS, "role", "phase"):
        counts = tally.of(facet)
        chosen = getattr(tally.reach.narrowing, facet)
        if chosen:
            counts.setdefault(chosen, 0)
        labels = _labels(facet, tally, counts)
        found[facet] = [
            (value, labels[value], counts[value])
            for value in labels
            if counts.get(value) or value == chosen
        ]
    return found


def _labels(facet, tally, counts):
    """The values that are counted with what they are called, in their order."""
    reach = tally.reach
    if facet == "role":
        return {role.slug: in_reader_language(role, "name") for role in tally.roles}
    if facet == "phase":
        return {value: str(label) for value, label in Responsibility.Phase.choices}
    labels = {}
    for pk, row in reach.known.items():
        value = getattr(row, facet)
        if value in counts and value not in labels:
            labels[value] = reach.label(facet, pk)
    if facet in ("document", "category"):
        return labels
    choices = {"position": Guideline.Position, "kind": Guideline.Kind, "language": Edition.Language}
    return {value: labels[value] for value in choices[facet].values if value in labels}
