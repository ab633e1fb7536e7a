"""The finder proposes the duties that a reader would find, with what each is."""

import re
from datetime import date
from html import unescape

import pytest

from benchmarks.finding import FIXTURES, LEAST, judged_lists, names_on, score, sections_of
from guidelines.finding import Found, Names, find, sentences_of, suggest_phase
from guidelines.rendering import render

NAMES = names_on(date(2025, 5, 27))
JUDGED = {judged["name"]: judged for judged in judged_lists()}


def found_in(body, *, heading="規定", above=(), names=NAMES, language="ja"):
    html = render(body, key="bcdfghj2")
    return find(html, heading=heading, above=above, names=names, language=language)


def roles_in(body, **where):
    return [found.role for found in found_in(body, **where)]


# Judged sentences


def assert_agrees(judged, *, least, least_kind):
    whole = score(judged)
    kinds = {"duty": whole.duties, "phase": whole.phases, "force": whole.forces}
    figures = {"precision": whole.precision, "recall": whole.recall}
    agreement = {kind: round(count / whole.both, 3) for kind, count in kinds.items()}
    print(judged["name"], figures, agreement)

    assert min(figures.values()) >= least, whole.faults
    assert min(agreement.values()) >= least_kind, whole.faults


def test_the_finder_agrees_with_the_judged_sentences_of_the_demonstration_texts():
    assert_agrees(JUDGED["DS-100"], least=LEAST, least_kind=0.95)


def test_the_finder_agrees_with_the_judged_sentences_of_a_real_guidebook(corpus):
    assert_agrees(JUDGED["DS-465-2"], least=LEAST, least_kind=0.95)


def test_the_finder_agrees_with_sentences_it_was_not_made_for(corpus):
    assert_agrees(JUDGED["held-out"], least=0.8, least_kind=0.9)


# Sentences


@pytest.mark.parametrize(
    ("html", "sentences"),
    [
        ("", []),
        ("<p>一つ目。二つ目。</p>", ["一つ目。", "二つ目。"]),
        ("<p>注記（例外がある。）を見る。次。</p>", ["注記（例外がある。）を見る。", "次。"]),
        ("<p>「見る。」と書く。次。</p>", ["「見る。」と書く。", "次。"]),
        ("<p>1) から（2)を除く。）3)。次。</p>", ["1) から（2)を除く。）3)。", "次。"]),
        ("<p>閉じない（括弧。次。</p>", ["閉じない（括弧。", "次。"]),
        ("<p>\u3000字下げ。\u3000次。 </p>", ["字下げ。", "次。"]),
        ('<p>前の<a href="edition:1/">第1編</a>と<em>同じ</em>。</p>', ["前の第1編と同じ。"]),
        ("<p>A&amp;B、&lt;C&gt;。</p>", ["A&B、<C>。"]),
        ("<ul><li>上。<ul><li>下。</li></ul></li><li>次。</li></ul>", ["上。", "下。", "次。"]),
        ("<table><tr><th>語</th><td>一。<br>二。</td></tr></table>", ["語", "一。", "二。"]),
        ("<blockquote><p>引用。</p></blockquote><dl><dt>語</dt></dl>", ["引用。", "語"]),
        ("<p>1. Purpose of it. Next.</p>", ["1. Purpose of it.", "Next."]),
        ("<p>By Chapter 2, 4. Where it fails.</p>", ["By Chapter 2, 4.", "Where it fails."]),
        ("<p>Some (e.g. PMOs). No. 5 of 2.5.</p>", ["Some (e.g. PMOs).", "No. 5 of 2.5."]),
        ("<p>Ask e.g. Tokyo or No. Six. Next.</p>", ["Ask e.g. Tokyo or No. Six.", "Next."]),
    ],
)
def test_text_is_cut_into_sentences(html, sentences):
    assert sentences_of(html) == sentences


def test_the_mark_of_a_footnote_belongs_to_the_sentence_before_it():
    html = render("一つ目。[^1]二つ目[^1]。\n\n[^1]: 注。", key="bcdfghj2")

    assert sentences_of(html)[:2] == ["一つ目。1", "二つ目1。"]


@pytest.mark.parametrize("edition", ["2018-03-30.ja", "2018-03-30.en", "2025-05-27.ja"])
def test_no_sign_of_a_text_is_lost_or_altered(edition):
    for section in sections_of(FIXTURES / "DS-100" / f"{edition}.md").values():
        text = unescape(re.sub(r"<[^>]*>", "", section.html))
        sentences = sentences_of(section.html)

        assert all(sentence in text for sentence in sentences)
        assert re.sub(r"\s", "", "".join(sentences)) == re.sub(r"\s", "", text)


# Who acts


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("PMOは、案を作成するものとする。", "pmo"),
        ("ＰＭＯは、案を作成するものとする。", "pmo"),
        ("PMOにおいては、案を作成するものとする。", "pmo"),
        ("PMOも、案を確認しなければならない。", "pmo"),
        ("PMO（府省内全体管理組織）は、案を作成するものとする。", "pmo"),
        ("PMO及びPJMOは、案を共有するものとする。", "pmo pjmo"),
        ("PJMO、会計担当及び人事担当は、案を確かめるものとする。", "pjmo accounting personnel"),
        ("PJMO及び関係する事業者は、説明を行わなければならない。", "pjmo"),
        ("デジタル庁及びPMOは、情報を提供するものとする。", "pmo"),
        ("各府省は、体制を整えなければならない。", "each-ministry"),
        ("各府省のPMOは、要点を説明するものとする。", "pmo"),
        ("各府省PMOは、要点を説明するものとする。", "pmo"),
        ("①各PJMOは、データを公開する。", "pjmo"),
        ("改修を予定するPJMOは、PMOに相談するものとする。", "pjmo"),
        ("変更するときは、PMOは、理由を記録するものとする。", "pmo"),
        ("作成に当たり、PJMOは、意見を聴くものとする。", "pjmo"),
        ("まずPMOが判断し、判断が難しいときはデジタル庁に協議するものとする。", "pmo"),
        ("PMOが案を作成し、副デジタル統括責任者が順位を定める。", "pmo deputy-cio"),
        ("案の作成はPMOが行い、各部局は意見を提供するものとする。", "pmo"),
        ("整備の推進は、PJMOが主体となり、順次実施する必要があります。", "pjmo"),
        ("その場合は、PMOが残存する危険を評価し、承認するものとする。", "pmo"),
        ("PMOは、PJMOが作成した案を確認するものとする。", "pmo"),
        ("PMOは、PJMOが同意するときは、案を変更するものとする。", "pmo"),
    ],
)
def test_a_duty_is_of_the_role_that_is_the_subject(sentence, roles):
    assert " ".join(roles_in(sentence)) == roles


@pytest.mark.parametrize(
    "sentence",
    [
        "案は、PMOに報告しなければならない。",
        "変更は、PMOの承認を得て行うものとする。",
        "変更は、PMOを通じて申し出るものとする。",
        "PMOが定める手続は、文書に残さなければならない。",
        "方針の提示は、PJMOが見積りを取得し、内容を精査する時期に行わなければならない。",
        "PMOの担当者は、案を確認するものとする。",
        "PMOには、職員を配置しなければならない。",
        "会計担当者は、案を確認するものとする。",
        "他府省庁は、案を確認するものとする。",
        "CIO連絡会議は、案を決定しなければならない。",
        "「PMOは、案を作成するものとする。」との規定がある。",
    ],
)
def test_a_role_that_is_only_named_gets_no_duty(sentence):
    assert roles_in(sentence) == []


@pytest.mark.parametrize(
    ("word", "day", "roles"),
    [
        ("府省CIO", date(2018, 3, 30), ["ministry-cio"]),
        ("府省ＣＩＯ", date(2018, 3, 30), ["ministry-cio"]),
        ("情報化統括責任者", date(2018, 3, 30), ["ministry-cio"]),
        ("情報化統括責任者", date(2025, 5, 27), []),
        ("デジタル統括責任者", date(2025, 5, 27), ["ministry-cio"]),
        ("デジタル統括責任者", date(2018, 3, 30), []),
        ("府省副CIO", date(2018, 3, 30), ["deputy-cio"]),
        ("府省CIO補佐官", date(2018, 3, 30), ["executive-advisor"]),
        ("政府CIO", date(2018, 3, 30), ["government-cio"]),
    ],
)
def test_a_role_goes_by_the_names_of_the_day(word, day, roles):
    assert roles_in(f"{word}は、計画を定めるものとする。", names=names_on(day)) == roles


def test_the_longest_name_is_meant():
    names = Names([("CIO", "cio"), ("CIO補佐官", "advisor"), ("府省CIO補佐官", "advisor")])

    assert roles_in("府省CIO補佐官は、意見を述べるものとする。", names=names) == ["advisor"]


def test_without_names_and_in_private_signs_no_role_is_found():
    assert roles_in("PMOは、案を作成するものとする。", names=Names([])) == []
    assert roles_in("\ue000は、案を作成するものとする。") == []


# Whether it binds


ENDINGS = {
    "must": "するものとする することとする しなければならない する必要がある することを要する"
    " することが求められる すべきである してはならない することができない してください します する"
    " し、定める（第1編）",
    "should": "することが望ましい することが望ましいです に努める するよう努めるものとする"
    " することが重要です",
    "": "することができる しないことができるものとする した しています する組織である"
    " する者により構成する の例を以下に示します する者でなければならない",
}


@pytest.mark.parametrize(
    ("force", "ending"), [(force, one) for force, some in ENDINGS.items() for one in some.split()]
)
def test_the_ending_says_whether_it_binds(force, ending):
    forces = [found.force for found in found_in(f"PMOは、案を作成{ending}。")]

    assert forces == ([force] if force else [])


def test_each_clause_binds_by_its_own_ending():
    found = found_in("PMOは、案を作成することができるが、PJMOは、案を変えてはならない。")

    assert [(one.role, one.force) for one in found] == [("pjmo", "must")]


def test_a_caption_gives_no_duty():
    assert roles_in("図表1 PMOがモニタリング時に確認する") == []


# What kind of act


@pytest.mark.parametrize(
    ("sentence", "duty"),
    [
        ("PMOは、案を作成する。", "performs"),
        ("PMOは、計画を決定し、公表するものとする。", "decides"),
        ("PMOは、変更の合理性を判断するものとする。", "decides"),
        ("PMOは、意見を聴いた上で判断することが望ましい。", "decides"),
        ("PMOは、承認した例外を一覧にするものとする。", "performs"),
        ("PMOは、PJMOの承認を得るものとする。", "performs"),
        ("PMOは、要件について助言する。", "advises"),
        ("PMOは、技術の選択について意見を述べる。", "advises"),
        ("PMOは、助言等を行うようにしてください。", "advises"),
        ("PMOは、助言を求め、計画を定めるものとする。", "performs"),
        ("PMOは、PJMOから協議を受けるものとする。", "consulted"),
        ("PMOは、PJMOの相談に応ずるものとする。", "consulted"),
        ("PMOは、PJMOから報告を受けるものとする。", "informed"),
        ("PMOは、報告を受けたときは、内容を確認するものとする。", "performs"),
    ],
)
def test_the_verb_says_what_kind_of_act_it_is(sentence, duty):
    assert [found.duty for found in found_in(sentence)] == [duty]


# Subjects left out


def test_a_sentence_of_a_paragraph_continues_the_one_before():
    body = "PMOは、案を確認する。確認の結果は、会計担当と共有するものとする。"

    assert roles_in(body) == ["pmo", "pmo"]


@pytest.mark.parametrize(
    ("between", "roles"),
    [
        ("事業者は、案を作る。", ["pmo"]),
        ("デジタル庁は、案を示す。", ["pmo"]),
        ("PJMO及び会計担当は、案を作る。", ["pmo", "pjmo", "accounting"]),
    ],
)
def test_a_sentence_does_not_continue_what_others_came_between(between, roles):
    assert roles_in(f"PMOは、案を確認する。{between}その後、公表するものとする。") == roles


@pytest.mark.parametrize("thing", ["承認されなければならない。", "次の文書とする。"])
def test_what_a_thing_is_or_undergoes_is_nobody_s_duty(thing):
    assert roles_in(f"PMOは、案を作成する。案は、{thing}") == ["pmo"]


def test_a_new_paragraph_continues_where_one_role_acts_in_the_section():
    one, two, after = (
        "PMOは、案を作る。",
        "PJMOは、案を実行する。",
        "その後は、公表するものとする。",
    )

    assert roles_in(f"{one}\n\n{after}") == ["pmo", "pmo"]
    assert roles_in(f"{one}\n\n{two}\n\n{after}") == ["pmo", "pjmo"]


@pytest.mark.parametrize(
    ("heading", "above", "roles"),
    [
        *((heading, (), ["pmo"]) for heading in ("PMO", "ＰＭＯの活動", "PMOの機能")),
        *((heading, (), ["pmo"]) for heading in ("PMOによる検証", "品質確保のためのPMOの活動")),
        ("計画管理", ("組織体制", "PMO", "PMOの機能"), ["pmo"]),
        ("PJMOへの調査の依頼", ("PMOの活動",), ["pmo"]),
        ("PJMOの活動", ("PMOの活動",), ["pjmo"]),
        ("PMOの設置", ("PJMOの活動",), []),
        *((heading, (), []) for heading in ("PMOの設置", "PMO及びPJMOの活動", "組織体制")),
    ],
)
def test_a_heading_says_who_acts_where_a_sentence_does_not(heading, above, roles):
    body = "調査の結果を取りまとめ、報告する。"

    assert roles_in(body, heading=heading, above=above) == roles


def test_a_heading_does_not_speak_for_somebody_else():
    body = "監査を担う者は、結果を報告する。各府省は、体制を整える。"

    assert roles_in(body, heading="PMOの活動") == ["each-ministry"]


def test_a_heading_above_yields_to_the_role_that_acts_in_the_section():
    body = "各府省は、環境を整える。\n\n任命に当たっては、兼業先を確かめる。"

    assert roles_in(body, heading="配置", above=("PMO",)) == ["each-ministry"] * 2


def test_a_bold_line_is_a_heading():
    body = "**PMOの活動**\n\n案を作成する。\n\n**PJMOの活動**\n\n案を実行する。"

    assert roles_in(body) == ["pmo", "pjmo"]


@pytest.mark.parametrize(
    "pointer",
    ["必要に応じて参考にしてください。", "詳細は、別紙1に定める。", "例を以下に示します。"],
)
def test_what_only_points_somewhere_is_no_duty(pointer):
    assert roles_in(pointer, heading="PMOの活動") == []


# Lists and other blocks


def test_a_list_counts_as_the_sentence_that_announces_it():
    body = "PMOは、次の事項を行うものとする。\n\n- 案を作成する。\n- 案を公表する。"

    assert [found.sentence for found in found_in(body, heading="PMOの機能")] == [
        "PMOは、次の事項を行うものとする。"
    ]


def test_an_item_that_names_its_subject_is_found_by_itself():
    body = "PMOは、次の手順を定める。\n\n- PJMOは、データを公開する。\n- 更新も行う。"

    assert roles_in(body) == ["pmo", "pjmo"]


def test_items_that_nothing_announces_are_found_one_by_one():
    body = "| 時期 | 活動 |\n|---|---|\n| 4月 | 体制を見直す。 |\n| 7月 | 予算の要求を行う。 |"

    assert roles_in(body, heading="PMOの活動") == ["pmo", "pmo"]


def test_footnotes_give_no_duties():
    body = "案を作成する[^1]。\n\n[^1]: PJMOは、案を実行するものとする。"

    assert [(one.role, one.sentence) for one in found_in(body, heading="PMOの活動")] == [
        ("pmo", "案を作成する1。")
    ]


def test_a_sentence_is_found_across_links_and_emphasis():
    html = '<p>PMOは、<a class="reference" href="edition:1/">第1編</a>の<em>案</em>を作成する。</p>'

    assert find(html, heading="規定", names=NAMES) == [
        Found("pmo", "PMOは、第1編の案を作成する。", "performs", "", "must")
    ]


def test_a_sentence_that_stands_twice_is_found_once():
    assert roles_in("PMOは、案を作成する。\n\nPMOは、案を作成する。") == ["pmo"]


def test_an_endless_sentence_is_not_read():
    assert roles_in("PMO、" * 20_000 + "PJMOは、案を作成する。") == []


# Phases


@pytest.mark.parametrize(
    ("headings", "phase"),
    [
        (["ITマネジメント", "プロジェクトの管理", "PJMOの編成"], "project_management"),
        (["ITガバナンス", "中長期計画", "策定の体制"], "project_management"),
        (["ITガバナンス", "予算及び執行", "調達前の確認"], "budget"),
        (["ITガバナンス", "組織体制", "PMO", "予算管理"], "budget"),
        (["ITマネジメント", "サービス・業務企画", "業務要件の定義"], "planning"),
        (["ITマネジメント", "要件定義", "RFIの実施"], "requirements"),
        (["ITマネジメント", "調達", "検収"], "procurement"),
        (["調達仕様書に記載する事項", "サービスの利用に係る契約"], "procurement"),
        (["ITマネジメント", "設計・開発", "運用及び保守への引継ぎ"], "development"),
        (["ITマネジメント", "サービス・業務の運営と改善", "状況の分析"], "improvement"),
        (["ITマネジメント", "運用及び保守"], "maintenance"),
        (["ITガバナンス", "システム監査の統括", "監査の体制"], "audit"),
        (["IT management", "Design and development", "Migration"], "development"),
        (["IT governance", "Organizational structure", "Budget management"], "budget"),
        (["総論", "適用"], ""),
        ([], ""),
    ],
)
def test_the_headings_suggest_the_phase(headings, phase):
    assert suggest_phase(headings) == phase


@pytest.mark.parametrize(
    ("sentence", "heading", "phase"),
    [
        ("PMOは、予算要求の方針を示す。", "規定", "budget"),
        ("PMOは、予算要求の方針を示す。", "運用及び保守", "maintenance"),
        ("PMOは、調達仕様書を確認する。", "規定", "procurement"),
        ("PMOは、調達仕様書及び要件定義書を確認する。", "規定", ""),
        ("PMOは、案を確認する。", "規定", ""),
    ],
)
def test_the_words_of_a_sentence_suggest_the_phase_where_no_heading_does(sentence, heading, phase):
    assert [found.phase for found in found_in(sentence, heading=heading)] == [phase]


# English


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("The PMO shall draw up a draft.", ["pmo performs must"]),
        ("The PMOs must draw up drafts.", ["pmo performs must"]),
        ("Each ministry is required to keep a ledger.", ["each-ministry performs must"]),
        ("Where it fails, the PJMO should consult others.", ["pjmo performs should"]),
        ("The PMO shall endeavour to help.", ["pmo performs should"]),
        ("The PMO of each ministry shall explain it.", ["pmo performs must"]),
        ("The PMO, with others, keeps a list.", ["pmo performs must"]),
        ("The PMO and the PJMO shall share it.", ["pmo performs must", "pjmo performs must"]),
        ("The PMO shall approve the plan.", ["pmo decides must"]),
        ("The PMO gives advice on the plan.", ["pmo advises must"]),
        ("The PMO shall be consulted beforehand.", ["pmo consulted must"]),
        ("The PMO shall receive a report.", ["pmo informed must"]),
        ("The PMO may inquire.", []),
        ("The PMO is an organization.", []),
        ("The PMO shall be staffed with officials.", []),
        ("The approval of the PMO shall be obtained.", []),
        ("It shall be submitted to the PMO.", []),
    ],
)
def test_english_sentences_are_read_by_their_subject_and_verb(sentence, acts):
    found = found_in(sentence, language="en")

    assert [f"{one.role} {one.duty} {one.force}" for one in found] == acts
