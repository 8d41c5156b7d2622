"""The queue as a page."""

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def annas(client: Browser, anna: User) -> Browser:
    client.force_login(anna)
    return client


def test_what_waits_stands_in_ones_own_queue(annas: Browser, ticket: Ticket) -> None:
    page = annas.get("/").content.decode()

    assert f'id="t{ticket.number}"' in page and "Не работает звонок" in page


def test_the_page_of_a_request(annas: Browser, ticket: Ticket) -> None:
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Не работает звонок" in page and 'id="composer"' in page
