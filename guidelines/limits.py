"""How large a text may be; beyond it the tree, the pages and the printers suffer."""

# Levels of headings below the cover: 編, 章, 1., 1), ア, a) and two to spare.
MAX_LEVELS = 8
# Characters in one section's body: some hundred pages of paper.
MAX_BODY = 100_000
# Brackets in a body that open and never close: Markdown looks for the end of each one anew.
MAX_UNCLOSED = 100
# Lists, quotations and elements in each other; the converter calls itself for each.
MAX_NESTING = 20
# Sections in one edition; the longest document of the set has about 1,000.
MAX_SECTIONS = 5_000
# Per cent of the characters of a file that must come in, unless someone has read what did not.
MIN_TEXT_KEPT = 99.5
