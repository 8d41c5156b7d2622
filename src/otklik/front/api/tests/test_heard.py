"""What a letter brings, by programs: whose matter it is, an event that wants an answer, a date that was missed."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft, Invitation
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Wait
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db
EVENT = {
    **{"summary": "Осмотр", "location": "Склад", "address": "", "description": ""},
    **{"starts": "2026-12-03T10:00:00+03:00", "ends": "2026-12-03T11:00:00+03:00"},
    **{"floating": False, "recurrence": None, "recurrence_id": "", "status": ""},
    **{"organizer": {"address": "olga@volga.test", "name": "Ольга"}, "attendees": [], "method": "REQUEST"},
}


def test_the_author_of_what_was_passed_on_is_the_client_and_is_not_after_all(
    ask: Ask, writes: Write, anna: User, vera: User
) -> None:
    ticket = writes(sender="boss@desk.test", passed_on_from="olga@volga.test", passed_on_name="Ольга")
    timeline = ask("get", f"tickets/{ticket.number}", anna).json()["timeline"]
    (message,) = [one for one in timeline if one["passed_on_from"]]
    home = f"tickets/{ticket.number}/messages/{message['id']}/client"
    first, again = (ask("post", home, anna, {"client": "author"}, key="k") for _ in range(2))
    assert first.json()["contact"]["email"] == "olga@volga.test" and first.content == again.content
    assert ask("post", home, anna, {"client": "author"}).status_code == 409, "she is the client already"
    assert ask("post", home, anna, {"client": "sender"}).json()["contact"]["email"] == "boss@desk.test"
    assert ask("post", home, anna, {"client": "cousin"}).status_code == 422
    assert ask("post", home, vera, {"client": "author"}).status_code == 404


def test_a_letter_that_was_not_passed_on_has_no_other_author(ask: Ask, ticket: Ticket, anna: User) -> None:
    home = f"tickets/{ticket.number}/messages/{ticket.last_message_id}/client"
    assert ask("post", home, anna, {"client": "author"}).status_code == 404


def test_an_event_is_answered_once_and_not_after_it_was_changed(
    ask: Ask, ticket: Ticket, anna: User, paper: Paper, writes: Write
) -> None:
    letter = ticket.conversation.messages.filter(direction="in").get()
    kept = Invitation.objects.create(message=letter, method="REQUEST", uid="u-1", events=[EVENT])
    home = f"tickets/{ticket.number}/messages/{letter.pk}/invitation"

    told = ask("post", home, anna, {"answer": "accepted"}).json()
    (shown,) = [one["invitation"] for one in told["timeline"] if one["invitation"]]
    assert shown == {
        **{"summary": "Осмотр", "organizer": "olga@volga.test", "place": "Склад", "answer": "accepted", "open": True},
        **{"starts": EVENT["starts"], "ends": EVENT["ends"]},
    }
    answer = paper.letters[-1].event_answer
    assert paper.letters[-1].to == ["olga@volga.test"] and answer is not None and answer.answer == "accepted"
    count = len(paper.letters)
    assert ask("post", home, anna, {"answer": "accepted"}).status_code == 200 and len(paper.letters) == count

    later = writes("Перенесли", token=ticket.conversation.token)
    assert later == ticket
    newer = ticket.conversation.messages.filter(direction="in").latest("pk")
    Invitation.objects.create(message=newer, method="REQUEST", uid="u-1", sequence=1, events=[EVENT])
    assert ask("post", home, anna, {"answer": "declined"}).status_code == 409
    shown_now = [one["invitation"] for one in ask("get", f"tickets/{ticket.number}", anna).json()["timeline"]]
    assert [one["open"] for one in shown_now if one] == [False, True]
    kept.refresh_from_db()
    assert kept.answer == "accepted"


def test_a_letter_without_an_event_is_no_invitation(ask: Ask, ticket: Ticket, anna: User) -> None:
    home = f"tickets/{ticket.number}/messages/{ticket.last_message_id}/invitation"
    assert ask("post", home, anna, {"answer": "accepted"}).status_code == 404
    assert ask("post", home, anna, {"answer": "yes"}).status_code == 422


def test_an_apology_is_begun_once_where_a_date_was_missed(ask: Ask, ticket: Ticket, anna: User, quality: User) -> None:
    home = f"tickets/{ticket.number}/apologise"
    with clock.at(clock.now() - timedelta(hours=3)):
        ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + timedelta(hours=2)))
    Draft.objects.keep(ticket.conversation, anna, "reply", "Роутер заменён.", {})
    assert ask("post", home, quality).status_code == 403
    told = [ask("post", home, anna).json() for _twice in range(2)][1]
    assert told["mode"] == "reply" and told["text"].endswith("Роутер заменён.") and told["text"].count("не успели") == 1
    assert Draft.objects.get(author=anna).form["until"] > clock.now().isoformat()


def test_without_a_missed_date_there_is_nothing_to_regret(ask: Ask, ticket: Ticket, anna: User, tomorrow: Any) -> None:
    assert ask("post", f"tickets/{ticket.number}/apologise", anna).status_code == 409
    ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    assert ask("post", f"tickets/{ticket.number}/apologise", anna).status_code == 409
    assert not Draft.objects.exists()
