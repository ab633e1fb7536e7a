"""Seals published editions, so that anyone can prove that a text is the one that was decided.

The seal is the SHA-256 of a JSON document that holds the edition's metadata, its sections in
order, and the seal of the edition of the same guideline published before it: the seals of a
guideline form a chain. The HTML is no part of it: it is made from the text and may be made anew.
"""

import hashlib
import json

from django.utils.translation import gettext as _

from guidelines.models import Edition
from guidelines.references import unlink
from guidelines.rendering import render


def record(edition, sections):
    """What the seal is made of: plain data, the same in every database and download."""
    return {
        "code": edition.guideline.code,
        "language": edition.language,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "issuer": edition.issuer,
        "abstract": edition.abstract,
        "keywords": edition.keywords,
        "demonstration": edition.demonstration,
        "decision": {
            "body": edition.decision.body.slug,
            "decided_on": edition.decided_on.isoformat(),
            "title": edition.decision.title,
        },
        "effective_on": edition.effective_on.isoformat(),
        "translation_of": edition.translation_of.seal if edition.translation_of else "",
        "serial": edition.serial,
        "previous_seal": edition.previous_seal,
        "revision_notes": [
            [note.revised_on.isoformat() if note.revised_on else "", note.place, note.content]
            for note in edition.revision_notes.order_by("position")
        ],
        "attachments": sorted(edition.attachments.values_list("sha256", flat=True)),
        "sections": [
            {
                "level": section.level,
                "key": section.key,
                "number": section.number,
                "title": section.title,
                "reading": section.reading,
                "address": section.address,
                "body": section.body,
            }
            for section in sections
        ],
    }


def seal_of(data):
    """The seal of a record: SHA-256 of its JSON with sorted keys, no blanks, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences():
    """A sentence for each published edition that is not as sealed, in its text or its place."""
    found = []
    before = {}
    editions = (
        Edition.objects.published()
        .select_related("guideline", "decision__body", "translation_of")
        .order_by("guideline__code", "serial")
    )
    for edition in editions:
        sections = list(edition.sections.in_order())
        previous, serial = before.get(edition.guideline_id, ("", 0))
        if edition.previous_seal != previous or edition.serial != serial + 1:
            found.append(_("%s: 前の版の封印とつながっていません。") % edition)
        if edition.decision is None:
            found.append(_("%s: 決定の記録がなくなっています。") % edition)
        elif seal_of(record(edition, sections)) != edition.seal:
            found.append(_("%s: 本文又は表紙の事項が封印と一致しません。") % edition)
        found += [
            _("%(edition)s %(section)s: 表示が本文と一致しません。")
            % {"edition": edition, "section": section}
            for section in sections
            if unlink(section.html) != unlink(render(section.body, key=section.key))
        ]
        before[edition.guideline_id] = (edition.seal, edition.serial)
    return found
