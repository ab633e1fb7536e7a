"""Makes the ways of writing the same thing one, so that whoever searches need not know which.

What is made one: width and case (ＲＦＩ, rfi), old and new forms of characters (國, 国), small and
large vowels (ソフトウェア, ソフトウエア), the long vowel at the end of a katakana word (サーバー,
サーバ), middle dots (ガバメント・クラウド), and blanks beside Japanese (IT ガバナンス).

A part of a text, folded, is a part of the folded text, wherever it was cut: a search by substrings
relies on it. Japanese digits break that (「十二章」 is a part of 「第二十二章」), so that it leaves
them as they are, and asks for both writings; see `writings`.
"""

import re
import unicodedata
from functools import lru_cache

from guidelines.numbering import ANNEXES, KANJI, to_int

# Old forms and forms in names, each above the form it is searched by.
_OLD = (
    "亞惡壓圍爲醫壹稻飮隱營榮衞驛圓鹽緣艷應歐毆櫻奧橫溫穩假價畫會繪壞懷樂擴殼覺學嶽勸卷寬歡觀關陷顏"
    "氣歸僞戲犧舊據擧峽挾狹鄕曉勳徑惠揭攜溪經繼莖螢輕鷄藝擊缺儉劍圈檢權獻縣險顯驗嚴廣效恆鑛號國黑濟碎齋"
    "劑册雜產參慘棧蠶贊殘絲齒辭濕實寫釋壽收從澁獸縱肅處敍奬將燒稱證乘剩壤孃條淨疊讓釀囑觸寢愼晉眞盡圖"
    "粹醉隨髓數樞瀨聲靜齊攝竊專戰淺潛纖踐錢禪雙壯搜插爭總聰莊裝騷增臟藏屬續墮體對帶滯臺瀧擇澤單擔膽團彈"
    "斷癡遲晝蟲鑄廳聽敕鎭遞鐵轉點傳黨燈當鬪德獨讀屆繩貳腦霸廢拜賣麥發髮拔蠻祕濱甁拂佛倂變邊邉辨瓣辯寶豐"
    "襃沒飜萬滿默彌譯藥與餘豫搖樣謠來賴亂覽龍兩獵綠壘勵禮隸靈齡戀爐勞樓錄灣﨑髙"
)
_NEW = (
    "亜悪圧囲為医壱稲飲隠営栄衛駅円塩縁艶応欧殴桜奥横温穏仮価画会絵壊懐楽拡殻覚学岳勧巻寛歓観関陥顔"
    "気帰偽戯犠旧拠挙峡挟狭郷暁勲径恵掲携渓経継茎蛍軽鶏芸撃欠倹剣圏検権献県険顕験厳広効恒鉱号国黒済砕斎"
    "剤冊雑産参惨桟蚕賛残糸歯辞湿実写釈寿収従渋獣縦粛処叙奨将焼称証乗剰壌嬢条浄畳譲醸嘱触寝慎晋真尽図"
    "粋酔随髄数枢瀬声静斉摂窃専戦浅潜繊践銭禅双壮捜挿争総聡荘装騒増臓蔵属続堕体対帯滞台滝択沢単担胆団弾"
    "断痴遅昼虫鋳庁聴勅鎮逓鉄転点伝党灯当闘徳独読届縄弐脳覇廃拝売麦発髪抜蛮秘浜瓶払仏併変辺辺弁弁弁宝豊"
    "褒没翻万満黙弥訳薬与余予揺様謡来頼乱覧竜両猟緑塁励礼隷霊齢恋炉労楼録湾崎高"
)
_FORMS = str.maketrans(_OLD + "ヶヵァィゥェォ", _NEW + "ケカアイウエオ")
# What is typed for a hyphen or a minus; for a set of signs in a pattern.
DASHES = "\\-‐‑‒–—―−－ーｰ─━"
_JAPANESE = "ぁ-ゖァ-ヺー一-鿿㐀-䶿々〆〇"
_LETTER = r"[^\W_]"
_BLANKS = re.compile(r"[^\S\n]*\n\s*|[^\S\n]+")
# What is left out, with a sign without which there is nothing of it.
_LEFT_OUT = (
    *((sign, re.compile(sign)) for sign in "\u00ad\u200b\u2060\ufeff"),
    ("ー", re.compile(r"ー+(?![ァ-ヺー])")),
    ("・", re.compile(rf"(?<={_LETTER})・(?={_LETTER})")),
    ("·", re.compile(rf"(?<={_LETTER})·(?={_LETTER})")),
    (" ", re.compile(rf"(?<=[{_JAPANESE}]) (?={_LETTER})|(?<={_LETTER}) (?=[{_JAPANESE}])")),
)
_KANJI_NUMBER = re.compile(f"(?<=第)[{KANJI}]+(?=[編部章節款目条項])")
# Numbers that are written in both ways: 「第三回」, 「別紙二」, 「三つ」; but not those of a word.
_BEFORE = "|".join(f"(?<={name})" for name in ("第", *ANNEXES.split("|")))
_AFTER = "(?=[つ個回年月日人名社者件点割倍週版]|[か箇カケ]月|項目|段階|種類|以上|以下|以内|時間)"
_KANJI_COUNT = re.compile(rf"(?:{_BEFORE})[{KANJI}]+(?!者)|(?<![{KANJI}第])[{KANJI}]+{_AFTER}")
_COUNT = re.compile(rf"(?:{_BEFORE})\d{{1,3}}(?!\d)|(?<![\d.])\d{{1,3}}{_AFTER}")
# 「霞ヶ関」 and 「三ヶ月」 are also written with another sign.
_KE = re.compile(r"(?<=[一-鿿\d])ケ(?=[一-鿿])")
# Loanwords that are spelt in two ways, as they are folded.
_SPELT = (("インターフエ", "インタフエ"), ("フエース", "フエイス"))
_BORDER = re.compile(r"[\W_]+")
# Signs that are even as they are, or one with the marks behind it, which may become one.
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
# Signs of which none grows together with the one behind it, but for the marks.
_USUAL = re.compile(rf"[\x00-\x7f‐-‧ -〿ぁ-ヿ一-鿿！-ﾝ{_MARKS}]*")
_SIGN = re.compile(f"[ぁ-んァ-ヺー・一-鿿、。「」a-z0-9 \n]+(?![{_MARKS}])|.[{_MARKS}]*", re.DOTALL)


class Folded:
    """A folded text that knows where in the original each of its signs stands."""

    def __init__(self, text, places):
        self.text = text
        self._places = places

    def place(self, at):
        """Where in the original the folded sign at a place stands; its end for the end."""
        return self._places[min(at, len(self._places) - 1)]


def fold(text, *, digits=True):
    """The text in the one way of writing. A line break stays: nothing is read across it.

    With `digits`, 「第三編」 is 「第3編」.
    """
    text = _even(text).translate(_FORMS)
    text = _BLANKS.sub(_blank, text)
    for sign, pattern in _LEFT_OUT:
        if sign in text:
            text = pattern.sub("", text)
    return (_KANJI_NUMBER.sub(_in_digits, text) if digits else text).strip()


def folded(text, *, digits=True):
    """The same as `fold`, with the places of the signs in the original."""
    signs, places = [], []
    for match in _SIGN.finditer(text):
        piece = _even(match[0])
        signs.append(piece)
        if piece == match[0]:
            places += range(match.start(), match.end())
        else:
            places += [match.start()] * len(piece)
    whole = "".join(signs)
    if not _USUAL.fullmatch(text) and whole != _even(text):
        # Signs of scripts that grow together otherwise; near enough for them.
        whole = _even(text)
        places = [min(at, max(len(text) - 1, 0)) for at in range(len(whole))]
    whole = whole.translate(_FORMS)
    whole, places = _replace(_BLANKS, _blank, whole, places)
    for sign, pattern in _LEFT_OUT:
        if sign in whole:
            whole, places = _replace(pattern, lambda _match: "", whole, places)
    if digits:
        whole, places = _replace(_KANJI_NUMBER, _in_digits, whole, places)
    begin = len(whole) - len(whole.lstrip())
    end = len(whole.rstrip())
    last = places[end] if end < len(places) else len(text)
    return Folded(whole[begin:end], [*places[begin:end], last])


def stream(text):
    """What is searched of a folded text: its letters and digits, a blank for what is between."""
    return _BORDER.sub(" ", text).strip()


def searched(text):
    """The stream of a text, or of a word, as it is written."""
    return stream(fold(text, digits=False))


def writings(word):
    """The other ways in which a folded word is written: 「第3編」 as 「第三編」, and loanwords."""
    others = [word, _KANJI_COUNT.sub(_in_digits, word), _COUNT.sub(_in_kanji, word)]
    if _KE.search(word):
        others += [_KE.sub(sign, word) for sign in "がか"]
    for one, other in _SPELT if "フエ" in word else ():
        others += [each.replace(one, other) for each in others if one in each]
        others += [each.replace(other, one) for each in others if other in each]
    return tuple(dict.fromkeys(other for other in others if other != word))


def _even(text):
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _blank(match):
    return "\n" if "\n" in match[0] else " "


def _in_digits(match):
    return str(to_int(match[0]))


def _in_kanji(match):
    return _kanji(int(match[0]))


@lru_cache(maxsize=128)
def _kanji(number):
    """A number below 1,000 in Japanese digits."""
    if number == 0:
        return "〇"
    digits = "〇一二三四五六七八九"
    parts = []
    for value, name in ((100, "百"), (10, "十")):
        count, number = divmod(number, value)
        if count:
            parts.append(("" if count == 1 else digits[count]) + name)
    return "".join(parts) + (digits[number] if number else "")


def _replace(pattern, make, text, places):
    """Substitute, and keep the places: what is put in stands where what it replaces began."""
    if not pattern.search(text):
        return text, places
    parts, kept, done = [], [], 0
    for match in pattern.finditer(text):
        new = make(match)
        parts += [text[done : match.start()], new]
        kept += places[done : match.start()]
        kept += [places[match.start()]] * len(new)
        done = match.end()
    return "".join([*parts, text[done:]]), [*kept, *places[done:]]
