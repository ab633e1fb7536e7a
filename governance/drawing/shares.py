"""Draws the shares of a tally as a bar of SVG; the page says the same in figures beside it."""

from django.utils.safestring import mark_safe

HEIGHT = 14


def draw(tally):
    """A bar as wide as the page allows, one part for each level that there is."""
    parts, x = [], 0.0
    for level, count in zip(tally._fields, tally, strict=True):
        share = count * 100 / tally.total if tally.total else 0
        if share:
            parts.append(
                f'<rect class="{level}" x="{x:.2f}%" width="{share:.2f}%" y="1"'
                f' height="{HEIGHT - 2}"/>'
            )
        x += share
    return mark_safe(  # noqa: S308 — made of numbers and the names of the fields alone
        f'<svg class="share-bar" width="100%" height="{HEIGHT}" aria-hidden="true"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
