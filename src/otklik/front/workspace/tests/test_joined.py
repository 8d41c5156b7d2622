"""Requests that were joined to another one: marked wherever they still stand, never counted as work."""

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
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
