"""A message that was drawn is not drawn again, and nobody reads in it what is gone or is not for them."""

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui import kept
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import talk
from otklik.front.workspace.timeline import messages

pytestmark = pytest.mark.django_db
type Sits = Callable[[User], Browser]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the messages that were drawn."""
    numbers: list[int] = []
    original = messages._shown

    def counted(said: Any, *more: Any) -> Any:
        numbers.append(said.id)
        return original(said, *more)

    monkeypatch.setattr(messages, "_shown", counted)
    return numbers


def page_of(browser: Browser, ticket: Ticket) -> str:
    answer = browser.get(f"/tickets/{ticket.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def talk_of(browser: Browser, ticket: Ticket) -> str:
    """The conversation alone: what is around it has keys and marks of its own in each page."""
    return page_of(browser, ticket).partition('id="timeline"')[2].partition('id="tail"')[0].partition(">")[2]


def test_it_is_drawn_once_and_says_the_same(annas: Browser, ticket: Ticket, drawn: list[int]) -> None:
    letter = Message.objects.get(conversation=ticket.conversation, direction="in").pk  # our receipt waits to leave
    talk_of(annas, ticket)  # from now on nothing is new
    first, many = talk_of(annas, ticket), drawn.count(letter)
    assert first and many

    assert talk_of(annas, ticket) == first and drawn.count(letter) == many
    kept.forget()
    assert talk_of(annas, ticket) == first and drawn.count(letter) == many + 1


def test_an_erased_text_is_gone_from_the_next_page(annas: Browser, ticket: Ticket) -> None:
    Message.objects.filter(conversation=ticket.conversation).update(text="Тайна 4417", new_text="Тайна 4417")
    assert "Тайна 4417" in talk_of(annas, ticket) and "Тайна 4417" in talk_of(annas, ticket)

    Message.objects.filter(conversation=ticket.conversation).update(text="", new_text="", html="")
    assert "4417" not in page_of(annas, ticket)


def test_who_may_not_see_the_request_gets_nothing_that_was_drawn_for_others(
    sits_at: Sits, anna: User, vera: User, ticket: Ticket, line_two: Team
) -> None:
    note = "Записка для своих 9081"
    Message.objects.create(
        conversation=ticket.conversation, direction="note", author=anna, author_name=anna.name, at=clock.now(),
        text=note, new_text=note,
    )  # fmt: skip
    assert note in talk_of(sits_at(anna), ticket) and note in talk_of(sits_at(anna), ticket)

    stranger = sits_at(vera)
    for address in (f"/tickets/{ticket.number}/", f"/tickets/{ticket.number}/timeline/?after=0&event=0"):
        answer = stranger.get(address)
        assert answer.status_code == 404 and note not in answer.content.decode()


def test_readers_read_in_their_own_language_and_zone(sits_at: Sits, anna: User, boris: User, ticket: Ticket) -> None:
    User.objects.filter(pk=anna.pk).update(language="ru", time_zone="Europe/Moscow")
    User.objects.filter(pk=boris.pk).update(language="en", time_zone="Asia/Omsk")
    for browser in (sits_at(anna), sits_at(boris)):
        talk_of(browser, ticket)
    mine, theirs = talk_of(sits_at(anna), ticket), talk_of(sits_at(boris), ticket)
    kept.forget()

    assert mine != theirs
    assert (talk_of(sits_at(boris), ticket), talk_of(sits_at(anna), ticket)) == (theirs, mine)


def test_what_may_be_done_with_a_message_is_not_kept_for_who_may_only_read(
    sits_at: Sits, anna: User, quality: User, ticket: Ticket
) -> None:
    forward = f"/tickets/{ticket.number}/forward/?message="
    assert forward in talk_of(sits_at(anna), ticket)
    assert forward not in talk_of(sits_at(quality), ticket)
    assert forward in talk_of(sits_at(anna), ticket)


def test_what_is_new_is_marked_for_who_has_not_seen_it(sits_at: Sits, anna: User, boris: User, ticket: Ticket) -> None:
    for browser in (sits_at(anna), sits_at(boris)):
        talk_of(browser, ticket)
    text = "Ещё вопрос 5523"
    said = Message.objects.create(
        conversation=ticket.conversation, direction="in", contact=ticket.contact, author_name="Павел",
        at=clock.now() + timedelta(seconds=1), text=text, new_text=text,
    )  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(last_message_id=said.pk, last_in_id=said.pk)
    chip = 'class="chip" data-s="sea"'

    assert chip in talk_of(sits_at(anna), ticket)
    assert chip not in talk_of(sits_at(anna), ticket), "they have looked at it"
    assert chip in talk_of(sits_at(boris), ticket), "and the other one has not"


def test_an_author_who_has_another_name_is_shown_by_it(annas: Browser, boris: User, ticket: Ticket) -> None:
    text = "От Бориса"
    Message.objects.create(
        conversation=ticket.conversation, direction="note", author=boris, author_name=boris.name, at=clock.now(),
        text=text, new_text=text,
    )  # fmt: skip
    before = talk_of(annas, ticket)
    User.objects.filter(pk=boris.pk).update(portrait="/static/ui/people/other.svg")
    recent.forget()

    assert "/static/ui/people/other.svg" not in before and "/static/ui/people/other.svg" in talk_of(annas, ticket)


def test_what_is_kept_is_weighed_with_the_letter_that_it_is_found_by(annas: Browser, ticket: Ticket) -> None:
    """The row holds the whole letter beside what was drawn of it."""
    whole = "x" * 11_000
    Message.objects.filter(conversation=ticket.conversation, direction="in").update(text=whole, new_text="Коротко")
    said = talk.some(ticket.conversation_id, list(ticket.conversation.messages.values_list("pk", flat=True)))[0]
    eye = messages.Eye("ru", UTC, ticket.contact_id, "email", is_new=False, wanted=False, author=None)
    drawn = messages._standing(said.row, eye)

    held = sum(len(value) for value in said.row if isinstance(value, str))
    assert held > 10_000
    assert messages._weight(drawn, said.row, eye) >= held + len(drawn.body) + len(drawn.quote)
