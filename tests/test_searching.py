"""What is searched is found, exactly and in its order, and what may not be seen is not."""

from datetime import date

import pytest

from guidelines import drafting, indexing, searching
from guidelines.folding import fold, stream
from guidelines.models import SearchEntry
from guidelines.querying import MOST_SIGNS, parse
from guidelines.search_index import text_of
from guidelines.searching import ALONE, DOCUMENTS, SECTIONS, section_ids
from tests import factories
from tests.factories import node
from tests.searched import OPERATOR, TODAY, find

hypothesis = pytest.importorskip("hypothesis", reason="requirements-dev.txt is not installed")
st = hypothesis.strategies


def titles(text, **how):
    return [hit.title for hit in find(text, **how).hits]


def written(body, heading="題", **document):
    """A document in force with one section of a text."""
    return factories.published(
        factories.guideline(**document), tree=node("", "", node(f"1. {heading}", body))
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("提供依頼（ＲＦＩ）を行う。", "rfi"),
        ("第三編による。", "第3編"),
        ("第３編による。", "第三編"),
        ("國の會議", "国の会議"),
        ("サーバーを置く。", "サーバ"),
        ("サーバを置く。", "サーバー"),
        ("ガバメント・クラウドを使う。", "ガバメントクラウド"),
        ("ソフトウェア", "ソフトウエア"),
        ("府省は計画を定める。", "府"),
        ("府省は計画を定める。", "計画"),
        ("府省は計画を定める。", "計画 府省"),
        ("要件を定義し、調達する。", '"要件を定義し、調達"'),
        ("要件を定義する。", "要件 -調達"),
        ("要件を定義する。", "調達 OR 要件"),
        ("The policies of ministries", "policy"),
        ("A policy", "policies ministry OR policies"),
        ("organisational", "organizational"),
        ("標準ガイドライン群用語集", "ガイドライン群用"),
        ("DS-310 3.2", "ds-310"),
        ("a & b—c", '"B, C"'),
        ("| 表 | 中 |\n|---|---|\n| 左の欄 | 右の欄 |", "右の欄"),
    ],
)
def test_what_is_written_in_another_way_is_found(by, text, query):
    written(text)

    assert find(query).total == 1


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("要件を定義し、調達する。", "要件 -調達"),
        ("要件を定義する。", "要件 調達"),
        ("定義する要件", '"要件 定義"'),
        ("左の欄\n\n右の欄", "欄右"),
        ("policies", '"policy"'),
        ("要件を定義する。", "OR"),
        ("要件を定義する。", "。"),
        ("システム。ステム、シス", "システムテ"),
    ],
)
def test_what_is_not_there_is_not_found(by, text, query):
    written(text)

    assert find(query).total == 0


def test_a_draft_and_an_edition_before_its_day_are_not_found(by):
    guideline = factories.guideline()
    factories.published(guideline, tree=node("", "", node("1. 古い", "古い文")))
    factories.published(
        guideline,
        tree=node("", "", node("1. 先", "先の文")),
        day="2025-05-01",
        effective="2025-07-01",
    )
    draft = drafting.open_draft(guideline, by=by)
    drafting.edit_section(draft.sections.get(title="先"), body="案の文", by=by)

    assert titles("古い文") == ["古い"]
    for scope in ("in_force", "all"):
        assert find("先の文", scope=scope).total == 0
        assert find("案の文", scope=scope).total == 0
    assert titles("先の文", on=date(2025, 7, 1)) == ["先"]
    assert find("古い文", on=date(2025, 7, 1)).total == 0


def test_the_past_is_found_only_when_it_is_asked_for_and_then_once_a_section(guideline):
    assert find("体制を改めた").total == 1
    assert find("示す全体像").total == 0
    assert titles("示す全体像", scope="day", day=date(2019, 1, 1)) == ["組織体制"]
    assert titles("示す全体像", scope="all") == ["組織体制"]

    (hit,) = find("目的は", scope="all").hits

    assert (hit.edition.decided_on, hit.past) == (date(2020, 3, 31), 1)
    assert find("目的は", scope="all").total == 1


def test_a_translation_stands_in_for_its_original_for_its_readers(guideline):
    day = date(2019, 1, 1)

    assert titles("Organisation", on=day, language="en") == ["Organisation"]
    assert find("Organisation", on=day).total == 0
    assert titles("Organisation", on=day, language="ja") == []
    assert find("全体像", on=day).total > 0


def test_a_term_goes_before_a_title_and_a_title_before_a_text(by):
    glossary = factories.guideline("DS-130", kind="glossary", position="informative")
    term = node("調達", "物を買うことをいう。")
    term.reading = "ちょうたつ"
    factories.published(glossary, tree=node("", "", term))
    written("調達。" * 9, heading="別の題", code="DS-101")
    written("何もない。", heading="調達の計画", code="DS-102")

    found = find("調達").hits

    assert [(hit.title, hit.why) for hit in found] == [
        ("調達", "term"),
        ("調達の計画", "title"),
        ("別の題", ""),
    ]


def test_rules_go_before_what_explains_them_and_the_present_before_the_past(by):
    written("計画を定める。", heading="解説", code="DS-101", position="informative")
    written("計画を定める。", heading="規則", code="DS-102")
    old = factories.guideline("DS-100")
    factories.published(old, tree=node("", "", node("1. 昔", "計画を定める。")))
    factories.published(old, tree=node("", "", node("1. 今", "何もない。")), day="2020-01-01")

    assert titles("計画", scope="all") == ["規則", "解説", "昔"]


def test_of_one_heading_the_rule_goes_first_however_often_another_has_the_word(by):
    written("計画、計画、計画、計画。", heading="計画", code="DS-101", position="informative")
    written("何かを定める。", heading="計画", code="DS-102")
    written("何かを定める。", heading="計画の変更", code="DS-103")

    assert [hit.edition.document for hit in find("計画").hits] == ["DS-102", "DS-101", "DS-103"]


def test_a_hit_says_where_it_stands_and_shows_its_words(by):
    factories.published(factories.guideline("DS-100"), by=by)

    (hit,) = find("自らの管理").hits

    assert (hit.number, hit.title, hit.address) == ("1)", "全体像", "2.2.2.1")
    assert [str(entry) for entry in hit.breadcrumb] == [
        "第2編 ITガバナンス",
        "第2章 組織体制",
        "2. 府省における管理",
    ]
    assert hit.snippet == "府省は、<mark>自らの管理</mark>を行わなければならない。"


def test_a_document_is_found_by_what_stands_before_its_first_heading(by):
    factories.published(factories.guideline("DS-100", title="標準"), by=by)

    (hit,) = find("前文である").hits

    assert (hit.title, hit.address, hit.breadcrumb) == ("標準", "", [])


def test_the_hits_of_a_document_stand_together_and_say_how_many_more(by):
    factories.published(factories.guideline("DS-101"), tree=factories.wide_text(30), by=by)
    written("節の本文である。", code="DS-102")

    found = find("節の本文")

    assert [(len(group.hits), group.more) for group in found.groups] == [(SECTIONS, 24), (1, 0)]
    assert found.total == 28


def test_one_document_is_turned_page_by_page(by):
    factories.published(factories.guideline("DS-101"), tree=factories.wide_text(60), by=by)
    pages = [find("節の本文", document="DS-101", page=page) for page in (1, 2, 3)]

    assert [page.pages for page in pages] == [3, 3, 3]
    addresses = [hit.address for page in pages for hit in page.hits]
    assert len(set(addresses)) == len(addresses) == pages[0].total
    assert [len(page.hits) for page in pages[:2]] == [ALONE, ALONE]
    assert find("節の本文", document="DS-101", page=99).page == 3


@pytest.mark.parametrize("common", [10, searching.COMMON])
@pytest.mark.parametrize("scope", ["in_force", "all"])
def test_what_is_found_beyond_all_comparison_is_turned_to_as_well(by, monkeypatch, scope, common):
    monkeypatch.setattr(searching, "MOST_RANKED", 25)
    monkeypatch.setattr(searching, "COMMON", common)
    guideline, tree = factories.guideline("DS-101"), factories.wide_text(60)
    for year in (2019, 2020, 2021):
        factories.published(guideline, tree=tree, day=f"{year}-01-01", by=by)
    first = find("節の本文", document="DS-101", scope=scope)

    pages = [
        find("節の本文", document="DS-101", scope=scope, page=page)
        for page in range(1, first.pages + 1)
    ]

    addresses = [hit.address for page in pages for hit in page.hits]
    assert len(set(addresses)) == len(addresses) == first.total > 50
    assert all(hit.edition.decided_on.year == 2021 for page in pages for hit in page.hits)
    left = [group.more for page in pages for group in page.groups]
    assert left == [max(0, first.total - ALONE * page) for page in range(1, first.pages + 1)]


def test_many_documents_are_turned_page_by_page(by):
    for number in range(DOCUMENTS + 2):
        written("計画を定める。", code=f"DS-{number + 100}")

    pages = [find("計画", page=page) for page in (1, 2)]

    assert [len(page.groups) for page in pages] == [DOCUMENTS, 2]
    assert len({group.document for page in pages for group in page.groups}) == DOCUMENTS + 2


def test_each_choice_says_how_many_it_would_leave(by):
    rule = written("計画を定める。", code="DS-101", title="規則")
    written("計画を定める。", code="DS-102", title="解説", position="informative")
    section = rule.sections.get(title="題")
    indexing.assign(section, factories.role(), phase="planning", by=by)

    narrowed = find("計画", position="normative")

    assert narrowed.total == 1
    assert narrowed.facets == {
        "document": [("DS-101", "DS-101 規則", 1)],
        "category": [("general", "全般", 1)],
        "position": [
            ("normative", "標準ガイドライン（Normative）", 1),
            ("informative", "実践ガイドブック（Informative）", 1),
        ],
        "kind": [("guideline", "標準ガイドライン", 1)],
        "language": [("ja", "日本語", 1)],
        "role": [("pmo", "府省内全体管理組織", 1)],
        "phase": [("planning", "サービス・業務企画", 1)],
    }
    assert find("計画", role="pmo").total == 1
    assert find("計画", role="pjmo").facets["role"] == [("pmo", "府省内全体管理組織", 1)]


def test_a_duty_is_counted_as_soon_as_it_is_said_amended_or_taken_away(by):
    edition = factories.published(factories.guideline("DS-100"), tree=factories.text(), by=by)
    sections = edition.sections.filter(level__gt=0)
    word = sections.first().title
    role = factories.role()

    def phases():
        return [value for value, _label, _count in find(word).facets["phase"]]

    assert phases() == []
    duty = indexing.assign(sections.first(), role, phase="planning", by=by)
    assert phases() == ["planning"]
    duty = indexing.amend_responsibility(duty, phase="audit", by=by)
    assert phases() == ["audit"]
    indexing.unlink(duty, by=by)
    assert phases() == []


def test_what_has_changed_since_a_day_is_known_in_whatever_order_editions_come(by):
    guideline = factories.guideline()

    def publish(day, first, second):
        tree = node(
            "", "", node("1. 一", first, key="bbbbbbb2"), node("2. 二", second, key="bbbbbbb3")
        )
        factories.published(guideline, tree=tree, day=day, by=by)

    publish("2018-01-01", "計画甲", "計画甲")
    publish("2024-01-01", "計画乙", "計画甲")
    publish("2021-01-01", "計画乙", "計画丙")

    changed = dict(
        SearchEntry.objects.filter(
            edition__decided_on=date(2024, 1, 1), section__level=1
        ).values_list("section__title", "changed_on")
    )
    assert changed == {"一": date(2021, 1, 1), "二": date(2024, 1, 1)}
    assert titles("計画", changed_since=date(2021, 1, 1)) == ["二"]


@pytest.mark.parametrize(
    "query",
    [
        "あ" * 10_000,
        "a b " * 3_000,
        "。、「」（）" * 50,
        "要件\0定義",
        "😀👨‍👩‍👧",
        '"要件 "定義 "',
        " ".join(["要件"] * 300),
        " ".join(f"語{number}" for number in range(300)),
        "' OR 1=1; DROP TABLE guidelines_section --",
        'NEAR("要件" "定義", 5) AND heading:* NOT ^要件',
        "a & b | !c <-> d:* \\ '",
        "-a -b OR -c",
        "%s %(x)s {} %",
        "\ue001要 \ue003",
        "\ud800",
        'OR OR -"" "',
    ],
)
def test_nothing_that_is_typed_is_a_mistake(by, query):
    written("要件を定義する。")

    assert find(query).total in (0, 1)


def test_a_long_query_is_cut(by):
    written("要件を定義する。")

    assert find("要件 " + "を" * MOST_SIGNS * 2).total == 0
    assert find("要件 " * MOST_SIGNS * 2).total == 1


def ids(text):
    """The ids of all sections that a query finds."""
    return section_ids(parse(text), on=TODAY, language="ja")


SIGNS = st.sampled_from([*"あいうabc漢字サーバー・　 。1２第三編\n", "ｶﾞ", "Ⅲ", "ﬁ"])


@hypothesis.settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(text=st.lists(SIGNS, min_size=1, max_size=30).map("".join), data=st.data())
def test_a_part_of_any_text_finds_it(by, text, data):
    hypothesis.assume(stream(fold(text)))
    tree = node("", "", node("1. 題", f"```\n{text}\n```"))
    edition = factories.published(tree=tree, by=by, adopted_by=factories.decision())
    section = edition.sections.get(number="1.")
    # As a reader sees it, which may begin or end with fewer blanks.
    shown = text_of(section, edition)[1]
    start = data.draw(st.integers(0, max(0, len(shown) - 1)))
    end = data.draw(st.integers(start + 1, len(shown) or 1))
    part = shown[start:end]
    hypothesis.assume(stream(fold(part)) and not OPERATOR.search(part))
    # 「ｶﾞ」 is one sign, 「ガ」, and its half is another.
    hypothesis.assume("ﾞ" not in (shown[start], shown[end : end + 1]))

    assert section.pk in ids(part)


def test_a_text_too_long_for_one_vector_is_found_as_exactly(by, monkeypatch):
    monkeypatch.setattr("guidelines.grams.pieces.MOST_BYTES", 400)
    body = "情報システムの整備及び管理に関する標準的な手順を府省に示す。"
    tree = node(
        "", "", node("1. 長い", body), node("2. 似た", "標準。準的。的な手。順を府。システ。")
    )
    edition = factories.published(tree=tree, by=by)
    pks = dict(edition.sections.values_list("title", "pk"))

    for query in ("準的な", "標準的な", "手順を府省に", "-府省 示す OR 標準的な手順"):
        assert ids(query) <= {pks["長い"]}
    assert ids("標準的な") == {pks["長い"]}
    assert ids("的な手") == set(pks.values()) - {pks[""]}
    assert ids("標準 -標準的な") == {pks["似た"]}


def test_a_word_far_into_a_long_text_is_ids(by):
    body = "\n\n".join(f"第{number}の事項を定める。" for number in range(6_000))
    edition = factories.published(tree=node("", "", node("1. 長い", body)), by=by)

    assert ids("第5999の事項") == {edition.sections.get(number="1.").pk}
