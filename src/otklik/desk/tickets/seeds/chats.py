"""Two talks of the demo that are told in Telegram: one ended yesterday, one waits for an answer."""

from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Incoming
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.reactions import acknowledge
from otklik.desk.tickets.seeds.telling import answers, sorts
from otklik.desk.tickets.steps import PromiseDate, Resolve


def _begins(number: int, shown: str, name: str, text: str, at: datetime) -> Ticket | None:
    """None in a house without the bot."""
    channel = Channel.objects.filter(kind="telegram").first()
    if channel is None:
        return None
    with clock.at(at):
        contact = Contact.objects.recognise("telegram", f"telegram:{number}", name=name, language="ru")
        Identity.objects.shows("telegram", f"telegram:{number}", shown)
        talk = Conversation.objects.create(contact=contact, channel=channel, created_at=at)
        ticket = Ticket.open_for(_said(talk, contact, text, at))
        acknowledge(ticket, automatic="")
        outbox.send_due()
    return ticket


def _adds(ticket: Ticket, text: str, at: datetime) -> None:
    with clock.at(at):
        ticket.hear(_said(ticket.conversation, ticket.contact, text, at))


def _said(talk: Conversation, contact: Contact, text: str, at: datetime) -> Message:
    identity = contact.identities.get(kind="telegram")
    told = Incoming(
        external_id=f"{identity.value}:{talk.messages.count()}",
        sender=identity.value,
        sender_name=contact.name,
        text=text,
        new_text=text,
        language="ru",
    )
    message = talk.hear(told, contact, inbound_id=None, at=at)
    message.conversation = talk
    return message


def _terminal(now: datetime) -> None:
    """Short words on the way, as one writes from a phone; answered and solved."""
    at = now - timedelta(days=1, hours=3)
    ticket = _begins(318204417, "@irina_sob", "Ирина Соболева", "Здравствуйте, у нас на кассе телефон молчит", at)
    if ticket is None:
        return
    _adds(ticket, "входящие не идут, исходящие работают", at + timedelta(minutes=1))
    sorts(ticket, "marina", at + timedelta(minutes=6))
    text = (
        "Ирина, здравствуйте! Переадресация осталась включённой с выходных, поэтому входящие уходили на мобильный."
        "\n\n1. Наберите с этого телефона `*72#`.\n2. Дождитесь двух гудков."
        "\n\nПосле этого входящие снова придут на кассу."
    )
    answers(ticket, "marina", text, PromiseDate(at + timedelta(hours=4)), at + timedelta(minutes=9))
    _adds(ticket, "Получилось, звонят, спасибо!", at + timedelta(minutes=21))
    answers(ticket, "marina", "Отлично, хорошего дня!", Resolve(), at + timedelta(minutes=24))


def _tariff(now: datetime) -> None:
    at = now - timedelta(minutes=18)
    ticket = _begins(905117730, "@marat_kafe", "Марат Юсупов", "Добрый день! Открываем второе кафе", at)
    if ticket is None:
        return
    _adds(ticket, "можно перенести на новый адрес один из номеров и когда это получится?", at + timedelta(minutes=1))


STORIES = (_terminal, _tariff)
