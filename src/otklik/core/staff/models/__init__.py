"""Nouns of the department: users and roles, teams (lines), organisation and brands, tokens, links that work once."""

from otklik.core.staff.models.absence import Absence
from otklik.core.staff.models.api_call import ApiCall
from otklik.core.staff.models.attending import Availability, Takes
from otklik.core.staff.models.brand import Brand, Logo
from otklik.core.staff.models.cache import CacheRow
from otklik.core.staff.models.link import OneTimeLink, Purpose
from otklik.core.staff.models.organisation import Organisation
from otklik.core.staff.models.skill import Ability, Level, Requirement, Skill
from otklik.core.staff.models.stint import Stint
from otklik.core.staff.models.team import Membership, Team
from otklik.core.staff.models.throttle import Throttle
from otklik.core.staff.models.token import ApiToken
from otklik.core.staff.models.user import Role, User

__all__ = [
    "Ability",
    "Absence",
    "ApiCall",
    "ApiToken",
    "Availability",
    "Brand",
    "CacheRow",
    "Level",
    "Logo",
    "Membership",
    "OneTimeLink",
    "Organisation",
    "Purpose",
    "Requirement",
    "Role",
    "Skill",
    "Stint",
    "Takes",
    "Team",
    "Throttle",
    "User",
]
