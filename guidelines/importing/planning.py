"""Finds out what an import would do, before anything is written: keys, predecessors, obstacles."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from guidelines import drafting, tree
from guidelines.importing.accounting import losses
from guidelines.importing.matching import Old, give_keys, gone
from guidelines.importing.source import Fate, Source
from guidelines.limits import MIN_TEXT_KEPT
from guidelines.models import Edition, Guideline, Revision, RevisionNote, Section
from guidelines.numbering import same
from guidelines.refusals import DraftRefusal, ImportRefusal
from guidelines.tree import Node

TEXT = ("number", "title", "reading", "body")


@dataclass(frozen=True)
class Overwritten:
    """What an import would change in an open draft; `by_hand` where somebody edited it there."""

    change: str
    key: str
    number: str
    title: str
    by_hand: bool


@dataclass
class Plan:
    """What would become of a source; `root` is its text with the keys it would have."""

    source: Source
    root: Node
    guideline: Guideline | None = None
    # The edition published on the same day; then there is nothing to write.
    twin: Edition | None = None
    # For a translation, the text it translates.
    original: Edition | None = None
    # The open draft that would be overwritten.
    draft: Edition | None = None
    found: dict[str, str] = field(default_factory=dict)
    # The text before: the edition it follows, or the one it translates.
    model: Node | None = None
    # The text of the open draft, whose keys come first.
    drafted: Node | None = None
    overwritten: list[Overwritten] = field(default_factory=list)

    @property
    def changes_nothing(self):
        """Whether the same text is already there, published or in the draft."""
        return self.twin is not None or (self.draft is not None and not self.overwritten)

    @property
    def gone(self) -> list[Old]:
        return gone(self.root, self.model)

    @property
    def predecessors(self) -> list[Old]:
        """The sections that a section can be matched with, in the order of the texts before."""
        return list(self._before.values())

    def was(self, key) -> Old | None:
        """Where the section with a key stood in the text before, or stands in the draft."""
        return self._before.get(key)

    def __post_init__(self):
        self._before: dict[str, Old] = {}
        for text in filter(None, (self.model, self.drafted)):
            for node, level in text.walk():
                if level:
                    self._before.setdefault(node.key, Old(node.key, node.number, node.title))


def plan(source: Source, *, matches: dict[int, str] | None = None) -> Plan:
    """What an import of `source` would do; `matches` as `give_keys` has them in `chosen`.

    The source stays as it is. Raises ImportRefusal for what could not even be a draft.
    """
    _refuse_nameless(source)
    _refuse_misfits(source)
    root = deepcopy(source.root)
    _refuse_unfit(source, root)
    guideline = Guideline.objects.coded(source.code).first()
    if guideline is None:
        if source.language != "ja":
            raise _without_original(source, source.code)
        found = give_keys(root, None, chosen=matches)
        _refuse_foreign_keys(source, root, guideline)
        return Plan(source, root, found=found)
    published = guideline.editions.published().filter(language=source.language)
    twin = published.filter(decided_on=source.decided_on).first()
    original = None if source.language == "ja" else _original(guideline, source)
    before = twin or original or _before(published, source.decided_on)
    draft = guideline.editions.open().filter(language=source.language).first()
    model = tree.read(before) if before else None
    # An import over a draft goes on from the draft, whose new sections have keys already.
    drafted = tree.read(draft) if draft and not twin else None
    found = give_keys(
        root,
        drafted or model,
        translated=original is not None and drafted is None,
        chosen=matches,
        older=model if drafted else None,
    )
    _refuse_foreign_keys(source, root, guideline)
    _refuse_unknown_keys(source, matches, drafted, model)
    if draft and not twin and draft.status != Edition.Status.DRAFT:
        raise ImportRefusal(
            _("%(name)s: %(edition)sは「%(status)s」のため、取込みで書き換えられません。")
            % {"name": source.name, "edition": draft, "status": draft.get_status_display()}
        )
    made = Plan(
        source, root, guideline, twin, original, None if twin else draft, found, model, drafted
    )
    if made.draft:
        made.overwritten = _overwritten(made, drafted)
    return made


def obstacles(made: Plan, *, publish: bool) -> list[str]:
    """What forbids to write the plan unless somebody confirms having read it; sentences."""
    source = made.source
    found = [
        _("%(name)s: 番号「%(number)s」の見出しが同じ所に二つあります（%(first)sと%(second)s）。")
        % {"name": source.name, "number": number, "first": first, "second": second}
        for number, first, second in _duplicates(source)
    ]
    if publish and source.text_kept < MIN_TEXT_KEPT:
        lost = [block for block in losses(source) if block.counts and block.how]
        found.append(
            _(
                "%(name)s: 元の文字の%(kept).2f%%しか取り込めていません"
                "（公開には%(limit)s%%が必要です）。"
                "失われた箇所を確かめてください: %(places)s"
            )
            % {
                "name": source.name,
                "kept": source.text_kept,
                "limit": MIN_TEXT_KEPT,
                "places": "、".join(f"{one.place} {one.kind}（{one.how}）" for one in lost[:5]),
            }
        )
    return found


def _duplicates(source):
    """(number, place, place) of each number that stands twice below one heading."""
    places = {
        id(block.node): block.place
        for block in reversed(source.blocks)
        if block.node is not None and block.fate is not Fate.LEFT_OUT
    }
    for node, _level in source.root.walk():
        seen: dict[str, Any] = {}
        for child in node.children:
            number = same(child.number)
            if number and number in seen:
                first = seen[number]
                yield (
                    child.number,
                    places.get(id(first), _("「%s」") % first.title),
                    places.get(id(child), _("「%s」") % child.title),
                )
            seen.setdefault(number, child)


def _overwritten(made, drafted):
    """What differs between the open draft and the text that would replace it."""
    draft, source = made.draft, made.source
    edited = set(
        Revision.objects.filter(edition=draft)
        .exclude(act=Revision.Act.IMPORTED)
        .values_list("key", flat=True)
    )
    old = {node.key: (node, above) for node, above in _with_parents(drafted)}
    new = {node.key: (node, above) for node, above in _with_parents(made.root)}
    found = []
    cover = {name: getattr(draft, name) for name in drafting.COVER}
    notes = list(draft.revision_notes.values_list("revised_on", "place", "content"))
    if cover != {name: getattr(source, name) for name in drafting.COVER} or notes != [
        (note.revised_on, note.place, note.content) for note in source.notes
    ]:
        found.append(Overwritten("cover", "", "", draft.title, by_hand=False))
    for key, (node, above) in old.items():
        if key not in new:
            change = "removed"
        elif _tidied(node) != _tidied(new[key][0]):
            change = "changed"
        elif above != new[key][1]:
            change = "moved"
        else:
            continue
        found.append(Overwritten(change, key, node.number, node.title, by_hand=key in edited))
    found += [
        Overwritten("added", key, node.number, node.title, by_hand=False)
        for key, (node, _above) in new.items()
        if key not in old
    ]
    if not found and list(old) != list(new):
        found.append(Overwritten("order", "", "", draft.title, by_hand=False))
    return found


def _with_parents(node, above=""):
    yield node, above
    for child in node.children:
        yield from _with_parents(child, node.key)


def _tidied(node):
    """The text of a section as drafting.py would keep it."""
    return [getattr(node, name).replace("\r\n", "\n").strip() for name in TEXT]


def _refuse_unfit(source, root):
    """Refuse what drafting would, so that a preview says it before anybody confirms."""
    try:
        drafting.fit_text(root)
    except DraftRefusal as refusal:
        raise ImportRefusal(
            _("%(name)s: %(why)s") % {"name": source.name, "why": refusal}
        ) from refusal


def _refuse_nameless(source):
    if not source.code:
        raise ImportRefusal(
            _("%s: 文書番号が読み取れません。文書番号を指定してください（コマンドでは --code）。")
            % source.name
        )
    if not source.title:
        raise ImportRefusal(
            _(
                "%s: 表紙から標題が読み取れません。標題にはWordの「表題」スタイルを使うか、"
                "標題を指定してください（コマンドでは --title）。"
            )
            % source.name
        )


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
    for model, name, text in printed:
        column: Any = model._meta.get_field(name)
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


def _original(guideline, source):
    """The Japanese edition that a text in another language belongs to."""
    original = (
        guideline.editions.published().official().filter(decided_on=source.decided_on).first()
    )
    if original is None:
        raise _without_original(source, guideline.code)
    return original


def _without_original(source, code):
    return ImportRefusal(
        _("%(name)s: 翻訳の元になる%(code)sの%(day)sの版がまだ公開されていません。")
        % {"name": source.name, "code": code, "day": source.decided_on}
    )


def _before(published, decided_on):
    """The edition a text follows: the last one decided before it, else the newest of all."""
    earlier = published.filter(decided_on__lt=decided_on) if decided_on else published
    return ((earlier.exists() and earlier) or published).order_by("-decided_on").first()


def _refuse_unknown_keys(source, matches, *texts):
    """A match can only be with a section of the texts before."""
    known = {node.key for text in texts if text for node, _level in text.walk()}
    unknown = {key for key in (matches or {}).values() if key} - known
    if unknown:
        raise ImportRefusal(
            _("%(name)s: 対応先に指定した鍵 %(keys)s の節は、前の版にも案にもありません。")
            % {"name": source.name, "keys": "、".join(sorted(unknown))}
        )


def _refuse_foreign_keys(source, root, guideline):
    """A key belongs to one guideline, and stands in one place of a text."""
    keys = [node.key for node, _level in root.walk()]
    twice = {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()
    if twice:
        raise ImportRefusal(
            _("%(name)s: 鍵 %(keys)s が二度使われています。")
            % {"name": source.name, "keys": "、".join(sorted(twice))}
        )
    sections = Section.objects.filter(key__in=keys).select_related("edition__guideline")
    foreign = (sections.exclude(edition__guideline=guideline) if guideline else sections).first()
    if foreign:
        raise ImportRefusal(
            _("%(name)s: 鍵 %(key)s は%(code)sの節のものです。")
            % {"name": source.name, "key": foreign.key, "code": foreign.edition.guideline.code}
        )
