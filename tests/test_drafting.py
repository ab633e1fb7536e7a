"""Drafting: the only writer of texts keeps them within their limits and their trees sound."""

import pytest

from guidelines import drafting, publishing, tree
from guidelines.limits import MAX_BODY, MAX_LEVELS
from guidelines.models import Edition, Revision, Section
from guidelines.refusals import DraftRefusal
from tests import factories


def headings(edition):
    return [(section.level, str(section)) for section in edition.sections.in_order()[1:]]


def find(edition, number, title=None):
    found = edition.sections.filter(number=number)
    return (found.filter(title=title) if title else found).get()


@pytest.fixture
def draft(by):
    return factories.draft(by=by)


def test_first_draft_has_the_title_of_the_catalogue_and_an_empty_root(by):
    guideline = factories.guideline(title="雲の方針")

    draft = drafting.open_draft(guideline, by=by)

    assert (draft.title, draft.status) == ("雲の方針", Edition.Status.DRAFT)
    assert [section.parent_id for section in draft.sections.all()] == [None]


def test_next_draft_copies_text_keys_notes_and_files(by):
    first = factories.draft(by=by)
    drafting.set_notes(first, [(None, "全体", "初版")], by=by)
    drafting.attach(first, name="図 1.png", content=b"png", media_type="image/png", by=by)
    publishing.submit(first, by=by)
    decision = factories.decision()
    first = publishing.publish({first: decision.decided_on}, decision=decision, by=by)[0]

    second = drafting.open_draft(first.guideline, by=by)

    assert second.predecessor == first
    assert tree.read(second) == tree.read(first)
    assert [note.content for note in second.revision_notes.all()] == ["初版"]
    assert [file.name for file in second.attachments.all()] == ["図-1.png"]


def test_opening_a_second_draft_is_refused(draft, by):
    with pytest.raises(DraftRefusal, match="起案中の版が既にあります"):
        drafting.open_draft(draft.guideline, by=by)


def test_translation_begins_as_a_copy_of_the_published_text(by):
    original = factories.published(by=by)

    translation = drafting.open_draft(
        original.guideline, language="en", translation_of=original, by=by
    )

    assert (translation.translation_of, translation.predecessor) == (original, None)
    assert tree.read(translation) == tree.read(original)


def test_translation_of_a_draft_is_refused(draft, by):
    with pytest.raises(DraftRefusal, match="公開された版から"):
        drafting.open_draft(draft.guideline, language="en", translation_of=draft, by=by)


def test_added_section_gets_the_number_that_follows(draft, by):
    chapter = find(draft, "第2章", "組織体制")

    added = drafting.add_section(chapter, title="監査", by=by)

    assert added.number == "3."
    assert added.parent == chapter
    assert tree.faults(draft) == []


def test_section_is_added_before_another(draft, by):
    chapter = find(draft, "第2章", "組織体制")
    first = find(draft, "1.")

    added = drafting.add_section(chapter, before=first, number="0.", title="総則", by=by)

    assert added.get_next_sibling() == first
    assert tree.faults(draft) == []


def test_edit_leaves_a_revision_and_no_change_leaves_none(draft, by):
    section = find(draft, "別紙2")

    drafting.edit_section(section, body="経費を三つに区分する。\r\n", by=by)
    drafting.edit_section(section, body="経費を三つに区分する。", by=by)

    edits = draft.revisions.filter(act=Revision.Act.EDITED)
    assert [(edit.key, edit.body, edit.made_by) for edit in edits] == [
        (section.key, "経費を三つに区分する。", by)
    ]


def test_line_ends_of_a_browser_are_no_change(draft, by):
    section = drafting.edit_section(find(draft, "別紙2"), body="一\n二", by=by)
    draft.revisions.all().delete()

    drafting.edit_section(section, body="一\r\n二", by=by)

    assert draft.revisions.count() == 0


def test_act_on_a_discarded_draft_says_so(draft, by):
    section = find(draft, "別紙2")
    drafting.discard(draft, by=by)

    for act in (
        lambda: drafting.edit_section(section, body="改める。", by=by),
        lambda: drafting.describe_draft(draft, title="題", by=by),
    ):
        with pytest.raises(DraftRefusal, match="先に破棄しました"):
            act()


def test_moved_chapter_takes_its_clauses_along(draft, by):
    chapter = find(draft, "第2章", "組織体制")
    part = find(draft, "第1編")

    drafting.move_section(chapter, part, position="first-child", by=by)

    assert headings(draft) == [
        (1, "第1編 総論"),
        (2, "第2章 組織体制"),
        (3, "1. 政府全体管理"),
        (3, "2. 府省における管理"),
        (4, "1) 全体像"),
        (2, "第1章 目的"),
        (2, "第2章 適用"),
        (1, "第2編 ITガバナンス"),
        (2, "第1章 全体像"),
        (1, "別紙2 経費区分"),
    ]
    assert tree.faults(draft) == []


def test_removing_a_section_remembers_all_that_went(draft, by):
    drafting.remove_section(find(draft, "第2章", "組織体制"), by=by)

    gone = draft.revisions.filter(act=Revision.Act.REMOVED)
    assert sorted(row.title for row in gone) == sorted(
        ["組織体制", "政府全体管理", "府省における管理", "全体像"]
    )
    assert draft.sections.count() == 7
    assert tree.faults(draft) == []


def test_stale_nodes_do_not_corrupt_the_tree(draft, by):
    chapter = find(draft, "第2章", "組織体制")
    annex = find(draft, "別紙2")
    drafting.remove_section(find(draft, "第1編"), by=by)

    drafting.move_section(annex, chapter, position="left", by=by)

    assert tree.faults(draft) == []


@pytest.mark.parametrize(
    ("target", "position", "why"),
    [
        ("1)", "last-child", "その中の節へ移すことはできません"),
        ("", "left", "表紙と並ぶ節は作れません"),
    ],
)
def test_move_refuses_what_would_break_the_tree(draft, by, target, position, why):
    chapter = find(draft, "第2章", "組織体制")
    to = find(draft, target) if target else draft.sections.get(parent=None)

    with pytest.raises(DraftRefusal, match=why):
        drafting.move_section(chapter, to, position=position, by=by)

    assert tree.faults(draft) == []


def test_move_into_another_edition_is_refused(draft, by):
    elsewhere = factories.draft()

    with pytest.raises(DraftRefusal, match="別の版へ"):
        drafting.move_section(
            find(draft, "別紙2"), elsewhere.sections.get(parent=None), position="last-child", by=by
        )


def test_cover_cannot_be_removed(draft, by):
    with pytest.raises(DraftRefusal, match="表紙は削除できません"):
        drafting.remove_section(draft.sections.get(parent=None), by=by)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("あ" * 5_000_000, f"5000000字あります。{MAX_BODY}字以内"),
        ("本文\n\n## 見出し", "本文の3行目が見出し"),
        ("```\n# 注釈", "囲み（```）が閉じていません"),
        ("ヌル\0文字", "NUL"),
        ("[" * 2_500, "閉じていない括弧が多すぎます"),
        ("<a " * 5_000, "閉じていない括弧が多すぎます"),
        ("本文\n\n" + "- " * 21 + "x", "「別紙2 .*」の本文の3行目の入れ子が深すぎます。.*20段"),
    ],
)
def test_body_that_a_section_cannot_hold_is_refused(draft, by, body, why):
    section = find(draft, "別紙2")

    with pytest.raises(DraftRefusal, match=why):
        drafting.edit_section(section, body=body, by=by)

    section.refresh_from_db()
    assert section.body == "経費を区分する。"


def test_hash_inside_fenced_code_is_text(draft, by):
    edited = drafting.edit_section(find(draft, "別紙2"), body="```\n# 注釈\n```", by=by)

    assert edited.body == "```\n# 注釈\n```"


def test_tree_of_twelve_levels_is_refused(by):
    deep = factories.node("12. 底", "")
    for level in range(11, 0, -1):
        deep = factories.node(f"{level}. 段", "", deep)
    draft = factories.draft(by=by)

    with pytest.raises(DraftRefusal, match=f"見出しは{MAX_LEVELS}段まで"):
        drafting.replace_text(draft, factories.node("", "", deep), by=by)

    assert draft.sections.count() == 11


def test_adding_or_moving_below_the_last_level_is_refused(by):
    deep = factories.node(f"{MAX_LEVELS}. 底", "")
    for level in range(MAX_LEVELS - 1, 0, -1):
        deep = factories.node(f"{level}. 段", "", deep)
    draft = factories.draft(tree=factories.node("", "", deep, factories.node("9. 次", "")), by=by)
    bottom = find(draft, f"{MAX_LEVELS}.")

    with pytest.raises(DraftRefusal, match="深すぎます"):
        drafting.add_section(bottom, title="さらに下", by=by)
    with pytest.raises(DraftRefusal, match="深すぎます"):
        drafting.move_section(find(draft, "9."), bottom, position="last-child", by=by)


def test_replacing_the_text_records_only_what_changed(draft, by):
    draft.revisions.all().delete()
    text = tree.read(draft)
    text.children[0].children[0].body = "目的を改める。"

    drafting.replace_text(draft, text, by=by)

    assert [row.body for row in draft.revisions.all()] == ["目的を改める。"]


@pytest.mark.parametrize("status", ["submitted", "published"])
def test_every_act_refuses_an_edition_that_is_no_draft(by, status):
    edition = getattr(factories, status)(by=by)
    section = edition.sections.get(number="別紙2")
    acts = [
        lambda: drafting.describe_draft(edition, title="題", by=by),
        lambda: drafting.set_notes(edition, [], by=by),
        lambda: drafting.add_section(section, title="節", by=by),
        lambda: drafting.edit_section(section, body="改める。", by=by),
        lambda: drafting.move_section(section, section, position="left", by=by),
        lambda: drafting.remove_section(section, by=by),
        lambda: drafting.replace_text(edition, factories.text(), by=by),
        lambda: drafting.attach(edition, name="a", content=b"a", media_type="a/b", by=by),
        lambda: drafting.discard(edition, by=by),
    ]

    for act in acts:
        with pytest.raises(DraftRefusal, match="本文を変えられません"):
            act()


def test_editing_a_section_that_someone_removed_says_so(draft, by):
    section = find(draft, "別紙2")
    drafting.remove_section(section, by=by)
    section.pk = 999_999_999

    with pytest.raises(DraftRefusal, match="先に削除しました"):
        drafting.edit_section(section, body="改める。", by=by)


def test_discarding_leaves_nothing_of_the_draft(draft, by):
    drafting.discard(draft, by=by)

    assert Section.objects.filter(edition_id=draft.pk).count() == 0
    assert not Edition.objects.filter(pk=draft.pk).exists()


def test_same_file_attached_twice_is_one_attachment(draft, by):
    first = drafting.attach(draft, name="a.png", content=b"x", media_type="image/png", by=by)
    again = drafting.attach(draft, name="b.png", content=b"x", media_type="image/png", by=by)

    assert first == again
