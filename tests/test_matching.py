"""The sections of a new text are known by the keys of the text before it."""

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
