"""SEND-7: while an agent writes, the request is given to another client."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> Contact:
    return Contact.objects.recognise("email", "olga@else.test", name="Ольга Иная", language="ru")


def test_SEND_7_the_answer_goes_to_whom_the_screen_showed_and_opens_no_door_of_the_other(
    ticket: Ticket, anna: User, ilya: User, olga: Contact, post: Post, promise: dict[str, Any]
) -> None:
    shown = {**promise, "to": ["pavel@volga.test"], "cc_more": ""}
    ticket.make_client(olga, by=ilya)

    answer = post(anna, ticket, "reply", **shown, sure="on")

    assert answer.status_code == 200
    sent = Outbound.objects.get(kind="reply")
    assert sent.recipients == ["pavel@volga.test"] and b"/request/" not in bytes(sent.raw)
