"""Makes what tests of the governance need: ministries, functions, plans, bodies, proposals."""

from datetime import date
from itertools import count

from governance import appointing, defining, performing, planning, proposing
from governance.deciding import found_body, record_decision
from governance.models import (
    AgendaItem,
    Attendance,
    Briefing,
    Meeting,
    MeetingMaterial,
    Membership,
    Ministry,
    Proposal,
)
from governance.recording import record

REFINED = date(2018, 3, 30)
_turn = count(1)


def day(text):
    """A day as 2018-03-30; None stays None."""
    return date.fromisoformat(text) if text else None


def ministry(slug=None, *, name="総務省", name_en="", **facts):
    """A ministry with one name."""
    names = [{"name": name, "name_en": name_en}]
    slug = slug or f"ministry-{next(_turn)}"
    return appointing.establish_ministry(
        slug=slug, names=names, by=None, **{"position": next(_turn)} | facts
    )


def role(slug="ministry-cio", name="府省CIO"):
    """A role with one name."""
    return appointing.define_role(slug=slug, scope="ministry", names=[{"name": name}], by=None)


def appointment(at, *, began="2018-04-01", ended=None):
    """That a post of a ministry holds a role made for it."""
    holds = role(f"role-{next(_turn)}")
    return appointing.appoint(
        role=holds, ministry=at, post="官房長", began_on=day(began), ended_on=day(ended), by=None
    )


def function(slug=None, *, parent=None, **facts):
    """A function of a PMO: an abstract one, or a refined one of 2018 below another."""
    slug = slug or f"function-{next(_turn)}"
    kind = {"origin": "refined", "began_on": REFINED} if parent else {"origin": "abstract"}
    facts = {"name": f"機能 {slug}", "position": next(_turn)} | kind | facts
    return defining.define_function(by=None, slug=slug, parent=parent, **facts)


def assess(at, what, level, on="2019-04-01", **facts):
    """How far a ministry performed a function on a day."""
    return performing.assess(at, what, assessed_on=day(on), level=level, by=None, **facts)


def plan(of=None, *, began="2022-04-01", ended=None, revised=(), **facts):
    """A plan with the days on which it was adopted and revised."""
    made = planning.adopt_plan(
        of or ministry(),
        began_on=day(began),
        ended_on=day(ended),
        by=None,
        **{"title": "中長期計画", "title_en": "Medium-to-long-term plan"} | facts,
    )
    for one in revised:
        planning.revise_plan(made, revised_on=day(one), by=None)
    return made


def measure(of, number="1", *, due="2024-03-31", reports=()):
    """A measure of a plan, with its reports as pairs of a day and a percentage."""
    made = planning.add_measure(of, number=number, title="施策", due_on=day(due), by=None)
    for reported, percent in reports:
        planning.report_progress(made, reported_on=day(reported), percent=percent, by=None)
    return made


def body(slug, name=None, *, founded=None, abolished=None, **facts):
    """A body."""
    return found_body(
        slug=slug,
        name=name or f"組織 {slug}",
        founded_on=day(founded),
        abolished_on=day(abolished),
        by=None,
        **facts,
    )


def decision(of, on="2020-03-31"):
    """A decision of a body."""
    return record_decision(body=of, decided_on=day(on), title=f"決定 {next(_turn)}", by=None)


def meeting(of, on="2019-06-01", **facts):
    """A meeting of a body."""
    facts = {"title": f"第{next(_turn)}回会議"} | facts
    return record(Meeting, by=None, body=of, held_on=day(on), **facts)


def agenda_item(of, title="議題", **facts):
    """A point of a meeting's agenda."""
    return record(AgendaItem, by=None, meeting=of, title=title, **facts)


def material(of, title="資料", url=""):
    """A paper of a meeting."""
    return record(MeetingMaterial, by=None, meeting=of, title=title, url=url)


def member(of, holders, **facts):
    """That the holders of a role belong to a body."""
    return record(Membership, by=None, body=of, role=holders, **facts)


def proposal(source, target, *, stages=(), slug=None, **facts):
    """A proposal with its stages as pairs of a stage and a day; adoption makes its decision."""
    facts = {"subject": "other", "title": "提案の件名"} | facts
    slug = slug or f"proposal-{next(_turn)}"
    made = record(Proposal, by=None, slug=slug, source=source, target=target, **facts)
    for stage, reached in stages:
        decided = {"decision": decision(target, reached)} if stage == "adopted" else {}
        proposing.advance(made, stage, reached_on=day(reached), by=None, **decided)
    return made


def briefing(*ministries, on="2020-06-01"):
    """A training to which ten people of each ministry came."""
    held = record(
        Briefing,
        by=None,
        slug=f"briefing-{next(_turn)}",
        kind="training",
        held_on=day(on),
        title="説明会の名称",
    )
    for one in ministries:
        record(Attendance, by=None, briefing=held, ministry=one, people=10)
    return held


def first_ministry():
    """The ministry that was made first."""
    return Ministry.objects.earliest("pk")
