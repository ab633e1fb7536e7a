"""The admin's pages for people and for all of the governance."""

from governance.admin.bodies import BodyAdmin, DecisionAdmin
from governance.admin.briefings import BriefingAdmin
from governance.admin.functions import PmoFunctionAdmin, PmoStatusAdmin
from governance.admin.meetings import MeetingAdmin, ProposalAdmin
from governance.admin.offices import AppointmentAdmin, MinistryAdmin, RoleAdmin
from governance.admin.people import PersonAdmin
from governance.admin.plans import MeasureAdmin, PlanAdmin, ProgressReportAdmin
from governance.admin.strategies import PrincipleAdmin, StrategyAdmin, StrategyItemAdmin

__all__ = [
    "AppointmentAdmin",
    "BodyAdmin",
    "BriefingAdmin",
    "DecisionAdmin",
    "MeasureAdmin",
    "MeetingAdmin",
    "MinistryAdmin",
    "PersonAdmin",
    "PlanAdmin",
    "PmoFunctionAdmin",
    "PmoStatusAdmin",
    "PrincipleAdmin",
    "ProgressReportAdmin",
    "ProposalAdmin",
    "RoleAdmin",
    "StrategyAdmin",
    "StrategyItemAdmin",
]
