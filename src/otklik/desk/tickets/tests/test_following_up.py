"""What the client writes long after the end."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(ticket: Ticket, anna: User) -> Ticket:
    """Solved ten days ago."""
    with clock.at(clock.now() - timedelta(days=10)):
        ticket.reply("Готово", by=anna, then=Resolve())
    return ticket


def test_two_late_letters_are_one_new_ticket(ended: Ticket, writes: Write) -> None:
    first = writes("Снова", token=ended.conversation.token)
    second = writes("И ещё вот", token=ended.conversation.token)

    assert first == second and first.follows == ended
    assert second.message_count == 2


def test_somebody_who_left_does_not_get_the_new_ticket(ended: Ticket, anna: User, writes: Write) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert writes("Снова", token=ended.conversation.token).owner is None


def test_a_double_click_on_the_page_of_an_old_request_says_it_once(ended: Ticket) -> None:
    first = ended.write_in("Снова", key="k1")
    again = Ticket.objects.get(pk=ended.pk).write_in("Снова", key="k1")

    assert first == again and first.conversation.messages.filter(direction="in").count() == 1


def test_a_late_word_goes_to_nobody_elses_request(ended: Ticket, anna: User, writes: Write) -> None:
    """The one that followed was found to be another client's matter."""
    given = writes("Снова", token=ended.conversation.token)
    given.make_client(Contact.objects.recognise("email", "olga@volga.test"), by=anna)

    again = writes("И ещё вот", token=ended.conversation.token)

    assert again != given and (again.follows, again.contact) == (ended, ended.contact)
