"""A colleague files a request in the client's name."""

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


def file(anna: User, door: Channel, **told: str) -> Ticket:
    values = {
        "address": "Pavel@Volga.test",
        "name": "Павел",
        "subject": "Счёт",
        "text": "Пришлите счёт",
    } | told
    return Ticket.open_by(anna, channel=door, **values)


def test_it_is_the_clients_own_ticket_and_belongs_to_who_filed_it(anna: User, door: Channel, pavel: Contact) -> None:
    ticket = file(anna, door)

    message = ticket.conversation.messages.get(direction="in")
    assert (ticket.contact, ticket.client_name, ticket.owner, ticket.status) == (
        pavel,
        "Волга",
        anna,
        "new",
    )
    assert (message.contact, message.author, message.new_text) == (
        pavel,
        anna,
        "Пришлите счёт",
    )
    assert ticket.waiting_since == message.at and ticket.due_at == message.at + door.team.first_answer
    assert Entry.objects.get(kind="tickets.TicketOpened").actor == anna


def test_the_client_gets_the_usual_receipt(anna: User, door: Channel, paper: Paper) -> None:
    ticket = file(anna, door)
    outbox.send_due()

    assert [list(letter.recipients) for letter in paper.sent] == [["pavel@volga.test"]]
    assert str(ticket.number) in bytes(paper.sent[0].raw).decode()


def test_a_subject_with_a_line_break_becomes_one_line(anna: User, door: Channel) -> None:
    assert file(anna, door, subject="Счёт\r\nBcc: all@volga.test").subject == "Счёт Bcc: all@volga.test"


@pytest.mark.parametrize(("told", "field"), [({"address": "Павел"}, "address"), ({"text": "  "}, "text")])
def test_what_is_missing_is_named_and_nothing_is_opened(anna: User, door: Channel, told: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        file(anna, door, **told)

    assert refused.value.field == field
    assert not Ticket.objects.exists() and not Contact.objects.exists()
