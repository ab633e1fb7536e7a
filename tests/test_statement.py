"""The accessibility statement speaks of the pages that there are."""

import json

import pytest

from tests.statement import SHOWN, page_types

pytestmark = pytest.mark.gate


def test_statement_is_of_a_run_over_all_page_types():
    shown = json.loads(SHOWN.read_text(encoding="utf-8"))["page_types"]

    names = [[one["name"] for one in some] for some in (shown, page_types())]
    assert names[0] == names[1], "run `make gates`, then `make statement`"


def test_statement_is_of_a_run_without_violations():
    assert json.loads(SHOWN.read_text(encoding="utf-8"))["violations"] == 0
