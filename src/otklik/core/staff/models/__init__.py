"""Nouns of the department: users and roles, teams (lines), the organisation, API tokens."""

from otklik.core.staff.models.organisation import Organisation
from otklik.core.staff.models.team import Membership, Team
from otklik.core.staff.models.token import ApiToken
from otklik.core.staff.models.user import Role, User

__all__ = ["ApiToken", "Membership", "Organisation", "Role", "Team", "User"]
