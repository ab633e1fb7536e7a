"""Bad files: a sentence that says what is wrong and where, and nothing written."""

import io
import json
import random
import socket
import zipfile

import docx
import pytest
from django.core.management import CommandError, call_command

from guidelines.importing import read_file
from guidelines.importing.writing import preview, write
from guidelines.models import Edition, Guideline, Section
from guidelines.refusals import ImportRefusal, Refusal
from tests.words import damaged, edited, everything, png, saved, with_cover


def zipped(**members):
    """A ZIP with these members; `__` in a name stands for a slash, `_` before the ending a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(change=lambda name, data: data):
    return edited(saved(with_cover("第1章 総論")), change)


def in_text(before, after):
    """A Word file in whose text one thing is replaced by another."""
    return word(
        lambda name, data: data.replace(before, after) if name == "word/document.xml" else data
    )


def encrypted():
    """A ZIP whose members say that they are encrypted."""
    data = bytearray(zipped(**{"word/document.xml": b"<x/>"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return bytes(data)


def bomb():
    """A small file that unpacks to more than is allowed."""
    return zipped(**{f"word/{number}.bin": bytes(30_000_000) for number in range(8)})


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD = {
    "not a ZIP": ("文章".encode(), "ZIP形式のファイルとして開けません"),
    "truncated": (word()[:-200], "ZIP形式のファイルとして開けません"),
    "protected": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "パスワードで保護されている"),
    "encrypted": (encrypted(), "中の「word/document.xml」が暗号化されています"),
    "climbing out": (zipped(**{"../../x.xml": b"<x/>"}), "「../../x.xml」は、このファイルの外を"),
    "absolute": (zipped(**{"/etc/x.xml": b"<x/>"}), "「/etc/x.xml」は、このファイルの外を"),
    "many files": (zipped(**{f"{n}.txt": b"" for n in range(2001)}), "2001個のファイル"),
    "a part too large": (
        zipped(**{"word/document.xml": bytes(30_000_001)}),
        "「word/document.xml」は30000001バイトあります",
    ),
    "entities": (
        in_text(b"<w:document", ENTITY + b"<w:document"),
        "「word/document.xml」に文書型宣言（DOCTYPE）",
    ),
    "entities in UTF-16": (
        word(lambda name, data: ENTITY.decode().encode("utf-16") if "styles" in name else data),
        "「word/styles.xml」に文書型宣言（DOCTYPE）",
    ),
    "strict": (
        word(
            lambda name, data: data.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
        ),
        "「Strict Open XML」形式の文書です。Wordで「Word 文書 (*.docx)」として保存し直して",
    ),
    "no text part": (word(lambda name, data: None if "document" in name else data), "開けません"),
    "no headings": (saved(docx.Document()), "見出しが一つもありません"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_word_file_is_refused_with_a_sentence(db, tmp_path, content, sentence):
    path = tmp_path / "a.docx"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        call_command("import_guideline", path, "--publish")

    assert str(refusal.value).startswith("a.docx: ")
    assert sentence in str(refusal.value)
    assert Guideline.objects.count() == 0


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    content = bomb()

    with pytest.raises(ImportRefusal, match="展開すると240000000バイトになります"):
        read_file(content, name="a.docx")

    assert len(content) < 1_000_000


def test_a_picture_of_a_hundred_megapixels_is_refused_with_its_place():
    document = with_cover("第1章 総論")
    document.add_paragraph().add_run().add_picture(io.BytesIO(png()))
    content = edited(
        saved(document),
        lambda name, data: png(10_000, 10_000) if "media/" in name else data,
    )

    with pytest.raises(ImportRefusal) as refusal:
        read_file(content, name="a.docx")

    assert str(refusal.value) == (
        "a.docx 「第1章 総論」 7番目の段落: 図「image1.png」は10000×10000画素あります。"
        "50000000画素まで取り込めます。"
    )


def test_twenty_thousand_paragraphs_are_refused_with_the_place_where_it_is_too_much():
    paragraph = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    content = in_text(b"<w:sectPr", paragraph * 20_000 + b"<w:sectPr")

    with pytest.raises(
        ImportRefusal, match=r"段落が20006個あります。15000個まで.*「第1章 総論」より後"
    ):
        read_file(content, name="a.docx")


def test_limits_are_settings(settings):
    settings.IMPORT_MAX_PARAGRAPHS = 5
    settings.IMPORT_MAX_BYTES = 10_000_000

    with pytest.raises(ImportRefusal, match="5個まで取り込めます"):
        read_file(word(), name="a.docx")


def test_a_number_that_stands_twice_is_refused_with_both_places(by):
    source = read_file(saved(with_cover("第1章 総論", "第1章 各論")), name="a.docx")
    sentence = (
        "a.docx: 番号「第1章」の見出しが同じ所に二つあります"
        "（「第1章 総論」 5番目の段落と「第1章 各論」 7番目の段落）。"
    )

    with pytest.raises(ImportRefusal) as refusal:
        write(source, by=by)

    assert str(refusal.value).startswith(sentence)
    assert preview(source).obstacles == [sentence]
    assert Guideline.objects.count() == 0
    assert write(source, by=by, read_losses=True).outcome == "起案中"


def test_lost_text_forbids_publication_until_somebody_has_read_what_is_lost(by):
    source = read_file(saved(with_cover("第1章 総論", "第2章 各論")), name="a.docx")
    source.text_kept = 99.49

    with pytest.raises(ImportRefusal, match=r"99.49%しか取り込めていません"):
        write(source, by=by, publish=True)
    assert Guideline.objects.count() == 0

    assert write(source, by=by, publish=True, read_losses=True).outcome == "公開済み"


def test_nothing_is_fetched_from_the_network(monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("the importer asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    document = with_cover("第1章 総論")
    run = document.add_paragraph().add_run()
    run.add_picture(io.BytesIO(png()))
    blip = next(run._r.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
    relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    outside = document.part.relate_to("http://127.0.0.1:9/x.png", image, is_external=True)
    blip.set(f"{relations}embed", outside)

    source = read_file(saved(document), name="a.docx")

    assert source.pictures == []
    assert source.warnings == [
        "「第1章 総論」 7番目の段落: 図: ファイルの外にある画像は読みません。"
    ]


MUTATIONS = 500


def test_damaged_files_give_a_report_or_a_refusal(by):
    contents = [saved(everything()), saved(with_cover("第1章 総論", "第2章 各論"))]
    outcomes = {"report": 0, "refusal": 0}
    for seed in range(MUTATIONS):
        content = damaged(contents[seed % 2], seed)
        code = f"DS-9{seed:03}"
        before = (Edition.objects.count(), Section.objects.count())
        try:
            report = write(read_file(content, name="a.docx", code=code), by=by)
        except Refusal as refusal:
            assert str(refusal)
            assert (Edition.objects.count(), Section.objects.count()) == before
            outcomes["refusal"] += 1
        else:
            assert json.dumps(report.as_dict())
            edition = Edition.objects.get(guideline__code=code)
            assert edition.sections.count() == len(report.sections) + 1
            outcomes["report"] += 1

    assert outcomes["report"] + outcomes["refusal"] == MUTATIONS
    # Both happen, so the damage is neither harmless nor always fatal.
    assert min(outcomes.values()) > 50


def test_damaged_real_files_give_a_report_or_a_refusal(corpus):
    content = (corpus / "DS-437" / "2026-03-17.docx").read_bytes()
    for seed in random.Random(4).sample(range(10_000), 60):
        try:
            source = read_file(damaged(content, seed), name="a.docx")
        except Refusal as refusal:
            assert str(refusal)
        else:
            assert 0 <= source.text_kept <= 100
