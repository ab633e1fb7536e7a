"""What of a text would be read as more than words, were it typed to search."""

import re

from guidelines.folding import DASHES

# A minus before a word, quotes, OR, AND and NOT.
OPERATOR = re.compile(rf"(?:^|[\s、])[{DASHES}]\S|[\"“”„‟＂]|\b(?:OR|AND|NOT)\b|ＯＲ|ＡＮＤ")
