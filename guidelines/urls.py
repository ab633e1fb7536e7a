"""The addresses of the guidelines; each page also exists as it stood on a day, under /on/."""

from django.urls import include, path

from guidelines import converters
from guidelines.views import (
    briefings,
    duties,
    functions,
    governing,
    plans,
    reading,
    strategies,
    texts,
)

converters.register()

app_name = "guidelines"

of_an_edition = [
    path("", texts.show_cover, name="edition-show"),
    path("all/", texts.show_whole_text, name="edition-read"),
    path("text.<slug:ending>", texts.download_edition, name="edition-download"),
    path("<address:address>/", texts.show_section, name="edition-section-show"),
    path("<address:address>/beside/", reading.show_beside, name="edition-section-beside"),
    path("<address:address>/bilingual/", reading.show_bilingual, name="edition-section-bilingual"),
]

pages = [
    path("guidelines/", texts.list_guidelines, name="guideline-list"),
    path("guidelines/map/", texts.show_map, name="guideline-map"),
    path("guidelines/<code:code>/", texts.show_cover, name="guideline-show"),
    path("guidelines/<code:code>/all/", texts.show_whole_text, name="guideline-read"),
    path("guidelines/<code:code>/history/", texts.show_history, name="guideline-history"),
    path("guidelines/<code:code>/<day:decided_on>/", include(of_an_edition)),
    path("guidelines/<code:code>/<address:address>/", texts.show_section, name="section-show"),
    path(
        "guidelines/<code:code>/<address:address>/beside/",
        reading.show_beside,
        name="section-beside",
    ),
    path(
        "guidelines/<code:code>/<address:address>/bilingual/",
        reading.show_bilingual,
        name="section-bilingual",
    ),
    path("reading-list/", reading.show_reading_list, name="reading-list-show"),
    path("s/<key:key>/", texts.show_key, name="key-show"),
    path("roles/<slug:slug>/", duties.show_role, name="role-show"),
    path("roles/<slug:slug>/duties.<slug:ending>", duties.download_duties, name="duties-download"),
    path("decisions/", governing.list_decisions, name="decision-list"),
    path("decisions/<int:pk>/", governing.show_decision, name="decision-show"),
    path("proposals/<slug:slug>/", governing.show_proposal, name="proposal-show"),
    path("pmo/<function:slug>/", functions.show_function, name="function-show"),
    path("plans/<slug:slug>/<day:began_on>/", plans.show_plan, name="plan-show"),
    path("strategies/", strategies.list_strategies, name="strategy-list"),
    path("strategies/<slug:slug>/", strategies.show_strategy, name="strategy-show"),
    path("principles/", strategies.list_principles, name="principle-list"),
    path("principles/<int:number>/", strategies.show_principle, name="principle-show"),
    path("briefings/", briefings.list_briefings, name="briefing-list"),
    path("briefings/<slug:slug>/", briefings.show_briefing, name="briefing-show"),
]

urlpatterns = [*pages, path("on/<day:on>/", include(pages))]
