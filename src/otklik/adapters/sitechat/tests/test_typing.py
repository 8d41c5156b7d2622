"""That somebody writes is told both ways, and never what; a visitor knows their place in the queue."""

from datetime import timedelta

import pytest

from otklik.adapters.sitechat import typing
from otklik.adapters.sitechat.models import Visitor
from otklik.adapters.sitechat.tests.conftest import Window
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Presence, Ticket

pytestmark = pytest.mark.django_db


def standing(window: Window) -> tuple[bool, int | None]:
    told = window.told()
    return told["typing"], told["place"]


def test_the_desk_sees_that_a_visitor_writes_for_some_seconds(window: Window) -> None:
    window.says()
    visitor = window.visitor
    assert not typing.is_typing(visitor.address)

    assert window.post("writes", text="недосказанное").status_code == 204

    assert typing.is_typing(visitor.address)
    row = Visitor.objects.filter(pk=visitor.pk).values().get()
    assert "недосказанное" not in str(row), "never what"
    with clock.at(clock.now() + timedelta(seconds=11)):
        assert not typing.is_typing(visitor.address)


def test_the_open_request_hears_of_it(anna: User, client, window: Window) -> None:
    window.says()
    ticket = Ticket.objects.get()
    client.force_login(anna)
    address = f"/tickets/{ticket.number}/presence/"
    assert "client-types" not in client.get(address).content.decode()

    window.post("writes")

    assert "client-types" in client.get(address).content.decode()


def test_a_stranger_writes_nowhere(another, window: Window) -> None:
    window.says()

    assert another("b").post("writes").status_code == 404
    assert window.post("writes", origin="https://evil.example").status_code == 403
    assert not typing.is_typing(window.visitor.address)


def test_a_visitor_sees_that_an_answer_is_written_and_a_note_never(
    anna: User, ilya: User, client, window: Window
) -> None:
    window.says()
    ticket = Ticket.objects.get()
    client.force_login(anna)

    client.post(f"/tickets/{ticket.number}/presence/", {"doing": "notes"})
    assert not standing(window)[0]
    client.post(f"/tickets/{ticket.number}/presence/", {"doing": "writes"})
    assert standing(window)[0]
    Presence.objects.update(at=clock.now() - timedelta(minutes=1))
    assert not standing(window)[0]


def test_the_place_in_the_queue_is_of_those_who_wait_for_the_line(another, anna: User, window: Window) -> None:
    window.says()
    second = another("b")
    second.says("И я")
    moment = clock.now()
    for number, minutes in enumerate((9, 4)):
        ticket = Ticket.objects.order_by("pk")[number]
        Ticket.objects.filter(pk=ticket.pk).update(due_from=moment - timedelta(minutes=minutes))

    assert (standing(window)[1], standing(second)[1]) == (1, 2)
    Ticket.objects.filter(pk=Ticket.objects.order_by("pk")[0].pk).update(status="pending_client")
    assert (standing(window)[1], standing(second)[1]) == (None, 1)
