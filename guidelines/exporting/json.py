"""Writes an edition as the JSON its seal is made of, so that anyone can prove it."""

from json import dumps

from guidelines.sealing import record


def write(edition):
    """The sealed record with the seal: without `seal` and `how`, its hash is the seal."""
    data = record(edition, edition.sections.in_order())
    proof = {
        "seal": edition.seal,
        "how": "SHA-256 of `record` as JSON with sorted keys, no blanks, in UTF-8",
        "record": data,
    }
    return dumps(proof, ensure_ascii=False, indent=1)
