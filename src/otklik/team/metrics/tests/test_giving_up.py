"""Who hangs up, how soon, and who dials again at once: METRICS V6 and V7."""

from collections import Counter
from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.models import Call, Extension
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer import half_hours
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.half_hours import Others
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START
from otklik.team.metrics.tests.test_reaching import MINUTE, rang
from tests.fixtures.cast import Write
from tests.fixtures.facts import forget

pytestmark = pytest.mark.django_db(transaction=True)
SCOPE = Scope(START - timedelta(days=1), START + timedelta(days=2))
ONE, TWO = "+79000000001", "+79000000002"


@pytest.fixture
def phone(line_one: Team, anna: User) -> Channel:
    Extension.objects.create(user=anna, number="101")
    return Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)


def told(name: str = "queue.abandonment.unique") -> tuple[int | None, int]:
    found = layer.figure(Question(METRICS[name], SCOPE))
    return found.good, found.n


def count(*tickets: Ticket) -> None:
    TicketFact.objects.count({one.pk for one in tickets})


def test_who_dials_again_within_five_minutes_goes_on_with_one_attempt(phone: Channel, writes: Write) -> None:
    """V7: of five calls of one number three are one attempt, which was answered in the end."""
    with clock.at(START - MINUTE):
        ticket = writes()
    rang(phone, ticket, 0, number=ONE, answered=False, waited=60)
    rang(phone, ticket, 3, number=ONE, answered=False, waited=60)
    rang(phone, ticket, 8.9, number=ONE, answered=True)
    count(ticket)
    assert told() == (0, 1) and told("queue.abandonment") == (2, 3)

    rang(phone, ticket, 30, number=ONE, answered=False, waited=60)
    rang(phone, ticket, 36.5, number=ONE, answered=True)
    count(ticket)
    assert told() == (1, 3), "five and a half minutes after they had hung up they came anew"


def test_slips_hidden_numbers_and_answered_calls_join_nothing(phone: Channel, writes: Write) -> None:
    with clock.at(START - MINUTE):
        ticket = writes()
    rang(phone, ticket, 0, number=ONE, answered=True)
    rang(phone, ticket, 2, number=ONE, answered=True)
    count(ticket)
    assert told() == (0, 2), "whoever was answered and calls again comes anew"

    rang(phone, ticket, 10, number=ONE, answered=False, waited=10)
    rang(phone, ticket, 12, number=ONE, answered=False, waited=3)
    count(ticket)
    assert told() == (1, 3), "three seconds were a slip, and no second try"

    rang(phone, ticket, 20, number="", answered=False, waited=10)
    rang(phone, ticket, 21, number="", answered=False, waited=10)
    count(ticket)
    assert told() == (3, 5), "nobody knows whether it was the same caller"


def test_the_second_try_in_another_request_sets_the_first_right(phone: Channel, writes: Write, anna: User) -> None:
    """Only the second request has news, and the figure of both is the same as counted anew."""
    with clock.at(START - MINUTE):
        one, other = writes(), writes(sender="x@else.test", external_id="<x>")
    rang(phone, one, 0, number=ONE, answered=False)
    count(one, other)
    assert told() == (1, 1)

    rang(phone, other, 4, number=ONE, answered=True)
    count(other)
    assert told() == (0, 1)
    rows = Reading.objects.filter(measure__in=(Measure.ATTEMPT, Measure.GAVE_UP))
    before = sorted(rows.values_list("ticket", "measure", "at", "kind"))
    TicketFact.objects.rebuild()
    count(one, other)
    assert sorted(rows.values_list("ticket", "measure", "at", "kind")) == before


def test_a_second_try_that_does_not_count_takes_no_attempt_with_it(phone: Channel, writes: Write, anna: User) -> None:
    """It stands in a request of a colleague's own (METRICS C8)."""
    with clock.at(START - MINUTE):
        one, own = writes(), writes(sender="own@else.test", external_id="<x>")
    User.objects.filter(pk=anna.pk).update(email="own@else.test")
    rang(phone, one, 0, number=ONE, answered=False)
    rang(phone, own, 4, number=ONE, answered=True)
    count(one, own)
    assert TicketFact.objects.get(pk=own.pk).excluded == "own"
    assert told() == (1, 1)
    count(own)
    assert told() == (1, 1), "in whatever order they are counted"


def test_attempts_stay_when_numbers_are_erased(phone: Channel, writes: Write) -> None:
    with clock.at(START - MINUTE):
        ticket = writes()
    rang(phone, ticket, 0, number=ONE, answered=False)
    rang(phone, ticket, 2, number=ONE, answered=False)
    rang(phone, ticket, 3, number=TWO, answered=False)
    count(ticket)
    assert told() == (2, 2)

    forget(ticket)
    count(ticket)
    assert told() == (2, 2) and not Call.objects.filter(number__startswith="+7").exists()


def test_calls_that_are_not_counted_anew_yet_leave_D_and_E_unknown(phone: Channel, writes: Write) -> None:
    """The line is to answer within 20 s: of two who hung up one did so before, after 6 s."""
    with clock.at(START - MINUTE):
        ticket = writes()
    rang(phone, ticket, 0, number=ONE, answered=True, waited=10)
    rang(phone, ticket, 20, number=ONE, answered=False, waited=6)
    rang(phone, ticket, 40, number=TWO, answered=False, waited=60)
    count(ticket)
    asked = Question(METRICS["queue.service_level"], SCOPE)
    known = Others((1, 3), (1, 3), (1, 1), without_early=(1, 2), with_early=(2, 3))
    assert half_hours.others(asked) == known

    Reading.objects.replace({ticket.pk: Counter()}, (Measure.GAVE_UP,))
    assert half_hours.others(asked) == Others((1, 3), (1, 3), (1, 1))


def test_requests_without_calls_cost_one_statement_more_at_most(writes: Write, django_assert_max_num_queries) -> None:
    from otklik.team.metrics.giving_up import gone_on, tried_before

    with clock.at(START - MINUTE):
        ticket = writes()
    with django_assert_max_num_queries(1):
        assert tried_before({ticket.pk}) == set() and gone_on({ticket.pk: []}) == set()
