"""Writes an edition in the project's own Markdown, which the importer reads back unchanged."""

import json

from guidelines import tree
from guidelines.numbering import parse_heading


def write(edition):
    """The edition as one Markdown file: header, cover, text."""
    root = tree.read(edition)
    lines = ["+++", *_header(edition, root), "+++", ""]
    for node, level in root.walk():
        if level:
            lines += [f"{'#' * level} {_heading(node)}", ""]
        if node.body:
            lines += [node.body, ""]
    return "\n".join(lines)


def _header(edition, root):
    yield f"code = {_quoted(edition.guideline.code)}"
    yield f"key = {_quoted(root.key)}"
    for name in ("language", "title", "subtitle", "issuer", "abstract"):
        if getattr(edition, name):
            yield f"{name} = {_quoted(getattr(edition, name))}"
    yield f"decided_on = {edition.decided_on}"
    yield f"effective_on = {edition.effective_on}"
    if edition.keywords:
        yield f"keywords = [{', '.join(map(_quoted, edition.keywords))}]"
    if edition.demonstration:
        yield "demonstration = true"
    for note in edition.revision_notes.order_by("position"):
        yield "\n[[revision_notes]]"
        if note.revised_on:
            yield f"on = {note.revised_on}"
        yield f"place = {_quoted(note.place)}"
        yield f"content = {_quoted(note.content)}"


def _heading(node):
    """The heading line with, in braces, what reading it again would not find."""
    text = f"{node.number} {node.title}".strip()
    attributes = [f"#{node.key}"]
    if parse_heading(text) != (node.number, node.title):
        attributes += [f"{name}={_escaped(getattr(node, name))}" for name in ("number", "title")]
    if node.reading:
        attributes.append(f"reading={_escaped(node.reading)}")
    return f"{text} {{{' '.join(attributes)}}}"


def _escaped(text):
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _quoted(text):
    """A TOML string: JSON's, but for the one character that TOML wants escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
