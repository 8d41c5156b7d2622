"""The conversation as it is read: in its order, with its fate, nothing said twice and nothing left out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Seen, Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Wait
from otklik.front.workspace.queries import talk
from otklik.front.workspace.timeline.bodies import quoted
from otklik.front.workspace.timeline.build import LONG, Item, Look, talk_of
from otklik.front.workspace.timeline.fates import reason

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(anna: User) -> Any:
    anna.language = "en"
    anna.save()
    with translation.override("en"):
        yield


def read(ticket: Ticket, reader: User, seen: int = 0) -> list[Item]:
    window = talk.newest(ticket.pk, ticket.conversation_id)
    return talk_of(window, Look(ticket, reader.pk, clock.now(), seen)).items


def said(items: list[Item]) -> list[str]:
    """Kinds and words, short."""
    told = []
    for item in items:
        told += [item.words or item.kind] if item.kind in ("day", "fresh") else []
        told += [item.message.body.strip()] if item.kind == "message" and item.message else []
        told += [f"({getattr(event, 'phrase', '') or getattr(event, 'automatic', '')})" for event in item.events]
    return told


def page_of(browser: Browser, ticket: Ticket) -> str:
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


BRIEFLY = "<p>Question: Звонок</p>\n<p>Tried: nothing yet</p>\n<p>Expected: нужен доступ</p>"


def test_messages_and_events_stand_in_their_order(ticket: Ticket, anna: User, ilya: User, line_two: Team) -> None:
    ticket.take(by=anna)
    ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + timedelta(days=1)))
    ticket.note("Похоже на роутер", by=ilya)
    ticket.hand_over(line_two, Brief("Звонок", "", "нужен доступ"), by=anna)

    told = said(read(ticket, anna))

    assert told[1:5] == [
        "Не работает звонок",
        "(Request opened)",
        "(We told the client who answers and by when)",
        "(taken)",
    ]
    assert told[5] == "<p>Проверим</p>" and told[6].startswith("(promised: tomorrow")
    assert told[7:] == ["<p>Похоже на роутер</p>", BRIEFLY, "(passed to Вторая линия)"]


def test_below_the_line_stands_what_came_since_one_looked(
    annas: Browser, anna: User, ticket: Ticket, writes: Any
) -> None:
    page_of(annas, ticket)
    ours = Message.objects.filter(direction="out").latest("id")
    writes("Ещё вопрос", references=[ours.external_id])

    first, again = page_of(annas, ticket), page_of(annas, ticket)

    assert "New since you looked" in first and first.index("New since you looked") < first.index("Ещё вопрос")
    assert "New since you looked" not in again


def test_looking_is_remembered_and_the_row_is_read(annas: Browser, anna: User, ticket: Ticket) -> None:
    assert "data-unread" in annas.get("/").content.decode()
    page_of(annas, ticket)

    assert "data-unread" not in annas.get("/").content.decode()
    assert Seen.objects.get(user=anna, ticket=ticket).message_id == Message.objects.latest("id").pk


def test_a_hidden_tab_reads_nothing(annas: Browser, anna: User, ticket: Ticket, writes: Any) -> None:
    page_of(annas, ticket)
    ours = Message.objects.filter(direction="out").latest("id")
    writes("Ещё", references=[ours.external_id])
    address = f"/tickets/{ticket.number}/timeline/?after={ours.pk}&event=0"

    annas.get(address)
    assert "data-unread" in annas.get("/").content.decode()
    annas.get(f"{address}&seen=1")
    assert "data-unread" not in annas.get("/").content.decode()


def test_the_tail_holds_only_what_is_new(
    annas: Browser, anna: User, ticket: Ticket, writes: Any, tomorrow: Any
) -> None:
    ours = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    tail = annas.get(f"/tickets/{ticket.number}/timeline/?after={ours.pk}&event=999999").content.decode()
    assert "Какой телефон?" not in tail and f'data-after="{ours.pk}"' in tail

    writes("Городской", references=[ours.external_id])
    tail = annas.get(f"/tickets/{ticket.number}/timeline/?after={ours.pk}&event=999999").content.decode()
    assert "Городской" in tail and "Какой телефон?" not in tail


def test_a_letter_under_way_is_drawn_anew_when_its_fate_is_known(
    annas: Browser, anna: User, ticket: Ticket, paper: Any, tomorrow: Any
) -> None:
    message = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow), undo=30)
    assert "not sent yet" in page_of(annas, ticket)
    Outbound.objects.update(not_before=clock.now())
    outbox.send_due()

    news = annas.get(
        f"/tickets/{ticket.number}/timeline/?after={message.pk}&event=0&fates={message.pk}"
    ).content.decode()

    assert f'hx-target="#m{message.pk}" hx-swap="outerHTML"' in news and "not sent yet" not in news


def test_a_reply_taken_back_leaves_the_page(annas: Browser, anna: User, ticket: Ticket, tomorrow: Any) -> None:
    message = ticket.reply("Ой", by=anna, then=Wait(tomorrow), undo=30)
    ticket.take_back(message, by=anna)

    news = annas.get(f"/tickets/{ticket.number}/timeline/?after=0&event=0&fates={message.pk}").content.decode()

    assert f'hx-target="#m{message.pk}" hx-swap="delete"' in news and "reply taken back before it left" in news


def test_a_letter_that_failed_says_why_in_words_and_offers_to_send_again(
    annas: Browser, anna: User, ticket: Ticket, paper: Any, tomorrow: Any
) -> None:
    outbox.send_due()
    ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    paper.receipts.append(Receipt(Fate.FAILED, "550 5.1.1 User unknown"))
    outbox.send_due()

    page = page_of(annas, ticket)

    assert "There is no such address." in page and "550 5.1.1 User unknown" in page and "/again/" in page
    assert "a letter did not go out" in annas.get("/queue/all/?seg=client").content.decode()


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("550 5.1.1 <a@b>: Recipient address rejected: User unknown", "no such address"),
        ("552 5.2.2 Mailbox full", "mailbox is full"),
        ("554 5.7.1 Message rejected as spam", "unwanted"),
        ("[Errno 111] Connection refused", "cannot be reached"),
        ("451 4.7.1 Greylisted, try again later", "come later"),
        ("something never heard of", ""),
    ],
)
def test_reasons_are_said_in_words(detail: str, words: str) -> None:
    assert words in reason(detail) and bool(words) == bool(reason(detail))


def test_a_solution_and_a_refusal_stand_with_their_reasons(ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve("перезагрузили АТС"))
    ticket.reopen_by(anna)
    ticket.reply("Нет", by=anna, then=Refuse("outside", "Роутер не наш", ["Созвонимся втроём"]))

    events: list[Any] = [event for item in read(ticket, anna) for event in item.events]
    cards = [event.card for event in events if getattr(event, "card", None)]

    assert [(card.text, card.offers) for card in cards] == [
        ("перезагрузили АТС", []),
        ("Роутер не наш", ["Созвонимся втроём"]),
    ]


def test_a_stranger_in_the_talk_is_pointed_out(
    annas: Browser, anna: User, ticket: Ticket, writes: Any, tomorrow: Any
) -> None:
    ours = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    writes("А я коллега Павла", references=[ours.external_id], sender="other@else.test", sender_name="Чужой")

    assert page_of(annas, ticket).count("Outside participant") == 1


def test_a_doubtful_sender_is_warned_about_on_the_page_and_in_the_row(annas: Browser, writes: Any) -> None:
    ticket = writes("Дайте пароль", sender_proper=False)

    assert "identity is in doubt" in page_of(annas, ticket)
    assert "the sender is in doubt" in annas.get("/").content.decode()


def test_copies_are_shown_when_there_were_others(annas: Browser, writes: Any) -> None:
    ticket = writes("С копией", to=["help@desk.test"], cc=["boss@volga.test"])

    assert "boss@volga.test" in page_of(annas, ticket)


def test_quotes_are_folded(annas: Browser, writes: Any) -> None:
    ticket = writes("Да\n\n> Какой телефон?", new_text="Да")
    page = page_of(annas, ticket)

    assert page.count("Какой телефон?") == 1
    assert page.index('<details class="quote"') < page.index("Какой телефон?")


@pytest.mark.parametrize(
    ("whole", "new", "rest"),
    [
        ("Да\n> Нет", "Да", "> Нет"),
        ("> Нет\nДа", "Да", "> Нет"),
        ("a\nb", "c", "a\nb"),
        ("Да", "Да", ""),
        ("", "Да", ""),
    ],
)
def test_the_quoted_part_is_what_is_left(whole: str, new: str, rest: str) -> None:
    assert quoted(whole, new) == rest


def test_a_long_talk_is_read_in_portions_without_gaps(annas: Browser, anna: User, ticket: Ticket) -> None:
    start = clock.now() - timedelta(days=3)
    Message.objects.bulk_create(
        Message(
            conversation=ticket.conversation,
            direction="in",
            contact=ticket.contact,
            author_name="Павел",
            text=f"слово-{number:03}.",
            new_text=f"слово-{number:03}.",
            at=start + timedelta(minutes=number),
        )
        for number in range(150)
    )
    found: list[Any] = []
    before = None
    while True:
        window = talk.newest(ticket.pk, ticket.conversation_id, before)
        found = [*window.messages, *found]
        if not window.earlier:
            break
        before = window.messages[0].id

    assert [one.text for one in found if one.text.startswith("слово")] == [
        f"слово-{number:03}." for number in range(150)
    ]
    page = page_of(annas, ticket)
    assert (
        "слово-149." in page
        and "слово-050." not in page
        and f"?before={talk.newest(ticket.pk, ticket.conversation_id).messages[0].id}" in page
    )


def test_letters_of_machines_are_folded(annas: Browser, anna: User, ticket: Ticket, writes: Any, tomorrow: Any) -> None:
    ours = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    writes("Я в отпуске", automatic="auto_reply", references=[ours.external_id])

    page = page_of(annas, ticket)
    assert page.index("Automatic reply") < page.index("Я в отпуске") and 'class="evs machine"' in page


def test_a_solution_leads_to_where_it_is_described(annas: Browser, ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузили роутер", "https://help.desk.test/a?b=1&c=<2>"))
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert 'href="https://help.desk.test/a?b=1&amp;c=&lt;2&gt;" target="_blank" rel="noopener noreferrer"' in page
    assert "Перезагрузили роутер" in page and "<ul><li>https" not in page


def test_a_long_talk_with_notes_shows_one_kind_alone(annas: Browser, ticket: Ticket, anna: User) -> None:
    """Below a few pieces there is nothing to filter; calls are offered where there are some."""
    ticket.note("Похоже на роутер", by=anna)
    assert 'id="kinds-' not in page_of(annas, ticket)
    for turn in range(LONG):
        ticket.note(f"Заметка {turn}", by=anna)
    page = page_of(annas, ticket)
    assert {"messages", "notes", "events"} <= set(re.findall(r'id="kinds-(\w+)"', page))
    assert 'id="kinds-calls"' not in page
