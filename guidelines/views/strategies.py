"""The pages of what the guidelines carry out: the strategies item by item, and the principles."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from governance.models import Principle, Strategy
from governance.views.days import meant
from guidelines.linked import with_documents, with_sections
from guidelines.models import PrincipleLink, StrategyLink


def list_strategies(request, on=None):
    """The strategies, the latest first, each with how many of its items are reflected."""
    day = meant(on)
    reflected = Q(items__in=StrategyLink.objects.in_force(day).order_by().values("item"))
    strategies = Strategy.objects.adopted(day).annotate(
        size=Count("items", distinct=True),
        reflected=Count("items", filter=reflected, distinct=True),
    )
    context = {"strategies": strategies, "on": on}
    return render(request, "guidelines/strategy_list.html", context)


def show_strategy(request, slug, on=None):
    """A strategy item by item: where the set reflects it, and what it does not reflect yet."""
    day = meant(on)
    strategy = get_object_or_404(Strategy.objects.adopted(day), slug=slug)
    links = StrategyLink.objects.filter(item__strategy=strategy)
    items = with_sections(
        list(strategy.items.all()), links, "item", on=day, language=get_language()
    )
    missing = [item for item in items if not item.sections]
    only_missing = request.GET.get("reflected") == "no"
    context = {
        "strategy": strategy,
        "is_over": strategy.is_over_on(day),
        "items": missing if only_missing else items,
        "only_missing": only_missing,
        "all": len(items),
        "missing": len(missing),
        "reflected": len(items) - len(missing),
        "on": on,
    }
    return render(request, "guidelines/strategy_show.html", context)


def list_principles(request, on=None):
    """The principles of the OECD by pillar, with the texts that implement each."""
    principles = _implemented(Principle.objects.all(), on)
    pillars = [
        (pillar, [principle for principle in principles if principle.pillar == pillar])
        for pillar in Principle.Pillar
    ]
    return render(request, "guidelines/principle_list.html", {"pillars": pillars, "on": on})


def show_principle(request, number, on=None):
    """A principle of the OECD, and the texts that implement it."""
    principles = _implemented(Principle.objects.filter(number=number), on)
    if not principles:
        raise Http404
    context = {"principle": principles[0], "on": on}
    return render(request, "guidelines/principle_show.html", context)


def _implemented(principles, on):
    """The principles with their `sections` and `documents` of the day; none before there were."""
    day = meant(on)
    principles = list(principles.recommended(day))
    links = PrincipleLink.objects.filter(principle__in=principles)
    with_sections(principles, links, "principle", on=day, language=get_language())
    return with_documents(principles, on=day)
