"""What an act raises when it may not be done."""


class Refusal(Exception):
    """An act was refused; `str()` is a sentence for the person who asked for it."""
