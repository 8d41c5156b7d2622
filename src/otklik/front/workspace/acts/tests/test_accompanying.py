"""Who gets an answer: what an agent decided, and who fell out of the client's last letter."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import addressees, state
from otklik.front.workspace.acts.addressees import Addressees
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def people_of(ticket: Ticket, user: User) -> Addressees:
    found = Ticket.objects.get(pk=ticket.pk)
    return addressees.of(found, state.of(found, user))


def test_who_fell_out_of_the_last_letter_is_named_and_not_written_to(pavel: Contact, anna: User, writes: Write) -> None:
    ticket = writes(cc=["olga@volga.test", "buh@volga.test"])
    writes("Ещё", token=ticket.conversation.token, cc=["buh@volga.test"])
    people = people_of(ticket, anna)
    assert (people.cc, people.left_out) == (["buh@volga.test"], ["olga@volga.test"])


def test_a_decision_goes_before_the_letter(pavel: Contact, anna: User, writes: Write, post: Post) -> None:
    ticket = writes(cc=["olga@volga.test"])
    post(anna, ticket, "people", address="olga@volga.test")
    post(anna, ticket, "people", address="chief@volga.test", let_in="on")
    people = people_of(ticket, anna)
    assert (people.cc, people.left_out) == (["chief@volga.test"], [])


def test_whom_a_stranger_names_is_never_written_to_by_itself(
    ticket: Ticket, anna: User, writes: Write, pavel: Contact
) -> None:
    writes("Я тут", sender="eve@else.test", token=ticket.conversation.token, cc=["eve2@else.test"])
    assert people_of(ticket, anna).everybody == ["pavel@volga.test"]


def test_what_is_no_address_is_said(ticket: Ticket, anna: User, quality: User, post: Post) -> None:
    assert post(anna, ticket, "people", address="кто-то", let_in="on").status_code == 422
    assert post(quality, ticket, "people", address="olga@volga.test", let_in="on").status_code == 403
    assert not ticket.participants.exists()
