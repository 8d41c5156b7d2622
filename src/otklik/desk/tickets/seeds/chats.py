"""Talks of the demo that are told in chats: two in Telegram, and one with somebody who looks at the site."""

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
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait


def _begins(number: int, shown: str, name: str, text: str, at: datetime, kind: str = "telegram") -> Ticket | None:
    """None in a house without such a channel."""
    channel = Channel.objects.filter(kind=kind).first()
    if channel is None:
        return None
    with clock.at(at):
        contact = Contact.objects.recognise(kind, f"{kind}:{number}", name=name, language="ru")
        Identity.objects.shows(kind, f"{kind}:{number}", shown)
        talk = Conversation.objects.create(contact=contact, channel=channel, created_at=at)
        ticket = Ticket.open_for(_said(talk, contact, text, at))
        acknowledge(ticket, automatic="")
        outbox.send_due()
    return ticket


def _adds(ticket: Ticket, text: str, at: datetime) -> None:
    with clock.at(at):
        ticket.hear(_said(ticket.conversation, ticket.contact, text, at))


def _said(talk: Conversation, contact: Contact, text: str, at: datetime) -> Message:
    identity = contact.identities.get(kind=talk.channel.kind)
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


PASSERS = (
    *("Алина Гусева", "Егор Савин", "Мария Котова", "Пётр Лосев", "Вера Ильина", "Тимофей Дроздов", "Нина Орлова"),
    *("Захар Беляев", "Лидия Щукина", "Артём Носов", "Ольга Рябова", "Глеб Суханов", "Инна Фомина", "Яков Тихий"),
)


def begins_of_past(number: int, text: str, at: datetime) -> Ticket | None:
    """Somebody wrote in the weeks before; the same number is the same person."""
    name = PASSERS[number % len(PASSERS)]
    return _begins(700_000_000 + number, f"@client{number}", name, text, at)


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


def _site(now: datetime) -> None:
    """Whoever looks for an office asks on the site, gets an answer and leaves with a question and no address."""
    at = now - timedelta(minutes=26)
    text = "Здравствуйте! Дом на Лесной, 14 у вас подключён? Присматриваем там офис"
    ticket = _begins(1, "Посетитель № 1", "Посетитель № 1", text, at, kind="chat")
    if ticket is None:
        return
    sorts(ticket, "marina", at + timedelta(minutes=1))
    text = (
        "Здравствуйте! Да, подключён: для офисов там оптика до 500 Мбит/с."
        "\n\nСколько у вас будет рабочих мест и нужны ли телефоны?"
    )
    answers(ticket, "marina", text, Wait(at + timedelta(days=1)), at + timedelta(minutes=3))
    _adds(ticket, "Человек десять, телефонов два. Сколько ждать подключения?", at + timedelta(minutes=5))


STORIES = (_terminal, _tariff, _site)
