"""Measures the portal in a database of its own, and prints what it found: `make bench`.

With names of themes, as `make bench THEMES="painting searching"`, only these are measured.
"""

import os
import platform
import sys
from tempfile import TemporaryDirectory

import django


def main() -> int:
    """Measure everything; 1 when a page asks more queries than promised."""
    with TemporaryDirectory(prefix="portal-benchmarks-") as folder:
        os.environ["BENCHMARK_FOLDER"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        django.setup()
        # Only now, as they need the settings.
        from django.test.utils import setup_databases, teardown_databases

        created = setup_databases(verbosity=0, interactive=False)
        try:
            figures = measure(sys.argv[1:])
        finally:
            teardown_databases(created, verbosity=0)
    # A time depends on the machine, so a slow one is only marked; the queries do not.
    return int(any(figure.unit == "queries" and not figure.is_within for figure in figures))


def measure(wanted):
    """Every theme in turn, or the wanted ones, printed when all are found."""
    from django.db import connection

    from benchmarks import acts, browsing, finding, importing, judged, matrix, searching, suggesting
    from benchmarks import terms as glossary
    from benchmarks.figures import table

    print(
        f"Python {platform.python_version()}, Django {django.get_version()},"
        f" {connection.display_name}, {os.cpu_count()} processors\n"
    )
    themes = (
        # These while the demonstration set is all there is.
        judged.judged,
        browsing.painting,
        glossary.terms,
        importing.importing,
        matrix.matrix,
        finding.finding,
        texts,
        # Last, as it fills the portal with a hundred thousand sections.
        searching.searching,
        suggesting.suggesting,
    )
    unknown = set(wanted) - {theme.__name__ for theme in themes}
    if unknown:
        sys.exit(f"No such theme: {', '.join(sorted(unknown))}.")
    figures = acts.load_demo()
    for theme in themes:
        if not wanted or theme.__name__ in wanted:
            figures += theme()
    print(table(figures))
    return figures


def texts():
    """The acts and the pages of large texts, and how they scroll."""
    from benchmarks import acts, browsing, outline, pages, throughput

    editions, figures = acts.publish_texts()
    largest = editions[max(editions)]
    figures += acts.open_next(largest) + outline.outline(largest) + pages.pages(editions)
    return figures + throughput.throughput(largest) + browsing.scrolling(largest)


if __name__ == "__main__":
    sys.exit(main())
