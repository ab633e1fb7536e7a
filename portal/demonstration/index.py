"""Loads the index to the texts: links to sections, and duties as somebody judged them."""

from governance.recording import record_many
from guidelines import judging
from guidelines.models import Edition, Section


def link_sections(model, keys, *, by, **end):
    """Link every section of these keys, in whatever published edition, to the other end."""
    sections = Section.objects.filter(
        key__in=keys, edition__in=Edition.objects.published().official()
    )
    record_many(model, [{"section": section, **end} for section in sections], by=by)


def load_index(judgements, *, by):
    """The duties that the finder proposes in the editions of rules, as they were judged.

    `judgements` name what was refused and what was changed, by the sentence; all else that is
    proposed was read and accepted.
    """
    refused = {(row["role"], row["sentence"]) for row in judgements["refused"]}
    changed = {(row["role"], row["sentence"]): row for row in judgements["changed"]}
    for edition in Edition.objects.published().filter(guideline__code__in=judgements["guidelines"]):
        verdicts = {}
        for candidate in judging.candidates(edition):
            said = candidate.role.slug, candidate.sentence
            change = changed.get(said, {})
            verdicts[candidate.ident] = (
                None
                if said in refused
                else {
                    name: change.get(name, getattr(candidate, name))
                    for name in ("duty", "phase", "force")
                }
            )
        judging.judge(edition, verdicts, by=by)
