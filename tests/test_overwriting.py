"""Importing over what is there: drafts edited by hand, matches corrected, nothing lost unasked."""

import pytest

from guidelines import drafting, publishing
from guidelines.importing.markdown import read
from guidelines.importing.writing import OverwriteRefusal, preview, write
from guidelines.models import Attachment, Edition, Revision
from guidelines.refusals import ImportRefusal
from tests.words import png

HEADER = """\
+++
code = "DS-910"
language = "ja"
title = "試験"
issuer = "CIO連絡会議"
decided_on = 2018-03-30
+++
"""
TEXT = "# 第1章 総論\n\n総論の本文である。\n\n# 第2章 各論\n\n各論の本文である。\n"


def source_of(text=TEXT, header=HEADER):
    return read((header + text).encode(), name="a.md")


def edited(by):
    """A draft of TEXT in which someone has corrected a section and added one."""
    write(source_of(), by=by)
    draft = Edition.objects.get()
    drafting.edit_section(draft.sections.get(title="総論"), body="直した本文である。", by=by)
    drafting.add_section(draft.sections.get(parent=None), title="追加", number="第3章", by=by)
    return draft


def test_the_list_says_what_a_draft_would_lose_and_what_of_it_was_done_by_hand(by):
    edited(by)

    with pytest.raises(OverwriteRefusal) as refusal:
        write(source_of(), by=by)

    assert [
        (one.change, one.number, one.title, one.by_hand) for one in refusal.value.overwritten
    ] == [("changed", "第1章", "総論", True), ("removed", "第3章", "追加", True)]
    assert str(refusal.value) == (
        "a.md: DS-910には起案中の版が既にあり、取り込むと2件が上書きされます"
        "（うち人が直したもの2件）: "
        "第1章 総論（変更）、第3章 追加（削除）。上書きするときは --overwrite を付けてください。"
    )
    assert Edition.objects.get().sections.get(title="総論").body == "直した本文である。"


def test_a_preview_lists_the_same_and_writes_nothing(by):
    draft = edited(by)
    before = list(draft.sections.values())

    report = preview(source_of())

    assert [(one["change"], one["title"]) for one in report.overwritten] == [
        ("changed", "総論"),
        ("removed", "追加"),
    ]
    assert list(draft.sections.values()) == before


def test_overwriting_keeps_the_keys_of_the_draft_and_leaves_a_revision(by):
    draft = edited(by)
    key = draft.sections.get(title="総論").key

    report = write(source_of(), by=by, overwrite=True)

    assert report.outcome == "起案中"
    section = Edition.objects.get().sections.get(title="総論")
    assert (section.key, section.body) == (key, "総論の本文である。")
    last = Revision.objects.filter(key=key).last()
    assert (last.act, last.body) == (Revision.Act.IMPORTED, "総論の本文である。")


def test_the_draft_of_the_same_file_is_published_as_it_stands(by):
    write(source_of(), by=by)

    report = write(source_of(), by=by, publish=True)

    assert report.outcome == "公開済み"
    assert Edition.objects.count() == 1


def test_only_the_cover_or_the_order_changed_is_said_as_well(by):
    write(source_of(), by=by)

    cover = preview(source_of(header=HEADER.replace('"試験"', '"新しい題"')))
    one, two = TEXT.split("# 第2章")
    order = preview(source_of(f"# 第2章{two}\n{one}"))

    assert [row["change"] for row in cover.overwritten] == ["cover"]
    assert [row["change"] for row in order.overwritten] == ["order"]


def test_an_edition_that_waits_for_its_decision_is_never_overwritten(by):
    write(source_of(), by=by)
    publishing.submit(Edition.objects.get(), by=by)

    with pytest.raises(ImportRefusal, match="「決定待ち」のため、取込みで書き換えられません"):
        write(source_of(TEXT.replace("総論の", "別の")), by=by, overwrite=True)


def test_a_picture_that_the_new_text_does_not_show_is_let_go(by, tmp_path):
    from guidelines.importing import read_file

    (tmp_path / "b.png").write_bytes(png())
    path = tmp_path / "a.md"
    path.write_text(f"{HEADER}# 第1章 総論\n\n![図](b.png)\n")
    write(read_file(path), by=by)
    assert Attachment.objects.count() == 1

    write(source_of(), by=by, overwrite=True)

    assert Attachment.objects.count() == 0


def test_a_draft_goes_on_from_the_edition_before_it(by):
    first = write(source_of(), by=by, publish=True)
    later = HEADER.replace("2018-03-30", "2019-03-30")
    write(source_of("# 第1章 総論\n\n総論の本文である。\n", header=later), by=by)

    second = write(source_of(header=later), by=by, overwrite=True)

    assert [row["key"] for row in second.sections] == [row["key"] for row in first.sections]


def test_a_corrected_match_is_written_and_reported(by):
    first = write(source_of(), by=by, publish=True)
    later = HEADER.replace("2018-03-30", "2019-03-30")
    source = source_of("# 第1章 新しい総論\n\n全く別の文章。\n\n# 第2章 各論\n", header=later)
    assert preview(source).sections[0]["matched"] == "new"

    report = write(source, by=by, matches={0: first.sections[0]["key"], 1: ""})

    assert [row["matched"] for row in report.sections] == ["chosen", "chosen"]
    assert report.sections[0]["key"] == first.sections[0]["key"]
    assert report.sections[1]["key"] != first.sections[1]["key"]
    assert report.matches[0]["was"]["title"] == "総論"
    assert [old["title"] for old in report.removed] == ["各論"]


def test_a_match_with_no_section_of_the_edition_before_is_refused(by):
    write(source_of(), by=by, publish=True)
    later = HEADER.replace("2018-03-30", "2019-03-30")

    with pytest.raises(ImportRefusal, match="鍵 bcdfghj9 の節は、前の版にも案にもありません"):
        preview(source_of(header=later), matches={0: "bcdfghj9"})


def test_a_key_chosen_twice_is_refused(by):
    first = write(source_of(), by=by, publish=True)
    key = first.sections[0]["key"]
    later = HEADER.replace("2018-03-30", "2019-03-30")

    with pytest.raises(ImportRefusal, match=f"鍵 {key} が二度使われています"):
        write(source_of(header=later), by=by, matches={0: key, 1: key})
