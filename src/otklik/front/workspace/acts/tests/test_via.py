"""Answering from another mailbox of ours."""

from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales(door: Channel, line_one: Team) -> Channel:
    return Channel.objects.create(
        kind="paper", name="Продажи", address="sales@desk.test", team=line_one, signature="Отдел продаж"
    )


@pytest.fixture
def experts(door: Channel, line_two: Team) -> Channel:
    return Channel.objects.create(kind="paper", name="Инженеры", address="experts@desk.test", team=line_two)


def test_sender_and_signature_change_and_the_thread_stays(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], sales: Channel, writes: Write
) -> None:
    assert post(anna, ticket, "reply", **promise, via=sales.pk).status_code == 200

    message = Message.objects.get(direction="out", automatic="")
    assert message.outbound and message.outbound.channel == sales
    assert "Отдел продаж" in bytes(message.outbound.raw).decode()
    ticket.refresh_from_db()
    assert ticket.conversation.channel != sales  # the next answer is the usual one again
    again = writes("Спасибо", references=[message.external_id])
    assert again == ticket


def test_one_mailbox_asks_nothing(ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]) -> None:
    page = post(anna, ticket, "reply", **{**promise, "text": ""}).content.decode()
    assert 'name="via"' not in page


def test_a_mailbox_of_another_line_is_neither_offered_nor_taken(
    ticket: Ticket, anna: User, head: User, post: Post, promise: dict[str, Any], sales: Channel, experts: Channel
) -> None:
    page = post(anna, ticket, "reply", **{**promise, "text": ""}).content.decode()
    assert "sales@desk.test" in page and "experts@desk.test" not in page

    stopped = post(anna, ticket, "reply", **promise, via=experts.pk)
    assert stopped.status_code == 422 and 'id="e-via"' in stopped.content.decode()
    assert not Outbound.objects.filter(kind="reply").exists()

    assert post(head, ticket, "reply", **promise, via=experts.pk).status_code == 200


def test_a_switched_off_mailbox_is_not_offered(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], sales: Channel
) -> None:
    sales.is_active = False
    sales.save()

    assert post(anna, ticket, "reply", **promise, via=sales.pk).status_code == 422


def test_the_choice_is_kept_with_the_draft_and_comes_back_with_the_text(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], sales: Channel
) -> None:
    post(anna, ticket, "draft", **promise, mode="reply", via=sales.pk)
    assert Draft.objects.get().form["via"] == sales.pk

    post(anna, ticket, "reply", **promise, via=sales.pk)
    back = post(anna, ticket, f"undo/{Message.objects.get(direction='out', automatic='').pk}")
    assert f'<option value="{sales.pk}" selected>' in back.content.decode()
