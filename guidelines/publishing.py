"""The acts by which a draft becomes binding; the only writer of an edition's status."""

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines import references, rendering, sealing
from guidelines.addresses import give_addresses
from guidelines.models import Edition, Guideline, Section, Step
from guidelines.numbering import same
from guidelines.refusals import PublicationRefusal
from guidelines.search_index import index_edition
from guidelines.workflow import target_of


@transaction.atomic
def open_consultation(edition, *, by, note=""):
    """Ask the ministries about a draft; its text rests meanwhile."""
    return _take_step("open_consultation", edition, by=by, note=note)


@transaction.atomic
def submit(edition, *, by, note=""):
    """Hand an edition to the deciding body. Raises PublicationRefusal when it has no text."""
    faults = faults_of(edition)
    if faults:
        raise PublicationRefusal(" ".join(faults))
    return _take_step("submit", edition, by=by, note=note)


@transaction.atomic
def return_to_draft(edition, *, by, note):
    """Give an edition back to its authors, with the reason."""
    if not note.strip():
        raise PublicationRefusal(_("差し戻す理由を書いてください。"))
    return _take_step("return_to_draft", edition, by=by, note=note)


@transaction.atomic
def publish(editions, *, decision, by):
    """Publish one or several editions adopted by one decision: all of them, or none.

    `editions` maps each edition to the day it takes effect. A translation is published by the
    decision, and takes effect on the day, of the text it translates.
    Gives addresses, renders and sanitises the text, links its references, seals it, appends the
    step, and lets the text be found. Raises PublicationRefusal, naming the edition and its
    fault, and changes nothing.
    """
    # Guidelines first and both in the order of their ids, so that two publishers cannot deadlock.
    guideline_ids = sorted({edition.guideline_id for edition in editions})
    list(Guideline.objects.select_for_update().filter(pk__in=guideline_ids).order_by("pk"))
    days = {edition.pk: effective_on for edition, effective_on in editions.items()}
    locked = list(
        Edition.objects.locked().select_related("translation_of").filter(pk__in=days).order_by("pk")
    )
    if len(locked) != len(days):
        raise PublicationRefusal(_("公開しようとした版の一つを、ほかの人が先に破棄しました。"))
    texts = {}
    for edition in locked:
        target_of("publish", edition)
        _refuse_undue(edition, decision, days[edition.pk])
        texts[edition.pk] = _addressed(edition)
    places = {pk: references.Places(sections) for pk, sections in texts.items()}
    adopted = {
        edition.guideline.code: places[edition.pk]
        for edition in locked
        if edition.translation_of is None
    }
    for edition in locked:
        library = references.Library(on=days[edition.pk], adopted=adopted)
        _set_text(texts[edition.pk], places[edition.pk], library)
        # Before the status: to a published edition nothing more is added.
        Step.objects.create(
            edition=edition,
            act="publish",
            status=target_of("publish", edition),
            note=str(decision),
            taken_by=by,
        )
        _seal(edition, texts[edition.pk], decision, days[edition.pk])
    for edition in locked:
        # Originals before their translations, which are as old as what they translate.
        index_edition(edition, texts[edition.pk])
    return locked


def faults_of(edition):
    """What forbids an edition to be submitted or published; a sentence each, naming the place."""
    faults = []
    if not edition.title.strip():
        faults.append(_("%s: 標題がありません。") % edition)
    sections = edition.sections.in_order().only("number", "title", "body", "parent_id", "key")
    if not any(section.parent_id or section.body.strip() for section in sections):
        faults.append(_("%s: 本文がありません。") % edition)
    faults += [
        _("%(edition)s: %(number)sの下に見出しのない節があります（鍵 %(key)s）。")
        % {"edition": edition, "number": section.number or _("前文"), "key": section.key}
        for section in sections
        if section.parent_id and not (section.number.strip() or section.title.strip())
    ]
    seen = set()
    for section in sections:
        place = (section.parent_id, same(section.number))
        if section.number and place in seen:
            faults.append(
                _("%(edition)s: 番号「%(number)s」の節が同じ所に二つあります（%(title)s）。")
                % {"edition": edition, "number": section.number, "title": section.title}
            )
        seen.add(place)
    return faults


def _take_step(act, edition, *, by, note):
    found = Edition.objects.locked().filter(pk=edition.pk).first()
    if found is None:
        raise PublicationRefusal(_("%s は、ほかの人が先に破棄しました。") % edition)
    edition = found
    edition.status = target_of(act, edition)
    edition.save(update_fields=["status"])
    Step.objects.create(edition=edition, act=act, status=edition.status, note=note, taken_by=by)
    return edition


def _refuse_undue(edition, decision, effective_on):
    """Refuse an edition that its decision cannot adopt."""
    faults = faults_of(edition)
    if edition.translation_of:
        original = edition.translation_of
        if (decision, effective_on) != (original.decision, original.effective_on):
            faults.append(_("%s: 翻訳の決定及び施行日は、元の版と同じものです。") % edition)
    if effective_on < decision.decided_on:
        faults.append(
            _("%(edition)s: 施行日（%(effective)s）が決定日（%(decided)s）より前です。")
            % {"edition": edition, "effective": effective_on, "decided": decision.decided_on}
        )
    withdrawn_on = edition.guideline.withdrawn_on
    if withdrawn_on and decision.decided_on >= withdrawn_on:
        faults.append(
            _("%(edition)s: この文書は%(day)sに廃止されており、その後の決定では公開できません。")
            % {"edition": edition, "day": withdrawn_on}
        )
    twin = edition.guideline.editions.filter(
        language=edition.language, decided_on=decision.decided_on
    ).first()
    if twin:
        faults.append(
            _("%(edition)s: %(day)sに決定された版が既に公開されています。")
            % {"edition": edition, "day": decision.decided_on}
        )
    if faults:
        raise PublicationRefusal(" ".join(faults))


def _addressed(edition):
    """The sections in order, each with its address."""
    sections = list(edition.sections.in_order())
    originals = {}
    if edition.translation_of:
        originals = dict(
            edition.translation_of.sections.exclude(address="").values_list("key", "address")
        )
    give_addresses(sections, originals=originals)
    return sections


def _set_text(sections, places, library):
    for section in sections:
        html = rendering.render(section.body, key=section.key)
        section.html = references.link(html, section=section, places=places, library=library)
    Section.objects.bulk_update(sections, ["address", "html"], batch_size=200)


def _seal(edition, sections, decision, effective_on):
    """Set what publication adds to an edition; after this the database lets nothing change."""
    last = edition.guideline.editions.published().order_by("-serial").first()
    edition.decision = decision
    edition.decided_on = decision.decided_on
    edition.effective_on = effective_on
    edition.serial = last.serial + 1 if last else 1
    edition.previous_seal = last.seal if last else ""
    edition.status = target_of("publish", edition)
    edition.seal = sealing.seal_of(sealing.record(edition, sections))
    edition.save()
