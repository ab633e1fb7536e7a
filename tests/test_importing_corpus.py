"""The real guidelines come in whole: outlines, notes, tables, pictures, every character, keys."""

import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from guidelines import tree
from guidelines.addresses import address_of
from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from guidelines.importing.source import Fate
from guidelines.importing.writing import preview, write
from guidelines.models import Edition, Section
from guidelines.numbering import fold
from tests.words import outline

WORD = [
    *("DS-130/2021-03-30", "DS-130/2021-08-31"),
    *("DS-430/2022-09-12", "DS-430/2025-03-25", "DS-430/2026-03-17"),
    *("DS-437/2022-03-31", "DS-437/2025-03-25", "DS-437/2026-03-17"),
    *("DS-441/2022-03-31", "DS-441/2023-03-31", "DS-441/2026-03-17"),
    *("DS-442/2022-03-31", "DS-442/2025-03-25", "DS-442/2026-03-17"),
    *("DS-464-1/2022-03-31", "DS-464-1/2024-09-30"),
    *("DS-465-2/2022-03-31", "DS-465-2/2023-02-28"),
]
# What Word's table of contents says and the text does not, each with its reason: it is as old
# as its last update in Word. The headings stand in the file as given here.
STALE = {
    # The table of contents was not made anew when 4.6 was added.
    "DS-441/2026-03-17": {"missing": [[2, "4.6", "期間の長さ(日数・月数・年数)"]], "false": []},
    # After the last update a heading was reworded, and another one ceased to be a heading.
    "DS-465-2/2022-03-31": {
        "missing": [[2, "3.3", "データの品質確保のための監理・モニタリング"]],
        "false": [
            [2, "3.3", "データの品質確保の監理・モニタリング"],
            [3, "", "データ管理の高度化のためのPJMOの活動"],
        ],
    },
}
# Rows of the table of revisions without any text are none; the file has two of them.
EMPTY_NOTES = {"DS-465-2/2022-03-31": 2}
# Tables of revisions headed 「日付、変更位置、変更内容」, which the expectations do not count.
OTHER_NOTES = {"DS-430/2022-09-12": 4, "DS-430/2025-03-25": 5, "DS-430/2026-03-17": 6}
# Tables of the cover: keywords and abstract, and in some files the revisions.
ON_COVER = {"DS-130": 0, "DS-464-1": 2, "DS-465-2": 2}


@pytest.mark.parametrize("name", WORD)
def test_a_real_guideline_comes_in_whole(corpus, name):
    expected = json.loads((corpus / "expected.json").read_text())[f"{name}.docx"]
    stale = STALE.get(name, {"missing": [], "false": []})

    source = read_file(corpus / f"{name}.docx")

    found = outline(source)
    if expected["outline"]:
        assert [row for row in found if row not in expected["outline"]] == stale["missing"]
        assert [row for row in expected["outline"] if row not in found] == stale["false"]
        without = [row for row in found if row not in stale["missing"]]
        assert without == [row for row in expected["outline"] if row not in stale["false"]]
    if not name.startswith("DS-130"):
        assert len(found) == expected["headings"]
        assert (source.code, str(source.decided_on)) == (expected["code"], expected["decided_on"])
        assert source.issuer == "デジタル庁"
    assert source.tables == expected["tables"] - ON_COVER.get(name.split("/")[0], 1)
    assert source.images == expected["images"]
    notes = expected["revision_notes"] + OTHER_NOTES.get(name, 0) - EMPTY_NOTES.get(name, 0)
    assert len(source.notes) == notes
    assert source.text_kept == 100.0


@pytest.mark.parametrize("name", WORD)
def test_every_block_of_a_real_guideline_is_accounted_for(corpus, name):
    source = read_file(corpus / f"{name}.docx")

    left_out = {(block.kind, block.how) for block in losses(source) if block.fate is Fate.LEFT_OUT}
    assert left_out <= {
        ("目次", "目次は見出しから作り直されるため"),
        ("ヘッダー", "ページごとの柱は本文ではないため"),
        ("フッター", "ページごとの柱は本文ではないため"),
        # Word writes the pictures of newer drawings a second time for older programs.
        ("図", "同じ図が、古いソフトウェアのためにもう一度1個書かれているため"),
        ("図", "同じ図が、古いソフトウェアのためにもう一度2個書かれているため"),
    }
    assert all(block.place and block.kind for block in source.blocks)


@pytest.mark.parametrize("name", ["DS-441/2022-03-31", "DS-465-2/2022-03-31"])
def test_a_real_guideline_is_published_and_the_same_file_changes_nothing(by, corpus, name):
    path = corpus / f"{name}.docx"
    first = write(read_file(path), by=by, publish=True)

    second = write(read_file(path), by=by, publish=True)

    assert (first.outcome, second.outcome) == (
        "公開済み",
        "同じ版が公開済みのため、何も変えていません",
    )
    assert Edition.objects.count() == 1
    assert [row["key"] for row in second.sections] == [row["key"] for row in first.sections]


def test_the_same_file_over_its_own_draft_changes_nothing(by, corpus):
    path = corpus / "DS-442" / "2025-03-25.docx"
    first = write(read_file(path), by=by)

    second = write(read_file(path), by=by)

    assert second.outcome == "同じ文章の案が既にあるため、何も変えていません"
    assert second.overwritten == []
    assert [row["key"] for row in second.sections] == [row["key"] for row in first.sections]


GLOSSARY = {"code": "DS-130", "issuer": "デジタル庁"}


def glossaries(corpus, by):
    """The report of the second edition of the glossary, the first being published."""
    files = [corpus / "DS-130" / f"{day}.docx" for day in ("2021-03-30", "2021-08-31")]
    write(read_file(files[0], **GLOSSARY), by=by, publish=True)
    old = {section.key: section for section in Section.objects.exclude(parent=None)}
    return old, write(read_file(files[1], **GLOSSARY), by=by, publish=True)


def test_the_glossary_has_a_section_for_each_term(by, corpus):
    old, report = glossaries(corpus, by)

    assert (report.title, len(old), len(report.sections)) == ("標準ガイドライン群用語集", 95, 109)
    new = {
        one.key: one
        for one in Section.objects.filter(edition__decided_on="2021-08-31").exclude(parent=None)
    }
    definitions = {key: one.body.split("\n\n")[0] for key, one in old.items()}
    changed = [
        key
        for key, one in new.items()
        if key in definitions
        and one.title == old[key].title
        and one.body.split("\n\n")[0] != definitions[key]
    ]
    assert len(changed) == 28
    rfi = next(one for one in new.values() if one.title == "ＲＦＩ")
    assert rfi.reading == "アールエフアイ"
    assert rfi.body.endswith("追加年月日: 2018/03/30、最終更新年月日: 2018/03/30")


def test_of_the_glossary_fourteen_terms_are_added_and_one_is_retitled(by, corpus):
    _old, report = glossaries(corpus, by)

    # By name 15 are added and 1 is removed; one of the added succeeds the removed one.
    assert Counter(match["how"] for match in report.matches) == {"new": 14, "similar text": 1}
    assert report.removed == []
    retitled = next(match for match in report.matches if match["was"])
    assert (retitled["was"]["title"], retitled["title"]) == (
        "政府機関等の情報セキュリティ対策のための統一基準群",
        "政府機関等のサイバーセキュリティ対策のための統一基準群",
    )


def test_a_retitling_can_be_corrected_to_fifteen_added_and_one_removed(by, corpus):
    files = [corpus / "DS-130" / f"{day}.docx" for day in ("2021-03-30", "2021-08-31")]
    write(read_file(files[0], **GLOSSARY), by=by, publish=True)
    source = read_file(files[1], **GLOSSARY)
    shown = preview(source)
    place = next(match["section"] for match in shown.matches if match["how"] == "similar text")

    report = write(source, by=by, matches={place: ""})

    assert report.sections[place]["matched"] == "chosen"
    assert len([match for match in report.matches if match["was"] is None]) == 15
    assert [old["title"] for old in report.removed] == [
        "政府機関等の情報セキュリティ対策のための統一基準群"
    ]


CHAINS = {
    "DS-430": ["2022-09-12", "2025-03-25", "2026-03-17"],
    "DS-437": ["2022-03-31", "2025-03-25", "2026-03-17"],
    "DS-441": ["2022-03-31", "2023-03-31", "2026-03-17"],
    "DS-442": ["2022-03-31", "2025-03-25", "2026-03-17"],
    "DS-465-2": ["2022-03-31", "2023-02-28"],
}


@pytest.mark.parametrize("code", CHAINS)
def test_unchanged_sections_keep_their_key_through_every_edition(by, corpus, code):
    for day in CHAINS[code]:
        write(read_file(corpus / code / f"{day}.docx"), by=by, publish=True)

    editions = Edition.objects.published().order_by("decided_on")
    assert [edition.decided_on.isoformat() for edition in editions] == CHAINS[code]
    texts = [_by_address(tree.read(edition)) for edition in editions]
    for before, after in pairwise(texts):
        same = [place for place in after if place in before]
        assert same
        assert [after[place] for place in same] == [before[place] for place in same]
    titles = {edition.title for edition in editions}
    assert len(titles) == (2 if code in ("DS-437", "DS-442") else 1)


def test_a_list_of_two_levels_is_one_in_word_and_in_markdown(corpus):
    bodies = [
        read_file(corpus / "DS-441" / f"2023-03-31{ending}").root.children[0].children[0].body
        for ending in (".docx", ".md")
    ]

    lists = [
        [re.sub(r"：.*| ", "", line) for line in body.split("\n") if re.match(r" *- ", line)]
        for body in bodies
    ]
    assert lists[0] == ["-YYYY-MM-DD", "-YYYY", "-MM", "-DD"]
    assert lists[1] == lists[0]
    depths = [[len(line) - len(line.lstrip()) for line in body.split("\n")] for body in bodies]
    assert [max(one) for one in depths] == [4, 4]


def _by_address(root):
    """{(address, title): key} of the sections of a text."""

    def walk(node, above):
        for child in node.children:
            address = address_of(child.number, key="", above=above)
            yield (address, fold(child.title)), child.key
            yield from walk(child, address)

    return dict(walk(root, ""))


def test_a_section_that_moved_keeps_its_key(by, corpus):
    for day in CHAINS["DS-430"][:2]:
        report = write(read_file(corpus / "DS-430" / f"{day}.docx"), by=by, publish=True)

    # Between the two editions a new chapter 4 came in.
    moved = [match for match in report.matches if match["title"] == "外字の扱い"]
    assert [(match["was"]["number"], match["number"], match["how"]) for match in moved] == [
        ("4.5", "5.5", "title")
    ]


# Markdown of the publisher: what its outline has and that of the Word file has not, with the
# reason; compared are addresses (「1)」 below 2.1 is 2.1.1) and titles.
DEEPER = {"DS-464-1/2022-03-31": 5, "DS-465-2/2023-02-28": 35, "DS-441/2023-03-31": 0}


@pytest.mark.parametrize("name", DEEPER)
def test_markdown_and_word_of_one_edition_give_the_same_outline(corpus, name):
    word, markdown = (read_file(corpus / f"{name}{ending}") for ending in (".docx", ".md"))

    in_word, in_markdown = _places(word.root), _places(markdown.root)
    # Fourth-level headings are numbered paragraphs in Word, which stand in its text.
    deeper = [place for place in in_markdown if place[0].count(".") == 3]
    assert [place for place in in_markdown if place not in deeper] == [
        # The Word file of DS-441 ends with its table of revisions, the Markdown begins with it.
        place
        for place in in_word
        if place[1] != "変更履歴"
    ]
    text = fold("".join(node.body for node, _level in word.root.walk()))
    text = re.sub(r"\[\^\d+\]| |\*\*", "", text)
    assert len(deeper) == DEEPER[name]
    assert [title for _address, title in deeper if title.replace(" ", "") not in text] == []
    fields = ("code", "title", "subtitle", "issuer", "decided_on", "keywords")
    assert [getattr(markdown, one) for one in fields] == [getattr(word, one) for one in fields]
    assert markdown.text_kept >= 99.5
    assert markdown.footnotes == word.footnotes


def _places(root):
    return [(address.rstrip("."), title) for address, title in _by_address(root)]


def test_publishers_markdown_over_the_word_edition_before_keeps_the_keys(by, corpus):
    first = write(read_file(corpus / "DS-465-2" / "2022-03-31.docx"), by=by, publish=True)

    second = preview(read_file(corpus / "DS-465-2" / "2023-02-28.md"))

    keys = {row["key"] for row in first.sections}
    assert len([row for row in second.sections if row["key"] in keys]) >= 53


def test_the_report_has_the_fields_that_programs_rely_on(db, corpus):
    report = preview(read_file(corpus / "DS-441" / "2023-03-31.docx")).as_dict()

    assert list(report)[:14] == [
        *("code", "title", "language", "decided_on", "issuer", "keywords", "abstract"),
        *("revision_notes", "sections", "tables", "images", "footnotes", "text_kept", "warnings"),
    ]
    assert set(report["sections"][0]) == {"level", "number", "title", "key", "matched", "blocks"}
    assert report["decided_on"] == date(2023, 3, 31).isoformat()
    assert sum(row["blocks"] for row in report["sections"]) > len(report["sections"])
