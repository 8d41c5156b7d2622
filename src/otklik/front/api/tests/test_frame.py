"""What holds for every operation: problems, what is not on the list, allowances, a line for each change, keys."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.journal.once import Once
from otklik.core.staff.models import ApiCall, ApiToken, Organisation, User
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.desk.tickets.models import Ticket
from otklik.front.api import allowance as rates
from otklik.front.api.tests.conftest import Program

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


# -- problems -------------------------------------------------------------------------------------------------------


def test_every_refusal_is_a_problem(annas: Program, ticket: Ticket, client: Client) -> None:
    path = f"tickets/{ticket.number}"
    answers = {
        400: annas("get", f"{path}?strange=1"),
        401: client.get(f"/api/v1/{path}"),
        403: Program(annas.token.user, "tickets:write")("get", path),
        404: annas("get", "tickets/999999"),
        405: annas("delete", path),
        412: annas("post", f"{path}/note", {"text": "x"}, If_Match='"old"'),
        415: annas.client.post(f"/api/v1/{path}/note", "text=x", content_type="text/plain"),
        422: annas("post", f"{path}/note"),
    }
    for status, answer in answers.items():
        told = answer.json()
        assert (answer.status_code, answer["Content-Type"], told["status"]) == (status, PROBLEM, status), told
        assert {"type", "title", "detail", "field"} <= set(told)
        assert ("instance" in told) is (status not in (404, 405))
    assert answers[401]["WWW-Authenticate"].startswith("Bearer")
    assert answers[405]["Allow"] == "GET"
    assert not ticket.conversation.messages.filter(direction="note").exists()


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v2/tickets", "/api/nothing"])
def test_addresses_that_nothing_has_are_problems_too(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_a_body_that_is_no_json_and_one_that_is_too_long(
    annas: Program, ticket: Ticket, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/tickets/{ticket.number}/note"
    broken = annas.client.post(path, "{", content_type="application/json")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    long = annas.client.post(path, {"text": "x" * 100}, content_type="application/json")

    assert (broken.status_code, long.status_code) == (400, 413)
    assert broken["Content-Type"] == long["Content-Type"] == PROBLEM
    assert RequestDataTooBig.__name__ not in long.content.decode()


# -- what is not on the list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["sort=subject", "order_by=owner__password", "owner__email=x", "page=2", "fields=id"])
def test_ACCESS_7_a_parameter_that_is_not_on_the_list_is_refused(annas: Program, ticket: Ticket, told: str) -> None:
    answer = annas("get", f"tickets?{told}")
    assert (answer.status_code, answer.json()["field"]) == (400, told.partition("=")[0])


def test_ACCESS_7_an_act_with_a_strange_parameter_changes_nothing(annas: Program, ticket: Ticket) -> None:
    assert annas("post", f"tickets/{ticket.number}/note?dry=1", {"text": "x"}).status_code == 400
    assert not ticket.conversation.messages.filter(direction="note").exists()


@pytest.mark.parametrize("fields", ["password", "number,owner__email", "number,,subject", "timeline", "*"])
def test_ACCESS_7_only_fields_of_the_shape_can_be_asked_for(annas: Program, ticket: Ticket, fields: str) -> None:
    answer = annas("get", f"tickets?fields={fields}")
    assert (answer.status_code, answer.json()["field"]) == (400, "fields")


def test_ACCESS_4_fields_that_no_body_has_change_nothing(annas: Program, ticket: Ticket) -> None:
    before = Ticket.objects.filter(pk=ticket.pk).values("owner", "team", "status", "priority", "class_name").get()
    body = {"text": "Проверил", "owner": "anna", "status": "resolved", "priority": 4, "line": "Вторая линия"}

    answer = annas(
        "post", f"tickets/{ticket.number}/note", body | {"class_name": "VIP", "by": "admin", "role": "admin"}
    )

    assert answer.status_code == 200
    assert Ticket.objects.filter(pk=ticket.pk).values(*before).get() == before


# -- second factor --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "led", "answering"), [("nobody", 200, 200), ("leads", 403, 200), ("everyone", 403, 403)]
)
def test_AUTH_3_a_key_of_who_owes_a_second_factor_opens_nothing(
    boris: User, anna: User, ticket: Ticket, policy: str, led: int, answering: int
) -> None:
    """Also one that was made before it was demanded; connecting one opens the door again."""
    keys = Program(boris), Program(anna)
    Organisation.objects.update(second_factor=policy, is_demo=False)
    recent.forget()

    got = [program("get", "tickets") for program in keys]
    assert [answer.status_code for answer in got] == [led, answering]
    assert all(answer.json()["type"].endswith(":second-factor") for answer in got if answer.status_code == 403)
    wrote = keys[0]("post", f"tickets/{ticket.number}/note", {"text": "x"})
    assert wrote.status_code == led and ticket.conversation.messages.filter(direction="note").exists() is (led == 200)

    TOTP.activate(boris, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert keys[0]("get", "tickets").status_code == 200


# -- allowances -----------------------------------------------------------------------------------------------------


@pytest.fixture
def three_calls(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Three calls a minute, and a clock that stands still."""
    settings.API_PER_MINUTE, now = 3, [100.0]
    monkeypatch.setattr(rates.allowance, "now", lambda: now[0])
    yield now
    rates.allowance.__init__()  # type: ignore[misc]


def test_a_token_that_asks_too_often_waits(annas: Program, anna: User, three_calls: list[float]) -> None:
    answers = [annas("get", "topics") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert (last["RateLimit-Limit"], last["RateLimit-Policy"], last["RateLimit-Reset"]) == ("3", "3;w=60", "60")
    assert last["Retry-After"] == "20" and last.json()["type"] == "urn:otklik:problem:rate-limit"
    assert Program(anna)("get", "topics").status_code == 200
    three_calls[0] += 20
    assert annas("get", "topics").status_code == 200


def test_buckets_that_have_filled_are_forgotten(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_PER_MINUTE, now = 60, [0.0]
    monkeypatch.setattr(rates, "MOST", 3)
    bucket = rates.Allowance(lambda: now[0])
    for token in (1, 2, 3):
        bucket.take(token)
    now[0] += 60
    bucket.take(4)
    assert set(bucket._buckets) == {4}


# -- a line for each change -----------------------------------------------------------------------------------------


def test_what_a_token_changed_and_was_refused_is_written_down(annas: Program, ticket: Ticket, anna: User) -> None:
    path = f"tickets/{ticket.number}"
    annas("get", path)
    annas("post", f"{path}/note", {"text": "Секрет клиента"})
    annas("post", f"{path}/note", {})
    reader = Program(anna, "tickets:read")
    reader("post", f"{path}/note", {"text": "x"})
    reader("get", "quarantine")

    lines = ApiCall.objects.order_by("id").values_list("token", "operation", "status", "address")
    assert list(lines) == [
        (annas.token.pk, f"POST {path}/note", 200, "127.0.0.1"),
        (annas.token.pk, f"POST {path}/note", 422, "127.0.0.1"),
        (reader.token.pk, f"POST {path}/note", 403, "127.0.0.1"),
        (reader.token.pk, "GET quarantine", 403, "127.0.0.1"),
    ]
    annas.token.refresh_from_db()
    assert annas.token.used_at is not None


def test_a_line_that_cannot_be_written_undoes_nothing(
    annas: Program, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("full")

    monkeypatch.setattr(ApiCall.objects, "note", fail)
    assert annas("post", f"tickets/{ticket.number}/note", {"text": "x"}).status_code == 200


def test_the_last_use_is_written_once_a_minute(annas: Program) -> None:
    annas("get", "topics")
    first = ApiToken.objects.get(pk=annas.token.pk).used_at
    annas("get", "topics")
    assert ApiToken.objects.get(pk=annas.token.pk).used_at == first
    with clock.at(clock.now() + timedelta(minutes=2)):
        annas("get", "topics")
    assert ApiToken.objects.get(pk=annas.token.pk).used_at != first


# -- repeated -------------------------------------------------------------------------------------------------------


def test_DEDUP_3_every_creation_and_change_takes_a_key(client: Client) -> None:
    """All but those that change nothing, and those that say the whole state anew.

    To reveal is to look: each one is written down, and what was shown is kept nowhere to be given again.
    """
    schema = client.get("/api/v1/openapi.json").json()
    without = {
        operation["operationId"]
        for path in schema["paths"].values()
        for method, operation in path.items()
        if method == "post" and not any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
    }
    looks = {"reveal_contact", "reveal_organisation"}
    tries = {"preview_rule", "try_rule", "test_webhook", "test_panel", "preview_update"}
    assert without == {*tries, "switch_rule", "undo_macro", *looks}


def test_DEDUP_3_a_secret_is_renewed_once_for_each_key_and_kept_sealed(admins: Program) -> None:
    body = {"name": "В", "url": "https://hooks.test/x", "events": ["opened"]}
    made, again = (admins("post", "webhooks", body, Idempotency_Key="w") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content
    path = f"webhooks/{made.json()['id']}/secret"
    fresh, repeated = (admins("post", path, Idempotency_Key="s") for _ in range(2))

    assert fresh.json()["secret"] == repeated.json()["secret"] != made.json()["secret"]
    kept = str(list(Once.objects.values_list("answer", flat=True)))
    assert made.json()["secret"] not in kept and fresh.json()["secret"] not in kept


def test_HOOK_3_a_dead_letter_is_seen_and_sent_again_by_programs(admins: Program) -> None:
    endpoint = Endpoint(name="В", url="https://hooks.test/x", events=["opened"])
    endpoint.renew_secret()
    for key, state in (("a", "delivered"), ("b", "dead")):
        tries = [{"status": 500}]
        Delivery.objects.create(endpoint=endpoint, event="opened", key=key, body="{}", state=state, tries=tries)
    path = f"webhooks/{endpoint.pk}/calls"

    (dead,) = admins("get", f"{path}?state=dead").json()
    assert (dead["state"], dead["tries"]) == ("dead", [{"status": 500}])
    first, again = (admins("post", f"{path}/{dead['id']}/again", Idempotency_Key="a") for _ in range(2))

    assert first.status_code == 200 and first.content == again.content and first.json()["state"] == "waiting"
    assert admins("get", f"{path}?state=dead").json() == []
    assert ProcrastinateJob.objects.filter(task_name="automation.call").count() == 1
    assert admins("get", f"{path}?state=lost").status_code == 422
