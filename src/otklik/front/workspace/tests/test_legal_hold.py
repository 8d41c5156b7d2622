"""UI-27: whoever answers under a legal hold sees so on the request and on the card, at no statement more."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.privacy.models import Hold
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
SAID = "Запрет на удаление"
WHY = "Спор в арбитраже"


@pytest.fixture
def other(writes: Write) -> Ticket:
    return writes("Другое", sender="olga@don.test", sender_name="Ольга")


def shown(browser: Browser, address: str) -> bool:
    page = browser.get(address).content.decode()
    assert WHY not in page, "why is for who decides on it"
    return SAID in page


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_the_stripe_stands_while_the_hold_does(
    anna: User, head: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact, other: Ticket, over: str
) -> None:
    browser, page, card = sits_at(anna), f"/tickets/{ticket.number}/", f"/clients/contact/{pavel.pk}/"
    assert not shown(browser, page) and not shown(browser, card)
    hold = Hold(why=WHY, **({"contact": pavel} if over == "contact" else {"ticket": ticket}))
    hold.put(by=head)

    assert shown(browser, page) and shown(browser, card)
    assert not shown(browser, f"/tickets/{other.number}/")
    assert not shown(browser, f"/clients/contact/{other.contact_id}/")

    hold.lift(by=head)
    assert not shown(browser, page) and not shown(browser, card)


def test_of_two_requests_only_the_one_that_is_held_says_so(
    anna: User, head: User, sits_at: SitsAt, ticket: Ticket, writes: Write
) -> None:
    second = writes("Ещё одно", subject="Ещё одно", external_id="<second>")
    assert second.contact_id == ticket.contact_id and second.pk != ticket.pk
    Hold(ticket=ticket, why=WHY).put(by=head)
    browser = sits_at(anna)
    assert shown(browser, f"/tickets/{ticket.number}/") and not shown(browser, f"/tickets/{second.number}/")


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_it_stands_where_letters_of_the_held_stand_by_now(
    anna: User, head: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact, other: Ticket, writes: Write, over: str
) -> None:
    """By the rule of the terms (`Hold.objects.held`): joined to another one, which is joined to a third."""
    third = writes("Третье", sender="ivan@don.test", subject="Третье")
    browser, pages = sits_at(anna), [f"/tickets/{one.number}/" for one in (other, third)]
    Hold(why=WHY, **({"contact": pavel} if over == "contact" else {"ticket": ticket})).put(by=head)
    act = ticket.merge_into(other, by=anna, disclose=True)
    assert [shown(browser, page) for page in pages] == [True, False]
    Ticket.objects.get(pk=other.pk).merge_into(Ticket.objects.get(pk=third.pk), by=anna, disclose=True)
    assert shown(browser, pages[1]) and act.target_id in Hold.objects.held().tickets
    assert third.pk in Hold.objects.held().tickets


def test_a_request_of_another_in_which_the_held_person_wrote_says_so(
    anna: User, head: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact, other: Ticket
) -> None:
    """Their words stand there, so it is kept with them (`Held`); the card of the other is not."""
    browser, page = sits_at(anna), f"/tickets/{other.number}/"
    Hold(contact=pavel, why=WHY).put(by=head)
    assert not shown(browser, page)
    Message.objects.filter(conversation=other.conversation).update(contact=pavel)

    assert shown(browser, page)
    assert not shown(browser, f"/clients/contact/{other.contact_id}/")


def test_it_costs_the_page_of_the_request_no_statement(
    anna: User, head: User, sits_at: SitsAt, ticket: Ticket, kept_for_long: None
) -> None:
    browser, page = sits_at(anna), f"/tickets/{ticket.number}/"
    browser.get(page)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        counts.append(len(asked))
        Hold(ticket=ticket, why=WHY).put(by=head)
    assert counts[0] == counts[1] and shown(browser, page)
