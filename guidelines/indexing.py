"""The acts by which the index to the texts is kept: duties and links; the only writer of them.

The index is no part of the text: it may be changed whatever the edition's status, and every
change is remembered with who made it.
"""

import hashlib
import re

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.recording import amend, record, record_many, strike, strike_many
from governance.refusals import Refusal
from guidelines.models import (
    FunctionLink,
    MeasureLink,
    PrincipleLink,
    Rejection,
    Responsibility,
    Section,
    StrategyLink,
)

# What hangs on a section, and goes with it from an edition to the next.
OF_A_SECTION = (Responsibility, FunctionLink, StrategyLink, MeasureLink, PrincipleLink)


def fingerprint(sentence):
    """What tells one sentence of a section from another; empty for none."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12] if sentence else ""


@transaction.atomic
def assign(section, role, *, by, **facts):
    """Say that a section gives a role a duty; `facts` are further fields of Responsibility.

    Raises Refusal when the same is already said, or the section is gone.
    """
    _lock(section)
    return record(Responsibility, section=section, role=role, by=by, **_marked(facts))


@transaction.atomic
def assign_many(duties, *, by):
    """Say many duties at once, each a dict of the fields of Responsibility; as `assign`, for each.

    The refusal of one that is already said names its sentence.
    """
    rows = [_marked(row) for row in duties]
    sections = {row["section"].pk: row["section"] for row in rows}
    _lock(*sections.values())
    there = Responsibility.objects.filter(section__in=sections)
    said = set(there.values_list("section", "role", "duty", "fingerprint"))
    for row in rows:
        same = (row["section"].pk, row["role"].pk, row["duty"], row["fingerprint"])
        if same in said:
            twice = _("同じ節、役割、分担及び文の役割分担は既にあります。")
            raise Refusal(f"「{row['sentence']}」 {twice}")
        said.add(same)
    return record_many(Responsibility, rows, by=by)


def amend_responsibility(responsibility, *, by, **facts):
    """Correct a responsibility; refused as a new one would be."""
    return amend(responsibility, by=by, **_marked(facts))


@transaction.atomic
def link(model, *, by, **ends):
    """Link a section or document to what it is about; `model` is one of the links.

    Raises Refusal when the link is already there, or the section is gone or a translation's,
    which is linked as its original.
    """
    section = ends.get("section")
    if section:
        _lock(section)
        if section.edition.translation_of_id:
            raise Refusal(
                _("翻訳の節には索引を付けません。元の版の「%s」に付けてください。") % section
            )
    return record(model, by=by, **ends)


def unlink(thing, *, by):
    """Take a responsibility or a link away; its history stays."""
    strike(thing, by=by)


@transaction.atomic
def refuse(section, role, sentence, *, by):
    """Remember that a proposed duty is none, so that it is not proposed again."""
    return Rejection.objects.get_or_create(
        key=section.key,
        role=role,
        fingerprint=fingerprint(sentence),
        defaults={"sentence": sentence, "refused_by": by},
    )[0]


def copy_index(model, edition, *, by):
    """Give an edition the index of the one it began as, each entry at the section of its key.

    A translation gets nothing: it is linked as its original, and responsibilities rest on
    sentences of their own language.
    """
    if edition.translation_of_id:
        return
    sections = dict(edition.sections.values_list("key", "pk"))
    for kind in OF_A_SECTION:
        copies = list(kind.objects.filter(section__edition=model).select_related("section"))
        copies = [copy for copy in copies if copy.section.key in sections]
        for copy in copies:
            copy.section_id, copy.pk = sections[copy.section.key], None
        bulk_create_with_history(copies, kind, default_user=by)


def drop_index(sections, *, by):
    """Take away the index of sections that are about to be removed."""
    for kind in OF_A_SECTION:
        strike_many(kind.objects.filter(section__in=sections), by=by)


def hold_index(edition):
    """The index of an edition whose sections are about to be written anew, by their keys."""
    held = {}
    for kind in OF_A_SECTION:
        entries = kind.objects.filter(section__edition=edition).select_related("section")
        held[kind] = [(entry.section.key, entry) for entry in entries]
    return held


def put_index(edition, held, *, by):
    """Hang a held index on the sections as they are now; what lost its section goes."""
    sections = dict(edition.sections.values_list("key", "pk"))
    for kind, entries in held.items():
        kept = [entry for key, entry in entries if key in sections]
        for key, entry in entries:
            if key in sections:
                entry.section_id = sections[key]
        if kept:
            bulk_update_with_history(kept, kind, ["section"], default_user=by, batch_size=500)
        strike_many([entry for key, entry in entries if key not in sections], by=by)


def _lock(*sections):
    """Hold the rows of sections, so that nobody writes their text anew in the meantime."""
    rows = Section.objects.select_for_update().order_by("pk")
    there = set(rows.filter(pk__in=[one.pk for one in sections]).values_list("pk", flat=True))
    for section in sections:
        if section.pk not in there:
            raise Refusal(_("「%s」は、ほかの人が先に削除しました。") % section)


def _marked(facts):
    if "sentence" in facts:
        # As the text has it, whatever ends of lines a form sends.
        sentence = re.sub(r"\r\n?", "\n", facts["sentence"]).strip()
        facts = facts | {"sentence": sentence, "fingerprint": fingerprint(sentence)}
    return facts
