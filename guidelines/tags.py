"""Tells the tags of rendered HTML from its text."""

import re

# A tag, with whatever stands in its quoted attributes: (/ of one that closes, name).
TAG = re.compile(r"<(/?)(\w+)(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
# What HTML is read by: a tag with TAG's two groups, an entity, a run of text, or a lone sign.
PIECE = re.compile(rf"(?:{TAG.pattern})|&(?:#\w+|\w+);|[^<&]+|[<&]")
