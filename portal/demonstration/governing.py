"""Loads how it is decided: members, meetings, proposals, strategies, principles, briefings."""

from governance import proposing
from governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Briefing,
    BriefingMaterial,
    Decision,
    Meeting,
    MeetingMaterial,
    Membership,
    Ministry,
    Principle,
    Proposal,
    Role,
    Strategy,
    StrategyItem,
)
from governance.recording import record, record_many
from guidelines import indexing
from guidelines.models import BriefingLink, Guideline, PrincipleLink, StrategyLink
from portal.demonstration.index import link_sections


def load_conduct(conduct, *, by):
    """Everything of it, each after what it names."""
    bodies = {body.slug: body for body in Body.objects.all()}
    ministries = {ministry.slug: ministry for ministry in Ministry.objects.all()}
    roles = {role.slug: role for role in Role.objects.all()}
    for row in conduct["members"]:
        ministry = ministries[row["ministry"]] if "ministry" in row else None
        facts = {"body": bodies[row["body"]], "role": roles[row["role"]], "ministry": ministry}
        record(Membership, by=by, **row | facts)
    proposals = {row["slug"]: _propose(row, bodies, by=by) for row in conduct["proposals"]}
    meetings = {}
    for row in conduct["meetings"]:
        meeting = _hold(row, bodies, proposals, by=by)
        meetings[f"{row['body']}/{row['held_on']}"] = meeting
    for row in conduct["proposals"]:
        for stage in row["stages"]:
            facts = {
                "meeting": meetings[stage["meeting"]] if "meeting" in stage else None,
                "decision": _decision(stage["decision"]) if "decision" in stage else None,
            }
            proposing.advance(proposals[row["slug"]], by=by, **stage | facts)
    for row in conduct["strategies"]:
        _adopt(row, bodies, by=by)
    for row in conduct["principles"]:
        _state(row, by=by)
    for row in conduct["briefings"]:
        _brief(row, bodies, roles, ministries, by=by)


def _without(row, *names):
    return {name: value for name, value in row.items() if name not in names}


def _decision(named):
    slug, day = named.split("/")
    return Decision.objects.get(body__slug=slug, decided_on=day)


def _propose(row, bodies, *, by):
    ends = {"source": bodies[row["source"]], "target": bodies[row["target"]]}
    return record(Proposal, by=by, **_without(row, "stages") | ends)


def _hold(row, bodies, proposals, *, by):
    body = bodies[row["body"]]
    facts = _without(row, "agenda", "materials") | {"body": body}
    meeting = record(Meeting, by=by, **facts)
    for position, item in enumerate(row.get("agenda", [])):
        decided = item.get("decision")
        facts = {
            "proposal": proposals[item["proposal"]] if "proposal" in item else None,
            "decision": _decision(f"{body.slug}/{decided}") if decided else None,
        }
        record(AgendaItem, by=by, meeting=meeting, position=position, **item | facts)
    for position, item in enumerate(row.get("materials", [])):
        record(MeetingMaterial, by=by, meeting=meeting, position=position, **item)
    return meeting


def _adopt(row, bodies, *, by):
    facts = _without(row, "items") | {"body": bodies[row["body"]]}
    strategy = record(Strategy, by=by, **facts)
    for position, item in enumerate(row["items"]):
        kept = record(
            StrategyItem,
            by=by,
            strategy=strategy,
            position=position,
            **_without(item, "sections"),
        )
        link_sections(StrategyLink, item.get("sections", []), by=by, item=kept)


def _state(row, *, by):
    principle = record(Principle, by=by, **_without(row, "guidelines", "sections"))
    for guideline in Guideline.objects.filter(code__in=row.get("guidelines", [])):
        indexing.link(PrincipleLink, by=by, guideline=guideline, principle=principle)
    link_sections(PrincipleLink, row.get("sections", []), by=by, principle=principle)


def _brief(row, bodies, roles, ministries, *, by):
    facts = _without(row, "guidelines", "materials", "attendance") | {
        "organiser": bodies[row["organiser"]],
        "roles": [roles[slug] for slug in row.get("roles", [])],
    }
    briefing = record(Briefing, by=by, **facts)
    for position, item in enumerate(row.get("materials", [])):
        record(BriefingMaterial, by=by, briefing=briefing, position=position, **item)
    attendance = [
        {"briefing": briefing, "ministry": ministries[one["ministry"]], "people": one["people"]}
        for one in row.get("attendance", [])
    ]
    record_many(Attendance, attendance, by=by)
    for guideline in Guideline.objects.filter(code__in=row.get("guidelines", [])):
        indexing.link(BriefingLink, by=by, guideline=guideline, briefing=briefing)
