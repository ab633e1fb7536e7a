"""Writes an edition as the JSON its seal is made of, so that anyone can prove it."""

from json import dumps

from guidelines.sealing import record


def write(edition):
    """The sealed record with its seal, and how the one is made of the other."""
    data = record(edition, edition.sections.in_order())
    proof = {
        "seal": edition.seal,
        "how": (
            "SHA-256 of `record` as JSON: keys sorted, no blanks,"
            " characters beyond ASCII as they are, in UTF-8"
        ),
        "record": data,
    }
    return dumps(proof, ensure_ascii=False, indent=1)
