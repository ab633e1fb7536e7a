"""Reads a cover: which of its lines and tables are code, title, day, issuer, keywords, abstract."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from guidelines.importing.source import Block, Fate, Note, Source
from guidelines.numbering import fold, to_int
from guidelines.wareki import ERAS, read_day

CODE = re.compile(r"\bDS-\d[0-9A-Z]*(?:[-.]\d+)*")
ERA_SIGNS = {"R": "令和", "H": "平成", "S": "昭和"}
_KANJI = "[〇一二三四五六七八九十]+"
_IN_KANJI = re.compile(rf"(令和|平成|昭和)?({_KANJI}|元)年({_KANJI})月({_KANJI})日")
_SHORT = re.compile(r"(?<![A-Za-z])([RHS])\.?(元|\d{1,2})[./](\d{1,2})[./](\d{1,2})(?![\d./])")
_BY_NUMBERS = re.compile(r"(?<![\d./-])()((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?![\d./-])")
# 「2018年（平成30年）3月30日」 and 「2018年3月30日（平成30年3月30日）」
_BOTH = re.compile(
    r"(\d{4})年(?:\d{1,2}月\d{1,2}日)?\((令和|平成|昭和)(元|\d{1,2})年(?:\d{1,2}月\d{1,2}日)?\)"
)
_BRACKETS = "〔〕[]［］【】＜＞<>（）() 　：:*"
_LABELS = {
    "keywords": ("キーワード", "keywords"),
    "abstract": ("概要", "abstract", "summary"),
    "notes": ("改定履歴", "改訂履歴", "変更履歴"),
    "contents": ("目次",),
}
_KEYWORDS = re.compile(
    r"[〔［\[【(（]?\s*キーワード\s*[〕］\]】)）：:]?\s*(.*?)\s*(?=[〔［\[【(（]?\s*概要\s*[〕］\]】)）：:]|$)",
    re.DOTALL,
)
_ABSTRACT = re.compile(r"(?:^|[〔［\[【(（\s])\s*概要\s*[〕］\]】)）：:]?\s*(.+)", re.DOTALL)
_NOTE_HEADS = (
    r"(改[定訂]|変更|更新)?(年月日|日付|日)",
    r"(改[定訂]|変更|更新)?(箇所|位置|個所|場所|頁|ページ)",
    r"(改[定訂]|変更|更新)?(内容|事項|概要)",
)


@dataclass
class CoverItem:
    """A paragraph or table of the cover; `rows` are the texts of a table's cells."""

    block: Block
    text: str = ""
    is_title: bool = False
    rows: list[list[str]] | None = None
    # What it is in Markdown, should nobody know what it means.
    body: str = ""


@dataclass
class _Reading:
    """How far a cover was read, and what the next line would be."""

    source: Source
    awaits: str = ""
    between: list[CoverItem] = field(default_factory=list)
    is_revised: bool = False


def read_cover(items: list[CoverItem], source: Source) -> str:
    """Fill the cover of `source` from the items; what nobody knows is returned as Markdown.

    Every item's block says afterwards what it was turned into.
    """
    reading, unknown = _Reading(source), []
    for item in items:
        how = _read_rows(item.rows, source) if item.rows is not None else _read_line(item, reading)
        if how == "between":
            reading.between.append(item)
        elif how:
            _turn(item, how)
        elif item.body:
            unknown.append(item)
    # Covers without Word's own title style have the title between code and day.
    if not source.title and reading.between and source.decided_on:
        source.title = " ".join(item.text for item in reading.between)
        for item in reading.between:
            _turn(item, _("標題"))
    else:
        unknown = [item for item in items if item in unknown or item in reading.between]
    for item in unknown:
        item.block.how = _("前文")
    return "\n\n".join(item.body for item in unknown)


def _turn(item, how):
    item.block.fate, item.block.how = Fate.TURNED, how
    # These become values or labels, which the portal prints in its own form.
    item.block.counts = how in (_("標題"), _("キーワード"), _("概要"), _("改定履歴"), _("副題"))


def _read_line(item, reading):
    """What a paragraph is, as the report says it; "" where nobody knows."""
    source, text = reading.source, item.text
    label = _label(text)
    if label:
        reading.awaits = label if label in ("keywords", "abstract") else ""
        return _("項目の見出し")
    if reading.awaits == "keywords":
        source.keywords += _split_keywords(text)
        return _("キーワード")
    if reading.awaits == "abstract":
        source.abstract = f"{source.abstract}\n{text}".strip()
        return _("概要")
    code = CODE.search(fold(text))
    if code and not source.code:
        source.code = code[0]
        series = CODE.sub("", fold(text)).strip(_BRACKETS + "_-—")
        if series and not source.subtitle:
            # The name of the series, such as 実践ガイドブック.
            source.subtitle = series
        return _("文書番号")
    if item.is_title:
        source.title = f"{source.title} {text}".strip()
        return _("標題")
    return _read_day_or_issuer(item, reading)


def _read_day_or_issuer(item, reading):
    source, text = reading.source, _spelled_out(item.text)
    day = read_day(text)
    is_revision = bool(re.search(r"改[定訂]|修正", text))
    # The edition is of the day on which it was last revised.
    if day and (not source.decided_on or (is_revision and not reading.is_revised)):
        source.decided_on, reading.is_revised = day, is_revision
        if _contradicts(text):
            source.warnings.append(
                _("%(place)s: 「%(text)s」の西暦と和暦が合いません。%(day)sと読みました。")
                % {"place": item.block.place, "text": item.text[:40], "day": day.isoformat()}
            )
        issuer = _without_day(text)
        if issuer:
            source.issuer = issuer
        reading.awaits = "" if source.issuer else "issuer"
        return _("決定日")
    if reading.awaits == "issuer" and len(text) < 100 and not text.endswith("。"):
        source.issuer, reading.awaits = re.sub(r"\s*決定$", "", text), ""
        return _("決定者・発行者")
    if source.code and not source.decided_on and not source.title:
        return "between"
    return ""


def _spelled_out(text):
    """A line of a cover with its day in full: 「令和八年四月一日」, 「R8.4.1」, 「2026/04/01」."""
    folded = fold(text)
    for pattern in (_IN_KANJI, _SHORT, _BY_NUMBERS):
        match = pattern.search(folded)
        if match and not read_day(text):
            era, year, month, day = match.groups()
            numbers = [one if one == "元" else to_int(one) for one in (year, month, day)]
            full = "{}{}年{}月{}日".format(ERA_SIGNS.get(era, era or ""), *numbers)
            if read_day(full):
                return folded.replace(match[0], full)
    return text


def _contradicts(text):
    """Whether a day that is said in both calendars is of two years."""
    text = re.sub(r"\s", "", fold(text))
    for match in _BOTH.finditer(text):
        began = next(began for began, era in ERAS if era == match[2])
        count = 1 if match[3] == "元" else int(match[3])
        if began.year + count - 1 != int(match[1]):
            return True
    return False


def _without_day(text):
    """What a line with a day says besides: 「…連絡会議決定」 gives the name of the body."""
    rest = re.sub(r"\s", "", fold(text))
    rest = re.sub(
        r"(\d{4}年)?(\((令和|平成|昭和)?[^)]*\))?((令和|平成|昭和)\S{1,2}年)?\d{1,2}月\d{1,2}日",
        "",
        rest,
    )
    rest = re.sub(r"^[(（]|[)）]$|最終|一部|改[定訂]|修正|施行|決定$|[:：]", "", rest).strip(
        "・、,()（）-"
    )
    return rest if len(rest) > 2 else ""


def _read_rows(rows, source):
    """What a table of the cover is; "" where nobody knows."""
    notes = read_notes(rows)
    if notes is not None:
        source.notes = notes
        return _("改定履歴")
    text = "\n".join(cell for row in rows for cell in dict.fromkeys(row))
    found = {}
    if "キーワード" in text and (match := _KEYWORDS.search(text)):
        found["keywords"] = _split_keywords(match[1])
    if "概要" in text and (match := _ABSTRACT.search(text)):
        found["abstract"] = re.sub(r"\s*\n\s*", "\n", match[1]).strip()
    source.keywords = found.get("keywords", source.keywords)
    source.abstract = found.get("abstract", source.abstract)
    return _("概要") if found else ""


def read_notes(rows: list[list[str]]) -> list[Note] | None:
    """The rows of a table of revisions; None for any other table."""
    heads = [fold(cell).replace(" ", "") for cell in rows[0]] if rows else []
    columns = [
        next((place for place, head in enumerate(heads) if re.fullmatch(pattern, head)), None)
        for pattern in _NOTE_HEADS
    ]
    day, place, content = columns
    if day is None or content is None or len({day, content}) < 2:
        return None
    notes = []
    for row in rows[1:]:
        cells = [*row, *[""] * (len(heads) - len(row))]
        if cells[content].strip():
            where = cells[place].strip() if place is not None else ""
            notes.append(Note(read_day(cells[day]), where, cells[content].strip()))
    return notes


def _label(text):
    bare = fold(text).strip(_BRACKETS).replace(" ", "").lower()
    return next((label for label, words in _LABELS.items() if bare in words), "")


def _split_keywords(text):
    return [word.strip() for word in re.split(r"[、,，\n]", text) if word.strip()]


def name_from_file(source: Source, name: str, folder: str = "") -> None:
    """Take code and day from the name of the file where the cover has none, and say so."""
    code = CODE.search(fold(name)) or CODE.search(fold(folder))
    if not source.code and code:
        source.code = code[0]
        source.warnings.append(_("文書番号%sは、表紙ではなくファイル名から読みました。") % code[0])
    found = re.search(r"(?<!\d)(\d{4})[-_.年]?(\d{2})[-_.月]?(\d{2})(?!\d)", fold(name))
    if source.decided_on is None and found:
        source.decided_on = read_day("{}年{}月{}日".format(*found.groups()))
        if source.decided_on:
            source.warnings.append(
                _("日付%sは、表紙ではなくファイル名から読みました。") % source.decided_on
            )
