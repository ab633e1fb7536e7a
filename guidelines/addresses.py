"""Gives each section of an edition its address, made of the printed numbers above it.

第2編 → 第2章 → 1. → 1) has the address `2.2.1.1`, 別紙2 has `annex-2`, and a section without a
number has its key. Addresses are unique inside an edition.
"""

import re

from guidelines.numbering import KANA, KANJI_DIGITS, N, fold, to_int

# Characters of an address, with room below the field's 100 for a `-2`.
LONGEST = 90
# What a named annex is called in an address.
NAMED = {
    "別紙": "annex",
    "別添": "attachment",
    "別表": "table",
    "付録": "appendix",
    "附録": "appendix",
    "附属書": "appendix",
    "参考": "reference",
    "様式": "form",
    "附則": "supplementary",
    "Annex": "annex",
    "Appendix": "appendix",
}


def token(number):
    """The part of an address that a printed number gives; empty for one that gives none."""
    text = fold(number).replace(" ", "")
    if match := re.fullmatch(rf"第({N})[編部章節款目条]", text):
        return str(to_int(match[1]))
    for name, english in NAMED.items():
        if text.startswith(name):
            rest = text.removeprefix(name).strip(".-").lower()
            if rest and all(sign in KANJI_DIGITS or sign in "十百" for sign in rest):
                rest = str(to_int(rest))
            return f"{english}-{rest}" if re.fullmatch(r"[0-9a-z.-]+", rest) else english
    text = re.sub(r"^(?:Part|Chapter|Section|Step)\.?", "", text).strip("().")
    if text in KANA:
        return str(KANA.index(text) + 1) if text else ""
    return text.lower() if re.fullmatch(r"\d+(\.\d+)*|[A-Za-z]|[IVX]+", text) else ""


def address_of(number, *, key, above):
    """The address of a section with this number below one with the address `above`."""
    own = token(number)
    if not own:
        return key
    # 2.3.1 below 2.3 says the whole way itself; so does anything below the root.
    if not above or own.startswith(f"{above}."):
        return own if len(own) <= LONGEST else key
    address = f"{above}.{own}"
    # Nobody can type more; the key leads there as well.
    return address if len(address) <= LONGEST else key


def give_addresses(sections, *, originals=None):
    """Set `address` on sections given in order, each with its parent before it.

    `originals` maps keys to the addresses a translation takes over, so that the two editions
    of a text are found at the same places. Of two sections with one number, the later gets
    `-2`, as the printed text itself cannot tell them apart.
    """
    originals = originals or {}
    by_id, taken = {}, set()
    for section in sections:
        if section.parent_id is None:
            section.address = ""
        else:
            wanted = originals.get(section.key) or address_of(
                section.number, key=section.key, above=by_id[section.parent_id]
            )
            section.address, turn = wanted, 2
            while section.address in taken:
                section.address, turn = f"{wanted}-{turn}", turn + 1
            taken.add(section.address)
        by_id[section.pk] = section.address
