"""Writes the links and pictures of Markdown in one way: the address behind the words, in brackets.

Other programs keep addresses elsewhere, in lines of their own at the end of the file, which a
section by itself would not have.
"""

import re
from dataclasses import dataclass, field

from guidelines.fences import Fence

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*(?:<([^<>]*)>|(\S+))"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*"
)
_CODE = r"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))"
_REFERENCE = re.compile(
    _CODE + r"|(?P<mark>!?)(?<!\\)\[(?!\^)(?P<words>(?:[^\[\]\\]|\\.)*)\]"
    r"(?:[ ]?\[(?P<label>[^\[\]^]*)\]|(?![\[(:]))"
)
_ANGLED = re.compile(_CODE + r"|\]\(<(?P<address>[^<>]*)>(?P<title>[^()]*)\)")


@dataclass
class Definitions:
    """The addresses that a text gives to labels, and which of them it uses."""

    addresses: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @property
    def unused(self):
        """The addresses that nothing leads to."""
        return [one for label, one in self.addresses.items() if label not in self.used]


def straighten(text: str) -> tuple[str, Definitions]:
    """(the text with every address in place, its definitions); the number of lines stays."""
    found = Definitions()
    lines, fence, coded = [], Fence(), []
    for line in text.split("\n"):
        coded.append(fence.holds(line))
        match = None if coded[-1] else _DEFINITION.fullmatch(line)
        if match:
            address = match[3] or (match[2] or "").replace(" ", "%20")
            found.addresses.setdefault(_folded(match[1]), address)
        lines.append("" if match else line)
    return "\n".join(
        line if is_code else _with_addresses(line, found)
        for line, is_code in zip(lines, coded, strict=True)
    ), found


def _with_addresses(line, found):
    if "](<" in line:
        line = _ANGLED.sub(
            lambda match: (
                match["code"] or f"]({match['address'].replace(' ', '%20')}{match['title']})"
            ),
            line,
        )
    if not found.addresses or "[" not in line:
        return line

    def replaced(match):
        label = _folded(match["label"] or match["words"] or "")
        if match["code"] or label not in found.addresses:
            return match[0]
        found.used.add(label)
        return f"{match['mark']}[{match['words']}]({found.addresses[label]})"

    return _REFERENCE.sub(replaced, line)


def _folded(label):
    return " ".join(label.split()).casefold()
