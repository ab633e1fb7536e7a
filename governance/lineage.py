"""Keeps bodies, ministries and functions from standing below themselves, however far down."""

from django.utils.translation import gettext as _

from governance.refusals import Refusal


def refuse_circle(thing, parent):
    """Raise Refusal when `parent` is `thing` itself, or stands anywhere below it.

    For an act, in its transaction: every row is locked, always in the same order, as two people
    who each move one below the other would close a circle that neither of them sees.
    """
    if parent is None:
        return
    rows = type(thing)._base_manager.select_for_update().order_by("pk")
    above = dict(rows.values_list("pk", "parent_id"))
    # Each is left behind once it is passed, so that a circle already there has an end.
    place = parent.pk
    while place is not None:
        if place == thing.pk:
            raise Refusal(_("それ自身や、その下にあるものを、上位に選ぶことはできません。"))
        place = above.pop(place, None)
