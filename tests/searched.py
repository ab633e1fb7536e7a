"""What tests of the search share: how they ask, and what of a text would be more than words."""

import re
from datetime import date

from guidelines.folding import DASHES
from guidelines.narrowing import Narrowing
from guidelines.querying import parse
from guidelines.searching import search

TODAY = date(2025, 6, 1)
# A minus before a word, quotes, OR, AND and NOT.
OPERATOR = re.compile(rf"(?:^|[\s、])[{DASHES}]\S|[\"“”„‟＂]|\b(?:OR|AND|NOT)\b|ＯＲ|ＡＮＤ")


def find(text, *, on=TODAY, language="ja", page=1, **narrowing):
    return search(
        parse(text), narrowing=Narrowing(**narrowing), on=on, language=language, page=page
    )
