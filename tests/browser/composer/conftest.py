"""Anna at the composer of a request."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import hears
from tests.fixtures.cast import Write


@pytest.fixture
def request_(pavel: Contact, writes: Write) -> Ticket:
    """A request with somebody in copy."""
    return writes("Пропал звук.", subject="Нет звука", cc=["olga@volga.test"])


@pytest.fixture
def page(at_desk: Callable[..., Any], anna: User, request_: Ticket) -> Any:
    """Anna's page of it, ready to write, and news come to it."""
    page = at_desk(anna)
    open_ticket(page, request_)
    hears(anna)
    return page
