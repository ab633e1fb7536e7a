"""Covers of Word files: what each says of the document, its day and its revisions."""

from datetime import date

import docx
import pytest

from guidelines.importing import read_file
from guidelines.importing.source import Note
from guidelines.importing.word import read
from tests.words import outline, saved, with_cover


def test_a_real_cover_is_read(corpus):
    source = read_file(corpus / "DS-464-1" / "2024-09-30.docx")

    assert (source.code, source.title, source.issuer) == (
        "DS-464-1",
        "API導入実践ガイドブック",
        "デジタル庁",
    )
    assert source.decided_on == date(2024, 9, 30)
    assert source.keywords == [
        *("行政情報の流通・活用", "APIエコノミー", "データモデル", "国際標準"),
        *("デファクト標準", "相互運用性", "モデル仕様書"),
    ]
    assert source.abstract.startswith("データは公開もさることながら、活用してこそ価値を生みます。")
    assert len(source.notes) == 6
    assert [note.revised_on.year for note in source.notes] == [2024, 2022, 2022, 2022, 2019, 2017]


def test_a_title_without_its_style_stands_between_code_and_day(corpus):
    source = read_file(corpus / "DS-465-2" / "2023-02-28.docx")

    assert source.title == "データマネジメント実践ガイドブック （運用編）"
    assert len(source.pictures) == 6


def test_the_cover_is_read_from_what_precedes_the_text():
    document = docx.Document()
    document.add_paragraph("実践ガイドブック　ＤＳ－９１０")
    document.add_paragraph("試験用", style="Title")
    document.add_paragraph("ガイドブック", style="Title")
    document.add_paragraph("２０１８年（平成30年）３月30日")
    document.add_paragraph("デジタル庁")
    document.add_table(1, 1).cell(0, 0).text = "［キーワード］\n一、二\n［概要］\n概要である。"
    notes = document.add_table(3, 3)
    for row, texts in zip(
        notes.rows,
        [("改訂年月日", "改訂箇所", "改訂内容"), ("2018年3月30日", "全体", "初版"), ("", "", "")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("総論", 1)

    source = read(saved(document), name="a.docx")

    assert (source.code, source.title, source.issuer) == (
        "DS-910",
        "試験用 ガイドブック",
        "デジタル庁",
    )
    assert (source.decided_on, source.keywords, source.abstract) == (
        date(2018, 3, 30),
        ["一", "二"],
        "概要である。",
    )
    assert source.notes == [Note(date(2018, 3, 30), "全体", "初版")]
    assert outline(source) == [[1, "", "総論"]]


def test_a_cover_with_the_decision_on_the_line_of_the_day_and_a_later_revision():
    document = docx.Document()
    for text in (
        "標準ガイドライン群 DS-910",
        "試験の手引",
        "2018年（平成30年）3月30日　CIO連絡会議決定",
        "2019年（平成31年）2月25日最終改定",
        "〔キーワード〕",
        "一、二",
        "〔概要〕",
        "概要である。",
        "この手引は、案である。",
    ):
        document.add_paragraph(text)
    document.paragraphs[-1]._p.getparent().remove(document.paragraphs[-1]._p)
    document.add_heading("第1章 総論", 1)

    source = read(saved(document), name="a.docx")

    assert (source.code, source.title, source.issuer) == ("DS-910", "試験の手引", "CIO連絡会議")
    assert (source.decided_on, source.keywords, source.abstract) == (
        date(2019, 2, 25),
        ["一", "二"],
        "概要である。",
    )


def test_what_nobody_knows_of_a_cover_is_kept_as_preface():
    document = with_cover()
    document.add_paragraph("この手引は、案である。")
    document.add_heading("第1章 総論", 1)

    source = read(saved(document), name="a.docx")

    assert source.root.body == "この手引は、案である。"


def test_the_one_heading_above_all_stays_a_section_where_a_title_was_said():
    document = docx.Document()
    document.add_heading("総則", 1)
    document.add_heading("目的", 2)
    content = saved(document)

    titles = [
        [source.title, outline(source)]
        for source in (
            read_file(content, name="a.docx", code="DS-910", **said)
            for said in ({}, {"title": "試験"})
        )
    ]

    assert titles == [
        ["総則", [[1, "", "目的"]]],
        ["試験", [[1, "", "総則"], [2, "", "目的"]]],
    ]


def cover_with(day):
    """What is read of a cover with a line for the day."""
    document = docx.Document()
    document.add_paragraph("実践ガイドブック DS-910")
    document.add_paragraph("試験用ガイドブック", style="Title")
    document.add_paragraph(day)
    document.add_heading("総論", 1)
    return read(saved(document), name="a.docx")


@pytest.mark.parametrize(
    "day",
    [
        *("令和八年四月一日", "二〇二六年四月一日", "R8.4.1", "Ｒ８．４．１", "2026/04/01"),
        *("2026.4.1", "2026-04-01", "2026年（令和8年）4月1日", "2026年4月1日（令和8年4月1日）"),
    ],
)
@pytest.mark.parametrize("issuer", ["", "十日町会議"])
def test_the_day_of_a_cover_is_read_however_it_is_written(day, issuer):
    source = cover_with(f"{day}　{issuer}決定".removesuffix("" if issuer else "　決定"))

    assert (source.decided_on, source.issuer) == (date(2026, 4, 1), issuer)
    assert source.warnings == []


def test_a_version_is_no_day():
    assert cover_with("第1.2.3版").decided_on is None


@pytest.mark.parametrize("day", ["2026年（令和7年）4月1日", "2026年4月1日（令和7年4月1日）"])
def test_a_day_that_is_of_two_years_is_said(day):
    source = cover_with(day)

    assert source.decided_on == date(2026, 4, 1)
    assert source.warnings == [
        f"表紙 3番目の段落: 「{day}」の西暦と和暦が合いません。2026-04-01と読みました。"
    ]
