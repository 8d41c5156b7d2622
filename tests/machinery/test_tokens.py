"""`otklik token list --json`."""

import pytest

from otklik.config.cli.token import describe
from otklik.core.staff.models import ApiCall, ApiToken, User

pytestmark = pytest.mark.django_db


def test_the_keeper_reads_the_same_by_the_command(anna: User) -> None:
    token, secret = ApiToken.objects.issue(anna, ["tickets:write"], "Робот")
    ApiCall.objects.note(token, "POST tickets/7/reply", 403, "10.0.0.7")

    told = describe(token)

    (call,) = told["calls"]  # type: ignore[misc]
    assert (call["operation"], call["status"], call["address"]) == ("POST tickets/7/reply", 403, "10.0.0.7")
    assert told["used_at"] is None and secret not in str(told) and token.digest not in str(told)
