"""Writes what a reader found into a draft, through the acts, and publishes it when asked."""

import hashlib
import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.deciding import found_body, record_decision
from governance.models import Body, Decision
from guidelines import drafting, publishing, tree
from guidelines.cataloguing import add_category, register_guideline
from guidelines.importing.matching import give_keys
from guidelines.importing.report import Report
from guidelines.models import Category, Edition, Guideline, RevisionNote, Section
from guidelines.refusals import ImportRefusal
from guidelines.wareki import in_both_calendars

# Pictures are named by their content once stored, by their place in the file before.
_PICTURE = re.compile(r"word-picture:[^)\"]*|/files/[0-9a-f]{64}/[^)\"]*")


@transaction.atomic
def write(source, *, by, publish=False, dry_run=False):
    """Open a draft with the text of `source`; with `publish`, publish it as its cover says.

    An unknown code enters the catalogue. Returns the Report; with `dry_run` nothing stays.
    Raises ImportRefusal, or what the acts raise, and then nothing is written.
    """
    if not source.code:
        raise ImportRefusal(
            _("%s: 文書番号が読み取れません。--code で指定してください。") % source.name
        )
    if not source.title:
        raise ImportRefusal(
            _("%s: 表紙から標題が読み取れません。標題にはWordの「表題」スタイルを使ってください。")
            % source.name
        )
    _refuse_misfits(source)
    guideline = Guideline.objects.coded(source.code).first() or _register(source, by=by)
    published = guideline.editions.published().filter(language=source.language)
    twin = published.filter(decided_on=source.decided_on).first()
    if twin:
        return _compare_with_published(source, twin)
    original = _original(guideline, source)
    before = original or _before(published, source.decided_on)
    _refuse_foreign_keys(source, guideline)
    model = tree.read(before) if before else None
    found = give_keys(source.root, model, translated=original is not None)
    edition = drafting.open_draft(
        guideline,
        by=by,
        language=source.language,
        translation_of=original,
        empty=True,
        **{name: getattr(source, name) for name in drafting.COVER},
    )
    _place_pictures(source, edition, by=by)
    drafting.replace_text(edition, source.root, by=by)
    drafting.set_notes(
        edition, [(note.revised_on, note.place, note.content) for note in source.notes], by=by
    )
    if publish:
        edition = _publish(source, edition, original, by=by)
    report = Report.of(source, edition, found)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _refuse_misfits(source):
    """Refuse what the cover has no room for, which not every database would notice."""
    if source.language not in Edition.Language.values:
        raise ImportRefusal(
            _("%(name)s: 言語「%(language)s」の版は作れません。ja又はenを指定してください。")
            % {"name": source.name, "language": source.language}
        )
    printed = [
        (Guideline, "code", source.code),
        *((Edition, field, getattr(source, field)) for field in ("title", "subtitle", "issuer")),
        *((RevisionNote, "place", note.place) for note in source.notes),
    ]
    for model, field, text in printed:
        column: Any = model._meta.get_field(field)
        if len(text) > column.max_length:
            raise ImportRefusal(
                _("%(name)s: %(field)s「%(text)s…」は%(limit)d字までです。")
                % {
                    "name": source.name,
                    "field": column.verbose_name,
                    "text": text[:20],
                    "limit": column.max_length,
                }
            )


def _register(source, *, by):
    """Enter a document that the catalogue does not know yet, as little as its cover says."""
    category = Category.objects.filter(slug="other").first() or add_category(
        slug="other", name="その他", name_en="Other", position=99, by=by
    )
    kind = Guideline.Kind.GUIDEBOOK if "ガイドブック" in source.title else Guideline.Kind.OTHER
    return register_guideline(
        code=source.code,
        category=category,
        kind=kind,
        title=source.title,
        abstract=source.abstract,
        keywords=source.keywords,
        by=by,
    )


def _compare_with_published(source, edition):
    """Of an edition published before, the same text changes nothing, and another is refused."""
    old = tree.read(edition)
    found = give_keys(source.root, old)
    if _words(source.root) != _words(old):
        raise ImportRefusal(
            _(
                "%(name)s: %(edition)sは公開済みで、変えられません。"
                "ファイルの本文はそれと異なります。訂正は新しい版で行ってください。"
            )
            % {"name": source.name, "edition": edition}
        )
    return Report.of(
        source, edition, found, outcome=_("同じ版が公開済みのため、何も変えていません")
    )


def _words(root):
    """The text in order, as far as the file and the published edition must agree on it."""
    return [
        (level, node.key, node.number, node.title, node.reading, _PICTURE.sub("", node.body))
        for node, level in root.walk()
    ]


def _original(guideline, source):
    """The Japanese edition a translation belongs to; None for a Japanese text."""
    if source.language == "ja":
        return None
    original = (
        guideline.editions.published().official().filter(decided_on=source.decided_on).first()
    )
    if original is None:
        raise ImportRefusal(
            _("%(name)s: 翻訳の元になる%(code)sの%(day)sの版がまだ公開されていません。")
            % {"name": source.name, "code": guideline.code, "day": source.decided_on}
        )
    return original


def _before(published, decided_on):
    """The edition a text follows: the last one decided before it, else the newest of all."""
    if decided_on:
        published = published.filter(decided_on__lt=decided_on)
    return published.order_by("-decided_on").first()


def _refuse_foreign_keys(source, guideline):
    """A key belongs to one guideline, and stands in one place of a text."""
    keys = [node.key for node, _level in source.root.walk() if node.key]
    twice = {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()
    foreign = (
        Section.objects.filter(key__in=keys)
        .exclude(edition__guideline=guideline)
        .select_related("edition__guideline")
        .first()
    )
    if twice:
        raise ImportRefusal(
            _("%(name)s: 鍵 %(keys)s が二度使われています。")
            % {"name": source.name, "keys": "、".join(sorted(twice))}
        )
    if foreign:
        raise ImportRefusal(
            _("%(name)s: 鍵 %(key)s は%(code)sの節のものです。")
            % {"name": source.name, "key": foreign.key, "code": foreign.edition.guideline.code}
        )


def _place_pictures(source, edition, *, by):
    """Keep the pictures with the draft, and let the text show them from there."""
    addresses = {
        picture.placeholder: drafting.attach(
            edition,
            name=picture.name,
            content=picture.content,
            media_type=picture.media_type,
            by=by,
        ).get_absolute_url()
        for picture in source.pictures
    }
    for node, _level in source.root.walk():
        for placeholder, address in addresses.items():
            node.body = node.body.replace(placeholder, address)


def _publish(source, edition, original, *, by):
    """Publish by the decision that the cover names, recording it where nobody has."""
    if original:
        decision, effective_on = original.decision, original.effective_on
    else:
        decision = decision_of(source, by=by)
        effective_on = source.effective_on or decision.decided_on
    publishing.submit(edition, by=by, note=f"取込み: {source.name}")
    return publishing.publish({edition: effective_on}, decision=decision, by=by)[0]


def decision_of(source, *, by):
    """The decision that a cover names by body and day, recorded now where nobody has."""
    if source.decided_on is None or not source.issuer:
        raise ImportRefusal(
            _("%s: 表紙から決定日又は決定した組織が読み取れないため、公開できません。")
            % source.name
        )
    body = Body.objects.filter(name=source.issuer).first() or found_body(
        slug=f"body-{hashlib.sha256(source.issuer.encode()).hexdigest()[:8]}",
        name=source.issuer,
        by=by,
    )
    recorded = Decision.objects.filter(body=body, decided_on=source.decided_on).first()
    return recorded or record_decision(
        body=body,
        decided_on=source.decided_on,
        # Neutral: the next document of that day joins the same decision.
        title=f"{in_both_calendars(source.decided_on)}の決定"[:250],
        by=by,
    )
