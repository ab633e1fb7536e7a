"""Pages keep room for pictures before these come."""

import struct
from datetime import date

import pytest

from guidelines import drafting, publishing
from guidelines.picturing import make_room, size_of
from tests import factories
from tests.browsing import page
from tests.factories import node

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 640, 480, 8, 2, 0, 0, 0)
    + b"\0\0\0\0"
    + struct.pack(">I4s", 0, b"IEND")
    + b"\xaeB`\x82"
)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"\0\0\0;"
HASH = "0f" * 32


@pytest.mark.parametrize(
    ("content", "size"),
    [(PNG, (640, 480)), (GIF, (30, 20)), (PNG[:18], None), (b"<svg/>", None), (b"", None)],
)
def test_size_is_what_the_head_of_the_file_says(content, size):
    assert size_of(content) == size


@pytest.mark.parametrize(
    ("sizes", "before", "after"),
    [
        ({HASH: (640, 480)}, 'alt="図"', 'loading="lazy" width="640" height="480" alt="図"'),
        ({HASH: (640, 480)}, 'width="9" alt=""', 'loading="lazy" width="9" alt=""'),
        ({}, 'alt="図"', 'loading="lazy" alt="図"'),
    ],
)
def test_picture_has_its_room_and_comes_when_it_is_near(sizes, before, after):
    source = f'src="/files/{HASH}/one.png"'

    html = make_room(f"<p><img {before} {source}></p>", sizes)

    assert html == f"<p><img {after} {source}></p>"


@pytest.mark.django_db
def test_size_goes_with_the_picture_from_draft_to_page(client, by):
    draft = factories.draft(factories.guideline("DS-100"), tree=False, by=by)
    picture = drafting.attach(draft, name="one.png", content=PNG, media_type="image/png", by=by)
    text = node("", "", node("1. 図", f"![図]({picture.get_absolute_url()})"))
    drafting.replace_text(draft, text, by=by)
    publishing.submit(draft, by=by)
    publishing.publish({draft: date(2018, 3, 30)}, decision=factories.decision(), by=by)

    assert 'width="640" height="480"' in page(client, "/guidelines/DS-100/1/")
