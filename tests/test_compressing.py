"""Pages come in the smallest form that the browser reads."""

import gzip

import brotli
import pytest
from django.http import HttpResponse

from portal.compressing import compress
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "標準ガイドライン" * 100


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5", "br"),
        ("BR", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("gzip, deflate", "gzip"),
        ("brotli, gzip", "gzip"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_page_comes_in_a_form_that_the_browser_reads(client, by, accepted, form):
    factories.published(factories.guideline("DS-100"), by=by)
    plain = client.get("/guidelines/DS-100/").content

    response = client.get("/guidelines/DS-100/", headers={"accept-encoding": accepted})

    read = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[form]
    assert response.get("Content-Encoding", "") == form
    assert read(response.content) == plain
    assert "Accept-Encoding" in response["Vary"]


def test_what_is_short_or_compressed_already_stays_as_it_is(rf):
    request = rf.get("/", headers={"accept-encoding": "br"})
    short = compress(lambda _request: HttpResponse("短い"))(request)
    done = HttpResponse(TEXT, headers={"Content-Encoding": "gzip"})

    assert "Content-Encoding" not in short
    assert compress(lambda _request: done)(request).content == TEXT.encode()


def test_length_is_that_of_what_is_sent(rf):
    request = rf.get("/", headers={"accept-encoding": "br"})

    response = compress(lambda _request: HttpResponse(TEXT))(request)

    assert int(response["Content-Length"]) == len(response.content) < len(TEXT)
