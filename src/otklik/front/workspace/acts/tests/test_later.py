"""A letter that leaves at a moment, and a request of somebody else, as the composer says it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Habits, Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def wait_form(ticket: Ticket, **more: str) -> dict[str, Any]:
    until = (clock.now() + timedelta(days=3)).isoformat()
    return {
        "text": "Доброе утро!",
        "next": "wait",
        "wait_until": until,
        "seen": ticket.last_message_id,
        "key": "k",
        **more,
    }


def morning() -> str:
    return f"{timezone.localtime(clock.now() + timedelta(hours=10)):%Y-%m-%dT%H:%M}"


def test_the_letter_waits_and_everybody_here_reads_when_it_leaves(
    post: Post, anna: User, ilya: User, ticket: Ticket, client_of: Callable[[User], Client]
) -> None:
    told = post(anna, ticket, "reply", **wait_form(ticket, later="on", leave_at=morning()))
    page = told.content.decode()
    assert told.status_code == 200 and "Ваше письмо уйдёт" in page and 'id="n-later"' not in page
    draft = Draft.objects.get()
    assert draft.mode == "later" and not Message.objects.filter(direction="out", automatic="").exists()

    theirs = client_of(ilya).get(f"/tickets/{ticket.number}/").content.decode()
    assert f"Письмо сотрудника {anna.name} уйдёт" in theirs and "Доброе утро!" in theirs and 'id="n-later"' in theirs
    stopped = post(ilya, ticket, f"later/{draft.pk}/stop")
    assert stopped.status_code == 200 and f"/later/{draft.pk}/" not in stopped.content.decode()
    assert Draft.objects.get().mode == "reply"
    assert post(ilya, ticket, f"later/{draft.pk}/stop").status_code == 409


def test_pages_that_are_open_hear_when_it_is_planned_and_stopped_and_of_nothing_else(
    post: Post, anna: User, ilya: User, ticket: Ticket, client_of: Callable[[User], Client]
) -> None:
    reader = client_of(ilya)

    def news() -> str:
        last = Entry.objects.order_by("pk").last()
        query = f"after={ticket.last_message_id}&event={last.pk if last else 0}"
        acts.pop(0)()
        return reader.get(f"/tickets/{ticket.number}/timeline/?{query}").content.decode()

    acts: list[Callable[[], object]] = [
        lambda: post(anna, ticket, "reply", **wait_form(ticket, later="on", leave_at=morning())),
        lambda: post(ilya, ticket, f"later/{Draft.objects.get(mode='later').pk}/stop"),
        lambda: post(ilya, ticket, "take"),
    ]
    assert f"Письмо сотрудника {anna.name} уйдёт" in news()
    assert '<div id="later"></div>' in news()
    assert 'id="later"' not in news()


def test_what_cannot_be_is_said_beside_the_field(post: Post, anna: User, ticket: Ticket) -> None:
    for at in ("", "вчера", "2020-01-01T09:00", "9" * 40):
        told = post(anna, ticket, "reply", **wait_form(ticket, later="on", leave_at=at))
        assert told.status_code == 422 and 'id="e-leave_at"' in told.content.decode()
        assert "Доброе утро!</textarea>" in told.content.decode()
    assert not Draft.objects.exists()


def test_who_may_not_write_stops_nothing(post: Post, anna: User, vera: User, ticket: Ticket) -> None:
    post(anna, ticket, "reply", **wait_form(ticket, later="on", leave_at=morning()))
    assert post(vera, ticket, f"later/{Draft.objects.get().pk}/stop").status_code == 404
    assert Draft.objects.get().mode == "later"


@pytest.fixture
def asking(ticket: Ticket, ilya: User) -> Ticket:
    """Ilya's request, in a line that wants to be asked."""
    Habits.objects.create(team=ticket.team, asks_owner=True)
    recent.forget()
    ticket.take(by=ilya)
    return ticket


def test_a_request_of_somebody_else_is_asked_about(post: Post, anna: User, ilya: User, asking: Ticket) -> None:
    told = post(anna, asking, "reply", **wait_form(asking))
    page = told.content.decode()
    assert told.status_code == 422 and ilya.name in page and 'name="take" value="over"' in page
    assert not Message.objects.filter(direction="out", automatic="").exists()

    assert post(ilya, asking, "reply", **wait_form(asking)).status_code == 200


def test_taken_over_it_is_sent_by_its_new_owner(post: Post, anna: User, asking: Ticket) -> None:
    questioned = post(anna, asking, "reply", **{**wait_form(asking), "text": "Во вложении план."}, take="over")
    assert questioned.status_code == 422 and 'name="take" value="over"' in questioned.content.decode()
    assert Ticket.objects.get(pk=asking.pk).owner != anna, "what was not sent takes nothing over"

    assert post(anna, asking, "reply", **wait_form(asking), take="over").status_code == 200
    assert Ticket.objects.get(pk=asking.pk).owner == anna
    assert Message.objects.get(direction="out", automatic="").author == anna


def test_it_helps_as_a_note(post: Post, anna: User, asking: Ticket) -> None:
    told = post(anna, asking, "reply", **wait_form(asking), act="note", note="Смотрел журнал.")
    assert told.status_code == 200
    [draft] = Draft.objects.all()
    assert (draft.mode, draft.text) == ("note", "Смотрел журнал.\n\nДоброе утро!")
    assert "Доброе утро!</textarea>" in told.content.decode()


def test_who_works_on_it_together_is_not_asked(post: Post, anna: User, ilya: User, asking: Ticket) -> None:
    asking.invite(anna, by=ilya)
    assert post(anna, asking, "reply", **wait_form(asking)).status_code == 200


def test_other_lines_are_not_asked(post: Post, anna: User, ilya: User, ticket: Ticket) -> None:
    ticket.take(by=ilya)
    assert post(anna, ticket, "reply", **wait_form(ticket)).status_code == 200
