"""How long the acts take on a large text, and the demonstration set to load."""

from datetime import date

from django.core.management import call_command

from benchmarks.figures import Figure, seconds
from guidelines import drafting, publishing
from tests import factories

SIZES = (100, 3000)
# What a section of the set says besides: with it a body has some 400 characters, as real ones do.
PROSE = "\n\n" + "府省は、情報システムの整備及び管理に当たり、次の事項を確認するものとする。" * 9


def load_demo():
    """The time in which an empty portal gets the demonstration set."""
    taken = seconds(lambda: call_command("load_demo", verbosity=0, stdout=_Nowhere()))
    return [Figure("load_demo", taken, "s")]


def publish_texts():
    """The editions the other benchmarks read, by size, and what it took to publish them."""
    by, figures, editions = factories.person(), [], {}
    for size in SIZES:
        code = f"DS-9{size}"
        waiting = factories.submitted(factories.guideline(code), tree=_text(size), by=by)
        decision = factories.decision()

        def publish(waiting=waiting, decision=decision, size=size):
            published = publishing.publish({waiting: date(2018, 4, 1)}, decision=decision, by=by)
            editions[size] = published[0]

        taken = seconds(publish)
        figures.append(Figure(f"publish, {editions[size].sections.count():,} sections", taken, "s"))
    return editions, figures


def open_next(edition):
    """The time in which the next edition is opened as a copy of a published one."""
    by = factories.person()
    taken = seconds(lambda: drafting.open_draft(edition.guideline, by=by))
    return [Figure(f"open_draft, {edition.sections.count():,} sections", taken, "s")]


def _text(size):
    root = factories.wide_text(size)
    for node, _level in root.walk():
        node.body += PROSE
    return root


class _Nowhere:
    """An output nobody reads."""

    def write(self, text):
        """Forget the text."""
