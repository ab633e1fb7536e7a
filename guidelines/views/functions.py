"""The page of a PMO's function: which sections set it out, and how far ministries perform it."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from governance.models import Ministry, PmoFunction
from governance.surveying import survey, tally
from governance.views.days import meant
from guidelines.linked import with_sections
from guidelines.models import FunctionLink


def show_function(request, slug, on=None):
    """A function: where it comes from, its parts, its sections, and how it stands by ministry."""
    day = meant(on)
    begun = PmoFunction.objects.filter(Q(began_on=None) | Q(began_on__lte=day))
    function = get_object_or_404(begun.select_related("parent"), slug=slug)
    links = FunctionLink.objects.filter(function=function)
    with_sections([function], links, "function", on=day, language=get_language())
    cells = survey(function.statuses.assessed(day))
    ministries = Ministry.objects.existing(day).named(day)
    rows = [(ministry, cells.get((ministry.pk, function.pk))) for ministry in ministries]
    context = {
        "function": function,
        "is_over": function.is_over_on(day),
        "parts": function.children.existing(day),
        "rows": rows if cells else [],
        "tally": tally([cell for _ministry, cell in rows if cell], of=len(rows)),
        "on": on,
    }
    return render(request, "guidelines/function_show.html", context)
