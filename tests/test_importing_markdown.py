"""The project's own Markdown: what is read, what is refused, and the way there and back."""

from datetime import date

import pytest

from guidelines.exporting import markdown as exporting
from guidelines.importing import read_file
from guidelines.importing.markdown import read
from guidelines.importing.source import Note
from guidelines.importing.writing import preview, write
from guidelines.limits import MAX_BODY
from guidelines.models import Edition, Guideline, Section
from guidelines.refusals import ImportRefusal
from tests import factories
from tests.factories import node

HEADER = """\
+++
code = "DS-910"
language = "ja"
title = "試験"
issuer = "CIO連絡会議"
decided_on = 2018-03-30
+++
"""


def file(text="# 第1編 総論\n", *, header=HEADER):
    return (header + text).encode()


def outline(root):
    return [(level, one.number, one.title, one.body) for one, level in root.walk()]


def test_the_header_is_the_cover():
    header = """\
+++
code = "DS-910"
language = "ja"
title = "試験"
subtitle = "副題"
issuer = "CIO連絡会議"
decided_on = 2018-03-30
effective_on = 2018-04-01
keywords = ["一", "二"]
abstract = "概要"
demonstration = true

[[revision_notes]]
on = 2018-03-30
place = "全体"
content = "初版"

[[revision_notes]]
content = "日のない行"
+++
"""

    source = read(file(header=header), name="a.md")

    assert (source.code, source.language, source.title, source.subtitle) == (
        "DS-910",
        "ja",
        "試験",
        "副題",
    )
    assert (source.decided_on, source.effective_on) == (date(2018, 3, 30), date(2018, 4, 1))
    assert (source.issuer, source.keywords, source.abstract) == (
        "CIO連絡会議",
        ["一", "二"],
        "概要",
    )
    assert source.demonstration is True
    assert source.notes == [Note(date(2018, 3, 30), "全体", "初版"), Note(None, "", "日のない行")]


def test_headings_make_the_tree():
    text = (
        "\n前文\n\n# 第1編 総論\n\n## 第1章 目的 {#bcdfghj2}\n本文\n\n```\n# 見出しでない\n```\n\n"
        '# 用語 {#bcdfghj3 reading="よう\\"ご"}\n'
    )

    source = read(file(text), name="a.md")

    assert outline(source.root) == [
        (0, "", "", "前文"),
        (1, "第1編", "総論", ""),
        (2, "第1章", "目的", "本文\n\n```\n# 見出しでない\n```"),
        (1, "", "用語", ""),
    ]
    assert [one.key for one, _level in source.root.walk()] == ["", "", "bcdfghj2", "bcdfghj3"]
    assert source.root.children[1].reading == 'よう"ご'


def test_tables_and_footnotes_are_counted():
    source = read(file("# 一\n\n| a |\n|---|\n| b |\n\n文[^1]\n\n[^1]: 注\n"), name="a.md")

    assert (source.tables, source.footnotes) == (1, 1)


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(ends):
    content = b"\xef\xbb\xbf" + file("# 第1編 総論\n本文\n").replace(b"\n", ends.encode())

    source = read(content, name="a.md")

    assert outline(source.root) == [(0, "", "", ""), (1, "第1編", "総論", "本文")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "a.md: UTF-8の文字ではないバイトが1番目"),
        (b"", "a.md: 先頭に「+++」で挟んだ見出し情報"),
        ("# 第1編".encode(), "a.md: 先頭に「+++」で挟んだ見出し情報"),
        (b"+++\ncode =\n+++\n", "a.md: 見出し情報がTOMLとして読めません（Invalid value (at line 1"),
        (
            b"+++\ncolour = 1\nage = 2\n+++\n",
            "a.md: 見出し情報に知らない項目があります: age、colour",
        ),
        (file(header=HEADER.replace("code", "# code")), "a.md: 見出し情報に code がありません"),
        (
            file(header=HEADER.replace("2018-03-30", '"昨日"')),
            "a.md: 見出し情報の decided_on の書き方が違います（昨日）",
        ),
        (
            file(header=HEADER.replace('"試験"', "1")),
            "a.md: 見出し情報の title の書き方が違います（1）",
        ),
        (
            file(header=HEADER.removesuffix("+++\n") + "keywords = [1]\n+++\n"),
            "a.md: 見出し情報の keywords の書き方が違います（[1]）",
        ),
        (
            file(header=HEADER.replace("2018-03-30", "2018-03-30T10:00:00")),
            "a.md: 見出し情報の decided_on の書き方が違います（2018-03-30 10:00:00）",
        ),
        (
            file(header=HEADER.removesuffix("+++\n") + "[[revision_notes]]\nplace = ''\n+++\n"),
            "a.md: 改定履歴（revision_notes）に content のない行があります",
        ),
        (
            file(header=HEADER.removesuffix("+++\n") + "revision_notes = 1\n+++\n"),
            "a.md: 見出し情報の revision_notes の書き方が違います（1）",
        ),
        (
            file("本文\n# 第1編 総論\n### 1. 飛んだ\n"),
            "a.md 10行目: 見出し「1. 飛んだ」が段を飛ばしています。一つ上の見出しは1段目です",
        ),
        (file("\n# 第1編 総論 {#annex}\n"), "a.md 9行目: 「annex」は節の鍵の形ではありません"),
        (file('# 総論 {colour="red"}\n'), "a.md 8行目: 知らない属性「colour」があります"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ImportRefusal) as refusal:
        read(content, name="a.md")

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("a.pdf", 1, "a.pdf: この形式は取り込めません。取り込めるのは.docx、.md、.zipです。"),
        ("a.md", None, "a.md: 読めません（No such file or directory）。"),
        (
            "a.md",
            50_000_001,
            "a.md: 50000001バイトあります。50000000バイトまで取り込めます。",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path, name, size, sentence):
    if size:
        with (tmp_path / name).open("wb") as sparse:
            sparse.truncate(size)

    with pytest.raises(ImportRefusal) as refusal:
        read_file(tmp_path / name)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "", "a.md: 文書番号が読み取れません"),
        ("title", "", "a.md: 表紙から標題が読み取れません"),
        ("language", "fr", "a.md: 言語「fr」の版は作れません"),
        ("code", "DS-" + "1" * 18, "a.md: 文書番号「DS-11111111111111111…」は20字まで"),
        ("title", "題" * 301, f"a.md: 標題「{'題' * 20}…」は300字まで"),
        ("issuer", "会" * 201, f"a.md: 表紙の決定者・発行者「{'会' * 20}…」は200字まで"),
        ("notes", [Note(None, "章" * 501, "初版")], f"a.md: 改定箇所「{'章' * 20}…」は500字まで"),
    ],
)
def test_a_cover_that_does_not_fit_is_refused_with_a_sentence(by, field, value, sentence):
    source = read(file(), name="a.md")
    setattr(source, field, value)

    with pytest.raises(ImportRefusal) as refusal:
        write(source, by=by)

    assert str(refusal.value).startswith(sentence)
    assert Guideline.objects.count() == 0


@pytest.mark.parametrize(("field", "value"), [("issuer", ""), ("decided_on", None)])
def test_a_cover_without_a_decision_cannot_be_published(by, field, value):
    source = read(file(), name="a.md")
    setattr(source, field, value)

    with pytest.raises(
        ImportRefusal, match="決定日又は決定した組織が読み取れないため、公開できません"
    ):
        write(source, by=by, publish=True)

    assert Guideline.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "# 一 {#bcdfghj2}\n# 二 {#bcdfghj2}\n",
            "a.md: 鍵 bcdfghj2 が二度使われています",
        ),
        ("# 一 {#bcdfghj9}\n", "a.md: 鍵 bcdfghj9 はDS-911の節のものです"),
        ("# 一\n" + "あ" * (MAX_BODY + 1), "a.md: 「一」の本文は100001字あります"),
        (
            "# 一\n```\n閉じない\n",
            "a.md: 「一」の本文で、コードの囲み（```）が閉じていません",
        ),
        (
            "".join(f"{'#' * level} {level}.\n" for level in range(1, 10)),
            "a.md: 「9.」は深すぎます。見出しは8段までです",
        ),
        (
            "# 一\n" + "- " * 2_000 + "x\n",
            "a.md: 「一」の本文の1行目の入れ子が深すぎます。箇条書きと引用の入れ子は20段",
        ),
    ],
)
def test_a_text_that_does_not_fit_is_refused_and_leaves_nothing(by, text, sentence):
    factories.published(
        factories.guideline("DS-911"), tree=node("", "", node("一", key="bcdfghj9"))
    )
    source = read(file(text), name="a.md")

    with pytest.raises(ImportRefusal) as refusal:
        write(source, by=by)
    with pytest.raises(ImportRefusal) as previewed:
        preview(source)

    assert str(refusal.value).startswith(sentence)
    assert str(previewed.value) == str(refusal.value)
    assert list(Guideline.objects.values_list("code", flat=True)) == ["DS-911"]
    assert Edition.objects.count() == 1


def test_a_dry_run_reports_and_writes_nothing(by):
    report = preview(read(file("# 第1編 総論\n"), name="a.md"))

    assert [(one["level"], one["number"], one["title"]) for one in report.sections] == [
        (1, "第1編", "総論")
    ]
    assert (Guideline.objects.count(), Section.objects.count()) == (0, 0)


def test_an_import_publishes_by_the_decision_that_the_cover_names(by):
    report = write(read(file(), name="a.md"), by=by, publish=True)

    edition = Edition.objects.get()
    assert (report.outcome, report.address) == ("公開済み", "/guidelines/DS-910/2018-03-30/")
    assert (edition.decision.body.name, edition.decision.decided_on) == (
        "CIO連絡会議",
        date(2018, 3, 30),
    )
    assert "DS-910 試験（2018-03-30、ja）: 公開済み" in report.as_text()


def test_the_same_file_twice_changes_nothing(by):
    for _turn in range(2):
        report = write(read(file("# 一\n本文\n"), name="a.md"), by=by, publish=True)

    assert report.outcome == "同じ版が公開済みのため、何も変えていません"
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "# 一\n[文](https://example.jp/)のとおり定める。\n# 二\n",
        "# 一\n[文](https://example.jp/)による。\n",
        "# 二\n# 一\n[文](https://example.jp/)による。\n",
        "# 一\n## 二\n",
    ],
)
def test_another_text_for_a_published_edition_is_refused(by, text):
    published = "# 一\n[文](https://example.jp/)による。\n# 二\n"
    write(read(file(published), name="a.md"), by=by, publish=True)

    with pytest.raises(ImportRefusal, match="公開済みで、変えられません"):
        write(read(file(text), name="a.md"), by=by, publish=True)


def test_the_next_edition_carries_the_keys_on(by):
    write(read(file("# 第1章 目的\n# 第2章 体制\n"), name="a.md"), by=by, publish=True)
    header = HEADER.replace("2018-03-30", "2019-02-25")

    report = write(
        read(file("# 第1章 目的\n# 第2章 新設\n# 第3章 体制\n", header=header), name="b.md"),
        by=by,
        publish=True,
    )

    first, second = Edition.objects.order_by("decided_on")
    keys = {one.title: one.key for one in first.sections.all()}
    assert [(one["title"], one["matched"]) for one in report.sections] == [
        ("目的", "number and title"),
        ("新設", "new"),
        ("体制", "title"),
    ]
    assert second.sections.get(title="目的").key == keys["目的"]
    assert second.sections.get(title="体制").key == keys["体制"]


def test_a_translation_needs_its_original(by):
    header = HEADER.replace('"ja"', '"en"')

    with pytest.raises(
        ImportRefusal, match="翻訳の元になるDS-910の2018-03-30の版がまだ公開されていません"
    ):
        write(read(file(header=header), name="a.en.md"), by=by)


def test_a_translation_takes_keys_and_day_of_its_original(by):
    write(read(file("# 第1編 総論\n## 第1章 目的\n"), name="a.md"), by=by, publish=True)
    header = HEADER.replace('"ja"', '"en"')

    write(
        read(file("# Part 1 General\n## Chapter 1 Purpose\n", header=header), name="a.en.md"),
        by=by,
        publish=True,
    )

    original, english = Edition.objects.order_by("serial")
    assert english.translation_of == original
    assert list(english.sections.in_order().values_list("key", "address")) == list(
        original.sections.in_order().values_list("key", "address")
    )


def export_and_read(edition):
    return read(exporting.write(edition).encode(), name="a.md")


def test_an_export_is_read_back_with_its_cover(by):
    edition = factories.draft(
        title='題"\\名',
        subtitle="副題",
        issuer="CIO連絡会議",
        abstract="一\n+++\n二",
        keywords=['"', "二"],
    )
    from guidelines import drafting, publishing

    drafting.set_notes(edition, [(date(2018, 3, 30), "全体", "初版"), (None, "", "\x7f")], by=by)
    publishing.submit(edition, by=by)
    decision = factories.decision()
    [edition] = publishing.publish({edition: decision.decided_on}, decision=decision, by=by)

    source = export_and_read(edition)

    assert (source.title, source.subtitle, source.issuer, source.abstract, source.keywords) == (
        '題"\\名',
        "副題",
        "CIO連絡会議",
        "一\n+++\n二",
        ['"', "二"],
    )
    assert (source.code, source.decided_on) == (edition.guideline.code, edition.decided_on)
    assert source.notes == [Note(date(2018, 3, 30), "全体", "初版"), Note(None, "", "\x7f")]
