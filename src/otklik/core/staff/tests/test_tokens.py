"""Keys for programs: what their person sees of them."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import ApiCall, ApiToken, User
from otklik.core.staff.tasks import sweep

pytestmark = pytest.mark.django_db


def test_the_page_shows_when_a_key_was_used_and_what_was_done_with_it(client: Client, anna: User, ilya: User) -> None:
    token, secret = ApiToken.objects.issue(anna, ["tickets:write"], "Робот")
    others, _secret = ApiToken.objects.issue(ilya, ["tickets:write"])
    token.used()
    ApiCall.objects.note(token, "POST tickets/7/reply", 200, "10.0.0.7")
    ApiCall.objects.note(others, "POST tickets/8/reply", 403, "10.0.0.8")
    client.force_login(anna)

    page = client.get("/me/keys/").content.decode()

    assert "POST tickets/7/reply" in page and "10.0.0.7" in page and "Последний вызов" in page
    assert "tickets/8" not in page and secret not in page


def test_calls_of_a_year_ago_are_forgotten(anna: User) -> None:
    token, _secret = ApiToken.objects.issue(anna, ["tickets:write"])
    with clock.at(clock.now() - timedelta(days=366)):
        ApiCall.objects.note(token, "POST tickets/7/reply", 200, "10.0.0.7")
    ApiCall.objects.note(token, "POST tickets/8/reply", 200, "10.0.0.7")

    sweep(timestamp=0)

    assert ApiCall.objects.get().operation == "POST tickets/8/reply"
