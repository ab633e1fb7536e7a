"""The content pages: which there are, where their texts lie, and what each must know."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guidelines import citing
from guidelines.document import Document
from guidelines.models import Edition
from portal.accessibility import last_report

# As many entries are enough to find one that stands for all.
MOST_ENTRIES = 30


@dataclass(frozen=True)
class Page:
    """A content page: its address, its title, and the templates of its text by language."""

    slug: str
    address: str
    title: str | Promise
    texts: dict[str, str]
    # What its text needs beside itself, asked with the day.
    facts: Callable = field(default=lambda on: {})


def demonstration(on):
    """Whether the portal shows texts that were written for demonstration, and who answers."""
    return {
        "demonstration": Edition.objects.published().filter(demonstration=True).exists(),
        "contact": settings.CONTACT,
    }


def example(on):
    """An edition in force and its latest translation, with a section of each, to show how."""
    facts = {"portal_url": settings.PORTAL_URL}
    edition = Edition.objects.foremost(on)
    if edition is None:
        return facts
    official = Document(edition.guideline, on=on, language="ja")
    facts["official"] = _cited(official)
    translated = next((one for one in official.editions if one.translation_of_id), None)
    if translated:
        english = Document(
            edition.guideline, on=on, language="en", decided_on=translated.decided_on
        )
        facts["translated"] = _cited(english)
    return facts


def _cited(document):
    """What a citation of a document, or of one of its sections, is made of."""
    # A section deep enough for its printed place to show several numbers.
    entries = [entry for entry in document.contents.entries if entry.address][:MOST_ENTRIES]
    entry = max(entries, key=lambda entry: entry.level, default=None)
    edition = document.edition
    root = f"{document.current_root}{edition.decided_on}/"
    return {
        "edition": edition,
        "entry": entry,
        "root": root,
        "citation": citing.cite(document, entry),
        "bibtex": citing.in_bibtex(document, site=settings.PORTAL_URL),
    }


def accessibility(on):
    """What the last test run found."""
    report = last_report()
    tested = report["page_types"] if report else []
    return {
        "report": report,
        # They were written down with their Japanese addresses.
        "tested": [
            page | {"url": translate_url(page["address"], get_language())} for page in tested
        ],
        "contact": settings.CONTACT,
    }


PAGES = {
    page.slug: page
    for page in (
        Page(
            "about",
            "about/",
            _("このポータルについて"),
            {"ja": "portal/pages/about.ja.html", "en": "portal/pages/about.en.html"},
            demonstration,
        ),
        Page(
            "process",
            "about/process/",
            _("標準ガイドライン群の作られ方と決まり方"),
            {"ja": "portal/pages/process.ja.html", "en": "portal/pages/process.en.html"},
        ),
        Page(
            "citing",
            "about/citing/",
            _("引用のしかた"),
            {"ja": "portal/pages/citing.ja.html", "en": "portal/pages/citing.en.html"},
            example,
        ),
        Page(
            "accessibility",
            "about/accessibility/",
            _("アクセシビリティ"),
            {
                "ja": "portal/pages/accessibility.ja.html",
                "en": "portal/pages/accessibility.en.html",
            },
            accessibility,
        ),
        Page(
            "terms",
            "about/terms/",
            _("利用条件"),
            {"ja": "portal/pages/terms.ja.html", "en": "portal/pages/terms.en.html"},
            demonstration,
        ),
        Page(
            "developers",
            "about/developers/",
            _("開発者の方へ"),
            {"ja": "portal/pages/developers.ja.html", "en": "portal/pages/developers.en.html"},
            example,
        ),
    )
}
