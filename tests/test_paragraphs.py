"""The names of paragraphs: which paragraphs have one, and where an address leads."""

import re

import pytest

from guidelines.paragraphs import name_paragraphs
from tests import factories
from tests.browsing import page
from tests.factories import node


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("", ""),
        ("<p>一</p>\n<p>二</p>", '<p id="p-k-1">一</p>\n<p id="p-k-2">二</p>'),
        ('<p dir="ltr">一</p>', '<p id="p-k-1" dir="ltr">一</p>'),
        (
            "<ul><li><p>項</p></li></ul><p>一</p>",
            '<ul><li><p>項</p></li></ul><p id="p-k-1">一</p>',
        ),
        (
            "<div><table><tr><td><p>表</p></td></tr></table></div><p>一</p>",
            '<div><table><tr><td><p>表</p></td></tr></table></div><p id="p-k-1">一</p>',
        ),
        ("<blockquote><p>引用</p></blockquote>", "<blockquote><p>引用</p></blockquote>"),
        ('<pre title="<p>">a</pre><p>一</p>', '<pre title="<p>">a</pre><p id="p-k-1">一</p>'),
    ],
)
def test_the_paragraphs_of_the_section_itself_are_counted(html, named):
    assert name_paragraphs(html, key="k") == named


def test_paragraphs_have_one_name_at_every_address_of_the_edition(client, by):
    tree = node(
        "", "", node("第1編 総論", "一。\n\n二。", node("第1章 目的", "三。", key="bcdfghj2"))
    )
    tree.children[0].key = "bcdfghj3"
    factories.published(factories.guideline("DS-100"), tree=tree, by=by)

    for path in ("1/", "2018-03-30/1/", "all/"):
        names = re.findall(r'<p id="(p-[\w-]+)">', page(client, f"/guidelines/DS-100/{path}"))
        assert names == ["p-bcdfghj3-1", "p-bcdfghj3-2", "p-bcdfghj2-1"]
