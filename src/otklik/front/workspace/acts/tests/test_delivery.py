"""A letter that did not go out, or of which nobody knows: a person decides."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def troubled(ticket: Ticket, anna: User, paper: Paper) -> Any:
    """`troubled(Fate.FAILED)`: a reply whose sending ended like that."""

    def send(fate: Fate) -> Message:
        outbox.send_due()
        message = ticket.reply("Готово", by=anna, then=Resolve())
        paper.receipts = [Receipt(fate, "no answer")]
        outbox.send_due()
        assert Ticket.objects.in_trouble().get() == ticket
        return message

    return send


def test_a_failed_letter_is_sent_again_with_the_same_identifier(
    ticket: Ticket, anna: User, post: Post, troubled: Any, paper: Paper
) -> None:
    message = troubled(Fate.FAILED)

    assert post(anna, ticket, f"messages/{message.pk}/again").status_code == 204
    outbox.send_due()

    assert [letter.external_id for letter in paper.sent[-2:]] == [message.external_id] * 2
    assert not Ticket.objects.in_trouble().exists()
    assert post(anna, ticket, f"messages/{message.pk}/again").status_code == 409


def test_an_uncertain_letter_that_arrived_is_no_trouble_any_more(
    ticket: Ticket, anna: User, post: Post, troubled: Any, paper: Paper
) -> None:
    message = troubled(Fate.UNCERTAIN)
    sent = len(paper.sent)

    assert post(anna, ticket, f"messages/{message.pk}/arrived").status_code == 204
    outbox.send_due()

    assert Outbound.objects.get(pk=message.outbound_id).state == "sent" and len(paper.sent) == sent
    assert not Ticket.objects.in_trouble().exists()
    assert post(anna, ticket, f"messages/{message.pk}/arrived").status_code == 409


def test_letters_of_another_ticket_are_not_found(
    ticket: Ticket, anna: User, post: Post, troubled: Any, writes: Any
) -> None:
    message = troubled(Fate.FAILED)
    other = writes("Другое обращение", sender="olga@volga.test")

    assert post(anna, other, f"messages/{message.pk}/again").status_code == 404
    assert post(anna, ticket, f"messages/{ticket.last_in_id}/again").status_code == 404
