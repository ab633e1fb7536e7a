"""What somebody types is read as words, phrases, exclusions and alternatives, whatever it is."""

import pytest

from guidelines.querying import MOST_SIGNS, MOST_WORDS, parse, stem

hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")


def rows(text):
    """The words of each clause, the unwanted behind a minus."""
    return [
        [*(word.forms[0] for word in one.all_of), *(f"-{word.forms[0]}" for word in one.none_of)]
        for one in parse(text).any_of
    ]


@pytest.mark.parametrize(
    ("typed", "piece"),
    [
        ("の", "の"),
        ("要件 要件", "要件"),
        ("要件 OR 要件", "要件"),
        ("要件 定義", ""),
        ("要件 OR 定義", ""),
        ("の -要件", ""),
        # Also found by its stem, and in its other writing.
        ("policy", ""),
        ("第三編", ""),
        ("", ""),
    ],
)
def test_what_is_one_part_of_a_text_is_known(typed, piece):
    assert parse(typed).piece == piece


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("要件 定義", [["要件", "定義"]]),
        ("要件　定義", [["要件", "定義"]]),
        ("要件、定義", [["要件", "定義"]]),
        ("要件 要件", [["要件"]]),
        ('"exact phrase"', [["exact phrase"]]),
        ("“要件 定義”", [["要件定義"]]),
        ("要件 -調達", [["要件", "-調達"]]),
        ("要件 －調達", [["要件", "-調達"]]),
        ('要件 -"調達 仕様"', [["要件", "-調達仕様"]]),
        *((f"要件 {dash}調達", [["要件", "-調達"]]) for dash in "‐‑–—―−ー"),
        ("要件 NOT 調達", [["要件", "-調達"]]),
        ("要件 NOT", [["要件", "not"]]),
        ("NOTE 調達", [["note", "調達"]]),
        ("要件 AND 調達", [["要件", "調達"]]),
        ("要件 ＡＮＤ 調達", [["要件", "調達"]]),
        ('要件 "AND"', [["要件", "and"]]),
        ("要件 OR 調達", [["要件"], ["調達"]]),
        ("要件 | 調達", [["要件"], ["調達"]]),
        ("(監査 OR 評価) 計画", [["監査", "計画"], ["評価", "計画"]]),
        ("計画 （監査 OR 評価 結果）", [["計画", "監査"], ["計画", "評価", "結果"]]),
        ("(a OR b) (c OR d)", [["a", "c"], ["a", "d"], ["b", "c"], ["b", "d"]]),
        ("(監査 OR ) 計画 OR 調達", [["監査", "計画"], ["調達"]]),
        ("(監査 OR -評価) 計画", [["監査", "計画", "-評価"]]),
        ("仕様(案) の計画", [["仕様 案", "の計画"]]),
        ("(監査 評価) 計画", [["監査", "評価", "計画"]]),
        ("要件 or 調達", [["要件", "or", "調達"]]),
        ("要件 ＯＲ 調達 -計画", [["要件", "-計画"], ["調達", "-計画"]]),
        ("DS-100", [["ds 100"]]),
        ("-100", []),
        ("-要件 -定義", []),
        ("要件 - 定義", [["要件", "定義"]]),
        ('"閉じない', [["閉じない"]]),
        ('前"中 中"後', [["前", "中中", "後"]]),
        ("OR OR", []),
        ("OR 要件 OR", [["要件"]]),
        ("。、「」…", []),
        ("😀", []),
        ("", []),
        ("\0", []),
        ("要\0件", [["要", "件"]]),
        ("' OR 1=1 --", [["1 1"]]),
        ("NEAR(a b) AND heading:*", [["near a", "b", "heading"]]),
    ],
)
def test_a_query_is_read_as_it_is_meant(typed, read):
    assert rows(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "要件" * MOST_SIGNS,
        " ".join(map(str, range(MOST_WORDS + 1))),
        f"({' OR '.join(map(str, range(MOST_WORDS + 1)))})",
        "(a OR b) (c OR d) (e OR f) (g OR h) (i OR j)",
    ],
)
def test_what_is_too_much_is_left_out_and_said(text):
    query = parse(text)

    assert query.is_cut
    assert query.words
    assert len(query.words) <= MOST_WORDS
    assert sum(len(word.text) for word in query.words) <= MOST_SIGNS


def test_a_number_answers_to_both_writings():
    assert parse("第三編").words[0].forms == ("第三編", "第3編")


@pytest.mark.parametrize(
    "forms",
    [
        ("policy", "policies"),
        ("report", "reports", "reported", "reporting"),
        ("organisation", "organization", "organisations"),
        ("manage", "managing", "managed"),
    ],
)
def test_forms_of_an_english_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("text", ["要件", '"reports"', "it", "e-gov", "pmo2"])
def test_what_is_no_english_word_has_no_stem(text):
    assert parse(text).words[0].stem == ""


def test_a_word_answers_to_its_synonyms_and_a_phrase_does_not():
    groups = [["PMO", "府省内全体管理組織"], ["PMO", "Portfolio Management Office"], ["", "空"]]

    word, phrase, other = parse('ＰＭＯ "PMO" 府省').with_synonyms(groups).words

    assert word.forms == ("pmo", "府省内全体管理組織", "portfolio management office")
    assert (phrase.forms, other.forms) == (("pmo",), ("府省",))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("pmo", "ＰＭＯとPMO。", ["ＰＭＯ", "PMO"]),
        ("サーバ", "サーバーを置く。", ["サーバー"]),
        ("ガバメントクラウド", "ガバメント・クラウドを使う", ["ガバメント・クラウド"]),
        ("第三編", "第３編による。", ["第３編"]),
        ("policies", "A policy of ours", ["policy"]),
        ("要件 要件定義", "要件定義書", ["要件定義"]),
        ("i", "Ⅲ", ["Ⅲ"]),
        ('"a b"', "a—B", ["a—B"]),
        ("part", "Department of Part one", ["Part"]),
        ("part", "Department", ["part"]),
        ("ai", "AIをdomainで", ["AI"]),
        ("住所", "住所・所在地", ["住所"]),
        ("要件 -定義", "要件定義", ["要件"]),
        ("", "要件", []),
    ],
)
def test_the_words_are_found_again_in_a_text(typed, text, marked):
    assert [text[start:end] for start, end in parse(typed).spans(text)] == marked


@hypothesis.settings(deadline=None)
@hypothesis.given(text=hypothesis.strategies.text(), other=hypothesis.strategies.text())
def test_nothing_is_a_mistake(text, other):
    query = parse(text)

    spans = query.spans(other + text)
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)


def test_what_means_the_same_as_an_unwanted_word_is_unwanted_too():
    query = parse('計画 -PMO -"PJMO"').with_synonyms([("PMO", "全体管理組織"), ("PJMO", "推進")])

    assert [word.forms for word in query.any_of[0].none_of] == [
        ("pmo", "全体管理組織"),
        ("pjmo",),
    ]


def test_words_beside_each_other_are_also_a_term_of_several_words():
    query = parse("zero trust 方針").with_synonyms([("ゼロトラスト", "Zero Trust")])

    rows = [[word.forms for word in clause.all_of] for clause in query.any_of]
    assert rows[0] == [("zero",), ("trust",), ("方針",)]
    assert rows[1] == [("ゼロトラスト", "zero trust"), ("方針",)]


def test_quoted_words_are_no_part_of_a_term():
    query = parse('"zero" trust').with_synonyms([("ゼロトラスト", "Zero Trust")])

    assert len(query.any_of) == 1
