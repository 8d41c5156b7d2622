"""The audit trail for programs."""

import pytest
from django.test import Client

from otklik.core.audit.models import Line, Outcome
from otklik.core.staff.models import ApiToken, User

pytestmark = pytest.mark.django_db


def ask(user: User, *scopes: str, query: str = "") -> object:
    _, secret = ApiToken.objects.issue(user, scopes)
    return Client().get(f"/api/v1/audit{query}", headers={"Authorization": f"Bearer {secret}"})


def test_an_administrator_with_the_scope_reads_it(admin: User):
    told = ask(admin, "audit:read", query="?limit=1").json()  # type: ignore[attr-defined]
    assert len(told["items"]) == 1 and told["head"].startswith("0:")
    assert told["items"][0]["about"] == "staff.ApiToken" and told["items"][0]["after"]["scopes"] == ["audit:read"]


def test_who_may_not_is_refused_and_that_is_a_line(admin: User, anna: User):
    assert ask(admin, "tickets:read").status_code == 403  # type: ignore[attr-defined]
    assert ask(anna, "audit:read").status_code == 403  # type: ignore[attr-defined]
    line = Line.objects.filter(outcome=Outcome.REFUSED).latest("id")
    assert (line.door, line.actor, bool(line.program_id)) == ("api", anna, True)
