"""Finds references in rendered text and makes them links.

A place such as 「第2編第2章1.」 becomes a link inside the edition, 「DS-310 3.2」 one to the
section that has this number in the other document when the text is published, and an address of the
portal one that follows the reader's language and day. Links are stored with the roots `edition:`
and `set:`, which document.py replaces when it shows the text: the same stored text serves the
edition in force, the dated one, the day view and the English pages.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings

from guidelines.models import Edition, FormerCode, Guideline, Section
from guidelines.numbering import KANJI, N, fold, same

_N = rf"(?:[0-9０-９]+|[{KANJI}]+)"
# 1.1)アa) — each step only below the one before; 「1.5倍」 is no place.
_BELOW = (
    r"(?:[0-9０-９]+[.．](?![0-9０-９]+(?![0-9０-９)）]))"
    r"(?:[0-9０-９]+[)）](?:[ア-ン](?![ァ-ヶー])(?:[a-zａ-ｚ][)）])?)?)?)?"
)
_JAPANESE = (
    rf"第{_N}編(?:第{_N}章)?(?:第{_N}節)?{_BELOW}"
    rf"|第{_N}章(?:第{_N}節)?{_BELOW}"
    rf"|別紙{_N}{_BELOW}"
)
_ENGLISH = (
    r"Part \d+(?:,? Chapter \d+(?:,? \d+\.(?!\d+(?![\d)]))(?: ?\d+\))?)?)?|Chapter \d+|Annex \d+"
)
_DECIMAL = r"\d+(?:\.\d+)+(?=\s?(?:節|項|を参照|に示す|に定める|に掲げる))"
_CODE = r"[A-ZＡ-Ｚ]{1,3}[-‐－](?:[0-9０-９]|[A-Z]{2})[0-9０-９A-Z]*(?:[-.][0-9]+)*"
_AFTER_CODE = (
    rf"(?P<gap>[ \u3000]?(?:の)?)(?P<there>{_JAPANESE}|{_ENGLISH}"
    r"|\d+(?:\.\d+)+(?![\d.]*[年月日\d])|\d+(?=[節項章]))"
)
_REFERENCE = re.compile(
    # In ASCII alone, since Japanese follows an address without a blank; `&gt;` is no part of it.
    r"(?P<url>https?://(?:[A-Za-z0-9_\-./~%?=;#:+,@]|&amp;)*[A-Za-z0-9_\-/=#])"
    rf"|(?P<code>(?<![A-Za-z0-9\-]){_CODE})(?:{_AFTER_CODE})?"
    rf"|(?P<place>{_JAPANESE}|(?<![A-Za-z]){_ENGLISH}|(?<![\d.\-]){_DECIMAL})"
)
_STEP = re.compile(
    rf"第{N}[編章節]|別紙{N}|(?:Part|Chapter|Annex) ?\d+"
    r"|\d+\)|\d+(?=\.\d+\))|\d+(?:\.\d+)*|[ア-ン]|[a-z]\)"
)
# What the addresses of the portal's pages begin with.
_PAGES = (
    "guidelines|s|decisions|roles|ministries|pmo|plans|bodies|proposals|strategies|principles"
    "|briefings"
)
# A tag, with whatever stands in its quoted attributes.
_TAG = re.compile(r"(<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>)")


class Places:
    """The sections of one edition, found by what is printed of their numbers."""

    def __init__(self, sections):
        self.by_pk = {section.pk: section for section in sections}
        self.by_address = {section.address: section for section in sections}
        self.below = {}
        for section in sections:
            self.below.setdefault((section.parent_id, same(section.number)), section)

    def find(self, place, *, near=None):
        """The section at a printed place such as 「第2章1.」, or None.

        A place without its upper part is looked for around the section `near` it stands in,
        from inside out: 「第3章」 in 第2編 is its third chapter.
        """
        steps = [same(step) for step in _STEP.findall(fold(place))]
        if not steps:
            return None
        if len(steps) == 1 and re.fullmatch(r"\d+(\.\d+)*", steps[0]):
            found = self.by_address.get(steps[0])
            return found if found and same(found.number) == steps[0] else None
        around = near
        while True:
            found = self._walk(steps, around.pk if around else None)
            if found or around is None:
                return found
            around = self.by_pk.get(around.parent_id)

    def _walk(self, steps, start):
        if start is None:
            return None
        place = start
        for step in steps:
            section = self.below.get((place, step))
            if section is None:
                return None
            place = section.pk
        return self.by_pk[place]


class Library:
    """The other documents a text may refer to, as they stand on the day it takes effect.

    `adopted` are the editions published together with it, whose text is not in force yet.
    """

    def __init__(self, *, on, adopted=None):
        self.on = on
        self.codes = {
            fold(code).upper(): code for code in Guideline.objects.values_list("code", flat=True)
        }
        self.codes |= {
            fold(old).upper(): new
            for old, new in FormerCode.objects.values_list("code", "guideline__code")
        }
        self.adopted = adopted or {}
        self.read = {}

    def guideline(self, code):
        """The present code of the document with this printed code, or None."""
        return self.codes.get(fold(code).upper().replace("‐", "-"))

    def places(self, code):
        """The sections of the document in force, or None where none is."""
        if code in self.adopted:
            return self.adopted[code]
        if code not in self.read:
            edition = Edition.objects.in_force(self.on).filter(guideline__code=code).first()
            self.read[code] = (
                Places(Section.objects.filter(edition=edition).in_order().defer("body", "html"))
                if edition
                else None
            )
        return self.read[code]


def link(html, *, section, places, library):
    """The rendered HTML of a section with its references made links.

    `places` are the sections of its own edition and `library` the other documents. What cannot
    be found stays as it is written. Text inside links and code is left alone.
    """
    parts = _TAG.split(html)
    closed_by = None
    for index, part in enumerate(parts):
        if index % 2:
            name = re.match(r"</?(\w+)", part)
            if name and name[1] in ("a", "code", "pre"):
                if part.startswith("</"):
                    closed_by = None if closed_by == name[1] else closed_by
                else:
                    closed_by = closed_by or name[1]
                    parts[index] = _relink(part)
        elif closed_by is None and part:
            parts[index] = _REFERENCE.sub(
                lambda match: _linked(match, section, places, library), part
            )
    return "".join(parts)


def unlink(html):
    """The HTML without the links that `link` makes, which depend on the day they were made.

    Links to other sites that an author wrote stay, so that a changed target is noticed.
    """
    html = re.sub(r'<a href="([^"]*)" rel="noopener noreferrer">\1</a>', r"\1", html)
    parts, inside = _TAG.split(html), False
    for index, part in enumerate(parts):
        if part.startswith("<a ") and not inside:
            target = re.search(r'\shref="([^"]*)"', part)
            href = unescape(target[1]) if target else ""
            # Whatever host the portal had when the text was published.
            inside = href.startswith(("edition:", "set:")) or _page(_split(href)) is not None
            parts[index] = "" if inside else part
        elif part == "</a>" and inside:
            parts[index], inside = "", False
    return "".join(parts)


def _linked(match, section, places, library):
    if match["url"]:
        return _linked_url(match[0])
    if match["place"]:
        found = places.find(match["place"], near=section)
        return _anchor(f"edition:{found.address}/", match[0]) if found else match[0]
    code = library.guideline(match["code"])
    if code is None:
        return match[0]
    whole = f"set:guidelines/{code}/"
    if not match["there"]:
        return _anchor(whole, match[0])
    there = library.places(code)
    found = there.find(match["there"], near=there.by_address.get("")) if there else None
    if found:
        return _anchor(f"set:s/{found.key}/", match[0])
    return _anchor(whole, match["code"]) + match["gap"] + match["there"]


def _linked_url(url):
    """A bare address as a link; inside the portal, one that follows language and day."""
    inside = _inside(unescape(url))
    if inside is not None:
        return _anchor(f"set:{inside}", url)
    return f'<a href="{url}" rel="noopener noreferrer">{url}</a>'


def _relink(tag):
    """An author's own link; one to a page of the portal follows language and day."""
    match = re.search(r'\shref="([^"]*)"', tag)
    inside = _inside(unescape(match[1])) if match else None
    return f'<a class="reference" href="set:{inside}">' if inside is not None else tag


def _inside(url):
    """The path below the portal's root that an address leads to, or None for one outside."""
    parts = _split(url)
    if f"{parts.scheme}://{parts.netloc}" != settings.PORTAL_URL and (
        parts.netloc or parts.scheme or not parts.path.startswith("/")
    ):
        return None
    return _page(parts)


def _split(url):
    """The parts of an address; none for what an author wrote that is no address, as `//[`."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _page(parts):
    """The path of a page as the portal has them, whatever the host; None for any other."""
    path = re.sub(r"^/(?:en/)?", "", parts.path)
    if not re.fullmatch(rf"(?:{_PAGES})/[\w\-./]*", path):
        return None
    return path + (f"#{parts.fragment}" if re.fullmatch(r"[\w\-.]+", parts.fragment) else "")


def _anchor(href, text):
    return f'<a class="reference" href="{href}">{text}</a>'
