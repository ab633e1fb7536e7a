"""Puts what the finder proposes before the staff, and keeps what they judge.

Nothing proposed is stored: it is found anew each time, without what was accepted, which is a
responsibility by then, and what was refused, which is remembered by the section's key.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Role
from governance.recording import lock
from governance.refusals import Refusal
from guidelines import indexing
from guidelines.finding import Names, find
from guidelines.indexing import fingerprint
from guidelines.models import Rejection, Responsibility, Section
from guidelines.rendering import render


@dataclass(frozen=True, slots=True)
class Candidate:
    """A duty that a sentence of a section seems to give a role."""

    section: Section
    above: tuple[str, ...]
    role: Role
    sentence: str
    duty: str
    phase: str
    force: str

    @property
    def ident(self):
        """What tells it from the others of its edition, the same each time it is found."""
        return f"{self.section.key}-{self.role.slug}-{fingerprint(self.sentence)}"


def candidates(edition):
    """What the finder proposes for an edition and nobody has judged yet, in reading order."""
    roles = {role.slug: role for role in Role.objects.named(day_of(edition))}
    judged = _judged(edition)
    return [
        candidate
        for candidate in _found(edition, roles)
        if (candidate.section.key, candidate.role.pk, fingerprint(candidate.sentence)) not in judged
    ]


@transaction.atomic
def judge(edition, judgements, *, by):
    """Keep judgements of candidates; returns how many were accepted and how many refused.

    `judgements` are, by the candidates' idents, None for a refusal or the facts of the
    responsibility: `duty`, `phase`, `force`, and `role` where it is another than proposed.
    Raises Refusal when one is not proposed any more.
    """
    # The edition's row, so that two people cannot accept the same twice.
    edition = lock(edition)
    proposed = {candidate.ident: candidate for candidate in candidates(edition)}
    gone = sorted(set(judgements) - set(proposed))
    if gone:
        raise Refusal(
            _("%d件の候補は、ほかの人が先に判断したか、本文が変わりました。開き直してください。")
            % len(gone)
        )
    accepted = []
    for ident, facts in judgements.items():
        candidate = proposed[ident]
        if facts is None or facts.get("role", candidate.role) != candidate.role:
            indexing.refuse(candidate.section, candidate.role, candidate.sentence, by=by)
        if facts is not None:
            said = {name: getattr(candidate, name) for name in ("section", "role", "sentence")}
            accepted.append(said | facts)
    indexing.assign_many(accepted, by=by)
    return len(accepted), len(judgements) - len(accepted)


def day_of(edition):
    """The day whose names a text uses: that of its decision; for a draft, today."""
    return edition.decided_on or timezone.localdate()


def names_on(day):
    """The words by which texts of a day call the roles that there were, for the finder."""
    words = []
    for role in Role.objects.existing(day).named(day):
        words += [(word, role.slug) for word in _words(role)]
    return Names(words)


def _words(role):
    return [word for word in (role.name, role.name_en, role.abbreviation, *role.aliases) if word]


def _found(edition, roles):
    names, path = names_on(day_of(edition)), []
    for section in edition.sections.in_order():
        path[section.level :] = [section]
        if section.level == 0:
            # What stands before the first heading gives nobody a duty, and has no page.
            continue
        above = tuple(str(one) for one in path[1 : section.level])
        html = section.html or render(section.body, key=section.key)
        for found in find(
            html,
            heading=section.title,
            above=[one.title for one in path[1 : section.level]],
            names=names,
            language=edition.language,
        ):
            yield Candidate(
                section,
                above,
                roles[found.role],
                found.sentence,
                found.duty,
                found.phase,
                found.force,
            )


def _judged(edition):
    """What was accepted in this edition, or refused in any, as (key, role, fingerprint)."""
    accepted = Responsibility.objects.filter(section__edition=edition)
    keys = edition.sections.values("key")
    return {
        *accepted.values_list("section__key", "role", "fingerprint"),
        *Rejection.objects.filter(key__in=keys).values_list("key", "role", "fingerprint"),
    }
