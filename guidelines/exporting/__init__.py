"""Gives published editions away as files: one module and one line here for each format."""

from guidelines.exporting import json, markdown

# Ending of the file: (media type, function of an edition that returns its text).
FORMATS = {
    "md": ("text/markdown; charset=utf-8", markdown.write),
    "json": ("application/json; charset=utf-8", json.write),
}
