"""Finds the pictures that belong to a Markdown file: beside it, or with it in a ZIP file."""

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.utils.translation import gettext as _

from guidelines.importing.archive import open_archive, read_member
from guidelines.refusals import ImportRefusal


class Folder:
    """The files beside a Markdown file; none where it came without a folder."""

    def __init__(self, path: Path | None):
        self.path = path.resolve() if path else None

    def content(self, address: str) -> bytes | None:
        """What a relative address leads to; None where it leads nowhere, or out of the folder."""
        steps = _steps(address)
        if self.path is None or steps is None:
            return None
        try:
            # Links on the disk may lead out although the address does not.
            found = self.path.joinpath(*steps).resolve()
            if not found.is_relative_to(self.path) or not found.is_file():
                return None
            if found.stat().st_size > settings.IMPORT_MAX_BYTES:
                return None
            return found.read_bytes()
        except (OSError, ValueError):
            return None


class Archive:
    """The files in a ZIP, seen from where its Markdown file lies."""

    def __init__(self, archive, base: PurePosixPath, *, name: str):
        self.archive = archive
        self.base = base
        self.name = name
        self.members = {member.filename: member for member in archive.infolist()}
        # Where the archive was made, names may not have been told apart by their case.
        self.folded = {name.casefold(): member for name, member in self.members.items()}

    def content(self, address: str) -> bytes | None:
        """What a relative address leads to; None where it leads nowhere."""
        steps = _steps(address)
        path = str(self.base.joinpath(*steps)) if steps else ""
        member = self.members.get(path) or self.folded.get(path.casefold())
        return read_member(self.archive, member, name=self.name) if member else None


def open_bundle(content: bytes, *, name: str) -> tuple[bytes, str, Archive]:
    """(content, name, files) of the one Markdown file in a ZIP. Raises ImportRefusal."""
    archive = open_archive(content, name=name)
    texts = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith(".md") and "__MACOSX" not in member.filename
    ]
    # A bundle often explains itself.
    if len(texts) > 1:
        texts = [one for one in texts if not re.search(r"(?i)readme[^/]*$", one.filename)]
    if len(texts) != 1:
        raise ImportRefusal(
            _(
                "%(name)s: ZIPにはMarkdownファイル（.md）を一つだけ入れてください"
                "（%(count)d個あります）。"
            )
            % {"name": name, "count": len(texts)}
        )
    path = PurePosixPath(texts[0].filename)
    files = Archive(archive, path.parent, name=name)
    return read_member(archive, texts[0], name=name), path.name, files


def _steps(address):
    """The steps of a relative address; None for one of the web, an absolute one, or one upwards."""
    path = unquote(address.split("#")[0].split("?")[0]).replace("\\", "/")
    steps = [step for step in path.split("/") if step not in ("", ".")]
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|/", path) or ".." in steps or not steps:
        return None
    return steps
