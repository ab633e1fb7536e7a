"""Says what a thing is called, in the reader's language."""

from django.utils.translation import get_language


def in_reader_language(thing, field):
    """The value of `field`, or of its English twin for an English reader where there is one."""
    english = getattr(thing, f"{field}_en") if get_language() == "en" else ""
    return english or getattr(thing, field)


def listed(words):
    """Several words in a row, with the comma of the reader's language."""
    return ("、" if get_language() == "ja" else ", ").join(map(str, words))


def with_code(word, code):
    """A word, and in brackets what the portal itself calls the same."""
    return f"{word}（{code}）" if get_language() == "ja" else f"{word} ({code})"
