"""The addresses of sections, made of the printed numbers, and their keys."""

import pytest

from guidelines.addresses import address_of, give_addresses, token
from guidelines.keys import is_key, new_key
from guidelines.models import Section


def sections(*rows):
    """Unsaved sections from (id, parent's id, number); the key tells the id."""
    return [
        Section(pk=pk, parent_id=parent, number=number, key=f"key{pk}")
        for pk, parent, number in rows
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("第2編", "2"),
        ("第十二章", "12"),
        ("第３節", "3"),
        ("1.", "1"),
        ("１）", "1"),
        ("(2)", "2"),
        ("2.3.1", "2.3.1"),
        ("ア", "1"),
        ("(イ)", "2"),
        ("a)", "a"),
        ("IV", "iv"),
        ("③", "3"),
        ("別紙2", "annex-2"),
        ("別紙 二", "annex-2"),
        ("別添A", "attachment-a"),
        ("別紙1-2", "annex-1-2"),
        ("付録", "appendix"),
        ("附則", "supplementary"),
        ("Part 2", "2"),
        ("Annex 1", "annex-1"),
        ("", ""),
        ("注", ""),
        ("第2の3章", ""),
    ],
)
def test_a_number_gives_its_part_of_the_address(number, expected):
    assert token(number) == expected


@pytest.mark.parametrize(
    ("number", "above", "expected"),
    [
        ("1)", "2.2.1", "2.2.1.1"),
        ("第2編", "", "2"),
        ("2.3.1", "2.3", "2.3.1"),
        ("別紙2", "", "annex-2"),
        ("1.", "annex-2", "annex-2.1"),
        ("23.1", "2", "2.23.1"),
        ("", "2.2", "bcdfghjk"),
    ],
)
def test_an_address_is_made_of_the_numbers_above(number, above, expected):
    assert address_of(number, key="bcdfghjk", above=above) == expected


def test_each_section_gets_the_address_of_its_place():
    given = sections(
        (1, None, ""), (2, 1, "第2編"), (3, 2, "第2章"), (4, 3, "1."), (5, 4, "1)"), (6, 1, "別紙2")
    )

    give_addresses(given)

    assert [one.address for one in given] == ["", "2", "2.2", "2.2.1", "2.2.1.1", "annex-2"]


def test_a_number_met_again_gets_a_turn_of_its_own():
    given = sections((1, None, ""), (2, 1, "1."), (3, 1, "1."), (4, 3, "1)"), (5, 1, "第1章"))

    give_addresses(given)

    assert [one.address for one in given] == ["", "1", "1-2", "1-2.1", "1-3"]


def test_a_section_without_a_number_is_found_by_its_key():
    given = sections((1, None, ""), (2, 1, ""), (3, 2, "1."))

    give_addresses(given)

    assert [one.address for one in given] == ["", "key2", "key2.1"]


def test_a_translation_takes_over_the_addresses_of_its_original():
    given = sections((1, None, ""), (2, 1, "Part 2"), (3, 2, "A."))

    give_addresses(given, originals={"key3": "2.1"})

    assert [one.address for one in given] == ["", "2", "2.1"]


def test_keys_are_known_by_their_form():
    keys = {new_key() for _ in range(100)}

    assert len(keys) == 100
    assert all(is_key(key) for key in keys)


@pytest.mark.parametrize(
    "text", ["", "annex-2", "2.2.1", "bcdfghj", "bcdfghjkm", "abcdfghj", "bcdfgh01"]
)
def test_what_is_no_key_is_not_taken_for_one(text):
    assert not is_key(text)
