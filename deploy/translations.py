"""Collects and compiles the translations, or, with --check, says what is missing in them."""

import os
import subprocess
import sys
from pathlib import Path

import polib

PO = Path("locale/en/LC_MESSAGES/django.po")
MO = PO.with_suffix(".mo")


def collect() -> None:
    """Bring the file of translations up to the texts in code and templates."""
    command = [sys.executable, "manage.py", "makemessages", "--locale=en", "--no-location"]
    ignored = ["--no-obsolete", "--ignore=.venv", "--ignore=var", "--ignore=tests"]
    subprocess.run(
        [*command, *ignored, "--verbosity=0"], check=True, env=os.environ | {"DEBUG": "on"}
    )


def messages(po: polib.POFile | polib.MOFile) -> dict[tuple[str, str], str]:
    """The translation of each text that has one for certain, by its context and the text."""
    return {
        named(entry): entry.msgstr or "".join(entry.msgstr_plural.values())
        for entry in po
        # A compiled file holds no fuzzy entries, and does not know the word.
        if not getattr(entry, "fuzzy", False)
    }


def named(entry: polib.POEntry | polib.MOEntry) -> tuple[str, str]:
    """What names a text: one text may mean two things in two contexts."""
    return entry.msgctxt or "", entry.msgid


def check() -> int:
    """Name every text without a translation, and a compiled file behind its source."""
    kept = PO.read_bytes()
    written = messages(polib.pofile(str(PO)))
    try:
        collect()
        wanted = polib.pofile(str(PO))
    finally:
        PO.write_bytes(kept)
    missing = [entry.msgid for entry in wanted if not written.get(named(entry))]
    stale = messages(polib.mofile(str(MO))) != written
    for text in missing:
        print(f"Not translated into English: {text}")
    if stale:
        print(f"{MO} is not what {PO} says: run `make messages`.")
    return int(bool(missing) or stale)


def main() -> int:
    if "--check" in sys.argv:
        return check()
    collect()
    polib.pofile(str(PO)).save_as_mofile(str(MO))
    return 0


if __name__ == "__main__":
    sys.exit(main())
