"""Loads the texts written for the demonstration, and publishes them by their decisions."""

from collections import defaultdict

from guidelines import publishing
from guidelines.importing import read_file
from guidelines.importing.writing import decision_of, write
from guidelines.models import Edition


def load_texts(folder, *, by):
    """The editions by day of decision; those of one decision are published together by it."""
    sources = [read_file(path) for path in sorted(folder.glob("*/*.md"))]
    by_day = defaultdict(list)
    for source in sources:
        # A translation comes after the text it translates.
        by_day[source.decided_on, source.language != "ja", source.issuer].append(source)
    for _order, adopted in sorted(by_day.items(), key=lambda item: item[0]):
        if adopted[0].language != "ja":
            for source in adopted:
                write(source, by=by, publish=True)
            continue
        editions = {}
        for source in adopted:
            report = write(source, by=by)
            edition = Edition.objects.open().get(guideline__code=report.code)
            publishing.submit(edition, by=by)
            editions[edition] = source.effective_on or source.decided_on
        publishing.publish(editions, decision=decision_of(adopted[0], by=by), by=by)
