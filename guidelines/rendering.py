"""Turns a section's Markdown into the harmless HTML that readers are shown.

Whatever the Markdown holds, the result passes nh3 last: no script, no event handler, no style,
no address but http, https and mailto, every element closed.
"""

import re
import threading
import unicodedata

import markdown
import nh3
from django.utils.translation import gettext as _
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from guidelines.fences import Fence
from guidelines.limits import MAX_BODY, MAX_NESTING, MAX_UNCLOSED
from guidelines.nesting import too_deep
from guidelines.refusals import TextRefusal

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd"),
    *("del", "div", "dl", "dt", "em", "figcaption", "figure", "h4", "h5", "h6", "hr", "i", "img"),
    *("ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "small", "span"),
    *("strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"id"},
    "ol": {"start", "type"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "*": {"lang", "dir"},
}
# Classes the Markdown extensions use; any other is dropped.
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}

# A printed number and a blank at the start of an item, perhaps set in bold.
_NUMBERED = re.compile(
    r"""<li>(\s*(?:<p>|<strong>)*
    (?:[(（]?(?:[0-9０-９]{1,3}|[A-Za-z]|[ア-ンｱ-ﾝ]|[ivxIVX]{1,5}|[一二三四五六七八九十]+)[)）]
    |[0-9０-９]{1,3}(?:[.．-][0-9０-９]{1,3})+|(?:[0-9０-９]{1,3}[.．-])+|[０-９]{1,3}
    |[A-Za-z][.．]|[ア-ンｱ-ﾝ][.．]?|[①-⑳⑴-⒇⒈-⒛]|第[0-9０-９一二三四五六七八九十百]+[編部章節款目条項])
    [\ \u3000])""",
    re.VERBOSE,
)
_here = threading.local()


def render(body, *, key):
    """The HTML of a Markdown body.

    `key` is the section's, so that the footnotes of two sections on one page have names of
    their own. Raises ValueError for a body beyond MAX_BODY, and TextRefusal for one that nests
    beyond MAX_NESTING, which drafting both refuses earlier.
    """
    if len(body) > MAX_BODY:
        raise ValueError(f"a body of {len(body)} characters is beyond {MAX_BODY}")
    refuse_nesting(body)
    html = _convert(_join_japanese_lines(body))
    # Inside tags only: the text may speak of them.
    html = re.sub(r'(<[^<>]*(?:id="|href="#)(?:fn|fnref\d*)):', rf"\1-{key}-", html)
    return _mark_numbered(_frame_tables(_drop_remains(_clean(html))))


def refuse_nesting(body):
    """Raise TextRefusal, naming the line, where a body nests beyond MAX_NESTING."""
    line = too_deep(body, levels=MAX_NESTING, brackets=MAX_UNCLOSED)
    if line:
        raise TextRefusal(
            _("本文の%(line)d行目の入れ子が深すぎます。%(nested)s")
            % {"line": line, "nested": _nesting_limit()}
        )


def _nesting_limit():
    return _("箇条書きと引用の入れ子は%(levels)d段、括弧の入れ子は%(brackets)d段までです。") % {
        "levels": MAX_NESTING,
        "brackets": MAX_UNCLOSED,
    }


def _convert(body):
    try:
        return _converter().reset().convert(body)
    except BaseException as error:
        # It keeps what it was doing, and would mix that into the next text.
        del _here.converter
        if isinstance(error, RecursionError):
            raise TextRefusal(_("本文の入れ子が深すぎます。%s") % _nesting_limit()) from error
        raise


def _converter():
    """One converter a thread: Markdown objects carry state while they convert."""
    if not hasattr(_here, "converter"):
        _here.converter = markdown.Markdown(
            extensions=[
                # Without it the alignment is a style, which neither nh3 nor the policy allows.
                TableExtension(use_align_attribute=True),
                FootnoteExtension(BACKLINK_TITLE="本文へ戻る"),
                "fenced_code",
                "sane_lists",
                "def_list",
                "md_in_html",
            ],
            output_format="html",
        )
    return _here.converter


def _clean(html):
    return nh3.clean(
        _lower_headings(html),
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_filter_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _filter_attribute(tag, attribute, value):
    """Keep ids to the footnotes' own, and pictures to the portal's own files."""
    if attribute == "id":
        return value if re.fullmatch(r"fn(ref\d*)?-[\w-]+", value) else None
    if (tag, attribute) == ("img", "src"):
        return value if re.fullmatch(r"/files/[0-9a-f]{64}/[^/\\]+", value) else None
    return value


def _lower_headings(html):
    """Headings inside a body stand below those of the sections, which take the upper levels."""
    return re.sub(r"(</?)h[1-3](?=[\s>])", r"\1h4", html)


def _join_japanese_lines(body):
    """Take out line breaks between Japanese characters, which browsers would show as a blank."""
    fence, joined, coded = Fence(), [], True
    for line in body.split("\n"):
        before_coded, coded = coded, fence.holds(line)
        if not coded and not before_coded and _runs_on(joined[-1], line):
            joined[-1] += line
        else:
            joined.append(line)
    return "\n".join(joined)


def _runs_on(before, line):
    """Whether two lines are one Japanese sentence broken by hand."""
    return bool(
        before
        and line
        and _is_wide(before[-1])
        and _is_wide(line[0])
        # Blanks and bars at the start of a line mean something to Markdown.
        and not line.startswith("\u3000")
        and not before.startswith("|")
    )


def _is_wide(sign):
    return unicodedata.east_asian_width(sign) in "WF"


def _drop_remains(html):
    """Take out what cleaning has left empty: pictures without a source, classes without a name."""
    html = re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", html)
    return re.sub(r'(<\w[^<>]*) class=""', r"\1", html)


def _mark_numbered(html):
    """Items that print a number of their own, such as 「(ア)」, are shown without a bullet."""
    return _NUMBERED.sub(r'<li class="numbered">\1', html)


def _frame_tables(html):
    """Let tables scroll by themselves, also by keyboard; nh3 has closed every one of them."""
    return re.sub(
        r"<table\b", '<div class="table-frame" tabindex="0" role="group"><table', html
    ).replace("</table>", "</table></div>")
