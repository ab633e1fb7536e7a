"""The parts of which addresses are made: codes, days, sections, keys."""

from datetime import date

from django.urls import register_converter

from guidelines import keys


class CodeConverter:
    """A guideline's code in any case, such as DS-100 or DS-671.2, or a former one, such as 1001."""

    regex = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class DayConverter:
    """A day as 2018-03-30."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


class AddressConverter(CodeConverter):
    """A section's address inside its edition, such as 2.2.1 or annex-2."""

    regex = r"[a-z0-9][a-z0-9.\-]{0,99}"


class KeyConverter(CodeConverter):
    """A section's key."""

    regex = keys.PATTERN.pattern


class FunctionConverter(CodeConverter):
    """The slug of a PMO's function; the matrix of them all has a page of its own."""

    regex = r"(?!matrix/)[-a-zA-Z0-9_]+"


class HashConverter(CodeConverter):
    """The hash of a file's content."""

    regex = r"[0-9a-f]{64}"


class FileNameConverter(CodeConverter):
    """The name of a kept file, as drafting.attach makes it."""

    regex = r"[\w.\-]{1,200}"


def register():
    """Make the converters known by the names that url patterns use."""
    register_converter(CodeConverter, "code")
    register_converter(DayConverter, "day")
    register_converter(AddressConverter, "address")
    register_converter(KeyConverter, "key")
    register_converter(FunctionConverter, "function")
    register_converter(HashConverter, "hash")
    register_converter(FileNameConverter, "file_name")
