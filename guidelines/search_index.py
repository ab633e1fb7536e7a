"""Enters the sections of published editions into the index of the search; its only writer."""

import hashlib

from django.db import transaction

from guidelines.folding import searched
from guidelines.grams import store
from guidelines.models import Edition, Guideline, SearchEntry, SearchText
from guidelines.plain import plain_text
from guidelines.querying import stems
from guidelines.synonyms import named_in

# Room for the sections of one edition in the ids of its entries; see grams/.
_ROOM = 20
_FIELDS = ("pk", "heading", "body", "stems")


@transaction.atomic
def index_edition(edition, sections=None):
    """Let the sections of a published edition be found, in the transaction that publishes it.

    `sections` are all of them in order, where they are at hand.
    """
    rows = _enter(edition, sections)
    store().put(rows)
    return len(rows)


def reindex(*, missing=False):
    """Make the index anew while it is used, or enter only the editions that it lacks.

    Gives the number of editions entered.
    """
    editions = list(_published())
    if missing:
        editions = [edition for edition in editions if not edition.search_entries.exists()]
        for edition in editions:
            index_edition(edition)
        return len(editions)

    def batches():
        for edition in editions:
            with transaction.atomic():
                rows = _enter(edition)
            yield rows

    def late(known):
        since = SearchText.objects.filter(entry__edition__in=_published().values("pk"))
        since = since.exclude(entry__edition__in=[edition.pk for edition in editions])
        return [row for row in since.values_list(*_FIELDS) if row[0] not in known]

    store().rebuild(batches(), late)
    return len(editions)


def faults():
    """What the index has otherwise than the texts; a sentence each, empty where it is sound."""
    found, kept = [], store()
    ids = kept.ids()
    for edition in _published():
        wanted = [row[1:] for row in _rows(edition, list(edition.sections.in_order()))]
        entered = set(
            SearchText.objects.filter(entry__edition=edition).values_list(*_FIELDS, "names")
        )
        wrong = {row[0] for row in entered.symmetric_difference(wanted)}
        known = [row[:-1] for row in wanted if row[0] in ids and row[0] not in wrong]
        wrong |= {row[0] for row in wanted} - ids
        wrong |= set(kept.faults(known))
        if not wrong and not kept.is_counted(known):
            wrong = {row[0] for row in known}
        if wrong:
            found.append(f"{edition}: {len(wrong)} of {len(wanted)} sections are not as the text.")
    return found


def text_of(section, edition):
    """(heading, text) of a section as it is searched, before folding.

    What stands before the first heading is headed by the title of the edition.
    """
    body = body_of(edition, section.html, is_root=not section.level)
    if section.level:
        return str(section), body
    return f"{edition.guideline.code} {edition.title} {edition.subtitle}".strip(), body


def body_of(edition, html, *, is_root):
    """The text of a section by its HTML; with what stands before the first heading, the cover's."""
    text = plain_text(html)
    if not is_root:
        return text
    return "\n".join(filter(None, [edition.abstract, *edition.keywords, text]))


def _published():
    return (
        Edition.objects.published()
        .select_related("guideline", "translation_of")
        .order_by("translation_of", "effective_on", "decided_on", "pk")
    )


def _enter(edition, sections=None):
    """Write the entries of an edition; gives what their pieces are made of."""
    sections = list(edition.sections.in_order()) if sections is None else sections
    rows = _rows(edition, sections)
    strands = dict(
        SearchEntry.objects.filter(edition__guideline=edition.guideline_id)
        .exclude(edition=edition)
        .order_by("-pk")
        .values_list("section__key", "strand")
    )
    days = _days(edition)
    entries = []
    for section, pk, *_texts in rows:
        fingerprint = _fingerprint(section)
        since = days.get((section.key, fingerprint)) or days.get(section.key)
        entries.append(
            SearchEntry(
                pk=pk,
                section=section,
                edition=edition,
                strand=strands.get(section.key, pk),
                fingerprint=fingerprint,
                changed_on=since or edition.effective_on,
            )
        )
    SearchText.objects.filter(entry__edition=edition).delete()
    SearchEntry.objects.filter(edition=edition).delete()
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    SearchText.objects.bulk_create(
        [
            SearchText(entry_id=pk, heading=heading, body=body, stems=english, names=names)
            for _section, pk, heading, body, english, names in rows
        ],
        batch_size=200,
    )
    if edition.translation_of_id is None:
        _date_later(edition)
    return [row[1:-1] for row in rows]


def _rows(edition, sections):
    """Each section with the id of its entry and its texts."""
    names = _names(edition)
    rows = []
    for place, section in enumerate(sections):
        heading, body = (searched(text) for text in text_of(section, edition))
        english = f" {' '.join(sorted(stems(heading) | stems(body)))} "
        called = "\n".join(names.get(section.key, ()))
        rows.append((section, (edition.pk << _ROOM) + place, heading, body, english, called))
    return rows


def _names(edition):
    """What the terms of a glossary are called, by the keys of their sections."""
    found: dict[str, dict[str, None]] = {}
    if edition.guideline.kind == Guideline.Kind.GLOSSARY:
        for key, _place, words in named_in(edition.pk, edition.seal, edition.translation_of_id):
            found.setdefault(key, {}).update(dict.fromkeys(filter(None, map(searched, words))))
    return found


def _fingerprint(section):
    text = f"{section.title}\0{section.body}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _days(edition):
    """Since when sections are as they are: by key and text; of a translation by key alone."""
    entries = SearchEntry.objects.all()
    if edition.translation_of_id:
        original = entries.filter(edition=edition.translation_of_id)
        return dict(original.values_list("section__key", "changed_on"))
    before = [other.pk for other in _official(edition) if _when(other) < _when(edition)]
    if not before:
        return {}
    rows = entries.filter(edition=before[-1]).values_list(
        "section__key", "fingerprint", "changed_on"
    )
    return {(key, fingerprint): day for key, fingerprint, day in rows}


def _date_later(edition):
    """Say of later editions since when they are as they are, when this one came after them."""
    later = [other for other in _official(edition) if _when(other) > _when(edition)]
    for other in later:
        days = _days(other)
        changed = []
        for entry in SearchEntry.objects.filter(edition=other).select_related("section"):
            day = days.get((entry.section.key, entry.fingerprint), other.effective_on)
            if entry.changed_on != day:
                entry.changed_on = day
                changed.append(entry)
        SearchEntry.objects.bulk_update(changed, ["changed_on"], batch_size=500)


def _official(edition):
    """The editions of its document in the language of the decision, the earliest first."""
    editions = edition.guideline.editions.published().official()
    return sorted(editions, key=_when)


def _when(edition):
    return (edition.effective_on, edition.decided_on)
