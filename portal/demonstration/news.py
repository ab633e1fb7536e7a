"""Loads the news written for the demonstration."""

from governance.models import Decision
from guidelines.models import Guideline
from portal.announcing import announce


def load_news(rows, *, by):
    """The items, each with the document and the decision it is about."""
    for row in rows:
        facts = dict(row)
        if "guideline" in facts:
            facts["guideline"] = Guideline.objects.get(code=facts["guideline"])
        if "decision" in facts:
            slug, day = facts["decision"].split("/")
            facts["decision"] = Decision.objects.get(body__slug=slug, decided_on=day)
        announce(by=by, **{"demonstration": True} | facts)
