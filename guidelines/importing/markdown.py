"""Reads the project's own Markdown: a header in TOML between lines of `+++`, then the text.

A heading line is `#` once for each level, the printed number, a blank, the title, and, in braces,
what the rest cannot say: `## 第2章 組織体制 {#key}`, `# 府省 {#key reading="ふしょう"}`.
Lines of `#` inside fenced code are text.
"""

import re
import tomllib
from datetime import date, datetime

from django.utils.translation import gettext as _

from guidelines.fences import Fence
from guidelines.importing.bundle import Archive, Folder
from guidelines.importing.local_pictures import LocalPictures
from guidelines.importing.source import Block, Note, Source
from guidelines.keys import is_key
from guidelines.numbering import parse_heading
from guidelines.refusals import ImportRefusal
from guidelines.tree import Node

_ATTRIBUTE = re.compile(r'#(?P<key>\w+)|(?P<name>\w+)="(?P<value>(?:[^"\\]|\\.)*)"')
_ONE = r'(?:#\w+|\w+="(?:[^"\\]|\\.)*")'
_HEADING = re.compile(rf"(#+)[ \t]+(.*?)[ \t]*(?:\{{({_ONE}(?: {_ONE})*)\}})?[ \t]*")
# Field of the header: (type, whether it must be there).
FIELDS = {
    "code": (str, True),
    "key": (str, False),
    "language": (str, True),
    "title": (str, True),
    "subtitle": (str, False),
    "issuer": (str, False),
    "decided_on": (date, True),
    "effective_on": (date, False),
    "keywords": (list, False),
    "abstract": (str, False),
    "demonstration": (bool, False),
    "revision_notes": (list, False),
}


def decode(content: bytes, *, name: str) -> str:
    """The text of a file in UTF-8, with one kind of line end. Raises ImportRefusal."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ImportRefusal(
            _("%(name)s: UTF-8の文字ではないバイトが%(place)d番目にあります。")
            % {"name": name, "place": error.start + 1}
        ) from error


def read(content: bytes, *, name: str, files: Folder | Archive | None = None) -> Source:
    """The guideline in a Markdown file. Raises ImportRefusal naming the line that is wrong."""
    text = decode(content, name=name)
    match = re.match(r"\+\+\+\n(.*?\n)\+\+\+(?:\n|$)(.*)", text, re.DOTALL)
    if not match:
        raise ImportRefusal(
            _("%s: 先頭に「+++」で挟んだ見出し情報（文書番号、標題、決定日）がありません。") % name
        )
    header = _read_header(match[1], name=name)
    notes = header.pop("revision_notes", [])
    root_key = header.pop("key", "")
    if root_key and not is_key(root_key):
        raise ImportRefusal(
            _("%(name)s: 見出し情報の key「%(key)s」は節の鍵の形ではありません。")
            % {"name": name, "key": root_key}
        )
    source = Source(name=name, **header)
    source.notes = [_read_note(note, name=name) for note in notes]
    first_line = match[1].count("\n") + 3
    source.root = _read_text(match[2], name=name, first_line=first_line)
    source.root.key = root_key
    _take_account(source, files or Folder(None))
    return source


def _take_account(source, files):
    """Count what the text holds, a block a paragraph, and take in the pictures given with it."""
    here: list[Node] = []

    def account(kind, fate, how):
        place = _("「%s」") % f"{here[0].number} {here[0].title}".strip()[:40]
        source.blocks.append(Block(place, kind, "", fate, how, counts=False, node=here[0]))
        source.warnings.append(f"{place}: {how}。")

    pictures = LocalPictures(files, name=source.name, account=account)
    for node, _level in source.root.walk():
        here[:] = [node]
        source.tables += len(re.findall(r"^\|?[ :|]*-{3,}[-| :]*$", node.body, re.MULTILINE))
        source.footnotes += len(re.findall(r"^\[\^[^\]]+\]:", node.body, re.MULTILINE))
        place = _("「%s」") % f"{node.number} {node.title}".strip()[:40]
        # The text is taken over sign by sign, so there is nothing to compare.
        source.blocks += [
            Block(place, _("段落"), block, counts=False, node=node)
            for block in re.split(r"\n\s*\n", node.body)
            if block.strip()
        ]
        if "](" in node.body or "<img" in node.body:
            node.body = pictures.take_in(node.body, place=place)
    source.pictures, source.images = list(pictures.pictures), pictures.images


def _read_header(text, *, name):
    if "\\u0000" in text or "\\U00000000" in text:
        raise ImportRefusal(_("%s: 見出し情報に、文字として扱えない符号（NUL）があります。") % name)
    try:
        header = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ImportRefusal(
            _("%(name)s: 見出し情報がTOMLとして読めません（%(why)s）。")
            % {"name": name, "why": error}
        ) from error
    unknown = set(header) - set(FIELDS)
    if unknown:
        raise ImportRefusal(
            _("%(name)s: 見出し情報に知らない項目があります: %(items)s。")
            % {"name": name, "items": "、".join(sorted(unknown))}
        )
    for item, (kind, needed) in FIELDS.items():
        if item not in header:
            if needed:
                raise ImportRefusal(
                    _("%(name)s: 見出し情報に %(item)s がありません。")
                    % {"name": name, "item": item}
                )
        elif not _is_a(kind, header[item]) or (
            item == "keywords" and not all(isinstance(word, str) for word in header[item])
        ):
            raise ImportRefusal(
                _("%(name)s: 見出し情報の %(item)s の書き方が違います（%(value)s）。")
                % {"name": name, "item": item, "value": header[item]}
            )
    return header


def _is_a(kind, value):
    # To Python a moment is a day as well.
    return isinstance(value, kind) and not isinstance(value, datetime)


def _read_note(note, *, name):
    if not isinstance(note, dict) or not isinstance(note.get("content"), str):
        raise ImportRefusal(
            _("%s: 改定履歴（revision_notes）に content のない行があります。") % name
        )
    on = note.get("on")
    return Note(on if _is_a(date, on) else None, str(note.get("place", "")), note["content"])


def _read_text(text, *, name, first_line):
    """The tree of the text; `first_line` is where it begins in the file."""
    root = Node()
    path, lines, fence = [root], [], Fence()

    def close():
        path[-1].body = "\n".join(lines).strip("\n")
        lines.clear()

    for count, line in enumerate(text.split("\n"), start=first_line):
        match = None if fence.holds(line) else _HEADING.fullmatch(line)
        if not match:
            lines.append(line)
            continue
        close()
        level = len(match[1])
        if level > len(path):
            raise ImportRefusal(
                _(
                    "%(name)s %(line)d行目: 見出し「%(heading)s」が段を飛ばしています。"
                    "一つ上の見出しは%(above)d段目です。"
                )
                % {"name": name, "line": count, "heading": match[2], "above": len(path) - 1}
            )
        node = _read_heading(match[2], match[3] or "", name=name, line=count)
        path[level - 1].children.append(node)
        path[level:] = [node]
    close()
    return root


def _read_heading(text, attributes, *, name, line):
    number, title = parse_heading(text)
    node = Node(number=number, title=title)
    for match in _ATTRIBUTE.finditer(attributes):
        if match["key"]:
            if not is_key(match["key"]):
                raise ImportRefusal(
                    _("%(name)s %(line)d行目: 「%(key)s」は節の鍵の形ではありません。")
                    % {"name": name, "line": line, "key": match["key"]}
                )
            node.key = match["key"]
        elif match["name"] in ("number", "title", "reading"):
            setattr(node, match["name"], re.sub(r"\\(.)", r"\1", match["value"]))
        else:
            raise ImportRefusal(
                _("%(name)s %(line)d行目: 知らない属性「%(attribute)s」があります。")
                % {"name": name, "line": line, "attribute": match["name"]}
            )
    return node
