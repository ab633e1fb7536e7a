"""The sections of a new text are known by the keys of the text before it."""

import sys
from collections import Counter

import pytest

from guidelines.importing.matching import give_keys
from tests.factories import node


def text(*children):
    """A text read from a file: no section has a key yet."""
    root = node("", "", *children)
    for one, _level in root.walk():
        one.key = ""
    return root


def before():
    return node(
        "",
        "",
        node(
            "第1章 目的",
            "",
            node("1. 背景", key="bcdfghj2"),
            node("2. 範囲", key="bcdfghj3"),
            key="bcdfghj4",
        ),
        node("第2章 体制", "", node("1. 背景", key="bcdfghj5"), key="bcdfghj6"),
        key="bcdfghj7",
    )


def matched(root, found):
    """{heading: (key, how it was found)} of the sections; new keys are anyone's."""
    return {
        f"{one.number} {one.title}": (found[one.key] != "new" and one.key, found[one.key])
        for one, level in root.walk()
        if level
    }


def test_the_same_number_and_title_keep_their_key():
    root = text(
        node("第１章 目的", "", node("1 背景"), node("2． 範囲")),
        node("第二章 体制", "", node("1. 背景")),
    )

    found = give_keys(root, before())

    assert [(one.key, found[one.key]) for one, _level in root.walk()] == [
        ("bcdfghj7", "root"),
        ("bcdfghj4", "number and title"),
        ("bcdfghj2", "number and title"),
        ("bcdfghj3", "number and title"),
        ("bcdfghj6", "number and title"),
        ("bcdfghj5", "number and title"),
    ]


def test_a_renumbered_section_is_known_by_its_title():
    root = text(node("第3章 体制", "", node("4. 範囲")))

    found = give_keys(root, before())

    assert matched(root, found) == {
        "第3章 体制": ("bcdfghj6", "title"),
        "4. 範囲": ("bcdfghj3", "title"),
    }


def test_a_title_that_stands_twice_tells_nothing():
    root = text(node("第9章 新設", "", node("9. 背景")))

    found = give_keys(root, before())

    assert matched(root, found) == {"第9章 新設": (False, "new"), "9. 背景": (False, "new")}


def test_new_sections_get_new_keys_of_their_own():
    root = text(node("第3章 監査"), node("第4章 評価"))

    found = give_keys(root, before())

    keys = [one.key for one, level in root.walk() if level]
    assert len({*keys, *(one.key for one, _level in before().walk())}) == 8
    assert [found[key] for key in keys] == ["new", "new"]


def test_a_key_given_in_the_file_comes_before_any_match():
    root = text(node("第1章 目的"), node("第9章 改めた題", key="bcdfghj4"))
    root.children[1].key = "bcdfghj4"

    found = give_keys(root, before())

    assert matched(root, found) == {
        "第1章 目的": (False, "new"),
        "第9章 改めた題": ("bcdfghj4", "given"),
    }


def test_a_translation_is_matched_by_place():
    root = text(
        node("Chapter 1 Purpose", "", node("1. Background"), node("2. Scope")),
        node("Chapter 2 Organisation", "", node("1. Background"), node("2. Added")),
    )

    found = give_keys(root, before(), translated=True)

    assert matched(root, found) == {
        "Chapter 1 Purpose": ("bcdfghj4", "place"),
        "1. Background": ("bcdfghj5", "place"),
        "2. Scope": ("bcdfghj3", "place"),
        "Chapter 2 Organisation": ("bcdfghj6", "place"),
        "2. Added": (False, "new"),
    }
    assert [one.key for one in root.children[0].children] == ["bcdfghj2", "bcdfghj3"]


def test_the_first_text_has_new_keys_throughout():
    root = text(node("第1章 目的"))

    found = give_keys(root, None)

    assert list(found.values()) == ["root", "new"]


LONG = "各府省は、情報システムの整備及び管理に当たり、次の事項を確認するものとする。"


def test_a_section_moved_and_retitled_is_known_by_its_text():
    model = node("", "", node("第1章 目的", LONG, key="bcdfghj2"), key="bcdfghj7")
    root = text(node("第5章 この手引の狙い", LONG.replace("次の事項", "以下の事項")))

    found = give_keys(root, model)

    assert matched(root, found) == {"第5章 この手引の狙い": ("bcdfghj2", "similar text")}


def test_the_likest_of_several_is_taken():
    model = node(
        "",
        "",
        node("第1章 甲", LONG, key="bcdfghj2"),
        node("第2章 乙", LONG + "また、毎年度見直すものとする。", key="bcdfghj3"),
        key="bcdfghj7",
    )
    root = text(node("第3章 丙", LONG + "また、毎年度見直すものとする"), node("第4章 丁", LONG))

    found = give_keys(root, model)

    assert matched(root, found) == {
        "第3章 丙": ("bcdfghj3", "similar text"),
        "第4章 丁": ("bcdfghj2", "similar text"),
    }


def test_unlike_texts_are_different_sections():
    model = node("", "", node("第1章 目的", LONG, key="bcdfghj2"), key="bcdfghj7")
    root = text(
        node("第1章 監査", "監査は、毎年度、独立した部門が行い、結果を公表しなければならない。")
    )

    found = give_keys(root, model)

    assert matched(root, found) == {"第1章 監査": (False, "new")}


def test_a_title_that_stands_twice_is_known_by_the_section_above():
    root = text(node("第2章 目的", "", node("3. 背景")), node("第3章 体制", "", node("4. 背景")))

    found = give_keys(root, before())

    assert [one.key for one, level in root.walk() if level == 2] == ["bcdfghj2", "bcdfghj5"]
    assert set(found.values()) == {"root", "title"}


def test_numbers_that_lead_to_one_place_are_one_number():
    model = node(
        "",
        "",
        node("1 総論", "", node("1.1 目的", "", node("1) 背景", key="bcdfghj2"))),
    )
    root = text(node("1. 総論", "", node("1.1. 目的", "", node("1.1.1. 背景"))))

    found = give_keys(root, model)

    assert found["bcdfghj2"] == "number and title"


def test_an_older_text_is_asked_where_the_draft_has_no_answer():
    draft = node("", "", node("第1章 目的", "", key="bcdfghj4"), key="bcdfghj7")
    root = text(node("第1章 目的"), node("第2章 体制"))

    found = give_keys(root, draft, older=before())

    assert matched(root, found) == {
        "第1章 目的": ("bcdfghj4", "number and title"),
        "第2章 体制": ("bcdfghj6", "number and title"),
    }


TEXTS = {
    "甲": "この章の目的は、行政の情報システムについて、府省が守るべき事項を定めることである。",
    "乙": "用語の定義は、別表に掲げるとおりとし、社会の変化に応じて、二年ごとに改めるものとする。",
    "丙": "日々の業務を止めない手順、とりわけ監視と障害への対応を、担当者に示すことを目指す。",
    "丁": "監視、保守、障害という三つの言葉を、それぞれ次の意味で用い、ほかの意味では用いない。",
    "戊": "初めて読む人のため、本書の構成と読み方、関連文書の入手先を、順を追って述べておく。",
}


def chapters(*described, given=None):
    """Chapters, each (heading, letters of the texts of 目的 and 定義); keys come from `given`."""
    children = []
    for count, (heading, letters) in enumerate(described, start=1):
        below = [
            node(f"{count}.{place} {title}", TEXTS[letter], key=(given or {}).get(letter, ""))
            for place, (title, letter) in enumerate(zip(("目的", "定義"), letters, strict=False), 1)
        ]
        children.append(node(f"{count} {heading}", "", *below, key=(given or {}).get(heading, "")))
    return node("", "", *children, key="bcdfghj9")


GIVEN = {
    "総則": "bcdfghj2",
    "運用": "bcdfghj3",
    "甲": "bcdfghj4",
    "乙": "bcdfghj5",
    "丙": "bcdfghj6",
    "丁": "bcdfghj7",
}


def keys_of(root):
    return {one.body: one.key for one, _level in root.walk() if one.body}


@pytest.mark.parametrize(
    "described",
    [
        [("はじめに", "戊"), ("総則", "甲乙"), ("運用", "丙丁")],
        [("運用", "丙丁"), ("総則", "甲乙")],
        [("総則の章", "甲乙"), ("運用の章", "丙丁")],
        [("運用の章", "丙丁"), ("総則の章", "甲乙")],
    ],
    ids=["a chapter inserted", "chapters swapped", "retitled", "swapped and retitled"],
)
def test_sections_that_every_chapter_has_follow_their_chapter_and_text(described):
    model = chapters(("総則", "甲乙"), ("運用", "丙丁"), given=GIVEN)
    root = text(*chapters(*described).children)

    found = give_keys(root, model)

    keys = keys_of(root)
    assert {letter: keys[TEXTS[letter]] for letter in "甲乙丙丁"} == {
        letter: GIVEN[letter] for letter in "甲乙丙丁"
    }
    assert found.get(keys.get(TEXTS["戊"]), "new") == "new"


def test_a_chapter_that_takes_the_place_of_another_is_new_with_its_sections():
    model = chapters(("総則", "甲乙"), ("運用", "丙丁"), given=GIVEN)
    root = text(*chapters(("本書の読み方", "戊丙"), ("運用", "丙丁")).children)
    root.children[0].children[1].body = "定義集は、別に配布するので、本書には載せないこととした。"

    found = give_keys(root, model)

    assert [found[one.key] for one, _level in root.walk()] == [
        *("root", "new", "new", "new"),
        *("number and title", "number and title", "number and title"),
    ]


def test_matching_takes_steps_in_proportion_to_the_sections():
    assert steps(1_600) < 10 * steps(200)


def steps(count):
    """How many calls it takes to match so many sections, each of whose numbers moved by one."""
    model = text(*[node(f"{n} 題{n}", "", node("1) 目的", f"文{n}")) for n in range(count)])
    give_keys(model, None)
    root = text(*[node(f"{n + 1} 題{n}", "", node("1) 目的", f"文{n}")) for n in range(count)])
    calls = Counter()
    before = sys.getprofile()
    sys.setprofile(lambda _frame, event, _arg: calls.update([event]))
    try:
        give_keys(root, model)
    finally:
        sys.setprofile(before)
    return calls["call"] + calls["c_call"]
