"""How long the outline of an edition takes, and which part of it."""

from benchmarks.figures import Figure, median_ms
from guidelines.contents import FIELDS, Contents, Entry, read_contents
from guidelines.models import Section

# Promised for an edition of 3,000 sections.
MOST_MS = 30


def outline(edition):
    """The whole outline as a cover draws it, then its three parts by themselves."""
    query = Section.objects.filter(tree_id=edition.pk).in_order().values_list(*FIELDS)
    rows = list(query)
    contents = read_contents(edition.pk)
    part = contents.entries[0]
    root = "/guidelines/DS-100/"
    whole = median_ms(lambda: read_contents(edition.pk).draw(root))
    return [
        Figure(f"outline, {len(rows):,} sections", whole, "ms", most=MOST_MS),
        Figure("  of which query", median_ms(lambda: list(query.all())), "ms"),
        Figure("  of which build", median_ms(lambda: Contents(map(Entry._make, rows))), "ms"),
        Figure("  of which draw", median_ms(lambda: contents.draw(root)), "ms"),
        Figure(
            "outline beside a part",
            median_ms(lambda: contents.draw(root, only=contents.beside(part), shown=part)),
            "ms",
            most=MOST_MS,
        ),
    ]
