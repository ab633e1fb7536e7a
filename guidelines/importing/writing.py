"""Writes what a reader found into a draft, through the acts, and publishes it when asked."""

import hashlib
import re

from django.db import transaction
from django.utils.translation import gettext as _

from governance.deciding import found_body, record_decision
from governance.models import Body, Decision
from guidelines import drafting, publishing, tree
from guidelines.cataloguing import add_category, register_guideline
from guidelines.importing.planning import obstacles, plan
from guidelines.importing.report import CHANGES, Report
from guidelines.models import Category, Edition, Guideline
from guidelines.refusals import ImportRefusal
from guidelines.wareki import in_both_calendars

# Pictures are named by their content once stored.
_PICTURE = re.compile(r"/files/[0-9a-f]{64}/[^)\"]*")


class OverwriteRefusal(ImportRefusal):
    """An open draft would be overwritten; `overwritten` lists what of it, see planning.py."""

    def __init__(self, sentence, overwritten):
        super().__init__(sentence)
        self.overwritten = overwritten


def preview(source, *, matches=None, publish=True):
    """The Report of what `write` would do; nothing is written.

    Its `obstacles` say what a person has to confirm, its `overwritten` what a draft would lose,
    its `sections` which keys were found; `matches` corrects them (see `matching.give_keys`).
    Raises ImportRefusal for what could not even be a draft.
    """
    made = plan(source, matches=matches)
    outcome = _unchanged(made) or _("取り込む前の確認です。まだ何も書いていません")
    if made.twin:
        _refuse_other_text(made)
    found = [] if made.changes_nothing else obstacles(made, publish=publish)
    return Report.of(made, outcome=outcome, edition=made.twin, obstacles=found)


@transaction.atomic
def write(source, *, by, publish=False, matches=None, overwrite=False, read_losses=False):
    """Open a draft with the text of `source`; with `publish`, publish it as its cover says.

    An unknown code enters the catalogue. An open draft is replaced only when `overwrite` says
    so, and a text with obstacles (see planning.py) is written only when `read_losses` says that
    somebody has read them. Returns the Report. Raises ImportRefusal, or what the acts raise, and
    then nothing is written.
    """
    lock(source)
    made = plan(source, matches=matches)
    if made.twin:
        _refuse_other_text(made)
        return Report.of(made, outcome=_unchanged(made), edition=made.twin)
    in_the_way = obstacles(made, publish=publish)
    if in_the_way and not read_losses:
        raise ImportRefusal(
            " ".join([*in_the_way, _("読んで確かめたときは --read-losses を付けてください。")])
        )
    if made.overwritten and not overwrite:
        raise _overwrite_refusal(made)
    outcome, edition = _unchanged(made), made.draft
    if edition is None or not made.changes_nothing:
        made.guideline = made.guideline or _register(source, by=by)
        edition = _write(made, by=by)
        outcome = str(edition.get_status_display())
    if publish:
        edition = _publish(made, edition, by=by)
        outcome = str(edition.get_status_display())
    return Report.of(made, outcome=outcome, edition=edition, obstacles=in_the_way)


def lock(source):
    """Let nobody else write the guideline of a source, or its drafts, until the transaction ends.

    What is overwritten must be what was compared. The guideline comes first, as in publishing,
    so that the two cannot wait for each other.
    """
    known = Guideline.objects.coded(source.code).values("pk")
    list(Guideline.objects.select_for_update().filter(pk__in=known))
    list(Edition.objects.locked().open().filter(guideline__in=known).order_by("pk"))


def _unchanged(made):
    """The sentence for an import that changes nothing; "" for one that does."""
    if made.twin:
        return _("同じ版が公開済みのため、何も変えていません")
    return _("同じ文章の案が既にあるため、何も変えていません") if made.changes_nothing else ""


def _write(made, *, by):
    """The draft with the text of the plan, opened or overwritten."""
    source, edition = made.source, made.draft
    cover = {name: getattr(source, name) for name in drafting.COVER}
    if edition is None:
        edition = drafting.open_draft(
            made.guideline,
            by=by,
            language=source.language,
            translation_of=made.original,
            empty=True,
            **cover,
        )
    else:
        edition = drafting.describe_draft(edition, by=by, **cover)
    _place_pictures(made, edition, by=by)
    edition = drafting.replace_text(edition, made.root, by=by)
    drafting.drop_unshown(edition, by=by)
    notes = [(note.revised_on, note.place, note.content) for note in source.notes]
    drafting.set_notes(edition, notes, by=by)
    return edition


def _overwrite_refusal(made):
    names = [
        "{}（{}）".format(f"{one.number} {one.title}".strip(), CHANGES[one.change]())
        for one in made.overwritten
    ]
    by_hand = sum(one.by_hand for one in made.overwritten)
    sentence = _(
        "%(name)s: %(code)sには起案中の版が既にあり、取り込むと%(count)d件が上書きされます"
        "（うち人が直したもの%(by_hand)d件）: %(list)s。"
        "上書きするときは --overwrite を付けてください。"
    ) % {
        "name": made.source.name,
        "code": made.guideline.code,
        "count": len(names),
        "by_hand": by_hand,
        "list": "、".join(names[:10]) + ("…" if len(names) > 10 else ""),
    }
    return OverwriteRefusal(sentence, made.overwritten)


def _register(source, *, by):
    """Enter a document that the catalogue does not know yet, as little as its cover says."""
    category = Category.objects.filter(slug="other").first() or add_category(
        slug="other", name="その他", name_en="Other", position=99, by=by
    )
    names, kind = f"{source.title} {source.subtitle}", Guideline.Kind.OTHER
    for word, meant in (
        ("ガイドブック", Guideline.Kind.GUIDEBOOK),
        ("用語集", Guideline.Kind.GLOSSARY),
    ):
        if word in names:
            kind = meant
    return register_guideline(
        code=source.code,
        category=category,
        kind=kind,
        title=source.title,
        abstract=source.abstract,
        keywords=source.keywords,
        by=by,
    )


def _refuse_other_text(made):
    """Of an edition published before, the same text changes nothing, and another is refused."""
    if _words(made.root) != _words(tree.read(made.twin)):
        raise ImportRefusal(
            _(
                "%(name)s: %(edition)sは公開済みで、変えられません。"
                "ファイルの本文はそれと異なります。訂正は新しい版で行ってください。"
            )
            % {"name": made.source.name, "edition": made.twin}
        )


def _words(root):
    """The text in order, as far as the file and the published edition must agree on it."""
    return [
        (level, node.key, node.number, node.title, node.reading, _PICTURE.sub("", node.body))
        for node, level in root.walk()
    ]


def _place_pictures(made, edition, *, by):
    """Keep the pictures with the draft; one that it had under another name keeps that."""
    for picture in made.source.pictures:
        address = drafting.attach(
            edition,
            name=picture.name,
            content=picture.content,
            media_type=picture.media_type,
            by=by,
        ).get_absolute_url()
        if address != picture.address:
            for node, _level in made.root.walk():
                node.body = node.body.replace(picture.address, address)


def _publish(made, edition: Edition, *, by):
    """Publish by the decision that the cover names, recording it where nobody has."""
    source, original = made.source, made.original
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
            _(
                "%s: 表紙から決定日又は決定した組織が読み取れないため、公開できません。"
                "--decided-on と --issuer で指定してください。"
            )
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
