"""People, what lets them in, how the house is set up and when it works."""

from allauth.mfa.models import Authenticator

from otklik.core.audit.registry import hears, watch
from otklik.core.calendar.models import BusinessCalendar, CalendarException
from otklik.core.staff import events
from otklik.core.staff.models import (
    Ability,
    ApiToken,
    Brand,
    Membership,
    OneTimeLink,
    Organisation,
    Requirement,
    Skill,
    Team,
    User,
)

OWN_TASTE = (
    *("language", "time_zone", "theme", "compact", "keys_on", "row_without", "list_orders", "replies_to_line"),
    *("card_folded", "card_tab", "card_opened"),
)
ATTENDING = ("last_login", "availability", "availability_since", "takes", "pause_reason", "sessions_round")

watch(User, codes=("login",), passing=(*OWN_TASTE, *ATTENDING))
watch(ApiToken, codes=("scopes",), passing=("used_at",))
watch(OneTimeLink)
watch(Authenticator, passing=("last_used_at",))
watch(Organisation, passing=("set_up_at",))
watch(BusinessCalendar, codes=("time_zone", "weekly"))
watch(CalendarException, codes=("windows",))
for model in (Team, Membership, Brand, Skill, Ability, Requirement):
    watch(model)
hears(
    *(events.PersonInvited, events.PersonJoined, events.PersonAppointed, events.PersonLeft, events.PersonReturned),
    *(events.PasswordSet, events.SecondFactorRemoved, events.SignedIn),
)
