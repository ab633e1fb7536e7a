"""Reads the runs of a Word paragraph: marked text, links, breaks, pictures, notes and boxes."""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from lxml import etree

from guidelines.importing.inline import Break, Cited, Ruby, Shown, Text
from guidelines.importing.pictures import SHOWN
from guidelines.importing.source import Fate
from guidelines.importing.word_fields import shown_by
from guidelines.importing.word_text import (
    ALTERNATIVES,
    BOX,
    MATH,
    PICTURES,
    WORD_ART,
    bare_shapes,
    chosen,
    is_on,
    pictures_in,
    plain,
    sign,
)

_INSIDE = {
    qn(f"w:{name}")
    for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir")
} | {qn("w:bdo")}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_WEB = ("http://", "https://", "mailto:")
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
# Drawings whose text is in a part of its own.
DRAWN_TEXT = (_CHART, _DIAGRAM)
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True)
class Box:
    """A text box that hangs on a paragraph."""

    element: Any


@dataclass
class _Field:
    """A field that is open: its code, the characters among it, and the link it gives."""

    begin: Any
    code: str = ""
    held: list = dataclass_field(default_factory=list)
    is_code: bool = True
    link: str = ""


class Runs:
    """Reads the paragraphs of one part of the file: its document, or its footnotes."""

    def __init__(self, part, *, styles, pictures, account, images):
        self.part = part
        self.styles = styles
        self.pictures = pictures
        # Called with kind, fate, how, and the text concerned.
        self.account = account
        self.images = images
        # Fields may be spread over runs, and stand in each other.
        self.fields: list[_Field] = []

    def tokens(self, paragraph):
        """The tokens of a paragraph, in order; boxes stand where they hang."""
        self.fields = []
        found = list(self._inside(paragraph, ""))
        # What looked like the code of a field that goes no further was text.
        return found + [token for field in self.fields for token in field.held]

    def _inside(self, element, link):
        for child in element.iterchildren():
            if child.tag == qn("w:r"):
                yield from self._run(child, link)
            elif child.tag == qn("w:hyperlink"):
                yield from self._inside(child, self._target(child) or link)
            elif child.tag == qn("w:fldSimple") and not plain(child).strip():
                code = child.get(qn("w:instr")) or ""
                yield from self._inside(child, link)
                yield from self._shown(code, None, frozenset(), link)
            elif child.tag in _INSIDE:
                yield from self._inside(child, link)
            elif child.tag in (qn("w:del"), qn("w:moveFrom")):
                struck = "".join(text.text or "" for text in child.iter(qn("w:delText"), qn("w:t")))
                if struck:
                    how = _("変更履歴で削除された文字のため")
                    self.account(_("文字"), Fate.LEFT_OUT, how, struck)
                self._leave_pictures(child, _("変更履歴で削除された図のため"))
            elif child.tag == qn("w:subDoc"):
                how = _("別のファイルに分けた文書です。Wordで一つの文書にして保存し直してください")
                self.account(_("埋込み"), Fate.LEFT_OUT, how, warns=True)
            elif child.tag in MATH:
                text = plain(child)
                self.account(_("数式"), Fate.TURNED, _("書式のない文字にしました"), text)
                yield Text(text)
            elif child.tag == ALTERNATIVES:
                yield from self._inside(chosen(child), link)

    def _target(self, hyperlink):
        """The address a hyperlink leads to; "" for a place in the file, which the portal links."""
        named = hyperlink.get(qn("r:id"))
        relation = self.part.rels.get(named)
        if named and relation is None:
            self.account(
                _("リンク"),
                Fate.TURNED,
                _("リンク先がファイルにないため、文字だけを取り込みました"),
            )
        if relation is None or not relation.is_external:
            return ""
        return self._led(relation.target_ref)

    def _led(self, address):
        """The address, if it is one of the web; any other is dropped, and said."""
        found = _web_address(address)
        if address and not found:
            how = _("リンク先「%s」はウェブの番地ではないため、文字だけを取り込みました")
            self.account(_("リンク"), Fate.TURNED, how % address[:80])
        return found

    def _leave_pictures(self, element, how):
        """Name the pictures in what stays out, a line for all of them."""
        count = sum(1 for _one in pictures_in(element))
        if count:
            self.account(_("図"), Fate.LEFT_OUT, how, _("図%d個") % count)

    def _run(self, run, link):
        properties = run.find(qn("w:rPr"))
        if is_on(properties, "w:vanish"):
            if text := plain(run, boxes=True):
                self.account(_("文字"), Fate.LEFT_OUT, _("隠し文字のため"), text)
            self._leave_pictures(run, _("隠し文字の中の図のため"))
            return
        marks = self.styles.marks(properties)
        link = link or next((one.link for one in reversed(self.fields) if one.link), "")
        if link:
            marks -= {"u"}
        for child in run.iterchildren():
            for token in self._child(child, marks, link):
                outer = next((one for one in reversed(self.fields) if one.is_code), None)
                if outer is None or not isinstance(token, Text | Ruby | Break):
                    yield token
                    continue
                # Inside the code of a field nothing is shown; another field may be asked there.
                outer.code += token.text if isinstance(token, Text) else ""
                outer.held.append(token)

    def _child(self, child, marks, link):
        if child.tag == qn("w:t"):
            yield Text(child.text or "", marks, link)
        elif child.tag == qn("w:tab"):
            yield Text(" ", marks, link)
        elif child.tag == qn("w:noBreakHyphen"):
            yield Text("-", marks, link)
        elif child.tag == qn("w:sym"):
            yield Text(sign(child), marks, link)
        elif child.tag in (qn("w:br"), qn("w:cr")):
            if child.get(qn("w:type")) in (None, "textWrapping"):
                yield Break()
        elif child.tag == qn("w:fldChar"):
            yield from self._follow_field(child, marks, link)
        elif child.tag == qn("w:instrText"):
            if self.fields:
                self.fields[-1].code += child.text or ""
        elif child.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            prefix = "" if child.tag == qn("w:footnoteReference") else "e"
            yield Cited(f"{prefix}{child.get(qn('w:id'))}")
        elif child.tag == qn("w:ruby"):
            base, reading = child.find(qn("w:rubyBase")), child.find(qn("w:rt"))
            yield Ruby(
                plain(base) if base is not None else "",
                plain(reading) if reading is not None else "",
            )
        elif child.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object"), ALTERNATIVES):
            yield from self._drawn(child)
        elif child.tag == qn("w:contentPart"):
            self.account(_("図"), Fate.LEFT_OUT, _("手書き（インク）は読めません"))

    def _follow_field(self, mark, marks, link):
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            self.fields.append(_Field(mark))
        elif kind == "separate" and self.fields:
            found = _LINK.match(self.fields[-1].code)
            self.fields[-1].is_code = False
            self.fields[-1].held = []
            self.fields[-1].link = self._led(found[1]) if found else ""
        elif kind == "end" and self.fields:
            closed = self.fields.pop()
            if closed.is_code:
                yield from self._shown(closed.code, closed.begin, marks, link)

    def _shown(self, code, begin, marks, link):
        """What a field without a result shows by its code."""
        found = shown_by(code, begin, marks, link)
        if found is None:
            how = _("フィールド「%s」の結果がファイルにないため") % code.strip()[:40]
            self.account(_("文字"), Fate.LEFT_OUT, how, code.strip(), warns=True, counts=True)
            return
        tokens, is_changed = found
        if is_changed:
            self.account(_("文字"), Fate.TURNED, _("囲みや式を、書式のない文字にしました"))
        yield from tokens

    def _drawn(self, element):
        """Pictures and boxes of a drawing, each once."""
        tags = (*PICTURES, BOX, WORD_ART, *DRAWN_TEXT)
        met = [one for one in _met(element, tags) if one.tag != PICTURES[-1] or one.get(qn("r:id"))]
        for found in met:
            if found.tag == BOX:
                yield Box(found)
            elif found.tag == WORD_ART:
                yield from self._word_art(found)
            elif found.tag in DRAWN_TEXT:
                yield from self._drawn_text(found)
            else:
                yield from self._picture(found)
        shapes = bare_shapes(element)
        if shapes or not met:
            self._leave_shapes(element, shapes)

    def _leave_shapes(self, element, count):
        """Name shapes without words, once for the drawing that they are in."""
        texts = [one.get("descr") or "" for one in element.iter(qn("wp:docPr"))]
        texts += [one.get("alt") or "" for one in element.iter() if one.get("alt")]
        described = " ".join(dict.fromkeys(filter(None, texts)))
        if count:
            how = _("文字も画像もない図形%d個は取り込めません") % count
        else:
            how = _("文字も画像もない図のため")
        self.account(_("図"), Fate.LEFT_OUT, how, described)

    def _word_art(self, found):
        """The words of the older kind of WordArt."""
        text = found.get("string") or ""
        if text.strip():
            how = _("ワードアートは、その文字だけを取り込みました")
            self.account(_("図"), Fate.TURNED, how, text, counts=True)
            yield Text(text)
            yield Break()

    def _drawn_text(self, found):
        """The words of a SmartArt, a line each; a chart stays out, with its words named."""
        relation = self.part.rels.get(found.get(qn("r:dm")) or found.get(qn("r:id")))
        texts = []
        if relation is not None and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, _SAFE)
            for paragraph in root.iter(qn("a:p")):
                texts.append("".join(text.text or "" for text in paragraph.iter(qn("a:t"))))
        texts = [text for text in texts if text.strip()]
        if found.tag == _CHART:
            how = _("グラフは読めません。画像にして貼り付けてください")
            fate = Fate.LEFT_OUT
        elif not texts:
            how, fate = _("SmartArtの文字がファイルの中にありません"), Fate.LEFT_OUT
        else:
            how, fate = _("SmartArtは、その文字だけを取り込みました"), Fate.TURNED
            for text in texts:
                yield Text(text)
                yield Break()
        self.account(_("図"), fate, how, "\n".join(texts), warns=True, counts=True)

    def _picture(self, found):
        embedded = found.get(qn("r:embed")) or found.get(qn("r:id"))
        if embedded not in self.part.rels or self.part.rels[embedded].is_external:
            how = _("図の画像がファイルの中にありません")
            # One that is linked to is never fetched.
            if found.get(qn("r:link")) or embedded in self.part.rels:
                how = _("ファイルの外にある画像は読みません")
            self.account(_("図"), Fate.LEFT_OUT, how, "", warns=True)
            return
        part = self.part.rels[embedded].target_part
        picture = self.pictures.keep(part.blob, str(part.partname), place=self.account.place())
        if picture is None:
            self.account(_("図"), Fate.LEFT_OUT, _("画像として読めません"), "", warns=True)
            return
        self.images.append(picture)
        described = _alternative(found)
        if picture.media_type not in SHOWN:
            kind = picture.name.rpartition(".")[2].upper()
            how = _("%s形式はブラウザで表示できないため、ダウンロードするファイルにしました") % kind
            self.account(_("図"), Fate.TURNED, how, "", warns=True)
            yield Shown(picture.address, described, downloads=described or _("図（%s）") % kind)
            return
        if not described:
            self.account.warn(_("図「%s」に代替テキストがありません。") % picture.name)
        yield Shown(picture.address, described)


def _met(element, tags):
    """The elements of these tags, outermost first, of two alternatives one only."""
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        if child.tag in tags:
            yield child
        else:
            yield from _met(child, tags)


def _alternative(found):
    """The text that the file has for those who do not see a picture."""
    for tag, attributes in (
        (qn("pic:cNvPr"), ("descr",)),
        (qn("wp:docPr"), ("descr", "title")),
        ("{urn:schemas-microsoft-com:vml}shape", ("alt",)),
    ):
        for around in found.iterancestors(
            qn("pic:pic"), qn("wp:inline"), qn("wp:anchor"), "{urn:schemas-microsoft-com:vml}shape"
        ):
            for one in around.iter(tag):
                text = next((one.get(name) for name in attributes if one.get(name)), "")
                # Word's own guesses end with a remark that a machine made them.
                text = re.sub(r"\s*自動的に生成された説明\s*$", "", text)
                if text:
                    return re.sub(r"\s+", " ", text).strip()
                break
    return ""


def _web_address(address):
    """An address of the web, or "" for a path on someone's disk."""
    return address if address.lower().startswith(_WEB) and not re.search(r"[\s<>]", address) else ""
