"""Who is asking: `Authorization: Bearer otk_…`, and what the token may do."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.errors import HttpError
from ninja.security import HttpBearer

from otklik.core.staff.models import ApiToken, User


class Bearer(HttpBearer):
    """A living token with the scope of the operation; the person becomes `request.user`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        known = ApiToken.objects.recognise(token)
        if known is None:
            return None
        if self.scope not in known.scopes:
            raise HttpError(403, f"the token lacks the scope {self.scope}")
        request.user = known.user
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
