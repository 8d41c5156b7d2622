"""A program forwards letters of a ticket."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from otklik.core.staff.models import ApiToken, User
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import IncomingFile
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

type Forward = Callable[..., Any]


@pytest.fixture
def forward(client: Client, ticket: Ticket, anna: User) -> Forward:
    """`forward(key=…, field=…)`: a letter of this ticket to a supplier, unless something else is said."""
    _token, secret = ApiToken.objects.issue(anna, ("tickets:write",))

    def send(*, key: str = "", **other: Any) -> Any:
        message = ticket.conversation.messages.order_by("id")[0]
        body = {"text": "Есть?", "to": ["Sales@supplier.test"], "messages": [message.pk], **other}
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        where = f"/api/v1/tickets/{ticket.number}/forward"
        return client.post(where, body, content_type="application/json", headers=headers)

    return send


def test_it_leaves_once_and_is_marked_as_forwarded(forward: Forward, ticket: Ticket) -> None:
    answer = forward(key="k", cc=["boss@supplier.test"])
    assert answer.status_code == 200 and forward(key="k", cc=["boss@supplier.test"]).json() == answer.json()
    (said,) = [one for one in answer.json()["timeline"] if one["forwarded"]]
    assert (said["to"], said["cc"], said["direction"]) == (["sales@supplier.test"], ["boss@supplier.test"], "out")
    assert answer.json()["status"] == ticket.status and Outbound.objects.filter(kind="forward").count() == 1


def test_it_is_put_aside_until_they_answer(forward: Forward, tomorrow: Any) -> None:
    answer = forward(until=tomorrow.isoformat(), what="ждать поставщика").json()
    assert (answer["status"], answer["next_note"]) == ("scheduled", "ждать поставщика")


def test_only_named_files_go_along_and_only_those_of_the_messages(
    forward: Forward, ticket: Ticket, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    first = ticket.conversation.messages.order_by("id")[0]
    files = [IncomingFile("a.txt", "text/plain", b"A"), IncomingFile("b.txt", "text/plain", b"B")]
    Attachment.objects.keep_all(first, files)
    assert forward(files=[str(uuid4())]).json()["field"] == "files"
    assert not Outbound.objects.filter(kind="forward").exists()

    a = first.attachments.get(name="a.txt")
    assert forward(files=[str(a.key)]).status_code == 200
    assert [file.name for file in Message.objects.get(outbound__kind="forward").attachments.all()] == ["a.txt"]
    assert forward(messages=[first.pk + 1], files=[str(a.key)]).status_code == 422


@pytest.mark.parametrize("wrong", [{"to": []}, {"to": ["кто-то"]}, {"cc": ["x"]}, {"messages": []}, {"text": ""}])
def test_what_is_missing_is_refused(forward: Forward, wrong: dict[str, Any]) -> None:
    assert forward(**wrong).status_code == 422
    assert not Outbound.objects.filter(kind="forward").exists()


def test_who_only_reads_forwards_nothing(forward: Forward, anna: User) -> None:
    anna.role = "quality"
    anna.save()
    assert forward().status_code == 403
