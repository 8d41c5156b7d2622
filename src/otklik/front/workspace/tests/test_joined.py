"""Requests that were joined to another one: marked wherever they still stand, never counted as work."""

import re
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Relocation, Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ticket: Ticket, writes: Write, anna: User) -> tuple[Ticket, Ticket]:
    """The second one was joined to the first."""
    second = writes("Прибор молчит", subject="Повторно")
    second.merge_into(ticket, by=anna)
    return ticket, second


def page(browser: Browser, address: str) -> str:
    return browser.get(address).content.decode()


def test_it_is_no_work_and_marked_among_the_ended(annas: Browser, pair: tuple[Ticket, Ticket]) -> None:
    first, second = pair
    open_ = page(annas, "/queue/all/")
    assert f'id="t{first.pk}"' in open_ and f'id="t{second.pk}"' not in open_
    ended = page(annas, "/queue/ended/")
    assert f'id="t{second.pk}"' in ended and f'title="Продолжается в № {first.number}"' in ended


def test_words_are_found_where_they_stand_now_and_its_number_still_leads(
    annas: Browser, pair: tuple[Ticket, Ticket]
) -> None:
    first, second = pair
    found = page(annas, "/search/?q=прибор")
    assert f'href="/tickets/{first.number}/' in found and f'href="/tickets/{second.number}/' not in found
    by_number = page(annas, f"/search/?q={second.number}")
    assert f"продолжается в № {first.number}" in by_number


def test_the_card_of_the_client_marks_it(annas: Browser, pair: tuple[Ticket, Ticket]) -> None:
    card = page(annas, f"/tickets/{pair[0].number}/client/")
    assert f'i-merge" aria-hidden="true"></i><a href="/tickets/{pair[1].number}/"' in card


@pytest.mark.parametrize("act", ["merge", "split", "move"])
def test_ACCESS_3_the_story_does_not_name_a_request_that_the_reader_may_not_see(
    annas: Browser, ticket: Ticket, writes: Write, anna: User, head: User, sits_at: Any, line_two: Team, act: str
) -> None:
    """Neither while the messages stand elsewhere nor when they came back."""
    other = writes("Другое дело", subject="Другое")
    writes("И смените тариф", token=ticket.conversation.token)
    ids = [ticket.conversation.messages.order_by("-id")[0].pk]
    ticket = Ticket.objects.get(pk=ticket.pk)
    if act == "merge":
        other.merge_into(ticket, by=anna)
    else:
        other = ticket.split_off(ids, by=anna) if act == "split" else other
        _ = ticket.move_messages(ids, other, by=anna) if act == "move" else None
    hide = {"team": line_two, "owner": None}
    Ticket.objects.filter(pk=other.pk).update(**hide)
    number, pages = f"№ {other.number}", ("", "card/history/")
    for words in (page(annas, f"/tickets/{ticket.number}/{tail}") for tail in pages):
        assert number not in words and re.search("друг(ое|им|ого) обращени", words)
    for words in (page(sits_at(head), f"/tickets/{ticket.number}/{tail}") for tail in pages):
        assert number in words

    relocation = Relocation.objects.get()
    relocation.source.bring_back(relocation, by=anna)
    Ticket.objects.filter(pk=other.pk).update(**hide)
    for words in (page(annas, f"/tickets/{ticket.number}/{tail}") for tail in pages):
        assert number not in words and "отмен" in words
