"""Makes the keys by which sections are known for ever."""

import re
import secrets

# No vowels, so that no key is ever a word, and no sign that is taken for another.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 8
PATTERN = re.compile(r"[bcdfghjkmnpqrstvwxz2-9]{8}")


def new_key():
    """A key nobody has: 27 to the power of 8 are too many to meet twice."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_key(text):
    """Whether the text has the form of a key."""
    return PATTERN.fullmatch(text) is not None
