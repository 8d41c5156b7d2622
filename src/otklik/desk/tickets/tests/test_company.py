"""Who takes part beside the client, and that nobody learns what was said before by being written to."""

from datetime import datetime

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Identity
from otklik.desk.tickets import company
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.links import client_link
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper, Write


def roles(ticket: Ticket) -> dict[str, tuple[str, str]]:
    return {one.address: (one.role, one.standing) for one in company.of(ticket)}


def letter_of(ticket: Ticket) -> str:
    """The last letter as it goes out."""
    outbound = ticket.conversation.messages.filter(direction="out").order_by("-id")[0].outbound
    assert outbound
    return bytes(outbound.raw).decode()


def test_whom_a_letter_names_is_a_proposal(pavel: Contact, writes: Write) -> None:
    ticket = writes(to=["Help <HELP@desk.test>", "help+abc@desk.test"], cc=["Ольга <Olga@volga.test>", "x@else.test"])
    assert roles(ticket) == {"olga@volga.test": ("copy", "proposed"), "x@else.test": ("copy", "proposed")}


def test_a_colleague_of_the_client_and_a_stranger_are_told_apart(
    ticket: Ticket, volga: Client, anna: User, writes: Write, tomorrow: datetime
) -> None:
    Identity.objects.create(
        contact=Contact.objects.create(name="Ольга", client=volga), kind="email", value="olga@volga.test"
    )
    answer = ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    writes("Я тоже жду", sender="olga@volga.test", references=[answer.external_id])
    writes("А я чужой", sender="eve@else.test", references=[answer.external_id])
    assert roles(ticket) == {"olga@volga.test": ("colleague", "proposed"), "eve@else.test": ("outside", "proposed")}


def test_an_agent_lets_in_and_keeps_out(ticket: Ticket, anna: User) -> None:
    ticket.settle("Olga@Volga.test ", let_in=True, by=anna)
    assert roles(ticket) == {"olga@volga.test": ("copy", "in")}
    ticket.settle("olga@volga.test", let_in=False, by=anna)
    assert roles(ticket) == {"olga@volga.test": ("copy", "out")}


@pytest.mark.parametrize("address", ["", "кто-то", "pavel@volga.test", "help+1@desk.test"])
def test_the_client_and_ourselves_take_part_anyway(ticket: Ticket, anna: User, address: str) -> None:
    with pytest.raises(Invalid):
        ticket.settle(address, let_in=True, by=anna)


def test_whoever_we_answered_takes_part(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow), cc=["olga@volga.test"])
    assert roles(ticket) == {"olga@volga.test": ("copy", "in")}


def test_what_was_decided_in_a_joined_request_holds_in_the_one_that_goes_on(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    second = writes("Ещё", cc=["eve@else.test"])
    second.settle("eve@else.test", let_in=False, by=anna)
    second.merge_into(ticket, by=anna)
    assert roles(ticket) == {"eve@else.test": ("copy", "out")}


def test_somebody_new_in_copy_gets_the_new_letter_alone(
    ticket: Ticket, anna: User, paper: Paper, tomorrow: datetime
) -> None:
    """No quotes of what was said before, and no door to the client's page."""
    ticket.reply("Проверяем линию", by=anna, then=Wait(tomorrow))
    assert client_link(ticket).partition("/request/")[0] + "/request/" in letter_of(ticket)

    ticket.reply("Теперь и вам, Ольга", by=anna, then=Wait(tomorrow), cc=["olga@volga.test"])
    letter = letter_of(ticket)
    assert "/request/" not in letter
    assert "Не работает звонок" not in letter and "Проверяем линию" not in letter


def test_with_the_history_the_agent_shows_what_the_client_may_read(
    ticket: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    answer = ticket.reply("Проверяем линию", by=anna, then=Wait(tomorrow))
    ticket.note("клиент сердится", by=anna)
    writes("Я чужой", sender="eve@else.test", references=[answer.external_id])
    ticket.refresh_from_db()
    ticket.reply("Вот всё", by=anna, then=Wait(tomorrow), cc=["olga@volga.test"], history=True)

    letter = letter_of(ticket)
    assert "> Не работает звонок" in letter and "> Проверяем линию" in letter
    assert "сердится" not in letter and "Я чужой" not in letter and "/request/" not in letter


def test_the_door_goes_to_every_address_of_the_client(
    ticket: Ticket, pavel: Contact, anna: User, tomorrow: datetime
) -> None:
    Identity.objects.create(contact=pavel, kind="email", value="pavel@home.test")
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow), to=["Pavel@volga.test", "pavel@home.test"])
    assert "/request/" in letter_of(ticket)


def test_the_door_of_the_client_is_not_shown_to_others_in_the_history(
    ticket: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    link = client_link(ticket)
    writes(f"Вижу на странице {link} старую дату", token=ticket.conversation.token)
    ticket = Ticket.objects.get(pk=ticket.pk)
    said = ticket.reply("Поправим", by=anna, then=Wait(tomorrow), cc=["olga@else.test"], history=True)
    assert said.outbound
    letter = bytes(said.outbound.raw).decode()
    assert "старую дату" in letter and link not in letter
