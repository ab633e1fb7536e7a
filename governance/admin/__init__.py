"""The admin's pages for people, bodies, decisions and the offices of the ministries."""

from governance.admin.bodies import BodyAdmin, DecisionAdmin
from governance.admin.offices import AppointmentAdmin, MinistryAdmin, RoleAdmin

__all__ = ["AppointmentAdmin", "BodyAdmin", "DecisionAdmin", "MinistryAdmin", "RoleAdmin"]
