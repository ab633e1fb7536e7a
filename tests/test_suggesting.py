"""What is offered while somebody types: never what is not in force, and at the same price of many.

What is offered of real texts is in tests/demo/test_suggesting.py.
"""

from datetime import date

import pytest

from guidelines.suggesting import suggest
from tests import factories

TODAY = date(2025, 12, 1)


def offered(text):
    return suggest(text, on=TODAY, language="ja")


def test_drafts_future_and_past_editions_are_not_offered(by):
    guideline = factories.guideline("DS-900")
    tree = factories.node("", "", factories.node("1. 昔の見出し", "本文。"))
    factories.published(guideline, tree=tree, day="2018-03-30", by=by)
    tree = factories.node("", "", factories.node("1. 今の見出し", "本文。"))
    factories.published(guideline, tree=tree, day="2019-03-30", by=by)
    tree = factories.node("", "", factories.node("1. 先の見出し", "本文。"))
    factories.published(guideline, tree=tree, day="2030-03-30", by=by)
    tree = factories.node("", "", factories.node("1. 案の見出し", "本文。"))
    factories.draft(guideline, tree=tree, by=by)

    assert [one.text for one in offered("見出し")] == ["今の見出し"]


@pytest.mark.parametrize("documents", [1, 3])
def test_headings_are_read_once_however_many_there_are(by, django_assert_num_queries, documents):
    for number in range(documents):
        guideline = factories.guideline(f"DS-8{number:02}")
        factories.published(guideline, tree=factories.wide_text(300), by=by)
    offered("zzz")

    # The editions in force and the catalogue; of what begins like a code, the former codes.
    for text, queries in {
        "節": 2,
        "章9": 2,
        "zzz": 2,
        "DS-800 3.2": 2,
        "第2編第": 2,
        "10": 3,
    }.items():
        with django_assert_num_queries(queries):
            offered(text)
