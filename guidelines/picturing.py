"""How large pictures are, and the room that a page keeps for them until they come."""

import re
import struct

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

_PICTURE = re.compile(r'<img(?= )(?P<facts>[^>]* src="/files/(?P<sha256>[0-9a-f]{64})/[^>]*)>')


def size_of(content: bytes) -> tuple[int, int] | None:
    """(width, height) in pixels as the head of the file says; None where it cannot be read."""
    try:
        if content.startswith(b"GIF8"):
            return struct.unpack("<HH", content[6:10])
        image = Image.from_blob(content)
        return image.px_width, image.px_height
    except (
        UnrecognizedImageError,
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        # A damaged head leads these readers anywhere.
        *(struct.error, KeyError, IndexError, ValueError, TypeError, AttributeError),
        *(ZeroDivisionError, OverflowError, UnicodeDecodeError),
    ):
        return None


def make_room(html: str, sizes: dict[str, tuple[int, int]]) -> str:
    """The HTML with each picture fetched when it is near, in room of its size from the start.

    `sizes` is by the hash of the picture; one whose text gives a size, or of which none is known,
    keeps what it has.
    """

    def kept(found):
        facts, size = found["facts"], sizes.get(found["sha256"])
        room = ""
        if size and not re.search(r" (?:width|height)=", facts):
            room = f' width="{size[0]}" height="{size[1]}"'
        return f'<img loading="lazy"{room}{facts}>'

    return _PICTURE.sub(kept, html)
