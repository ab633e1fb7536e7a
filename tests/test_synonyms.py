"""The words that are taken for one another: those of the glossary, and those of the staff."""

from datetime import date

import pytest
from django.urls import reverse

from guidelines import synonyms
from guidelines.models import Synonym
from guidelines.querying import parse
from guidelines.refusals import Refusal
from guidelines.searching import search
from tests import factories

TODAY = date(2025, 6, 1)


@pytest.fixture
def glossary(by):
    """A glossary of two terms, translated, in force from 2018 on."""
    terms = factories.node(
        "",
        "",
        factories.node("はじめに", "用語集である。", key="bcdfghj2"),
        factories.node(
            "府省内全体管理組織",
            "府省全体の組織をいう。PMO（Portfolio Management Office）ともいう。",
            key="bcdfghj3",
        ),
        factories.node("意見招請", "案を公開する手続（RFC、Request for Comments）をいう。"),
        factories.node("運用、保守", "稼働させ続ける活動である。"),
    )
    terms.children[1].reading = "ふしょうないぜんたいかんりそしき"
    terms.children[2].reading = "いけんしょうせい"
    terms.children[3].reading = "うんようほしゅ"
    guideline = factories.guideline("DS-130", kind="glossary")
    edition = factories.published(guideline, tree=terms, by=by)
    factories.published(
        guideline,
        tree=factories.node(
            "", "", factories.node("Portfolio Management Office", "An office.", key="bcdfghj3")
        ),
        language="en",
        translation_of=edition,
        adopted_by=edition.decision,
        by=by,
    )


def words_with(word, language="ja", on=TODAY):
    """The group in which a word is."""
    return next(
        (set(group) for group in synonyms.groups(on, language) if word in group),
        {word},
    )


def test_glossary_says_what_an_abbreviation_stands_for(glossary):
    assert words_with("PMO") == {"府省内全体管理組織", "PMO", "Portfolio Management Office"}
    assert words_with("RFC") == {"意見招請", "RFC", "Request for Comments"}


def test_two_terms_of_one_heading_are_not_the_same(glossary):
    assert words_with("運用") == {"運用"}


def test_english_words_stand_for_the_japanese_ones_of_the_term(glossary):
    assert "府省内全体管理組織" in words_with("Portfolio Management Office", language="en")


def test_glossary_holds_from_the_day_it_is_in_force(glossary):
    assert words_with("PMO", on=date(2018, 3, 29)) == {"PMO"}


def test_staff_s_words_act_at_once_and_join_the_glossary_s(glossary, by):
    synonym = synonyms.add_synonym(["PMO", "全体管理室"], by=by)
    assert words_with("全体管理室") == {
        *("府省内全体管理組織", "PMO", "Portfolio Management Office", "全体管理室"),
    }

    synonyms.change_synonym(synonym, words=["全体管理室", "管理室"], by=by)
    assert words_with("全体管理室") == {"全体管理室", "管理室"}

    synonyms.remove_synonym(synonym, by=by)
    assert words_with("全体管理室") == {"全体管理室"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["一語"], "2語以上"),
        (["ＲＦＩ", "rfi"], "2語以上"),
        (["言" * 61, "葉"], "長すぎます"),
        (["、。", "句読点"], "探せる文字がありません"),
        (["サーバ", "計算機"], "既に「サーバー ＝ ホスト」にあります"),
        ([f"言葉{number}" for number in range(13)], "12語以内"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(by, words, why):
    synonyms.add_synonym(["サーバー", "ホスト"], by=by)

    with pytest.raises(Refusal, match=why):
        synonyms.add_synonym(words, by=by)


def test_a_group_may_be_changed_to_words_of_its_own(by):
    synonym = synonyms.add_synonym(["サーバー", "ホスト"], by=by)

    synonyms.change_synonym(synonym, words=["ホスト", "サーバー", "計算機"], by=by)

    assert Synonym.objects.get().words == ["ホスト", "サーバー", "計算機"]


def test_staff_add_change_and_remove_words_in_the_admin(client, db):
    client.force_login(factories.person(is_staff=True, is_superuser=True))
    add = reverse("admin:guidelines_synonym_add")
    assert "クラウド\n" not in client.get(add).content.decode()
    assert "クラウド</textarea>" in client.get(add, {"word": "クラウド"}).content.decode()

    client.post(add, {"words": "クラウド\n雲", "note": "試し"})
    synonym = Synonym.objects.get()
    change = reverse("admin:guidelines_synonym_change", args=[synonym.pk])
    refused = client.post(change, {"words": "雲"})
    client.post(change, {"words": "クラウド\n雲\ncloud", "note": "試し"})

    assert refused.status_code == 422
    assert "2語以上" in refused.content.decode()
    assert words_with("cloud") == {"クラウド", "雲", "cloud"}
    client.post(reverse("admin:guidelines_synonym_delete", args=[synonym.pk]), {"post": "yes"})
    assert Synonym.objects.count() == 0


def test_what_the_staff_adds_is_found_with_the_next_search(by):
    factories.published(factories.guideline("DS-900"), by=by)

    def found(word):
        query = parse(word).with_synonyms(synonyms.groups(TODAY, "ja"))
        return [hit.title for hit in search(query, on=TODAY, language="ja").hits]

    assert found("お金の種類") == []
    synonyms.add_synonym(["お金の種類", "経費区分"], by=by)
    assert found("お金の種類") == ["経費区分"]
