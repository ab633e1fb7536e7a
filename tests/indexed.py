"""Makes what texts are linked to: functions, strategies, plans, principles, and what led there."""

from datetime import date

from governance import performing, planning, proposing
from governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Briefing,
    BriefingMaterial,
    Meeting,
    PmoFunction,
    Principle,
    Proposal,
    Strategy,
    StrategyItem,
)
from governance.recording import record
from guidelines import drafting, indexing, publishing
from guidelines.models import FunctionLink, MeasureLink, PrincipleLink, StrategyLink
from tests import factories

# Which link leads to a thing, and by which of its fields.
LINKS = {
    PmoFunction: (FunctionLink, "function"),
    StrategyItem: (StrategyLink, "item"),
    Principle: (PrincipleLink, "principle"),
}


def link(section, thing, *, by=None):
    """That a section is about a function, an item of a strategy, a measure or a principle."""
    model, to = LINKS.get(type(thing), (MeasureLink, "measure"))
    return indexing.link(model, section=section, **{to: thing}, by=by)


def functions(parts=1):
    """A function of the PMO and what it was broken down into; the parts."""
    whole = record(
        PmoFunction, slug="whole", name="管理", name_en="Management", origin="abstract", by=None
    )
    return [
        record(
            PmoFunction,
            slug=f"part-{number}",
            number=f"{number})",
            name=f"機能{number}",
            parent=whole,
            position=number,
            origin="required",
            began_on=date(2018, 4, 1),
            by=None,
        )
        for number in range(1, parts + 1)
    ]


def assess(function, ministry, day, level, **facts):
    """How far a ministry performed a function on a day."""
    return performing.assess(
        ministry, function, assessed_on=date.fromisoformat(day), level=level, by=None, **facts
    )


def strategy(slug="strategy", items=1, **facts):
    """A strategy of 2018 and what it demands; the items."""
    adopted = record(
        Strategy,
        by=None,
        **{"slug": slug, "title": "戦略", "adopted_on": date(2018, 1, 16)} | facts,
    )
    return [
        record(
            StrategyItem,
            strategy=adopted,
            position=number,
            number=f"{number}.",
            title=f"項目{number}",
            by=None,
        )
        for number in range(1, items + 1)
    ]


def plan(ministry, measures=1, **facts):
    """A ministry's plan from 2018, adopted in June, with a chapter; the measures, due in 2020."""
    made = planning.adopt_plan(
        ministry,
        by=None,
        **{
            "title": "中長期計画",
            "began_on": date(2018, 4, 1),
            "revised_on": date(2018, 6, 22),
            "decided_by": "推進委員会",
        }
        | facts,
    )
    chapter = planning.add_chapter(made, title="基盤の整備", number="III", by=None)
    return [
        planning.add_measure(
            made,
            number=f"M-{number:02}",
            title=f"施策{number}",
            target="全ての手続",
            due_on=date(2020, 3, 31),
            chapter=chapter,
            by=None,
        )
        for number in range(1, measures + 1)
    ]


def principle(number=7, **facts):
    """A principle of the OECD."""
    pillar = (number + 3) // 4 if number != 9 else 3
    return record(
        Principle,
        by=None,
        **{"number": number, "pillar": pillar, "title": f"原則その{number}"} | facts,
    )


def meeting(day, of=None, **facts):
    """A meeting of a body, the council's own if none is named."""
    return record(
        Meeting,
        by=None,
        **{
            "body": of or factories.body(),
            "held_on": date.fromisoformat(day),
            "title": f"会合 {day}",
        }
        | facts,
    )


def proposal(slug="standard", **facts):
    """A proposal of the Technology Committee to the council, examined in 2017."""
    committee = Body.objects.filter(slug="committee").first() or factories.body(
        slug="committee", name="技術検討会議", name_en="Technology Committee"
    )
    made = record(
        Proposal,
        by=None,
        **{
            "slug": slug,
            "source": committee,
            "target": factories.body(),
            "subject": "data_standards",
            "title": "データ標準の提案",
        }
        | facts,
    )
    proposing.advance(made, "investigated", reached_on=date(2017, 10, 1), by=None)
    return made


def decided(made, decision):
    """A proposal brought to a decision, at a meeting of that day."""
    held = meeting(f"{decision.decided_on}", of=decision.body)
    record(AgendaItem, meeting=held, title="改定について", decision=decision, by=None)
    return proposing.advance(
        made,
        "adopted",
        reached_on=decision.decided_on,
        decision=decision,
        meeting=held,
        by=None,
    )


def briefing(slug="briefing", day="2018-05-10", attended=(), **facts):
    """A briefing with a paper; `attended` pairs ministries with how many came."""
    held = record(
        Briefing,
        by=None,
        **{
            "slug": slug,
            "kind": "meeting",
            "held_on": date.fromisoformat(day),
            "title": "改定説明会",
            "audience": "PMOの職員",
        }
        | facts,
    )
    record(BriefingMaterial, briefing=held, title="改定の要点", by=None)
    for ministry, people in attended:
        record(Attendance, briefing=held, ministry=ministry, people=people, by=None)
    return held


def edition(by):
    """DS-100 of 2018, in force from 1 April, with a translation."""
    edition = factories.published(
        factories.guideline("DS-100", title="標準ガイドライン"), effective="2018-04-01", by=by
    )
    translation = drafting.open_draft(
        edition.guideline, language="en", translation_of=edition, by=by, title="Standard Guideline"
    )
    chapter = translation.sections.get(title="組織体制")
    drafting.edit_section(chapter, number="Chapter 2", title="Organisation", by=by)
    drafting.edit_section(
        translation.sections.get(title="ITガバナンス"), number="Part 2", title="Governance", by=by
    )
    publishing.submit(translation, by=by)
    publishing.publish({translation: edition.effective_on}, decision=edition.decision, by=by)
    return edition


def everything(edition, ministry):
    """One of each, linked to 「2. 府省における管理」; the edition is linked to a principle too."""
    section = factories.section(edition, "2.2.2")
    things = [
        functions()[0],
        strategy()[0],
        plan(ministry)[0],
        principle(7),
    ]
    for thing in things:
        link(section, thing)
    whole = principle(10)
    indexing.link(PrincipleLink, guideline=edition.guideline, principle=whole, by=None)
    return [*things, whole]


def shown(code, place, title, address, *, root="", language="ja"):
    """A linked section as a page shows it."""
    return (
        f'<a href="{root}/guidelines/{code}/{address}/"><span class="code">{code}</span> '
        f'<span lang="{language}"><span class="number">{place}</span>{title}</span></a>'
    )
