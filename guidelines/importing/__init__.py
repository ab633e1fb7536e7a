"""Takes guidelines in from files: a reader for each format, one text in between, one writer."""

from pathlib import Path

from django.utils.translation import gettext as _

from guidelines.importing import markdown, word
from guidelines.importing.source import Source
from guidelines.limits import MAX_IMPORT_BYTES
from guidelines.refusals import ImportRefusal

READERS = {".md": markdown.read, ".docx": word.read}


def read_file(path: Path) -> Source:
    """What a file holds, read by the reader of its format.

    Raises ImportRefusal with a sentence when the file cannot be read as a guideline.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ImportRefusal(
            _("%(name)s: この形式は取り込めません。取り込めるのは%(formats)sです。")
            % {"name": path.name, "formats": "、".join(READERS)}
        )
    try:
        size = path.stat().st_size
        if size > MAX_IMPORT_BYTES:
            raise ImportRefusal(
                _("%(name)s: %(size)dバイトあります。%(limit)dバイトまで取り込めます。")
                % {"name": path.name, "size": size, "limit": MAX_IMPORT_BYTES}
            )
        return reader(path.read_bytes(), name=path.name)
    except OSError as error:
        raise ImportRefusal(
            _("%(name)s: 読めません（%(why)s）。") % {"name": path.name, "why": error.strerror}
        ) from error
