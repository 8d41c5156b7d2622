"""Calls in the one layer: the kernel's own figures, of the readings and of the sums alike."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from otklik.core.formulas import aht, queue_stats
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, CallBack, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.layer import half_hours
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.observing import TOUCHED, UNTOUCHED
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.speaking import ABANDONED, IN_TIME, handled
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts, forget

pytestmark = pytest.mark.django_db(transaction=True)

WEEKS = Scope(START - timedelta(days=7), START + timedelta(days=28))
# (waited, answered, talked, held, transferred); the line is to answer within 20 s
CALLS = [
    (0, True, 60, 0, 0),
    (20, True, 5, 0, 0),
    (21, True, 100, 30, 1),
    (45, True, 200, 10, 2),
    (4, False, 0, 0, 0),
    (5, False, 0, 0, 0),
    (90, False, 0, 0, 0),
]


def ask(name: str, **only: str) -> Figure:
    with clock.at(hours(24 * 60)):
        return layer.figure(Question(METRICS[name], WEEKS, only))


@pytest.fixture
def calls(line_one: Team, anna: User, ilya: User) -> Channel:
    channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    Extension.objects.create(user=anna, number="101")
    Extension.objects.create(user=ilya, number="102")
    for place, one in enumerate(CALLS):
        _call(channel, place, one, ilya if one[4] % 2 else anna)
    count_facts()
    return channel


def _call(channel: Channel, place: int, one: tuple[int, bool, int, int, int], by: User) -> None:
    waited, answered, talked, held, transfers = one
    begun = hours(place)

    def tell(kind: str, second: float, **told: Any) -> None:
        at = begun + timedelta(seconds=second)
        with clock.at(at):
            hear(channel, str(place), Told(Kind(kind), at, f"{place}-{kind}-{second}", **told))

    tell("ringing", 0, number=f"+7900000000{place}")
    if answered:
        tell("answered", waited, extension="101")
        for number in range(transfers):
            tell("transferred", waited + 1 + number, extension=("102", "101")[number % 2])
        if held:
            tell("held", waited + 3)
            tell("resumed", waited + 3 + held)
    ends = waited + talked + held
    tell("ended", ends)
    if answered:
        with clock.at(begun + timedelta(seconds=ends + 10 * place)):
            Call.objects.get(external_id=str(place)).conclude("answered", by=by)


def test_the_line_is_told_as_the_kernel_tells_it(calls: Channel) -> None:
    told = queue_stats([{"wait": one[0], "answered": one[1]} for one in CALLS], 20, 5)

    assert ask("queue.asa").value == told["asa"] == 21.5 and ask("queue.asa").n == told["answered"]
    assert ask("queue.service_level").value == told["service_level"] and ask("queue.service_level").good == 2
    assert ask("queue.abandonment").value == told["abandonment"]
    assert ask("queue.wait").p90 == pytest.approx(told["wait_p90"])


def test_half_hours_and_other_formulas(calls: Channel) -> None:
    """Each call has an hour of its own: of six two were all in time; that of four seconds counts in B and E alone."""
    asked = Question(METRICS["queue.service_level"], WEEKS)
    with clock.at(hours(24 * 60)):
        found, others = half_hours.reached(asked), half_hours.others(asked)
        of_line = half_hours.reached(asked.of("line", "0"))
    assert (found.good, found.n) == (2, 6) and found.value == pytest.approx(1 / 3)
    assert found.lo and found.hi and found.lo < 1 / 3 < found.hi
    assert others == half_hours.Others((2, 6), (2, 7), (2, 4), without_early=(2, 5), with_early=(4, 7))
    assert (of_line.n, of_line.value) == (0, None)


def test_a_half_hour_reaches_four_of_five(calls: Channel) -> None:
    """Four in time and one not reach it, three and one do not; lines are told apart."""
    half = START.replace(minute=0) + timedelta(days=2)
    first = Reading.objects.filter(measure=Measure.WAIT, kind=IN_TIME).earliest("at")
    Reading.objects.filter(measure=Measure.WAIT).exclude(pk=first.pk).delete()
    for number, kinds in enumerate((4 * [IN_TIME] + [ABANDONED], 3 * [IN_TIME] + [ABANDONED])):
        for place, kind in enumerate(kinds):
            first.pk, first.at, first.kind = None, half + timedelta(minutes=30 * number + place), kind
            first.save(force_insert=True)
    asked = Question(METRICS["queue.service_level"], Scope(half, half + timedelta(hours=1)))
    assert (half_hours.reached(asked).good, half_hours.reached(asked).n) == (1, 2)


def test_what_a_talk_took(calls: Channel) -> None:
    """The time after a call is counted up to the end of the thirty seconds."""
    talk, hold, wrap = sum(one[2] for one in CALLS), 40, 0 + 10 + 20 + 30
    assert ask("aht").value == aht(talk, hold, wrap, 4)
    assert ask("aht").metric.better == "", "no target of anybody"
    assert (ask("hold").value, ask("hold.time").value) == (0.5, 20)
    assert ask("transfer.calls").value == 0.75
    assert (ask("hold.count").value, ask("hold.count").n) == (0.5, 4)


def test_how_much_of_our_time_a_request_was_worked_on(calls: Channel, anna: User) -> None:
    """What calls took of the time in which it was our move; where somebody wrote as well nobody knows."""
    assert (ask("flow.efficiency").value, ask("flow.efficiency").n) == (1, 4), "each was over with its call"
    ticket = Ticket.objects.get(calls__external_id="2")
    with clock.at(hours(50)):
        ticket.reopen_by(anna)
    at = hours(51)
    with clock.at(at):
        hear(calls, "m", Told(Kind.ANSWERED, at, "m1", extension="101"))
        hear(calls, "m", Told(Kind.ENDED, at + timedelta(seconds=300), "m2"))
        Call.objects.get(external_id="m").file_under(Ticket.objects.get(pk=ticket.pk), by=anna)
    with clock.at(at + timedelta(seconds=300)):
        Call.objects.get(external_id="m").conclude("answered", by=anna)
    count_facts()
    told = {row.kind: row.value for row in Reading.objects.filter(measure=Measure.TOUCHED, ticket=ticket)}
    waited = Reading.objects.get(measure=Measure.WAITED, ticket=ticket).value
    mine = sum(handled(call) for call in Call.objects.filter(ticket=ticket))
    assert told[TOUCHED] == mine * 1_000_000 and told[TOUCHED] + told[UNTOUCHED] == waited > 3600 * 1_000_000
    every = sum(handled(call) for call in Call.objects.exclude(result=""))
    found = ask("flow.efficiency")
    assert found.n == 4 and found.value == pytest.approx(every / (every + told[UNTOUCHED] / 1_000_000))

    with clock.at(hours(60)):
        ticket = Ticket.objects.get(pk=ticket.pk)
        ticket.reopen_by(anna)
        ticket.answer_aloud("Сказала при встрече", by=anna, then=Resolve())
    count_facts()
    assert ask("flow.efficiency").n == 3, "what is answered otherwise takes nobody knows how long"


def test_by_person_and_line(calls: Channel, anna: User, ilya: User, line_one: Team, line_two: Team) -> None:
    assert ask("aht", agent=str(ilya.pk)).n == 1 and ask("aht", agent=str(anna.pk)).n == 3
    assert ask("queue.asa", line=str(line_one.pk)).n == 4 and ask("queue.asa", line=str(line_two.pk)).n == 0
    assert ask("queue.asa", channel="phone").n == 4


def test_who_was_lost_and_won_back(calls: Channel, anna: User) -> None:
    """Who hung up at once is no lost caller."""
    assert (ask("lost.recovered").n, ask("lost.recovered").good) == (2, 0)
    at = hours(6) + timedelta(minutes=40)
    with clock.at(at):
        for kind, key, more in (("ringing", "r", {}), ("answered", "a", {"extension": "101"})):
            hear(calls, "again", Told(Kind(kind), at, key, number="+79000000006", **more))  # type: ignore[arg-type]
    count_facts()

    assert (ask("lost.recovered").n, ask("lost.recovered").good) == (2, 1)


def test_who_was_lost_is_told_by_their_own_calls_in_a_joined_request(calls: Channel, anna: User) -> None:
    """The one who hung up at once is none, whoever waited longer in the same request."""
    short, long = (Ticket.objects.get(calls__external_id=name) for name in ("4", "6"))
    with clock.at(hours(7)):
        short.merge_into(long, by=anna, disclose=True)
    count_facts()
    assert ask("lost.recovered").n == 2

    Call.objects.filter(ticket=long).update(number="")
    CallBack.objects.filter(ticket=long).update(number=Concat(Value("erased-"), Cast("pk", CharField())))
    TicketFact.objects.rebuild()
    assert ask("lost.recovered").n == 2, "numbers are erased, figures stay"


def test_a_lost_caller_of_two_calls_stays_one_when_the_number_is_erased(calls: Channel) -> None:
    """They hung up at once, which began the call-back, and waited in vain a little later."""
    for place, second, kind in ((8, 0, Kind.RINGING), (8, 60, Kind.ENDED)):
        at = hours(4) + timedelta(minutes=place, seconds=second)
        with clock.at(at):
            hear(calls, "second", Told(kind, at, f"s{second}", number="+79000000004"))
    count_facts()
    assert ask("lost.recovered").n == 3

    forget(Ticket.objects.get(calls__external_id="second"))
    TicketFact.objects.rebuild()
    assert ask("lost.recovered").n == 3
    assert not Call.objects.filter(number="+79000000004").exists()


def test_a_changed_demand_does_not_change_the_past(calls: Channel) -> None:
    from otklik.desk.calls.models import Manner

    Manner.objects.create(channel=calls, answer_within=50)
    TicketFact.objects.rebuild()

    assert ask("queue.service_level").good == 2


def test_a_rebuild_gives_the_same(calls: Channel) -> None:
    def state() -> list[tuple[Any, ...]]:
        return sorted(
            Reading.objects.filter(measure__range=(40, 49)).values_list("measure", "at", "value", "kind", "agent_id")
        )

    before = state()
    TicketFact.objects.rebuild()
    assert state() == before and len(before) == 33


def test_a_call_goes_along_with_a_joined_request(calls: Channel, writes: Write, anna: User) -> None:
    with clock.at(hours(100)):
        other = writes("И ещё")
        ticket = Ticket.objects.get(calls__external_id="0")
        ticket.merge_into(other, by=anna, disclose=True)
    count_facts()

    assert ask("queue.asa").n == 4


def test_a_call_that_moves_is_counted_once(calls: Channel, writes: Write, anna: User) -> None:
    at = hours(50)
    with clock.at(at):
        first, second = writes("Раз"), writes("Два", subject="Другое")
        hear(calls, "m", Told(Kind.ANSWERED, at, "m1", extension="101"))
        hear(calls, "m", Told(Kind.ENDED, at + timedelta(seconds=9), "m2"))
        call = Call.objects.get(external_id="m")
        call.file_under(first, by=anna)
    count_facts()
    call.file_under(second, by=anna)
    count_facts()

    assert ask("queue.asa").n == 5


def test_a_client_who_calls_about_an_open_request_is_a_contact_again(calls: Channel) -> None:
    """Else talks that are cut short would leave the pair of their length as it was."""
    first, second = Call.objects.exclude(ticket=None).exclude(answered_at=None).order_by("pk")[:2]
    assert first.ticket_id is not None and first.ticket_id != second.ticket_id
    contacts = Reading.objects.filter(measure=Measure.CONTACT, ticket=first.ticket_id).order_by("at")
    assert contacts.count() == 1
    Call.objects.filter(pk=second.pk).update(ticket=first.ticket_id, opened_it=False)
    TicketFact.objects.count({first.ticket_id})
    assert [one.at for one in contacts][1:] == [second.begun_at]
