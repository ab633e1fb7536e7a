"""Fields of Word come in as what they show, also those that keep it in their code."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guidelines.importing import read_file
from guidelines.importing.accounting import losses
from tests.words import saved


def text(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def mark(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def field(code, result=None, *, form=""):
    """A field with this code; without a result it shows what its code says."""
    instruction = code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    shown = "" if result is None else mark("separate") + result
    return mark("begin", form) + instruction + shown + mark("end")


def read(*paragraphs):
    document = docx.Document()
    document.add_heading("第1章 総則", 1)
    for inner in paragraphs:
        element = parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, element)
    return read_file(saved(document), name="a.docx", code="DS-910", title="試験")


LIST = """<w:ffData><w:ddList>{result}<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>
</w:ffData>"""
TICKED = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
INNER = (
    f"<w:r><w:instrText> IF </w:instrText></w:r>{field(' PAGE ', text('3'))}"
    "<w:r><w:instrText> = 3 </w:instrText></w:r>"
)
SHOWN = {
    "a circled sign": (field(r" eq \o\ac(○,印) "), "㊞"),
    "a framed sign": (field(r" EQ \o\ac(□,甲乙) "), "甲乙"),
    "a reading": (
        field(r' EQ \* jc2 \* "Font:ＭＳ 明朝" \* hps10 \o\ad(\s\up 9(かしょく),可食) '),
        "<ruby>可食<rt>かしょく</rt></ruby>",
    ),
    "a fraction": (field(r" EQ \f(分子,分母) "), "分子 分母"),
    "a button": (field(" MACROBUTTON AcceptAll ここを押す "), "ここを押す"),
    "a quotation": (field(' QUOTE "引用句" '), "引用句"),
    "a sign by its number": (field(r" SYMBOL 9312 \u "), "①"),
    "a sign of a font": (field(r' SYMBOL 252 \f "Wingdings" '), "✓"),
    "a choice": (field(" FORMDROPDOWN ", form=LIST.format(result='<w:result w:val="1"/>')), "乙"),
    "the first choice": (field(" FORMDROPDOWN ", form=LIST.format(result="")), "甲"),
    "a tick": (field(" FORMCHECKBOX ", form=TICKED), "☑"),
    "a result": (field(" REF _Ref1 ", text("表1")), "表1"),
    "a field in a code": (field(INNER, text("結果")), "結果"),
    "an entry of an index": (field(' XE "索引" '), ""),
    "a simple one": ('<w:fldSimple w:instr=" QUOTE 引用句 "/>', "引用句"),
}


@pytest.mark.parametrize(("inner", "shown"), SHOWN.values(), ids=SHOWN.keys())
def test_a_field_gives_what_it_shows(inner, shown):
    source = read(text("この欄に") + inner + text("を押す。"))

    assert source.root.children[0].body == f"この欄に{shown}を押す。"
    assert source.text_kept == 100.0


@pytest.mark.parametrize(
    "inner", [mark("begin") + text("分離のない文"), mark("end") + text("分離のない文")]
)
def test_a_field_that_goes_no_further_hides_no_text(inner):
    source = read(inner, text("次の段落"))

    assert source.root.children[0].body == "分離のない文\n\n次の段落"


def test_a_field_that_nobody_can_resolve_is_said_and_counts_as_lost():
    source = read(text("日は") + field(" DATE ") + text("とする。"))

    assert source.warnings == [
        "「第1章 総則」 2番目の段落: 文字: フィールド「DATE」の結果がファイルにないため。"
    ]
    assert source.text_kept < 100


def test_a_formula_without_its_look_is_said():
    source = read(field(r" EQ \f(1,2) "))

    assert [one.how for one in losses(source)] == ["囲みや式を、書式のない文字にしました"]


def test_the_reading_of_a_word_is_no_loss():
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )

    source = read(text("この") + ruby + text("を読む。"))

    assert source.root.children[0].body == "この<ruby>漢字<rt>かんじ</rt></ruby>を読む。"
    assert (source.text_kept, losses(source)) == (100.0, [])
