"""The tables of who decides, who is responsible, and what is planned, performed and told."""

from governance.models.bodies import Body, Decision, Membership
from governance.models.briefings import Attendance, Briefing, BriefingMaterial
from governance.models.functions import PmoFunction, PmoStatus
from governance.models.meetings import (
    AgendaItem,
    Meeting,
    MeetingMaterial,
    Proposal,
    ProposalStage,
)
from governance.models.offices import Appointment, Ministry, MinistryName, Role, RoleName
from governance.models.people import User
from governance.models.plans import Measure, Plan, PlanChapter, PlanRevision, ProgressReport
from governance.models.strategies import Principle, Strategy, StrategyItem

__all__ = [
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Body",
    "Briefing",
    "BriefingMaterial",
    "Decision",
    "Measure",
    "Meeting",
    "MeetingMaterial",
    "Membership",
    "Ministry",
    "MinistryName",
    "Plan",
    "PlanChapter",
    "PlanRevision",
    "PmoFunction",
    "PmoStatus",
    "Principle",
    "ProgressReport",
    "Proposal",
    "ProposalStage",
    "Role",
    "RoleName",
    "Strategy",
    "StrategyItem",
    "User",
]
