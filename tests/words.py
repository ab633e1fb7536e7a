"""Makes small Word files for tests, and damages them."""

import io
import random
import struct
import zipfile
import zlib

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guidelines.importing.word import read
from guidelines.numbering import fold

LISTS = """
<w:abstractNum {ns} w:abstractNumId="80">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/>
    <w:pPr><w:ind w:left="420"/></w:pPr></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="%2"/>
    <w:pPr><w:ind w:left="840"/></w:pPr></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/>
    <w:pPr><w:ind w:left="1260"/></w:pPr></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%4."/>
    <w:pPr><w:ind w:left="420"/></w:pPr></w:lvl>
</w:abstractNum>"""
NUM = '<w:num {ns} w:numId="80"><w:abstractNumId w:val="80"/></w:num>'
FOOTNOTE = '<w:r {ns}><w:footnoteReference w:id="{id}"/></w:r>'


def saved(document):
    """The bytes of a document made for a test."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def outline(source):
    """[level, number, title] of each section that was read, as Word prints its contents."""
    return [
        [level, fold(node.number).rstrip("."), fold(node.title)]
        for node, level in source.root.walk()
        if level
    ]


def body_of(*fill):
    """The Markdown that a section has when `fill` has been written below its heading."""
    document = docx.Document()
    document.add_heading("総論", 1)
    for write_to in fill:
        write_to(document)
    return read(saved(document), name="a.docx").root.children[0].body


def png(width=1, height=1):
    """A picture of one dot, which may claim to be larger."""

    def chunk(name, data):
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dot = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + dot + chunk(b"IEND", b"")


def with_cover(*headings):
    """A document with a cover, and headings of the first level with a paragraph each."""
    document = docx.Document()
    document.add_paragraph("実践ガイドブック DS-910")
    document.add_paragraph("試験用ガイドブック", style="Title")
    document.add_paragraph("2018年（平成30年）3月30日")
    document.add_paragraph("デジタル庁")
    for heading in headings:
        document.add_heading(heading, 1)
        document.add_paragraph(f"{heading}の本文である。")
    return document


def number(document, paragraph, level):
    """Give a paragraph the automatic number of a level of LISTS."""
    numbering = document.part.numbering_part.element
    if not numbering.xpath("w:num[@w:numId='80']"):
        numbering.insert(0, parse_xml(LISTS.format(ns=nsdecls("w"))))
        numbering.append(parse_xml(NUM.format(ns=nsdecls("w"))))
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = 80
    properties.get_or_add_ilvl().val = level
    return paragraph


def everything():
    """A document with a little of all that the importer reads."""
    document = with_cover("第1章 総論", "第2章 各論")
    for level in (0, 1, 2):
        number(document, document.add_paragraph(f"項{level}"), level)
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "項目"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "縦"
    document.add_paragraph("図1 試験").style = document.styles["Caption"]
    document.add_paragraph().add_run().add_picture(io.BytesIO(png()))
    return document


def edited(content, change):
    """A ZIP with each member changed by `change(name, bytes)`; None takes it out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            if (data := change(name, before.read(name))) is not None:
                after.writestr(name, data)
    return file.getvalue()


def damaged(content, seed):
    """The file with one thing wrong: bytes flipped or cut, a part lost, XML cut or garbled."""
    turn = random.Random(seed)
    kind = turn.choice(["flip", "cut", "lose", "truncate", "garble", "swap", "number"])
    if kind in ("flip", "cut"):
        data = bytearray(content)
        for _time in range(turn.randint(1, 8)):
            data[turn.randrange(len(data))] ^= 1 << turn.randrange(8)
        return bytes(data if kind == "flip" else data[: turn.randrange(len(data))])
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    # Most of what can go wrong is in the text and its definitions.
    hit = turn.choice([*names, *["word/document.xml"] * 8, *["word/numbering.xml"] * 3])

    def change(name, data):
        if name != hit:
            return data
        place = turn.randrange(len(data) + 1)
        if kind == "lose":
            return None
        if kind == "truncate":
            return data[:place]
        if kind == "swap":
            return data[place:] + data[:place]
        if kind == "number":
            value = turn.choice([b"-1", b"0", b"999999999", b"x", b""])
            return data.replace(b'w:val="1"', b'w:val="' + value + b'"', turn.randint(1, 5))
        return data[:place] + turn.randbytes(turn.randint(1, 20)) + data[place:]

    return edited(content, change)
