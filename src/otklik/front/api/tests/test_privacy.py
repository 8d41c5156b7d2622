"""Programs ask for the data of a client, look at what an erasure would do, and take the archive."""

import pytest

from otklik.core.journal import clock
from otklik.core.journal.once import Once
from otklik.core.staff.models import User
from otklik.desk.calls.models import Call
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.privacy import working
from otklik.desk.privacy.models import DataRequest
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.api.tests.conftest import Ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
SCOPES = ("personal:read", "personal:write")
BODY = {"kind": "export", "confirmed": "call"}


@pytest.fixture
def path(ticket: Ticket, anna: User) -> str:
    """Of the requests of Pavel, whose only request has ended."""
    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    outbox.send_due()
    return f"contacts/{ticket.contact_id}/data-requests"


def test_an_export_is_asked_for_once_and_taken(ask: Ask, path: str, head: User) -> None:
    first, again = (ask("post", path, head, BODY, scopes=SCOPES, key="k") for _ in range(2))
    assert (first.status_code, first.json()) == (200, again.json())
    pk = first.json()["id"]
    assert first.json()["state"] == "running" and DataRequest.objects.count() == 1
    assert ask("get", f"data-requests/{pk}/file", head, scopes=SCOPES).status_code == 404
    working.work(pk)
    told = ask("get", f"data-requests/{pk}", head, scopes=SCOPES).json()
    assert told["state"] == "done" and told["counts"] and told["file_until"]
    archive = ask("get", f"data-requests/{pk}/file", head, scopes=SCOPES)
    assert archive.status_code == 200 and b"".join(archive.streaming_content).startswith(b"PK")
    [row] = ask("get", "data-requests", head, scopes=SCOPES).json()["items"]
    assert row["id"] == pk


def test_an_erasure_needs_another_person(ask: Ask, path: str, head: User, admin: User) -> None:
    body = {**BODY, "kind": "erasure", "ground": "withdrawn"}
    looked = ask("get", path.replace("data-requests", "data-preview"), head, scopes=SCOPES).json()
    assert looked["goes"] and looked["stays"] and not looked["against"]
    pk = ask("post", path, head, body, scopes=SCOPES).json()["id"]
    assert ask("post", path, head, body, scopes=SCOPES).status_code == 409
    assert ask("post", f"data-requests/{pk}/allow", head, scopes=SCOPES).status_code == 403
    assert ask("post", f"data-requests/{pk}/allow", admin, scopes=SCOPES).json()["state"] == "running"
    assert ask("post", f"data-requests/{pk}/refuse", admin, {"words": "нет"}, scopes=SCOPES).status_code == 409


def test_answers_that_were_kept_forget_the_client(
    ask: Ask, path: str, ticket: Ticket, head: User, admin: User, boris: User, vera: User
) -> None:
    """No address stands in them: names, words and numbers do."""
    said = {"words": "Тишина", "stated": "Не ответили в срок", "source": "phone"}
    told = ask("post", "complaints", head, said | {"contact_id": ticket.contact_id}, key="complaint")
    assert told.status_code == 201 and told.json()["client"] == ticket.contact.name
    call = Call.objects.create(
        channel=Channel.objects.get(), team=ticket.team, ticket=ticket, contact=ticket.contact, holder=boris,
        begun_at=clock.now(), answered_at=clock.now(), answered_by=boris, ended_at=clock.now(),
    )  # fmt: skip
    body = {"result": "passed_on", "note": "Передали инженеру"}
    assert ask("post", f"calls/{call.pk}/result", boris, body, key="call").status_code == 200
    assert ask("post", "complaints", head, said | {"line": ticket.team_id}, key="of nobody").status_code == 201
    kept = dict(Once.objects.values_list("key", "answer"))
    assert not any(value in str(kept) for value in ticket.contact.identities.values_list("value", flat=True))

    ticket.refresh_from_db()
    if ticket.is_open:
        ticket.reply("Готово", by=boris, then=Resolve("готово"))
        outbox.send_due()
    body = {**BODY, "kind": "erasure", "ground": "withdrawn"}
    pk = ask("post", path, head, body, scopes=SCOPES).json()["id"]
    allowed = ask("post", f"data-requests/{pk}/allow", admin, scopes=SCOPES)
    assert allowed.status_code == 200, allowed.json()
    working.work(pk)
    assert DataRequest.objects.get(pk=pk).state == "done", DataRequest.objects.get(pk=pk).trouble
    left = dict(Once.objects.values_list("key", "answer"))
    assert (left["complaint"], left["call"]) == ({}, {}) and left["of nobody"] == kept["of nobody"]


def test_who_may_not(ask: Ask, path: str, boris: User, anna: User, vera: User, quality: User) -> None:
    assert ask("post", path, boris, BODY).status_code == 403, "the scope"
    pk = ask("post", path, boris, BODY, scopes=SCOPES).json()["id"]
    assert DataRequest.objects.get().state == "asked"
    assert ask("post", f"data-requests/{pk}/allow", boris, scopes=SCOPES).status_code == 403
    for stranger in (anna, vera, quality):
        assert ask("post", path, stranger, BODY, scopes=SCOPES).status_code == 404
        assert ask("get", f"data-requests/{pk}", stranger, scopes=SCOPES).status_code == 404
        assert ask("get", "data-requests", stranger, scopes=SCOPES).json()["items"] == []
