"""How printed numbers are read, compared and continued."""

import pytest

from guidelines.numbering import fold, following, parse_heading, same, same_place, to_int


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("第2編 ITガバナンス", "第2編", "ITガバナンス"),
        ("第三章　組織体制", "第三章", "組織体制"),
        ("第２節 全体像", "第２節", "全体像"),
        ("1. 政府全体管理", "1.", "政府全体管理"),
        ("2.3.1 設計の手順", "2.3.1", "設計の手順"),
        ("1) 全体像", "1)", "全体像"),
        ("１） 全体像", "１）", "全体像"),
        ("(ア) 経費", "(ア)", "経費"),
        ("ア 経費", "ア", "経費"),
        ("a) 経費", "a)", "経費"),
        ("① 経費", "①", "経費"),
        ("別紙2 経費区分", "別紙2", "経費区分"),
        ("別紙 経費区分", "別紙", "経費区分"),
        ("附則", "附則", ""),
        ("第1編", "第1編", ""),
        ("Part 2 IT Governance", "Part 2", "IT Governance"),
        ("Annex 1: Costs", "Annex 1", "Costs"),
        ("  はじめに　", "", "はじめに"),
        ("第2編の概要", "", "第2編の概要"),
        ("アジャイル開発", "", "アジャイル開発"),
        ("2018年の改定", "", "2018年の改定"),
        ("", "", ""),
    ],
)
def test_a_heading_is_split_into_number_and_title(text, number, title):
    assert parse_heading(text) == (number, title)


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("十二", 12),
        ("二十", 20),
        ("百三", 103),
        ("三百二十一", 321),
        ("〇", 0),
    ],
)
def test_digits_of_every_kind_have_one_value(digits, value):
    assert to_int(digits) == value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第二編", "第２編"),
        ("第十二章", "第12章"),
        ("1.", "１．"),
        ("1)", "１）"),
        ("別紙 2", "別紙２"),
        ("2.3.1", "２.３.１."),
    ],
)
def test_two_prints_of_one_number_are_the_same(one, other):
    assert same(one) == same(other)


@pytest.mark.parametrize(("one", "other"), [("1.", "1)"), ("第2編", "第2章"), ("ア", "(ア)")])
def test_numbers_of_different_levels_differ(one, other):
    assert same(one) != same(other)


def test_folding_makes_widths_one_and_trims():
    assert fold("　ＩＴガバナンス（案） ") == "ITガバナンス(案)"


@pytest.mark.parametrize(
    ("number", "next_one"),
    [
        ("第2編", "第3編"),
        ("第９章", "第１０章"),
        ("9.", "10."),
        ("2.3.9", "2.3.10"),
        ("1)", "2)"),
        ("ア", "イ"),
        ("(a)", "(b)"),
        ("A.", "B."),
        ("別紙2", "別紙3"),
        ("ン", ""),
        ("z)", ""),
        ("附則", ""),
        ("", ""),
    ],
)
def test_the_next_number_follows_in_the_same_style(number, next_one):
    assert following(number) == next_one


@pytest.mark.parametrize(
    ("place", "same"),
    [
        ("第2編第2章1.", "第2編第2章1"),
        ("第二編　第十二章", "第2編第12章"),
        ("Part 2, Chapter 12, 1.", "第2編第12章1"),
        ("PART 2 chapter 12", "第2編第12章"),
        ("別紙四", "別紙4"),
        ("Annex 4", "別紙4"),
        ("第二編第三", "第2編第3"),
        ("２．２．１", "2.2.1"),
        ("Department 3", "department3"),
    ],
)
def test_places_printed_in_several_ways_are_the_same(place, same):
    assert same_place(place) == same
