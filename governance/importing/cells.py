"""Reads what people write in the cells of a table: days, numbers, choices, yes and no."""

import re
import unicodedata
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from governance.naming import listed, with_code
from governance.sheets import FORMULA

# Each era with its first day and its last.
_ERAS = {
    "令和": (date(2019, 5, 1), date.max),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
}
_ERAS |= {"R": _ERAS["令和"], "H": _ERAS["平成"], "S": _ERAS["昭和"]}
_WESTERN = re.compile(r"(\d{4})(?:[-/.]|年(?:\([^)]*\))?)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_JAPANESE = re.compile(rf"({'|'.join(_ERAS)})(元|\d{{1,2}})[年.](\d{{1,2}})[月.](\d{{1,2}})日?")
_YES = {"はい", "yes", "true", "1", "○", "〇"}
_NO = {"いいえ", "no", "false", "0", "×"}


class UnreadableError(Exception):
    """A cell cannot be understood; `str()` is a sentence that says why."""


def fold(text):
    """A word as words are compared: width, case and spaces around it make no difference."""
    return unicodedata.normalize("NFKC", str(text)).strip().casefold()


def read_text(cell):
    """Words; a number as Excel shows it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return read_day(cell).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise UnreadableError(_("文字でない符号が入っています。"))
    # The mark by which our own files keep a text from being taken for a formula.
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def read_day(cell):
    """A day: 2025-04-01, 2025/4/1, 2025年4月1日, 令和7年4月1日, or a day of Excel."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell)))
    if western := _WESTERN.fullmatch(text):
        return _in_the_calendar(*western.groups())
    if japanese := _JAPANESE.fullmatch(text.upper()):
        era, year, month, day = japanese.groups()
        first, last = _ERAS[era]
        found = _in_the_calendar(first.year - 1 + (1 if year == "元" else int(year)), month, day)
        if not first <= found <= last:
            raise UnreadableError(_("この日はその元号の期間にありません。"))
        return found
    raise UnreadableError(
        _("日として読めません。2025-04-01、2025/4/1 又は令和7年4月1日のように書いてください。")
    )


def _in_the_calendar(*numbers):
    try:
        return date(*map(int, numbers))
    except ValueError as error:
        raise UnreadableError(_("この日は暦にありません。")) from error


def read_percent(cell):
    """A whole number from 0 to 100, also with the sign ％."""
    text = fold(read_text(cell)).removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}", text) or int(text) > 100:
        raise UnreadableError(_("0から100までの整数で書いてください。"))
    return int(text)


def read_choice(choices):
    """Reads one of a model's choices, by its code or by its label in either language."""

    def read(cell):
        text, known = fold(read_text(cell)), {}
        for language in ("ja", "en"):
            with translation.override(language):
                known |= {fold(label): value for value, label in choices.choices}
        known |= {fold(value): value for value in choices.values}
        if text not in known:
            words = listed(with_code(label, value) for value, label in choices.choices)
            raise UnreadableError(_("次のどれかを書いてください：%s。") % words)
        return known[text]

    return read


def read_switch(cell):
    """Yes or no."""
    text = fold(read_text(cell))
    if text not in _YES | _NO:
        raise UnreadableError(_("「はい」か「いいえ」で書いてください。"))
    return text in _YES
