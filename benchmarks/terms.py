"""How long it takes to mark the terms of the glossary in the largest demonstration text."""

from django.utils import timezone

from benchmarks.figures import Figure, median_ms
from guidelines.models import Edition
from guidelines.terms import terms_for

# Promised for the whole text, and for a page of one section.
MOST_WHOLE_MS, MOST_SECTION_MS = 60, 5


def terms():
    """The whole text of DS-100, then the longest of its sections."""
    today = timezone.localdate()
    edition = Edition.objects.in_force(today).get(guideline__code="DS-100")
    found = terms_for(edition.guideline, language="ja", on=today)
    texts = list(edition.sections.values_list("html", flat=True))
    longest = max(texts, key=len)
    whole = median_ms(lambda: [found.mark(html, root="/") for html in texts])
    section = median_ms(lambda: found.mark(longest, root="/"))
    return [
        Figure(f"terms in {len(texts):,} sections", whole, "ms", most=MOST_WHOLE_MS),
        Figure("terms in the longest section", section, "ms", most=MOST_SECTION_MS),
    ]
