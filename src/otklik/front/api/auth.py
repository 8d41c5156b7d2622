"""Who is asking: `Authorization: Bearer otk_…`, and what the token may do."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from otklik.core.audit.door import tell_database
from otklik.core.staff.models import ApiToken, User
from otklik.front.api.allowance import allowance
from otklik.front.api.problems import Trouble

SAFE = ("GET", "HEAD", "OPTIONS")
# Work on tickets is no privileged act, and stands in their timelines.
TICKETS = "/api/v1/tickets"


class Bearer(HttpBearer):
    """A living token with the scope of the operation; the person becomes `request.user`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        known = ApiToken.objects.recognise(token)
        if known is None:
            return None
        known.used()
        left = allowance.take(known.pk)
        request.program, request.left = known, left  # type: ignore[attr-defined]
        if left.wait:
            raise Trouble(429, f"this token has no calls left for {left.wait} s", "rate-limit")
        if known.user.owes_second_factor:  # a key that is older than the demand opens no more than the page does
            raise Trouble(403, "its person has to set up a second factor first", "second-factor")
        if self.scope not in known.scopes:
            raise Trouble(403, f"the token lacks the scope {self.scope}", "scope")
        request.user = known.user
        if request.method not in SAFE and not request.path.startswith(TICKETS):
            tell_database()
        translation.activate("en")
        return known


def person(request: HttpRequest) -> User:
    """The person for whom the program acts."""
    user: Any = request.user
    assert isinstance(user, User)
    return user


reading = Bearer("tickets:read")
writing = Bearer("tickets:write")
looking = Bearer("quarantine:read")
releasing = Bearer("quarantine:write")
knowing = Bearer("people:read")
staffing = Bearer("people:write")
automating = Bearer("automation:write")
asking_data = Bearer("personal:read")
keeping_data = Bearer("personal:write")
auditing = Bearer("audit:read")
carding = Bearer("clients:write")
following = Bearer("imports:read")
bringing = Bearer("imports:write")
taking = Bearer("exports:read")
hearing = Bearer("notices:read")
noticing = Bearer("notices:write")
rostering = Bearer("roster:read")
planning = Bearer("roster:write")
studying = Bearer("knowledge:read")
writing_up = Bearer("knowledge:write")
looking_beside = Bearer("panels:read")
listening = Bearer("calls:read")
calling = Bearer("calls:write")
seeing_into = Bearer("incidents:read")
leading = Bearer("incidents:write")
hearing_out = Bearer("complaints:read")
complaining = Bearer("complaints:write")
surveying = Bearer("surveys:read")
moderating = Bearer("surveys:write")
seeing_boards = Bearer("boards:read")
building = Bearer("boards:write")
