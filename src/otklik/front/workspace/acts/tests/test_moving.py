"""Putting aside, ending, opening again, leaving unread."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Seen, Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def test_put_aside_says_what_happens_then_and_when(ticket: Ticket, anna: User, post: Post, tonight: str) -> None:
    answer = post(anna, ticket, "aside", aside_what="узнать у склада", aside_until=tonight, aside_agreed="on")

    assert answer.status_code == 204 and "dialog:close" in answer["HX-Trigger"]
    ticket.refresh_from_db()
    assert (ticket.status, ticket.next_note, ticket.schedules.get().agreed) == (
        "scheduled",
        "узнать у склада",
        True,
    )


@pytest.mark.parametrize(
    ("told", "field"),
    [({"aside_what": ""}, "e-aside_what"), ({"aside_until": "2020-01-01T00:00:00Z"}, "e-aside_until")],
)
def test_what_is_missing_is_said_in_the_open_dialog(
    ticket: Ticket, anna: User, post: Post, tonight: str, told: dict[str, str], field: str
) -> None:
    answer = post(anna, ticket, "aside", **{"aside_what": "узнать", "aside_until": tonight, **told})

    page = answer.content.decode()
    assert answer.status_code == 422 and page.startswith("<form") and f'id="{field}"' in page


def test_every_dialog_is_a_page_without_scripts(ticket: Ticket, anna: User, client_of: object) -> None:
    for act in ("assign", "handover", "aside", "close"):
        page = client_of(anna).get(f"/tickets/{ticket.number}/{act}/?view=line").content.decode()  # type: ignore[operator]
        assert page.startswith("<!doctype html>") and "<dialog" not in page
        assert 'name="view" value="view=line"' in page


def test_closing_without_an_answer_needs_a_reason(ticket: Ticket, anna: User, post: Post) -> None:
    assert post(anna, ticket, "close", reason="whim").status_code == 422

    post(anna, ticket, "close", reason="spam")

    ticket.refresh_from_db()
    assert ticket.status == "closed"
    assert post(anna, ticket, "close", reason="spam").status_code == 422


def test_an_ended_ticket_is_opened_again_once(ticket: Ticket, anna: User, post: Post) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())

    assert post(anna, ticket, "reopen").status_code == 204
    assert post(anna, ticket, "reopen").status_code == 409
    ticket.refresh_from_db()
    assert ticket.is_our_move and ticket.reopened == 1


def test_left_unread_is_as_if_the_clients_word_had_not_been_seen(ticket: Ticket, anna: User, post: Post) -> None:
    Seen.objects.create(user=anna, ticket=ticket, message_id=ticket.last_message_id or 0)

    answer = post(anna, ticket, "unread", view="view=line")

    assert answer["HX-Redirect"] == "/queue/line/"
    assert ticket.last_in_id and Seen.objects.get(user=anna).message_id < ticket.last_in_id


def test_a_put_aside_ticket_comes_back_by_itself(ticket: Ticket, anna: User, post: Post, tonight: str) -> None:
    post(anna, ticket, "aside", aside_what="узнать у склада", aside_until=tonight)

    with clock.at(clock.now() + timedelta(hours=4)):
        Ticket.objects.wake_due()

    ticket.refresh_from_db()
    assert (ticket.status, ticket.returned) == ("open", "date")


@pytest.mark.parametrize(
    ("told", "whom", "agreed"),
    [
        ({"aside_who": "us", "aside_whom": "поставщик"}, "", False),
        ({"aside_who": "third", "aside_whom": "поставщик"}, "поставщик", False),
        ({"aside_who": "client", "aside_whom": "поставщик", "aside_agreed": "on"}, "", True),
        ({"aside_whom": "поставщик"}, "поставщик", False),
    ],
)
def test_who_does_it_is_kept(
    ticket: Ticket, anna: User, post: Post, tonight: str, told: dict[str, str], whom: str, agreed: bool
) -> None:
    """UI-90; a form of before, without the question, says it by naming somebody."""
    assert post(anna, ticket, "aside", aside_what="узнать", aside_until=tonight, **told).status_code == 204
    ticket.refresh_from_db()
    assert (ticket.waits_for, ticket.schedules.get().agreed) == (whom, agreed)


@pytest.mark.parametrize(
    ("who", "field", "said"),
    [("third", "aside_whom", "Напишите, кого ждём"), ("client", "aside_agreed", "Сначала договоритесь с клиентом")],
)
def test_a_third_party_has_a_name_and_a_client_has_agreed(
    ticket: Ticket, anna: User, post: Post, tonight: str, who: str, field: str, said: str
) -> None:
    answer = post(anna, ticket, "aside", aside_what="узнать", aside_until=tonight, aside_who=who)
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="e-{field}"' in page and said in page
    assert f'value="{who}" checked' in page
    ticket.refresh_from_db()
    assert ticket.status != "scheduled"


def test_an_answer_that_puts_aside_asks_who_does_it_too(ticket: Ticket, anna: User, post: Post, tonight: str) -> None:
    sent = {"text": "Узнаем", "next": "aside", "aside_what": "узнать", "aside_until": tonight, "aside_who": "third"}
    refused = post(anna, ticket, "reply", **sent)
    assert refused.status_code == 422 and 'id="e-aside_whom"' in refused.content.decode()
    assert post(anna, ticket, "reply", **sent, aside_whom="Оператор").status_code == 200
    ticket.refresh_from_db()
    assert ticket.waits_for == "Оператор"
