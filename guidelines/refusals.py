"""What the acts on guidelines and editions raise when they may not be done."""

from governance.refusals import Refusal

__all__ = ["DraftRefusal", "ImportRefusal", "PublicationRefusal", "Refusal", "TextRefusal"]


class DraftRefusal(Refusal):
    """A draft may not be changed in this way."""


class PublicationRefusal(Refusal):
    """An edition may not take this step towards, or after, publication."""


class ImportRefusal(Refusal):
    """A file cannot be taken in; the sentence says what is wrong and where."""


class TextRefusal(Refusal):
    """A Markdown text cannot be shown; the sentence says why, its place is known to the caller."""
