"""Whoever leaves gets by one letter what they have not read, and their answer goes on in the same request."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.adapters.sitechat import leaving
from otklik.adapters.sitechat.models import Line
from otklik.adapters.sitechat.reaching import reach
from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

type Answer = Callable[..., None]


@pytest.fixture
def answer(anna: User, door: Channel) -> Answer:
    def answered(*texts: str) -> None:
        for text in texts:
            ticket = Ticket.objects.get()
            ticket.reply(text, by=anna, then=Wait(clock.now() + timedelta(days=2)))
        sent()

    return answered


def test_one_letter_tells_everything_that_was_not_read(window: Window, answer: Answer, paper: Paper) -> None:
    window.says("Вопрос", email="anna@home.example")
    answer("Первый ответ")
    window.sees()
    answer("Второй **ответ**", "Третий ответ")
    window.leaves()

    assert [leaving.hand_over_all() for _each in range(2)] == [1, 0]
    sent()
    [letter] = paper.letters
    assert list(letter.to) == ["anna@home.example"] and not letter.automatic
    assert "Второй" in letter.text and "Третий ответ" in letter.text and "Первый" not in letter.text
    assert "<strong>ответ</strong>" in letter.html and letter.token == Ticket.objects.get().conversation.token
    assert len(paper.sent) == 1 and Line.objects.exclude(mailed_at=None).count() == 2


def test_files_that_no_letter_holds_are_named(
    window: Window, anna: User, door: Channel, paper: Paper, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT, settings.MESSAGE_BYTES = tmp_path, 1000
    window.says("Вопрос", email="anna@home.example")
    ticket = Ticket.objects.get()
    for name in ("раз", "два"):
        file = Attachment.objects.make(ticket.conversation, f"{name}.pdf", "application/pdf", b"x" * 400, anna)
        ticket.reply(name, by=anna, then=Wait(clock.now() + timedelta(days=2)), files=[file])
        ticket.refresh_from_db()
    sent()
    window.leaves()

    assert leaving.hand_over_all() == 1
    [letter] = paper.letters
    assert [file.name for file in letter.files] == ["раз.pdf"]
    assert "Не поместилось в письмо: два.pdf" in letter.text and "два.pdf" in letter.html


def test_an_answer_to_the_letter_goes_on_in_the_request(
    window: Window, answer: Answer, paper: Paper, writes: Callable[..., Ticket]
) -> None:
    window.says("Вопрос", email="anna@home.example")
    answer("Ответ")
    window.leaves()
    leaving.hand_over_all()
    ticket = Ticket.objects.get()

    assert writes("Спасибо!", sender="anna@home.example", token=paper.letters[0].token) == ticket
    assert ticket.conversation.messages.filter(direction="in").count() == 2
    answer("Пожалуйста")
    assert [line["text"] for line in window.lines][-1] == "Пожалуйста", "we go on in the chat, and by letter again"
    assert leaving.hand_over_all() == 1 and len(paper.letters) == 2


@pytest.mark.parametrize("why", ["here", "no address", "seen", "taken back"])
def test_no_letter_where_none_is_needed(window: Window, answer: Answer, paper: Paper, why: str) -> None:
    window.says("Вопрос", email="" if why == "no address" else "anna@home.example")
    answer("Ответ")
    if why == "seen":
        window.sees()
    if why == "taken back":
        Outbound.objects.update(state="cancelled")
    if why != "here":
        window.leaves()

    assert leaving.hand_over_all() == 0 and not paper.letters


def test_one_that_cannot_be_written_holds_up_nobody(
    window: Window, another: Any, answer: Answer, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.says("Вопрос", email="anna@home.example")
    answer("Ответ")
    window.leaves()
    with monkeypatch.context() as broken:
        broken.setattr(leaving, "publish", lambda news: 1 / 0)
        assert leaving.hand_over_all() == 0
    assert leaving.hand_over_all() == 1, "it is tried again"


def test_a_typed_address_opens_nobodys_history(window: Window, pavel: Contact, ticket: Ticket) -> None:
    """Whoever types the address of a client is not that client: another contact, another request."""
    window.says("Это Павел, что с моей заявкой?", email="pavel@volga.test")

    mine = Ticket.objects.exclude(pk=ticket.pk).select_related("contact").get()
    identity = mine.contact.identities.get()
    assert mine.contact != pavel and mine.contact.client is None
    assert (identity.kind, identity.value, identity.verified_at) == ("chat", window.visitor.address, None)
    assert "не подтверждён" in str(identity)
    assert [line["text"] for line in window.lines] == ["Это Павел, что с моей заявкой?"]
    assert "не подтверждено" in str(mine.conversation.messages.get().remarks)


def test_without_a_mailbox_it_waits_and_the_agent_knows(
    window: Window, answer: Answer, door: Channel, paper: Paper
) -> None:
    window.says("Вопрос", email="anna@home.example")
    answer("Ответ")
    window.leaves()
    Channel.objects.filter(pk=door.pk).update(is_active=False)

    told = reach(window.visitor.address)
    assert told.is_lost and "нет почтового ящика" in told.words
    assert leaving.hand_over_all() == 0
    Channel.objects.filter(pk=door.pk).update(is_active=True)
    assert leaving.hand_over_all() == 1 and len(paper.letters) == 1


def test_the_agent_knows_before_writing_whether_anybody_is_there(window: Window, door: Channel) -> None:
    window.says("Вопрос")
    address = window.visitor.address

    here = reach(address)
    assert here and not here.is_lost
    window.leaves()
    lost = reach(address)
    assert lost and lost.is_lost
    window.post("address", email="anna@home.example")
    window.leaves()
    by_letter = reach(address)
    assert by_letter and not by_letter.is_lost and "anna@home.example" in by_letter.words
    gone = reach("chat:999999")
    assert gone and gone.is_lost
