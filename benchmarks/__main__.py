"""Measures the portal in a database of its own, and prints what it found: `make bench`."""

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
            figures = measure()
        finally:
            teardown_databases(created, verbosity=0)
    # A time depends on the machine, so a slow one is only marked; the queries do not.
    return int(any(figure.unit == "queries" and not figure.is_within for figure in figures))


def measure():
    """Every theme in turn, printed as it is found."""
    from django.db import connection

    from benchmarks import (
        acts,
        browsing,
        finding,
        importing,
        judged,
        matrix,
        outline,
        pages,
        searching,
        suggesting,
        terms,
        throughput,
    )
    from benchmarks.figures import table

    print(
        f"Python {platform.python_version()}, Django {django.get_version()},"
        f" {connection.display_name}, {os.cpu_count()} processors\n"
    )
    # The judged queries are asked while the demonstration set is all there is.
    figures = acts.load_demo() + judged.judged() + terms.terms() + importing.importing()
    editions, published = acts.publish_texts()
    largest = editions[max(editions)]
    figures += published + acts.open_next(largest)
    figures += outline.outline(largest) + pages.pages(editions) + throughput.throughput(largest)
    figures += matrix.matrix() + finding.finding()
    # Last, as it fills the portal with a hundred thousand sections.
    figures += browsing.browsing(largest) + searching.searching() + suggesting.suggesting()
    print(table(figures))
    return figures


if __name__ == "__main__":
    sys.exit(main())
