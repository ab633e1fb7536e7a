"""The acts by which the text of a draft comes to be; the only writer of its text and tree.

django-mptt leaves mutual exclusion to its caller, and without it two writers corrupt a tree with
no error raised. So every act first locks the row of its edition and reads the tree afresh under
that lock; on SQLite transactions are immediate, which has the same effect for the whole file.
"""

import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from mptt.exceptions import InvalidMove

from guidelines import indexing, tree
from guidelines.fences import Fence
from guidelines.keys import new_key
from guidelines.limits import MAX_BODY, MAX_LEVELS, MAX_SECTIONS, MAX_UNCLOSED
from guidelines.models import Attachment, Edition, Guideline, Revision, RevisionNote, Section, Step
from guidelines.numbering import following
from guidelines.picturing import size_of
from guidelines.refusals import DraftRefusal, TextRefusal
from guidelines.rendering import refuse_nesting
from guidelines.tree import Node

# What an author sets on the cover; everything else of an edition is set by an act.
COVER = ("title", "subtitle", "issuer", "abstract", "keywords", "demonstration")
TEXT = ("number", "title", "reading", "body")


@transaction.atomic
def open_draft(guideline, *, by, language="ja", translation_of=None, empty=False, **cover):
    """Open the next edition of a guideline, or a translation of a published one.

    The draft begins as a copy of the newest official edition (a translation, of the text it
    translates), keys included; when `empty`, only the root keeps its key. `cover` overrides
    fields named in COVER. Raises DraftRefusal when one is already open in that language.
    """
    # The guideline's row, so that two people cannot open its next edition at once.
    guideline = Guideline.objects.select_for_update().get(pk=guideline.pk)
    opened = guideline.editions.open().filter(language=language).first()
    if opened:
        raise DraftRefusal(
            _("%(code)sには%(status)sの版が既にあります。先にそれを公開するか破棄してください。")
            % {"code": guideline.code, "status": opened.get_status_display()}
        )
    if translation_of and not translation_of.is_published:
        raise DraftRefusal(_("翻訳は公開された版から起こします。元の版はまだ公開されていません。"))
    model = translation_of or _newest_official(guideline)
    inherited = {name: getattr(model, name) for name in COVER} if model else {}
    edition = Edition.objects.create(
        guideline=guideline,
        language=language,
        translation_of=translation_of,
        predecessor=None if translation_of else model,
        **{"title": guideline.title} | inherited | cover,
    )
    root = tree.read(model) if model else Node(key=new_key())
    if empty:
        tree.plant(edition, Node(key=root.key))
    else:
        tree.plant(edition, root)
        if model:
            _copy_belongings(model, edition)
            indexing.copy_index(model, edition, by=by)
    Step.objects.create(edition=edition, act="open_draft", status=edition.status, taken_by=by)
    return edition


@transaction.atomic
def describe_draft(edition, *, by, **cover):
    """Set fields of the cover, those named in COVER."""
    edition = _lock(edition)
    unknown = set(cover) - set(COVER)
    if unknown:
        raise TypeError(f"not on the cover: {sorted(unknown)}")
    for name, value in cover.items():
        setattr(edition, name, value)
    edition.save()
    return edition


@transaction.atomic
def set_notes(edition, notes, *, by):
    """Replace the table of revisions: `notes` are (day or None, place, content), as printed."""
    edition = _lock(edition)
    edition.revision_notes.all().delete()
    return RevisionNote.objects.bulk_create(
        RevisionNote(
            edition=edition, position=position, revised_on=day, place=place, content=content
        )
        for position, (day, place, content) in enumerate(notes)
    )


@transaction.atomic
def add_section(parent, *, by, title, number=None, reading="", body="", before=None):
    """Add a section below `parent`, at the end or `before` one of its children.

    Without a `number`, the one that follows the section before it is suggested and used.
    Raises DraftRefusal when the edition is no draft, or the tree or body grows beyond its limit.
    """
    edition, parent = _lock_with(parent)
    if parent.level >= MAX_LEVELS:
        raise DraftRefusal(_too_deep(number or "", title))
    if edition.sections.count() >= MAX_SECTIONS:
        raise DraftRefusal(_("一つの版に置ける節は%d件までです。") % MAX_SECTIONS)
    if before is not None:
        before = Section.objects.get(pk=before.pk, parent=parent)
    if number is None:
        elder = before.get_previous_sibling() if before else parent.get_children().last()
        number = following(elder.number) if elder else ""
    section = Section(
        edition=edition, key=new_key(), number=number, title=title, reading=reading, body=body
    )
    _fit(section)
    Section.objects.insert_node(
        section, before or parent, position="left" if before else "last-child", save=True
    )
    _remember(Revision.Act.ADDED, section, by=by)
    return section


@transaction.atomic
def edit_section(section, *, by, **text):
    """Change the number, title, reading or body of a section; unchanged text leaves no trace."""
    _edition, section = _lock_with(section)
    unknown = set(text) - set(TEXT)
    if unknown:
        raise TypeError(f"not text of a section: {sorted(unknown)}")
    before = _text(section)
    for name, value in text.items():
        setattr(section, name, value)
    _fit(section)
    if _text(section) == before:
        return section
    section.save(update_fields=TEXT)
    _remember(Revision.Act.EDITED, section, by=by)
    return section


@transaction.atomic
def move_section(section, target, *, position, by):
    """Move a section with what is below it.

    `position` is where it goes, seen from `target`: "first-child", "last-child", "left" or
    "right" (before or after it). Raises DraftRefusal when that is inside itself, beside the
    root, in another edition, or too deep.
    """
    _edition, section = _lock_with(section)
    _edition, target = _lock_with(target)
    beside = position in ("left", "right")
    if target.edition_id != section.edition_id:
        raise DraftRefusal(_("節を別の版へ移すことはできません。"))
    if section.parent_id is None or (beside and target.parent_id is None):
        raise DraftRefusal(_("表紙は動かせず、表紙と並ぶ節は作れません。"))
    below = section.get_descendants().order_by("-level").first()
    height = (below.level if below else section.level) - section.level
    if target.level + (0 if beside else 1) + height > MAX_LEVELS:
        raise DraftRefusal(_too_deep(section.number, section.title))
    try:
        Section.objects.move_node(section, target, position)
    except InvalidMove as error:
        raise DraftRefusal(_("「%s」をその中の節へ移すことはできません。") % section) from error
    section.refresh_from_db()
    _remember(Revision.Act.MOVED, section, by=by)
    return section


@transaction.atomic
def remove_section(section, *, by):
    """Remove a section with all that is below it; its revisions tell what it said."""
    edition, section = _lock_with(section)
    if section.parent_id is None:
        raise DraftRefusal(_("表紙は削除できません。版を破棄してください。"))
    below = section.get_descendants(include_self=True)
    for lost in below.select_related("parent"):
        _remember(Revision.Act.REMOVED, lost, by=by)
    indexing.drop_index(below, by=by)
    section.delete()
    return edition


@transaction.atomic
def replace_text(edition, root, *, by):
    """Replace the whole text by the tree `root`, of which every node has its key.

    Sections whose text changes, or which come anew, leave a revision each.
    Raises DraftRefusal when the tree is too deep or too large, or a body too long.
    """
    edition = _lock(edition)
    fit_text(root)
    nodes = list(root.walk())
    before = {node.key: node for node, _level in tree.read(edition).walk()}
    index = indexing.hold_index(edition)
    # The root goes last: mptt's own deletion would renumber the tree once for every section.
    edition.sections.order_by("-level")._raw_delete(edition.sections.db)
    tree.plant(edition, root)
    indexing.put_index(edition, index, by=by)
    Revision.objects.bulk_create(
        (
            _revision(Revision.Act.IMPORTED, edition, node, by=by)
            for node, _level in nodes
            if node.key not in before or _text(node) != _text(before[node.key])
        ),
        batch_size=500,
    )
    return edition


def fit_text(root):
    """Tidy a whole text as an edition keeps it. Raises DraftRefusal for what none can hold."""
    nodes = list(root.walk())
    if len(nodes) > MAX_SECTIONS:
        raise DraftRefusal(_("一つの版に置ける節は%d件までです。") % MAX_SECTIONS)
    for node, level in nodes:
        if level > MAX_LEVELS:
            raise DraftRefusal(_too_deep(node.number, node.title))
        _fit(node)


@transaction.atomic
def attach(edition, *, name, content, media_type, by):
    """Keep a file with a draft; the same content twice is one file. Returns the attachment.

    Its Markdown is `![text](/files/<hash>/<name>)`.
    """
    edition = _lock(edition)
    sha256 = hashlib.sha256(content).hexdigest()
    name = re.sub(r"[^\w.\-]+", "-", name)[-100:].lstrip(".-") or "file"
    width, height = size_of(content) or (None, None)
    facts = {"name": name, "media_type": media_type, "size": len(content)}
    facts |= {"width": width, "height": height}
    attachment = Attachment.objects.get_or_create(edition=edition, sha256=sha256, defaults=facts)[0]
    transaction.on_commit(lambda: _store(attachment.path, content))
    return attachment


@transaction.atomic
def drop_unshown(edition, *, by):
    """Let go of the attachments that no section of a draft shows, lest they be published."""
    edition = _lock(edition)
    bodies = "\n".join(edition.sections.values_list("body", flat=True))
    unshown = [one.pk for one in edition.attachments.all() if one.sha256 not in bodies]
    edition.attachments.filter(pk__in=unshown).delete()


@transaction.atomic
def discard(edition, *, by):
    """Throw a draft away with its text and its history."""
    edition = _lock(edition)
    indexing.drop_index(edition.sections.all(), by=by)
    edition.sections.order_by("-level")._raw_delete(edition.sections.db)
    edition.delete()


def _store(path, content):
    """Keep the content once it is certain that something shows it."""
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))


def _lock(edition):
    """The edition's row, locked until the transaction ends, if its text may still change."""
    found = Edition.objects.locked().filter(pk=edition.pk).first()
    if found is None:
        raise DraftRefusal(_("%s は、ほかの人が先に破棄しました。") % edition)
    edition = found
    if edition.status != Edition.Status.DRAFT:
        raise DraftRefusal(
            _("%(edition)sは「%(status)s」のため、本文を変えられません。")
            % {"edition": edition, "status": edition.get_status_display()}
        )
    return edition


def _lock_with(section):
    """The locked edition and the section as it stands under that lock."""
    edition = _lock(section.edition)
    try:
        return edition, Section.objects.select_related("edition").get(pk=section.pk)
    except Section.DoesNotExist as error:
        raise DraftRefusal(_("「%s」は、ほかの人が先に削除しました。") % section) from error


def _newest_official(guideline):
    return guideline.editions.published().official().order_by("-decided_on").first()


def _copy_belongings(model, edition):
    """Give a new draft the notes and files of the edition it begins as."""
    for rows in (model.revision_notes.all(), model.attachments.all()):
        copies = list(rows)
        for copy in copies:
            copy.pk, copy.edition = None, edition
        rows.model.objects.bulk_create(copies)


def _fit(text):
    """Tidy a section or node: one kind of line end, no blank around. Refuse what it cannot hold."""
    for name in ("number", "title", "reading"):
        setattr(text, name, re.sub(r"\s*[\r\n\t]\s*", " ", getattr(text, name)).strip())
    text.body = text.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    where = f"{text.number} {text.title}".strip() or _("前文")
    if len(text.body) > MAX_BODY:
        raise DraftRefusal(
            _("「%(where)s」の本文は%(length)d字あります。%(limit)d字以内の節に分けてください。")
            % {"where": where[:80], "length": len(text.body), "limit": MAX_BODY}
        )
    for name, longest in (("number", 50), ("title", 500), ("reading", 200)):
        if len(getattr(text, name)) > longest:
            raise DraftRefusal(
                _("「%(where)s」の%(field)sは%(limit)d字までです。")
                % {
                    "where": where[:80],
                    "field": Section._meta.get_field(name).verbose_name,
                    "limit": longest,
                }
            )
    if any("\0" in getattr(text, name) for name in TEXT):
        raise DraftRefusal(_("「%s」に、文字として扱えない符号（NUL）があります。") % where[:80])
    unclosed = max(text.body.count("[") - text.body.count("]"), 0)
    if unclosed > MAX_UNCLOSED or text.body.count("<") - text.body.count(">") > 10 * MAX_UNCLOSED:
        raise DraftRefusal(_("「%s」の本文に、閉じていない括弧が多すぎます。") % where[:80])
    try:
        refuse_nesting(text.body)
    except TextRefusal as refusal:
        raise DraftRefusal(
            _("「%(where)s」の%(why)s") % {"where": where[:80], "why": refusal}
        ) from refusal
    fence = Fence()
    for count, line in enumerate(text.body.split("\n"), start=1):
        if not fence.holds(line) and re.match(r"#+\s", line):
            raise DraftRefusal(
                _(
                    "「%(where)s」の本文の%(count)d行目が見出し（#）で始まっています。"
                    "見出しは節として追加してください。"
                )
                % {"where": where[:80], "count": count}
            )
    if fence.opened:
        raise DraftRefusal(
            _("「%(where)s」の本文で、コードの囲み（%(fence)s）が閉じていません。")
            % {"where": where[:80], "fence": fence.opened}
        )


def _too_deep(number, title):
    return _("「%(section)s」は深すぎます。見出しは%(limit)d段までです。") % {
        "section": f"{number} {title}".strip()[:80],
        "limit": MAX_LEVELS,
    }


def _text(thing):
    return tuple(getattr(thing, name) for name in TEXT)


def _revision(act, edition, thing, *, by, parent_key=""):
    return Revision(
        edition=edition,
        key=thing.key,
        act=act,
        parent_key=parent_key,
        made_by=by,
        **{name: getattr(thing, name) for name in TEXT},
    )


def _remember(act, section, *, by):
    parent_key = section.parent.key if section.parent else ""
    _revision(act, section.edition, section, by=by, parent_key=parent_key).save()
