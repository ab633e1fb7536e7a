"""Reads the Markdown that publishers give away: a cover in lines, headings that carry numbers."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from guidelines.fences import Fence
from guidelines.importing.bundle import Archive, Folder
from guidelines.importing.cover import CoverItem, read_cover, read_notes
from guidelines.importing.front_matter import read_front_matter
from guidelines.importing.local_pictures import LocalPictures
from guidelines.importing.markdown import decode
from guidelines.importing.source import Block, Fate, Source
from guidelines.importing.straightening import straighten
from guidelines.importing.tidying import (
    RULE,
    bare,
    escape_unknown_tags,
    is_table,
    tidy,
    uneven,
)
from guidelines.limits import MAX_LEVELS
from guidelines.numbering import ANNEXES, parse_heading, same
from guidelines.refusals import ImportRefusal
from guidelines.tree import Node

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]*([^#\s].*?)[ \t\u3000]*#*\s*")
_OMITTED = re.compile(r"<!--\s*omit in toc\s*-->", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# A number with nothing between it and the title, which must then end with a sign of its own.
_TIGHT = re.compile(r"((?:\d+\.)+|\d+\)|[（(]\d+[)）])(\S.*)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")
_NAMED = re.compile(f"({ANNEXES}|附則)")
# Code, in which nothing is a link; a link; the beginning of one in HTML.
_LINK = re.compile(
    r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))"
    r"|(?<![!\\])\[(?!\^)(?P<words>(?:[^\[\]\\]|\\.)+)\]"
    r"\((?P<address>(?:[^()\s]|\([^()]*\))*)(?:\s+\"[^\"]*\")?\)"
    r"""|<a\b[^<>]*?\bhref\s*=\s*["']?(?P<quoted>[^"'<>\s]*)[^<>]*>""",
    re.IGNORECASE,
)
# What a link on the portal can lead to.
_REACHED = re.compile(r"(?:https?://|mailto:|/files/[0-9a-f]{64}/)", re.IGNORECASE)
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
# What an underline makes no heading of.
_NO_TITLE = re.compile(r"\s*(?:[-*+>|<]|\d+[.)]\s|#|={2,}|`{3}|~{3}|\[\^)|(?: {4}|\t)|.*\|")


@dataclass
class _Part:
    """A heading and the lines below it; the first part has no heading."""

    line: int
    level: int = 0
    title: str = ""
    is_omitted: bool = False
    lines: list[str] = field(default_factory=list)


def read(
    content: bytes, *, name: str, files: Folder | Archive | None = None, title: str = ""
) -> Source:
    """The guideline in a publisher's Markdown file. Raises ImportRefusal, naming the line.

    Where somebody has said the `title`, a heading above all others is a section.
    """
    text = decode(content, name=name)
    if "\0" in text:
        raise ImportRefusal(
            _("%(name)s %(line)d行目: 文字として扱えない符号（NUL）があります。")
            % {"name": name, "line": text[: text.index("\0")].count("\n") + 1}
        )
    return _Reader(text, name, files or Folder(None), title).read()


class _Reader:
    def __init__(self, text, name, files, title):
        self.name = name
        self.title = title
        self.source = Source(name=name)
        text, skipped = read_front_matter(text, self.source)
        text = _COMMENT.sub(
            lambda match: match[0] if _OMITTED.match(match[0]) else "\n" * match[0].count("\n"),
            text,
        )
        text, self.definitions = straighten(text)
        self.parts = _parts(text, skipped)
        self.place, self.node = _("表紙"), None
        self.pictures = LocalPictures(files, name=name, account=self._account)
        self.notes: dict[str, list[str]] = {}
        self.cited: set[str] = set()

    def read(self):
        source = self.source
        lines = sum(1 for part in self.parts for line in part.lines if line.strip())
        if lines > settings.IMPORT_MAX_PARAGRAPHS:
            raise ImportRefusal(
                _("%(name)s: %(count)d行あります。%(limit)d行まで取り込めます。")
                % {"name": self.name, "count": lines, "limit": settings.IMPORT_MAX_PARAGRAPHS}
            )
        for part in self.parts:
            part.lines = self._collect_notes(part.lines)
        cover, sections = self._divide()
        if not sections:
            raise ImportRefusal(
                _("%s: 見出し（#）が一つもありません。章や節の題を # で始めてください。")
                % self.name
            )
        self._read_cover(cover)
        top = min(part.level for part in sections)
        path = [source.root]
        for part in sections:
            node = self._section(part)
            level = part.level - top + 1
            if level > len(path) or level > MAX_LEVELS:
                raised = min(len(path), MAX_LEVELS)
                source.warnings.append(
                    _(
                        "%(line)d行目: 「%(text)s」の見出しの段（%(level)d）が飛んでいるため、"
                        "%(above)d段目にしました。"
                    )
                    % {"line": part.line, "text": part.title[:80], "level": level, "above": raised}
                )
                level = raised
            path[level - 1].children.append(node)
            path[level:] = [node]
        self._account_for_notes()
        for address in self.definitions.unused:
            why = _("本文から参照されていないため")
            source.blocks.append(
                Block(_("ファイル全体"), _("リンク先"), address, Fate.LEFT_OUT, why, counts=False)
            )
        source.pictures, source.images = list(self.pictures.pictures), self.pictures.images
        source.footnotes = len(self.cited)
        return source

    def _account(self, kind, fate, how):
        """Something inside a block that did not come in as it was."""
        self.source.blocks.append(
            Block(self.place, kind, "", fate, how, counts=False, node=self.node)
        )
        if fate is not Fate.TURNED:
            self.source.warnings.append(f"{self.place}: {how}。")

    def _block(self, kind, lines, **fate):
        block = Block(self.place, kind, bare(lines), node=self.node, **fate)
        self.source.blocks.append(block)
        return block

    def _divide(self):
        """(parts of the cover, parts of the text): the title heads the file, unless numbered."""
        place = 1
        if len(self.parts) < 2:
            return self.parts, []
        first = self.parts[1]
        tops = [part for part in self.parts[1:] if part.level == first.level]
        is_title = first.is_omitted or (
            first.level == 1
            and not _number_of(first.title)[0]
            and len(tops) == 1
            and self.title in ("", first.title)
        )
        if is_title and not self.source.title:
            self.source.title = _without_comment(first.title)
            self.source.blocks.append(
                Block(_("表紙"), _("見出し"), self.source.title, Fate.TURNED, _("標題"))
            )
            place = 2
        while place < len(self.parts) and (
            self.parts[place].is_omitted or _is_of_cover(self.parts[place].title)
        ):
            place += 1
        return self.parts[:place], self.parts[place:]

    def _read_cover(self, parts):
        items = []
        for part in parts:
            self.place = _("表紙（%d行目から）") % part.line
            if re.sub(r"\s", "", _without_comment(part.title)) == "目次":
                how = _("目次は見出しから作り直されるため")
                self._block(_("目次"), part.lines, fate=Fate.LEFT_OUT, how=how, counts=False)
                continue
            for lines in _blocks("" if RULE.fullmatch(line) else line for line in part.lines):
                text = bare(lines).strip()
                if is_table(lines, 0):
                    rows = [_row(line) for place, line in enumerate(lines) if place != 1]
                    block = self._block(_("表"), lines)
                    items.append(CoverItem(block, rows=rows, body=self._body(lines)))
                elif text:
                    block = self._block(_("段落"), lines)
                    items.append(CoverItem(block, text, body=self._body(lines)))
        self.source.root.body = read_cover(items, self.source)
        self.source.root.body += self._notes_for(self.source.root.body)

    def _section(self, part):
        number, title = _number_of(_without_comment(part.title))
        node = Node(number=number, title=title)
        # Some programs write a number before one that was typed.
        inner, rest = _number_of(title)
        if inner and rest and (same(inner) == same(number) or _NAMED.match(inner)):
            node.number, node.title = inner, rest
            self.source.warnings.append(
                _(
                    "%(line)d行目: 見出し「%(title)s」に番号が二つあるため、"
                    "「%(number)s」だけを番号としました。"
                )
                % {"line": part.line, "title": part.title[:80], "number": inner}
            )
        self.node = node
        self.place = _("「%(title)s」（%(line)d行目から）") % {
            "title": f"{node.number} {node.title}".strip()[:40],
            "line": part.line,
        }
        self.source.blocks.append(
            Block(self.place, _("見出し"), f"{node.number}{node.title}", node=node)
        )
        node.body = self._body(part.lines, counted=True)
        node.body += self._notes_for(node.title + node.body)
        return node

    def _body(self, lines, *, counted=False):
        """Lines as the portal's Markdown; with `counted`, each block of them accounted for."""
        kept, fence = [], Fence()
        for line in lines:
            coded = fence.holds(line)
            if not coded and RULE.fullmatch(line) and not (kept and "|" in kept[-1]):
                self._account(
                    _("区切り線"), Fate.TURNED, _("節の区切りにしました")
                ) if counted else None
                kept.append("")
                continue
            if not coded:
                line = self._without_foreign_links(line, counted)
                line, changed = escape_unknown_tags(line)
                if changed and counted:
                    how = _("HTMLの要素ではない「<…>」を文字にしました")
                    self._account(_("文字"), Fate.TURNED, how)
            kept.append(line)
        if counted:
            for block in _blocks(kept):
                self._count(block)
        text = self.pictures.take_in(tidy(kept), place=self.place)
        return _without_empty_figures(text)

    def _without_foreign_links(self, line, counted):
        """A line without links that lead nowhere from the portal; their words stay."""

        def replaced(match):
            address = match["address"] or match["quoted"] or ""
            if match["code"] or _REACHED.match(address):
                return match[0]
            if counted:
                how = _("リンク先「%s」はウェブの番地ではないため、文字だけを取り込みました")
                self._account(_("リンク"), Fate.TURNED, how % address[:80])
            return match["words"] if match["words"] is not None else "<a>"

        return _LINK.sub(replaced, line)

    def _count(self, lines):
        if not bare(lines).strip() and "<img" not in "".join(lines) and "![" not in "".join(lines):
            return
        place = next((at for at in range(len(lines)) if is_table(lines, at)), None)
        if place is None and "<table" not in "".join(lines).lower():
            self._block(_("段落"), lines)
            return
        block = self._block(_("表"), lines)
        self.source.tables += 1
        if place is not None and uneven(lines[place:]):
            block.fate, block.how = Fate.TURNED, _("欄の足りない行を空欄で補いました")
        if place is not None and not self.source.notes:
            rows = [_row(line) for at, line in enumerate(lines[place:]) if at != 1]
            self.source.notes = read_notes(rows) or []

    def _collect_notes(self, lines):
        """Take the footnotes out of the lines; they go where they are cited."""
        kept, fence, last = [], Fence(), None
        for line in lines:
            match = None if fence.holds(line) else _NOTE.fullmatch(line)
            if match:
                last = self.notes.setdefault(match[1], [])
                last.append(match[2])
            elif last is not None and line.startswith(("  ", "\t")) and line.strip():
                last.append(line.strip())
            else:
                last = last if not line.strip() else None
                kept.append(line)
        return kept

    def _notes_for(self, text):
        """The footnotes that a text cites, to stand below it."""
        labels = [label for label in self.notes if f"[^{label}]" in text]
        self.cited.update(labels)
        return "".join(f"\n\n[^{label}]: {' '.join(self.notes[label])}" for label in labels)

    def _account_for_notes(self):
        for label, lines in self.notes.items():
            self.place, self.node = _("脚注%s") % label, None
            if label in self.cited:
                self._block(_("脚注の文"), lines)
            else:
                why = _("本文から参照されていないため")
                self._block(_("脚注の文"), lines, fate=Fate.LEFT_OUT, how=why)


def _parts(text, skipped):
    """The file cut at its headings."""
    parts, fence = [_Part(line=skipped + 1)], Fence()
    for count, line in enumerate(text.split("\n"), start=skipped + 1):
        coded = fence.holds(line)
        match = None if coded else _HEADING.fullmatch(line)
        underline = None if coded else _UNDERLINE.fullmatch(line)
        if match:
            omitted = bool(_OMITTED.search(match[2]))
            parts.append(_Part(count, len(match[1]), match[2], omitted))
        elif underline and _is_underlined(parts[-1].lines):
            title = parts[-1].lines.pop().strip()
            level = 1 if underline[1].startswith("=") else 2
            parts.append(_Part(count - 1, level, title, bool(_OMITTED.search(title))))
        else:
            parts[-1].lines.append(line)
    return parts


def _is_underlined(lines):
    """Whether the last line is a paragraph by itself, which an underline makes a heading."""
    return (
        bool(lines)
        and bool(lines[-1].strip())
        and not "".join(lines[-2:-1]).strip()
        and not _NO_TITLE.match(lines[-1])
    )


def _blocks(lines):
    """The lines in blocks: what stands between blank lines, code and raw HTML kept together."""
    block, fence, inside = [], Fence(), ""
    for line in lines:
        coded = fence.holds(line)
        opened = re.match(r"\s*<(figure|table|div)\b", line, re.IGNORECASE)
        if opened and not coded and not inside:
            inside = opened[1].lower()
        if not line.strip() and not coded and not inside:
            if block:
                yield block
            block = []
        else:
            block.append(line)
        if inside and f"</{inside}>" in line.lower():
            inside = ""
    if block:
        yield block


def _row(line):
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [bare([cell.strip()]) for cell in cells]


def _number_of(text):
    """(number, title) of a heading, also where no blank stands between them."""
    number, title = parse_heading(text)
    if not number and (match := _TIGHT.fullmatch(text)):
        return match[1], match[2].strip(" \u3000")
    # A heading such as 「付録」 is a title of its own.
    return (number, title) if title else ("", text)


def _without_comment(text):
    return re.sub(r"[ \t\u3000]+$", "", _OMITTED.sub("", text)).strip()


def _is_of_cover(title):
    bare_title = re.sub(r"\s", "", _without_comment(title))
    return bool(re.fullmatch(r"目次|改[定訂]履歴|変更履歴", bare_title))


def _without_empty_figures(text):
    """Figures whose picture stayed out leave their caption as a paragraph."""

    def replaced(match):
        if "<img" in match[0] or "![" in match[0] or "<a " in match[0] or "<table" in match[0]:
            return match[0]
        return re.sub(r"\s*\n\s*", "\n", re.sub(r"</?fig\w+[^>]*>", "", match[0])).strip()

    return re.sub(r"<figure\b.*?</figure>", replaced, text, flags=re.DOTALL | re.IGNORECASE)
