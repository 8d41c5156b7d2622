"""Whether callers get through when they try for the first time."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.reaching import CHAIN
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START
from tests.fixtures.cast import Write
from tests.fixtures.facts import forget

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def phone(line_one: Team, anna: User) -> Channel:
    Extension.objects.create(user=anna, number="101")
    return Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)


def rang(phone: Channel, ticket: Ticket, minute: float, *, number: str, answered: bool, waited: int = 30) -> None:
    """One call, which stands in the request."""
    begun, name = START + minute * MINUTE, f"{number} {minute}"

    def tell(kind: str, second: float, **told: Any) -> None:
        at = begun + second * SECOND
        with clock.at(at):
            hear(phone, name, Told(Kind(kind), at, f"{name} {kind}", **told))

    tell("ringing", 0, number=number)
    if answered:
        tell("answered", waited, extension="101")
    tell("ended", waited + (60 if answered else 0))
    Call.objects.filter(external_id=name).update(ticket=ticket)


def share() -> tuple[int | None, int]:
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    scope = Scope(START - timedelta(days=1), START + timedelta(days=2))
    found = layer.figure(Question(METRICS["availability.first_try"], scope))
    return found.good, found.n


def test_a_caller_counts_once_for_a_chain_of_tries(phone: Channel, writes: Write) -> None:
    """V23: of six callers three get through at once; whoever tries again within ten minutes is no new caller."""
    with clock.at(START - MINUTE):
        ticket = writes()
    at_once = {"answered": True}
    rang(phone, ticket, 0, number="+79000000001", **at_once)
    rang(phone, ticket, 1, number="+79000000002", answered=False)
    rang(phone, ticket, 10, number="+79000000002", **at_once)
    rang(phone, ticket, 19, number="+79000000002", **at_once)
    assert share() == (1, 2), "nine minutes later they still try, and so on"

    rang(phone, ticket, 19 + CHAIN / MINUTE + 1, number="+79000000002", **at_once)
    assert share() == (2, 3), "eleven minutes after the last they come anew"

    rang(phone, ticket, 60, number="+79000000003", answered=False, waited=3)
    rang(phone, ticket, 61, number="+79000000003", **at_once)
    assert share() == (3, 4), "three seconds were a slip"

    rang(phone, ticket, 70, number="", **at_once)
    rang(phone, ticket, 71, number="+79000000004", answered=False)
    assert share() == (3, 5), "a hidden number is nobody's"


def test_the_same_of_several_requests(phone: Channel, writes: Write) -> None:
    """The second try stands in another request and is none of a new caller."""
    with clock.at(START - MINUTE):
        one, other = writes(), writes(sender="x@else.test", external_id="<x>")
    rang(phone, one, 0, number="+79000000001", answered=False)
    rang(phone, other, 5, number="+79000000001", answered=True)

    assert share() == (0, 1)


def test_the_share_stays_when_numbers_are_erased(phone: Channel, writes: Write) -> None:
    """Two who were erased are still two, and one who tried three times is one."""
    with clock.at(START - MINUTE):
        one, other = writes(), writes(sender="x@else.test", external_id="<x>")
    rang(phone, one, 0, number="+79000000001", answered=False)
    rang(phone, other, 3, number="+79000000002", answered=True)
    rang(phone, one, 5, number="+79000000001", answered=True)
    rang(phone, one, 30, number="+79000000001", answered=True)
    assert share() == (2, 3)

    for ticket in (one, other):
        forget(ticket)
    assert share() == (2, 3) and not Call.objects.filter(number__startswith="+7").exists()


def test_a_call_without_a_mark_counts_as_one_of_its_own(phone: Channel, writes: Write) -> None:
    """The process of the version before wrote it after the marks were given."""
    with clock.at(START - MINUTE):
        ticket = writes()
    rang(phone, ticket, 0, number="+79000000001", answered=True)
    rang(phone, ticket, 5, number="", answered=True)
    Call.objects.update(caller=None)

    assert share() == (1, 1)
