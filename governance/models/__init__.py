"""The tables of who decides: people, bodies, and the offices of the ministries."""

from governance.models.bodies import Body, Decision
from governance.models.offices import Appointment, Ministry, MinistryName, Role, RoleName
from governance.models.people import User

__all__ = [
    "Appointment",
    "Body",
    "Decision",
    "Ministry",
    "MinistryName",
    "Role",
    "RoleName",
    "User",
]
