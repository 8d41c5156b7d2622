"""The service class of a ticket by programs: leads change it, once for each key."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.core.journal.models import Entry
from otklik.core.staff.models import ApiToken, User
from otklik.desk.sla import times
from otklik.desk.sla.models import ServiceClass, Target, Version
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def vip(db: None) -> Version:
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    return version


def send(client: Client, user: User, ticket: Ticket, body: dict[str, str], key: str = "") -> Any:
    _token, secret = ApiToken.objects.issue(user, ("tickets:read", "tickets:write"))
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    address = f"/api/v1/tickets/{ticket.number}/class"
    return client.post(address, body, content_type="application/json", headers=headers)


def test_a_lead_changes_it_once_for_each_key(client: Client, ticket: Ticket, boris: User, vip: Version) -> None:
    body = {"service_class": "VIP", "reason": "просил директор"}
    first, again = (send(client, boris, ticket, body, "k") for _ in range(2))

    assert (first.status_code, first.content) == (200, again.content)
    assert (first.json()["service_class"], first.json()["priority"]) == ("VIP", 2)
    assert Entry.objects.filter(kind="tickets.ClassChanged").count() == 1
    commitments = first.json()["commitments"]
    assert [one["kind"] for one in commitments] == ["first_answer", "resolution"]
    assert all(one["done_at"] is None and not one["is_paused"] for one in commitments)


def test_a_moment_that_moved_says_why(client: Client, ticket: Ticket, boris: User, vip: Version) -> None:
    Target.objects.filter(version=vip).update(first_answer=timedelta(minutes=10))
    times.forget()
    told = send(client, boris, ticket, {"service_class": "VIP", "reason": "просил директор"}).json()
    (moved,) = told["commitments"][0]["moved"]

    assert (moved["why"], moved["due"]) == ("просил директор", told["due_at"])


def test_others_and_unknown_classes_are_refused(
    client: Client, ticket: Ticket, anna: User, vera: User, boris: User, vip: Version
) -> None:
    body = {"service_class": "VIP", "reason": "надо"}
    told = [send(client, user, ticket, body).status_code for user in (anna, vera)]
    wrong = [{**body, "service_class": "Золотой"}, {**body, "reason": ""}]
    told += [send(client, boris, ticket, each).status_code for each in wrong]

    assert told == [403, 404, 422, 422]
