"""Taking a reply back, before and after it left."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.desk.channels import outbox
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.sent import Sent
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]) -> Message:
    post(anna, ticket, "reply", **promise)
    return Message.objects.get(direction="out", automatic="")


def test_the_text_and_its_date_come_back_into_the_composer(
    ticket: Ticket, anna: User, post: Post, sent: Message, tonight: str
) -> None:
    answer = post(anna, ticket, f"undo/{sent.pk}")

    page = answer.content.decode()
    assert answer.status_code == 200 and "data-begin" in page and "sentbar" not in page
    assert "Проверяем маршрут.</textarea>" in page
    chosen = page[page.index("promise_until") :].split("checked")[0]
    assert tonight[:16] in chosen.replace(" ", "T") or "checked" in page
    ticket.refresh_from_db()
    assert (ticket.status, ticket.owner) == ("new", None)


def test_without_scripts_the_undo_leads_to_the_ticket_with_the_text(
    ticket: Ticket, anna: User, post: Post, sent: Message
) -> None:
    answer = post(anna, ticket, f"undo/{sent.pk}", plain=True)

    assert answer["Location"] == f"/tickets/{ticket.number}/?compose=reply"
    assert Draft.objects.get(author=anna).text == "Проверяем маршрут."


def test_what_has_left_cannot_be_taken_back(
    ticket: Ticket, anna: User, post: Post, sent: Message, paper: Paper
) -> None:
    with clock.at(clock.now() + timedelta(minutes=1)):
        outbox.send_due()

    answer = post(anna, ticket, f"undo/{sent.pk}")

    assert answer.status_code == 409 and 'role="alert"' in answer.content.decode()
    assert not Message.objects.filter(taken_back_at__isnull=False).exists()


def test_nobody_takes_back_what_another_wrote(ticket: Ticket, ilya: User, post: Post, sent: Message) -> None:
    assert post(ilya, ticket, f"undo/{sent.pk}").status_code == 409
    assert Sent.of(ticket, ilya) is None


def test_a_refusal_comes_back_with_its_reason_not_as_one_text(ticket: Ticket, anna: User, post: Post) -> None:
    told = {
        "next": "refuse",
        "reason": "outside",
        "explanation": "Роутер не наш.",
        "alternatives": ["Созвонимся"],
    }
    post(anna, ticket, "reply", text="Здравствуйте!", **told)
    message = Message.objects.get(direction="out", automatic="")

    page = post(anna, ticket, f"undo/{message.pk}").content.decode()

    assert "Здравствуйте!</textarea>" in page and "Роутер не наш.</textarea>" in page
    assert 'value="Созвонимся"' in page and '<option value="outside" selected>' in page


def test_what_was_begun_since_stands_below_the_text_that_came_back(
    ticket: Ticket, anna: User, post: Post, sent: Message
) -> None:
    page = post(anna, ticket, f"undo/{sent.pk}", text="И ещё одно").content.decode()

    assert "Проверяем маршрут.\n\nИ ещё одно</textarea>" in page


def test_the_reply_that_can_be_undone_is_known_on_every_page(anna: User, ilya: User, sent: Message) -> None:
    found = Sent.last_of(anna)

    assert found and found.message == sent and 0 < found.seconds <= 15
    assert Sent.last_of(ilya) is None
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert Sent.last_of(anna) is None


@pytest.mark.parametrize(("companys", "own", "waits"), [(30, None, 30), (30, 5, 5), (0, None, 0), (0, 10, 10)])
def test_how_long_a_reply_waits_is_said_by_the_company_unless_the_person_chose(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], companys: int, own: int | None, waits: int
) -> None:
    organisation = Organisation.objects.own_copy()
    organisation.undo_seconds = companys
    organisation.save()
    anna.undo_seconds = own
    anna.save()

    post(anna, ticket, "reply", **promise)

    message = Message.objects.get(direction="out", automatic="")
    assert message.outbound
    assert abs((message.outbound.not_before - message.at).total_seconds() - waits) < 4


def test_the_profile_offers_the_companys_time(anna: User, client_of: Any) -> None:
    told = {"name": anna.name, "language": "ru", "time_zone": "Europe/Moscow", "theme": "system"}
    for chosen, kept in (("5", 5), ("", None)):
        assert client_of(anna).post("/me/", {**told, "undo_seconds": chosen}).status_code == 302
        anna.refresh_from_db()
        assert anna.undo_seconds == kept
