"""Takes guidelines in from files: a reader for each format, one text in between, one writer."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from guidelines.importing import bundle, markdown, publisher_markdown, word
from guidelines.importing.accounting import settle
from guidelines.importing.cover import name_from_file
from guidelines.importing.source import Source
from guidelines.refusals import ImportRefusal

FORMATS = (".docx", ".md", ".zip")
# What a person may say about a file that its cover does not, or says wrongly.
SAID = ("code", "title", "issuer", "language")


def read_file(
    file: Path | bytes, *, name: str = "", decided_on: date | None = None, **said: str
) -> Source:
    """What a file holds, read by the reader of its format: Word, Markdown, or a ZIP of the latter.

    `file` is a path, or the bytes of an upload with its `name`. `decided_on` and `said` (code,
    title, issuer, language) come before what the cover says. Nothing is written. Raises
    ImportRefusal with a sentence when the file cannot be read as a guideline.
    """
    folder = file.parent if isinstance(file, Path) else None
    name = file.name if isinstance(file, Path) else name
    content = _content(file) if isinstance(file, Path) else file
    _refuse_size(len(content), name)
    ending = Path(name).suffix.lower()
    if ending == ".docx":
        source = word.read(content, name=name, title=said.get("title", ""))
    elif ending == ".md":
        source = _read_markdown(content, name=name, files=bundle.Folder(folder), said=said)
    elif ending == ".zip":
        text, inner, files = bundle.open_bundle(content, name=name)
        source = _read_markdown(text, name=inner, files=files, said=said)
    else:
        raise ImportRefusal(
            _("%(name)s: この形式は取り込めません。取り込めるのは%(formats)sです。")
            % {"name": name, "formats": "、".join(FORMATS)}
        )
    for field in SAID:
        if said.get(field):
            setattr(source, field, said[field])
    source.decided_on = decided_on or source.decided_on
    name_from_file(source, name, folder.resolve().name if folder else "")
    settle(source)
    return source


def _read_markdown(content, *, name, files, said):
    """The project's own Markdown begins with its header; any other is a publisher's."""
    if re.match(rb"(?:\xef\xbb\xbf)?\+\+\+\r?\n", content):
        return markdown.read(content, name=name, files=files)
    title = said.get("title", "")
    return publisher_markdown.read(content, name=name, files=files, title=title)


def _content(path):
    try:
        _refuse_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise ImportRefusal(
            _("%(name)s: 読めません（%(why)s）。") % {"name": path.name, "why": error.strerror}
        ) from error


def _refuse_size(size, name):
    if size > settings.IMPORT_MAX_BYTES:
        raise ImportRefusal(
            _("%(name)s: %(size)dバイトあります。%(limit)dバイトまで取り込めます。")
            % {"name": name, "size": size, "limit": settings.IMPORT_MAX_BYTES}
        )
