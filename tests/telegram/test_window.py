"""A messenger that closes some time after their last word (UI-32): counted down, refused, a letter offered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.adapters.telegram.adapter import TelegramAdapter
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Identity
from otklik.desk.tickets import window
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

LASTS = timedelta(hours=24)
LATER = timedelta(hours=25)


@pytest.fixture(autouse=True)
def closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of channel that closes a day after their last word; Telegram itself never does."""
    monkeypatch.setattr(TelegramAdapter, "talk", replace(TelegramAdapter.talk, open_for=LASTS))


@pytest.fixture
def ticket(hear: Hear) -> Ticket:
    hear(says("Не приходят письма"))
    return only_ticket()


@pytest.fixture
def annas(client: Client, anna: User) -> Client:
    client.force_login(anna)
    return client


def sends(client: Client, ticket: Ticket, **more: Any) -> Any:
    told = {"text": "Починили", "next": "resolve", "summary": "Починили", "key": "k1"}
    return client.post(f"/tickets/{ticket.number}/reply/", told | {"seen": ticket.last_message_id} | more)


def page_of(client: Client, ticket: Ticket) -> str:
    return client.get(f"/tickets/{ticket.number}/").content.decode()


def chatline(page: str) -> str:
    return page.partition('class="chatline')[2].partition("</div>")[0]


def test_the_time_that_is_left_stands_beside_the_text(annas: Client, ticket: Ticket) -> None:
    line = chatline(page_of(annas, ticket))
    assert "Сюда можно писать" in line and 'data-s="calm"' in line and "data-due" in line
    with clock.at(clock.now() + LASTS - timedelta(minutes=20)):
        assert 'data-s="soon"' in chatline(page_of(annas, ticket))


def test_what_closed_takes_nothing_and_says_what_to_do(annas: Client, ticket: Ticket, api: BotApi) -> None:
    with clock.at(clock.now() + LATER):
        page = page_of(annas, ticket)
        assert (
            "ничего не принимает" in page and "Почты клиента мы не знаем" in page and "data-due" not in chatline(page)
        )
        refused = sends(annas, ticket)
        outbox.send_due()

    told = refused.content.decode()
    assert refused.status_code == 422 and "Починили" in told and 'id="e-to"' in told
    assert not api.sent("sendMessage") or all("Починили" not in text for text in api.texts)


def test_a_word_of_theirs_opens_it_again_and_one_of_ours_does_not(ticket: Ticket, hear: Hear, anna: User) -> None:
    until = clock.now() + timedelta(days=9)
    with clock.at(clock.now() + timedelta(hours=20)):
        ticket.reply("Смотрим", by=anna, then=Wait(until))
    with clock.at(clock.now() + LATER):
        with pytest.raises(Invalid) as told:
            ticket.reply("Починили", by=anna, then=Resolve())
        assert told.value.field == "to"
        hear(says("Ну что там?", number=77))
        assert ticket.reply("Починили", by=anna, then=Resolve())


def test_a_letter_goes_from_the_same_place_and_is_chosen_already(
    annas: Client, ticket: Ticket, door: Channel, paper: Paper
) -> None:
    Identity.objects.create(contact=ticket.contact, kind="email", value="olga@volga.test")
    letters = len(paper.letters)
    with clock.at(clock.now() + LATER):
        page = page_of(annas, ticket)
        line = chatline(page)
        assert 'name="via"' in line and "checked" in line and "Ответьте письмом" in page
        assert sends(annas, ticket, via=str(door.pk)).status_code in (200, 302)
    assert len(paper.letters) == letters + 1 and paper.letters[-1].to == ["olga@volga.test"]


def test_a_letter_that_leaves_later_must_still_find_it_open(ticket: Ticket, anna: User) -> None:
    for hours, fits in ((20, True), (30, False)):
        at = clock.now() + timedelta(hours=hours)
        if fits:
            draft = ticket.send_later("Утром", at, by=anna, then=Resolve(), form={})
            ticket.call_off(draft.pk, by=anna)
        else:
            with pytest.raises(Invalid):
                ticket.send_later("Послезавтра", at, by=anna, then=Resolve(), form={})


def test_an_address_that_never_wrote_and_a_channel_that_never_closes(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    unknown = window.of(ticket, "telegram:1")
    assert unknown is not None and not unknown.is_open_at(clock.now())
    assert window.of(ticket, "olga@volga.test") is None

    monkeypatch.setattr(TelegramAdapter, "talk", replace(TelegramAdapter.talk, open_for=None))
    with django_assert_num_queries(0):
        assert window.of(ticket, "telegram:4242") is None
