"""Holds an uploaded file, for the one who sent it, until the report on it is confirmed."""

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from guidelines.refusals import ImportRefusal

# Seconds: a day, as a long list of losses takes its time to read.
MAX_AGE = 24 * 3600
# Files of one person; the oldest gives way.
MAX_HELD = 5


@dataclass(frozen=True)
class Held:
    """A file that waits, and what its sender said about it; `token` is how it is asked for."""

    token: str
    name: str
    content: bytes
    said: dict[str, str]


def hold(content: bytes, *, name: str, said: dict[str, str], by) -> Held:
    """Hold a file; it lies under its hash, so that no name of anybody's is a path."""
    digest = hashlib.sha256(content).hexdigest()
    folder = _folder(by)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Under another name first: nobody ever reads half a file.
    half = folder / f"{digest}.{time.time_ns()}"
    half.touch(mode=0o600)
    half.write_bytes(content)
    half.replace(folder / digest)
    _let_go_of_old(folder)
    token = signing.dumps([digest, name, said], salt=_salt(by), compress=True)
    return Held(token, name, content, said)


def find(token: str, *, by) -> Held:
    """The file that a token asks for. Raises ImportRefusal when it is not theirs, or gone."""
    try:
        digest, name, said = signing.loads(token, salt=_salt(by), max_age=MAX_AGE)
        # The signature is ours; the look at it costs nothing.
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise signing.BadSignature
        content = (_folder(by) / digest).read_bytes()
    except (signing.BadSignature, OSError) as error:
        raise ImportRefusal(
            _("預かったファイルがもうありません。ファイルをもう一度選んでください。")
        ) from error
    return Held(token, name, content, said)


def let_go(held: Held, *, by) -> None:
    """Throw away a file that has been taken in."""
    (_folder(by) / hashlib.sha256(held.content).hexdigest()).unlink(missing_ok=True)


def _folder(by) -> Path:
    return settings.VAR_DIR / "uploads" / str(by.pk)


def _salt(by):
    return f"guideline held for {by.pk}"


def _let_go_of_old(folder):
    """Throw away what anybody left for a day, and what one person has too much of."""
    mine = []
    for path in folder.parent.glob("*/*"):
        try:
            changed_at = path.stat().st_mtime
        except FileNotFoundError:
            # Another process does the same.
            continue
        if changed_at < time.time() - MAX_AGE:
            path.unlink(missing_ok=True)
        elif path.parent == folder:
            mine.append((changed_at, path))
    for _changed_at, path in sorted(mine)[:-MAX_HELD]:
        path.unlink(missing_ok=True)
