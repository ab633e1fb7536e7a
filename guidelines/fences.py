"""Tells which lines of Markdown stand inside fenced code, where nothing means anything."""

import re

# Backticks with others behind them are code inside a line.
_FENCE = re.compile(r"(`{3,}(?!.*`)|~{3,})(.*)")


class Fence:
    """Follows a text line by line; `holds(line)` is true for a line of fenced code.

    The lines of the fence itself count as code. A fence is closed by the same sign, at least
    as often, with nothing behind it.
    """

    def __init__(self):
        self.opened = ""

    def holds(self, line):
        """Whether the line, the next one of the text, belongs to fenced code."""
        match = _FENCE.match(line)
        if not self.opened:
            self.opened = match[1] if match else ""
            return bool(match)
        if match and match[1].startswith(self.opened) and not match[2].strip():
            self.opened = ""
        return True
