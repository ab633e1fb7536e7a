"""Rules that hold for whatever text one can think of, tried on texts made up by hypothesis."""

import re

import pytest

from guidelines import tree
from guidelines.exporting import markdown as exporting
from guidelines.importing.markdown import read
from guidelines.importing.writing import preview
from guidelines.references import unlink
from guidelines.rendering import ATTRIBUTES, TAGS, render
from guidelines.tree import Node
from tests import factories

html5lib = pytest.importorskip("html5lib", reason="requirements-dev.txt is not installed")
hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")
given, settings, st = hypothesis.given, hypothesis.settings, hypothesis.strategies
HealthCheck = hypothesis.HealthCheck
KEY = "bcdfghjk"

# What the frame of a table and the links add to what authors may use.
ADDED = {"class", "rel", "tabindex", "role"}
PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<style>", "<iframe src=//e.jp>", "<svg>", "<math>", "<object>"),
        *(
            "<table>",
            "<tr>",
            "<td style=x>",
            "</table>",
            "<p onclick=alert(1)>",
            "<img src=x>",
            "<a ",
        ),
        *(
            'href="javascript:x"',
            "href=data:x",
            "title='",
            'class="',
            'id="fn:1"',
            ">",
            "<",
            "/",
            '"',
        ),
        *(
            "'",
            "&lt;",
            "&#106;",
            "&",
            "\n",
            "\n\n",
            "    ",
            "# ",
            "- ",
            "1. ",
            "> ",
            "| a | b |\n|--|:-:|\n",
        ),
        *(
            "```",
            "`",
            "**",
            "_",
            "[x](javascript:x)",
            "![x](data:x)",
            "[^1]",
            "\n\n[^1]: ",
            "<!--",
            "-->",
        ),
        *(
            '<div markdown="1">',
            "<![CDATA[",
            "<template>",
            "<noscript>",
            "文",
            "第2編",
            "a",
            "\\",
            "\x00",
        ),
    ]
)


@settings(deadline=None, max_examples=300)
@given(body=st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_no_markdown_yields_a_forbidden_tag_or_attribute(body):
    tree = html5lib.parseFragment(render(body, key=KEY), namespaceHTMLElements=False)

    for element in tree.iter():
        if element is tree or not isinstance(element.tag, str):
            continue
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()) | ATTRIBUTES["*"] | ADDED
        assert re.match(r"(https?:|mailto:|[^:]*$|[/#?])", element.get("href", ""))
        assert re.fullmatch(r"|/files/[0-9a-f]{64}/.+", element.get("src", ""))
        assert re.fullmatch(r"|fn(ref\d*)?-[\w-]+", element.get("id", ""))


WORDS = st.sampled_from(
    [
        *("第2編第2章1.", "第1章", "第９編", "別紙2", "DS-310 3.2", "DS-310", "GL-7", "DS-999"),
        *("https://example.jp/?a=1&b=2", "https://portal.example.go.jp/s/bcdfghj2/", "<", "&", '"'),
        *(
            "本文",
            "である。",
            " ",
            "\n",
            "\n\n",
            "- ",
            "`",
            "**",
            "| ",
            "[^1]",
            "\n\n[^1]: 注",
            "<b>",
        ),
        *("[文](https://example.jp/)", "<https://example.jp/>"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.lists(WORDS, max_size=12).map("".join))
def test_unlinking_takes_back_every_link(linked, body):
    html = render(body, key="bcdfghjk")

    assert unlink(linked(html)) == unlink(html)


ODD = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    st.lists(
        st.sampled_from(
            [
                *(
                    "{",
                    "}",
                    "#",
                    '"',
                    "\\",
                    "=",
                    " ",
                    "\u3000",
                    "{#bcdfghj2}",
                    'reading="',
                    "reading",
                ),
                *("1.", "第2編", "別紙 1", "Part 2", "題", "a", "+++", "```"),
            ]
        ),
        max_size=6,
    ).map("".join),
)
BODY = st.lists(
    st.sampled_from(
        [
            *("本文", "", " ", "+++", "#題", "    # 題", "\x0b# 題", "| a |", "`", "\\", "\u2028"),
            *("```\n# 題\n```", "~~~ sh\n```\n# 題\n~~~", "```x``` y", " ```", "[^1]: 注"),
        ]
    ),
    max_size=5,
).map("\n".join)
NODES = st.recursive(
    st.builds(Node, number=ODD, title=ODD, reading=ODD, body=BODY),
    lambda below: st.builds(
        Node, number=ODD, title=ODD, reading=ODD, body=BODY, children=st.lists(below, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(body=BODY, children=st.lists(NODES, max_size=3))
def test_an_export_is_read_back_as_the_same_tree(by, body, children):
    root = Node(body=f"前文\n{body}", children=children)
    for place, (one, level) in enumerate(root.walk()):
        one.key = factories.new_key()
        # A section needs a heading to be published, and a number of its own.
        one.title += f"題{place}" if level else ""
        one.number += f"-{place}" if one.number else ""
    edition = factories.published(tree=root, by=by, adopted_by=factories.decision())

    source = read(exporting.write(edition).encode(), name="a.md")

    assert source.root == tree.read(edition)
    assert preview(source).outcome == "同じ版が公開済みのため、何も変えていません"
