"""Ways of writing the same thing are made one, and every sign is still known by its place."""

import pytest

from guidelines.folding import fold, folded, stream, writings

hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")
given, settings, st = hypothesis.given, hypothesis.settings, hypothesis.strategies

# What folding turns on, close together.
SIGNS = st.sampled_from(
    [*'サーバー・クラウドッヶ国國﨑ＲＦＩRfi第三3編十二百章 　\n、。-－「」"ﾞｶⅢ㈱Σς①がか\u200b']
)
TEXTS = st.lists(SIGNS, max_size=30).map("".join) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ＲＦＩ", "rfi"),
        ("國の會議", "国の会議"),
        ("﨑", "崎"),
        ("1ヶ所", "1ケ所"),
        ("ｻｰﾊﾞｰ", "サーバ"),
        ("サーバーを", "サーバを"),
        ("サーバーレス", "サーバーレス"),
        ("ガバメント・クラウド", "ガバメントクラウド"),
        ("サーバー・クライアント", "サーバクライアント"),
        ("ソフトウェア", "ソフトウエア"),
        ("第三編", "第3編"),
        ("第十二章第二十条", "第12章第20条"),
        ("三つの編", "三つの編"),
        ("IT　ガバナンス", "itガバナンス"),
        ("two   words", "two words"),
        ("表  \n  題", "表\n題"),
        (" 前後 ", "前後"),
        ("要\u200b件\ufeff", "要件"),
        ("", ""),
    ],
)
def test_ways_of_writing_are_made_one(written, searched):
    assert fold(written) == searched


def test_digits_stay_as_they_are_where_a_search_cuts_them():
    assert fold("第三編", digits=False) == "第三編"


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("第3編", ("第三編",)),
        ("第三編", ("第3編",)),
        ("第112条", ("第百十二条",)),
        ("第0編", ("第〇編",)),
        ("第三編第4章", ("第3編第4章", "第三編第四章")),
        ("三者", ("3者",)),
        ("第三者", ()),
        ("別紙二", ("別紙2",)),
        ("別紙2", ("別紙二",)),
        ("三つの編", ("3つの編",)),
        ("3か月以内", ("三か月以内",)),
        ("二〇二五年", ("2025年",)),
        ("2025年", ()),
        ("統一", ()),
        ("一般", ()),
        ("2.1", ()),
        ("霞ケ関", ("霞が関", "霞か関")),
        ("インターフエース", ("インタフエース", "インターフエイス", "インタフエイス")),
        ("インタフエイス", ("インターフエイス", "インタフエース", "インターフエース")),
    ],
)
def test_a_number_has_another_writing(word, others):
    assert writings(word) == others


def test_a_stream_has_the_letters_with_one_blank_between():
    assert stream("ds-100（第2編）・\n「目的」。") == "ds 100 第2編 目的"


def test_a_sign_is_found_in_the_original():
    text = "　ＰＭＯのサーバー・群"
    even = folded(text)

    assert even.text == "pmoのサーバ群"
    assert [text[even.place(at)] for at in range(len(even.text))] == list("ＰＭＯのサーバ群")
    assert even.place(len(even.text)) == len(text)


@settings(deadline=None)
@given(text=TEXTS, digits=st.booleans())
def test_folding_with_places_gives_the_same_text(text, digits):
    even = folded(text, digits=digits)

    assert even.text == fold(text, digits=digits)
    places = [even.place(at) for at in range(len(even.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@settings(deadline=None, max_examples=500)
@given(text=TEXTS, data=st.data())
def test_a_part_of_a_text_is_a_part_of_what_is_searched(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    # Marks belong to the sign before them.
    hypothesis.assume(not any(sign in "\uff9e\uff9f\u3099\u309a" for sign in text))

    part = stream(fold(text[start:end], digits=False))

    assert part in stream(fold(text, digits=False))
