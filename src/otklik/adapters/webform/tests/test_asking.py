"""What is filled in becomes a request, says what was offered, and is answered by letter."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.channels import filled, inbox
from otklik.desk.channels.filled import Filled, Offered
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.parcel import Paper
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def form(line_one: Team) -> Channel:
    return Channel.objects.create(kind=FORM, name="Форма", address="/write/1", team=line_one)


def ask(form: Channel, **told: object) -> inbox.Accepted:
    usual = {
        **{"key": KEY, "email": "stranger@client.example", "name": "Пётр Новый", "subject": "Не звонит"},
        **{"text": "Второй день", "language": "ru", "proven": False},
    }
    return filled.take(Filled(**usual | told), form)  # type: ignore[arg-type]


def test_it_becomes_a_request_with_its_files_and_what_was_offered(form: Channel, door: Channel) -> None:
    ask(
        form,
        offered=[Offered(7, "Как вернуть номер", True), Offered(9, "Тарифы", False)],
        files=[Paper("снимок.txt", "text/plain", b"proof")],
    )
    assert inbox.work_all() == 1

    ticket = Ticket.objects.get()
    said = ticket.conversation.messages.first()
    assert said is not None
    assert (ticket.subject, ticket.channel_kind, said.text) == ("Не звонит", FORM, "Второй день")
    assert ticket.contact.email == "stranger@client.example" and ticket.contact.name == "Пётр Новый"
    assert [file.name for file in said.attachments.all()] == ["снимок.txt"]
    read, passed = said.remarks
    assert "Как вернуть номер" in read and "№ 7" in read and "Тарифы" in passed and "Тарифы" not in read


def test_sent_twice_it_is_one(form: Channel) -> None:
    assert not ask(form).again and ask(form).again
    inbox.work_all()
    assert Ticket.objects.count() == 1


def test_the_answer_leaves_by_a_mailbox(form: Channel, door: Channel, anna: User) -> None:
    ask(form)
    inbox.work_all()
    ticket = Ticket.objects.get()
    receipt = Outbound.objects.get(kind=Outbound.Kind.AUTO)
    assert receipt.channel == door and receipt.recipients == ["stranger@client.example"]
    message = ticket.reply("Проверяем", by=anna, then=Resolve("Проверено"))
    assert message.outbound is not None and message.outbound.channel == door


def test_an_address_that_anybody_typed_opens_no_request(form: Channel, door: Channel) -> None:
    ask(form)
    inbox.work_all()
    assert "/request/" not in Message.objects.get(direction="out").text
    ask(form, key="f" * 32, email="known@client.example", proven=True)
    inbox.work_all()
    assert "/request/" in Message.objects.filter(direction="out").latest("pk").text


def test_bytes_of_something_else_are_set_aside(form: Channel) -> None:
    inbox.accept(form, b"00000004true", external_id="x", content_hash="1")
    inbox.accept(form, b"no length", external_id="y", content_hash="2")
    inbox.work_all()
    assert Inbound.objects.quarantined().count() == 2 and not Ticket.objects.exists()


def test_without_any_mailbox_the_request_stands_all_the_same(form: Channel) -> None:
    ask(form)
    inbox.work_all()
    assert Ticket.objects.get().is_open and not Outbound.objects.exists()
