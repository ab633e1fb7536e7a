"""Says what an import found and did, to people and to programs."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from guidelines.importing.accounting import losses
from guidelines.importing.planning import Plan
from guidelines.importing.source import Fate


@dataclass
class Report:
    """The outcome of one import; `as_dict` is what `--json` prints."""

    code: str
    title: str
    language: str
    decided_on: str
    issuer: str
    keywords: list[str]
    abstract: str
    revision_notes: list[dict]
    # In reading order; the place of a row is what corrected matches name it by.
    sections: list[dict]
    tables: int
    images: int
    footnotes: int
    # Per cent of the characters.
    text_kept: float
    warnings: list[str]
    outcome: str = ""
    address: str = ""
    # Sections whose key was not found by number and title: how, and where they stood before.
    matches: list[dict] = field(default_factory=list)
    # Sections of the text before, and of an open draft, that corrected matches may name.
    predecessors: list[dict] = field(default_factory=list)
    # Sections of the text before that the new one has no more.
    removed: list[dict] = field(default_factory=list)
    # Blocks left out, or turned into something else, or incomplete.
    losses: list[dict] = field(default_factory=list)
    # What of an open draft would be, or was, overwritten.
    overwritten: list[dict] = field(default_factory=list)
    # What forbids publication, or even a draft, until somebody confirms having read it.
    obstacles: list[str] = field(default_factory=list)
    # The same text is there already, published or in the draft.
    changes_nothing: bool = False

    @classmethod
    def of(cls, plan: Plan, *, outcome, edition=None, obstacles=()):
        """The report of a plan, and of the edition that came of it."""
        source = plan.source
        sections = [(node, level) for node, level in plan.root.walk() if level]
        counts = _blocks(plan)
        return cls(
            code=plan.guideline.code if plan.guideline else source.code,
            title=source.title,
            language=source.language,
            decided_on=source.decided_on.isoformat() if source.decided_on else "",
            issuer=source.issuer,
            keywords=source.keywords,
            abstract=source.abstract,
            revision_notes=[
                {
                    "on": note.revised_on.isoformat() if note.revised_on else "",
                    "place": note.place,
                    "content": note.content,
                }
                for note in source.notes
            ],
            sections=[
                {
                    "level": level,
                    "number": node.number,
                    "title": node.title,
                    "key": node.key,
                    "matched": plan.found.get(node.key, ""),
                    "blocks": count,
                }
                for (node, level), count in zip(sections, counts, strict=True)
            ],
            tables=source.tables,
            images=source.images,
            footnotes=source.footnotes,
            text_kept=source.text_kept,
            warnings=[*source.warnings, *_changed_title(plan)],
            outcome=outcome,
            address=edition.get_absolute_url() if edition and edition.is_published else "",
            matches=_matches(plan, sections),
            predecessors=[asdict(old) for old in plan.predecessors],
            removed=[asdict(old) for old in plan.gone],
            losses=[
                {
                    "place": block.place,
                    "kind": block.kind,
                    "fate": str(block.fate),
                    "how": block.how,
                    "text": block.text[:200],
                }
                for block in losses(source)
            ],
            overwritten=[asdict(one) for one in plan.overwritten],
            obstacles=list(obstacles),
            changes_nothing=plan.changes_nothing,
        )

    def as_dict(self):
        """Plain data."""
        return asdict(self)

    def as_text(self):
        """Some lines for a person."""
        lines = [
            _("%(code)s %(title)s（%(day)s、%(language)s）: %(outcome)s")
            % {
                "code": self.code,
                "title": self.title,
                "day": self.decided_on or _("決定日なし"),
                "language": self.language,
                "outcome": self.outcome,
            },
            _(
                "節 %(sections)d、表 %(tables)d、図 %(images)d、脚注 %(footnotes)d、"
                "文字の%(kept).2f%%"
            )
            % {
                "sections": len(self.sections),
                "tables": self.tables,
                "images": self.images,
                "footnotes": self.footnotes,
                "kept": self.text_kept,
            },
        ]
        if self.address:
            lines.append(_("公開した場所: %s") % self.address)
        lines += map(_match_line, self.matches)
        lines += [_("なくなった節: %s") % _name(old) for old in self.removed]
        lines += [
            _("上書き: %(name)s（%(change)s）")
            % {"name": _name(one), "change": CHANGES[one["change"]]()}
            for one in self.overwritten
        ]
        lines += map(_loss_line, self.losses)
        lines += [_("注意: %s") % warning for warning in self.warnings]
        return "\n".join(lines + [_("要確認: %s") % one for one in self.obstacles])


CHANGES = {
    "cover": lambda: _("表紙"),
    "removed": lambda: _("削除"),
    "changed": lambda: _("変更"),
    "moved": lambda: _("移動"),
    "added": lambda: _("追加"),
    "order": lambda: _("並び順"),
}
FATES = {
    Fate.IMPORTED: lambda: _("取り込み"),
    Fate.TURNED: lambda: _("別の形で取り込み"),
    Fate.LEFT_OUT: lambda: _("取り込まず"),
}
HOW = {
    "number and title": lambda: _("同じ番号と見出し"),
    "title": lambda: _("同じ見出し"),
    "similar text": lambda: _("似た文章"),
    "chosen": lambda: _("人の指定"),
    "place": lambda: _("同じ番地"),
    "given": lambda: _("ファイルの鍵"),
    "new": lambda: _("新しい節"),
}


def _blocks(plan):
    """How many blocks of the source each section took in, in reading order."""
    counts: dict[int, int] = {}
    for block in plan.source.blocks:
        counts[id(block.node)] = counts.get(id(block.node), 0) + 1
    return [counts.get(id(node), 0) for node, level in plan.source.root.walk() if level]


def _matches(plan, sections):
    found = []
    for place, (node, _level) in enumerate(sections):
        how = plan.found.get(node.key, "")
        # Of a first text everything is new, which needs no list.
        if not plan.predecessors or how in ("number and title", "root"):
            continue
        old = plan.was(node.key)
        found.append(
            {
                "section": place,
                "number": node.number,
                "title": node.title,
                "how": how,
                "was": asdict(old) if old else None,
            }
        )
    return found


def _changed_title(plan):
    guideline, title = plan.guideline, plan.source.title
    if guideline is None or plan.source.language != "ja" or guideline.title == title:
        return []
    return [
        _("標題が目録の「%(old)s」から「%(new)s」に変わっています。")
        % {"old": guideline.title, "new": title}
    ]


def _match_line(match):
    if match["was"] is None:
        return _("新しい節: %s") % _name(match)
    return _("対応（%(how)s）: %(old)s → %(new)s") % {
        "how": HOW.get(match["how"], lambda: match["how"])(),
        "old": _name(match["was"]),
        "new": _name(match),
    }


def _loss_line(loss):
    return _("%(fate)s: %(place)s %(kind)s（%(how)s）%(text)s") % {
        "fate": FATES[Fate(loss["fate"])](),
        "place": loss["place"],
        "kind": loss["kind"],
        "how": loss["how"],
        "text": " ".join(loss["text"].split())[:40],
    }


def _name(one):
    return f"{one['number']} {one['title']}".strip()
