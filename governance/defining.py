"""The acts by which the functions of the PMO are set down and corrected."""

from django.db import transaction

from governance.lineage import refuse_circle
from governance.models import PmoFunction
from governance.recording import amend, record


def define_function(*, slug, name, origin, by, **facts):
    """Add a function: an abstract one, or with `parent` what one was broken down into."""
    return record(PmoFunction, by=by, slug=slug, name=name, origin=origin, **facts)


@transaction.atomic
def amend_function(function, *, by, **facts):
    """Correct a function. Raises Refusal when it would stand below itself."""
    refuse_circle(function, facts.get("parent"))
    return amend(function, by=by, **facts)
