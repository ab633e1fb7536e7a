"""Keeps the pictures of a file, each by its content: what it is, how large, at which address."""

import hashlib
import re
from pathlib import PurePosixPath

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from guidelines.importing.source import Picture
from guidelines.picturing import size_of
from guidelines.refusals import ImportRefusal

# (how the bytes begin, ending, media type); what a file claims to be is not believed.
KINDS = (
    (b"\x89PNG\r\n\x1a\n", ".png", "image/png"),
    (b"\xff\xd8\xff", ".jpg", "image/jpeg"),
    (b"GIF8", ".gif", "image/gif"),
    (b"BM", ".bmp", "image/bmp"),
    (b"II*\0", ".tif", "image/tiff"),
    (b"MM\0*", ".tif", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", ".wmf", "image/wmf"),
    (b"\x01\0\x09\0", ".wmf", "image/wmf"),
    (b"\x01\0\0\0", ".emf", "image/emf"),
)
# Those that every browser shows; the others are kept, to be downloaded.
SHOWN = {"image/png", "image/jpeg", "image/gif"}


class Pictures(list):
    """The pictures met in a file, each content once."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def keep(self, content: bytes, path: str, *, place: str) -> Picture | None:
        """The picture kept for these bytes; None where they are no picture.

        Raises ImportRefusal for one of more pixels than the settings allow.
        """
        found = next((kind for kind in KINDS if content.startswith(kind[0])), None)
        if found is None:
            return None
        _sign, ending, media_type = found
        self._refuse_size(content, path, place)
        sha256 = hashlib.sha256(content).hexdigest()
        known = next((one for one in self if sha256 in one.address), None)
        if known:
            return known
        stem = re.sub(r"[^A-Za-z0-9\-]+", "-", PurePosixPath(path).stem)[-60:].strip("-")
        file_name = f"{stem or 'picture'}{ending}"
        address = reverse("file-show", kwargs={"sha256": sha256, "name": file_name})
        self.append(Picture(address, file_name, media_type, content))
        return self[-1]

    def _refuse_size(self, content, path, place):
        width, height = size_of(content) or (0, 0)
        if width * height > settings.IMPORT_MAX_PIXELS:
            raise ImportRefusal(
                _(
                    "%(name)s %(place)s: 図「%(picture)s」は%(width)d×%(height)d画素あります。"
                    "%(limit)d画素まで取り込めます。"
                )
                % {
                    "name": self.name,
                    "place": place,
                    "picture": PurePosixPath(path).name[:60],
                    "width": width,
                    "height": height,
                    "limit": settings.IMPORT_MAX_PIXELS,
                }
            )
