"""Names the paragraphs of a section, so that an address can lead to each of them."""

from guidelines.tags import TAG

# What a paragraph may stand in without being a block of the section itself.
_AROUND = {
    *("blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "li"),
    *("ol", "table", "ul"),
}


def name_paragraphs(html, *, key):
    """The HTML with ids on its own paragraphs, counted from 1: `p-<key>-1`.

    Those in lists, tables and quotations are part of a block and have none. The text of an edition
    never changes, so neither do the names.
    """
    count = depth = 0

    def named(tag):
        nonlocal count, depth
        name = tag[2]
        if name in _AROUND:
            depth += -1 if tag[1] else 1
        elif name == "p" and not tag[1] and depth == 0:
            count += 1
            return f'<p id="p-{key}-{count}"{tag[0][2:]}'
        return tag[0]

    return TAG.sub(named, html)
