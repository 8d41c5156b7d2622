"""What waited when somebody picked a request is written down in that moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Membership, Skill, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.routing import giving, many
from otklik.desk.routing.models import Distribution, Mode, Need, Pick
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import Priority
from otklik.desk.tickets.picks import Reason, Way
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from tests.fixtures.cast import Write
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
type Came = Callable[..., Ticket]


def minute(number: float) -> datetime:
    return NINE + timedelta(minutes=number)


@pytest.fixture
def came(writes: Write) -> Came:
    """Opened at that minute after nine, with a day until it is due."""

    def write(at: float, priority: int = Priority.NORMAL) -> Ticket:
        with clock.at(minute(at)):
            ticket = writes(f"Вопрос {at}", sender=f"c{at}@volga.test", external_id=f"<{at}>")
        day = {"due_from": minute(at), "due_at": minute(at) + timedelta(days=1)}
        Ticket.objects.filter(pk=ticket.pk).update(priority=priority, **day)
        ticket.refresh_from_db()
        return ticket

    return write


def take(ticket: Ticket, by: User, at: float) -> Pick:
    with clock.at(minute(at)):
        ticket.take(by=by)
    return Pick.objects.get(ticket=ticket)


def test_an_older_one_of_the_same_rank_is_passed_over(came: Came, anna: User) -> None:
    """The example of METRICS V13, but for the last one: nobody overtakes by it."""
    one, two, three, five = (came(at, Priority.LOW) for at in (0, 10, 20, 60))
    urgent = came(35, Priority.NORMAL)

    assert (take(two, anna, 61).passed, Pick.objects.get(ticket=two).is_inversion) == ([one.pk], True)
    assert (take(urgent, anna, 62).passed, Pick.objects.get(ticket=urgent).is_inversion) == ([], False)
    assert (take(three, anna, 63).passed, Pick.objects.get(ticket=three).is_inversion) == ([one.pk], False)
    assert (take(one, anna, 90).passed, Pick.objects.get(ticket=one).is_inversion) == ([], False)
    assert take(five, anna, 91).passed == []
    assert set(Pick.objects.values_list("way", "team", "person")) == {(Way.CHOSEN, one.team_id, anna.pk)}


def test_rank_is_that_by_which_work_is_given_out(came: Came, anna: User) -> None:
    """One that came later and is overdue is more urgent, and what is as old is no older one."""
    first, late, alike = came(0), came(5), came(0.0)
    Ticket.objects.filter(pk=late.pk).update(due_from=minute(5), due_at=minute(50))
    pick = take(first, anna, 60)

    assert (pick.passed, pick.is_inversion) == ([], True)
    assert alike.opened_at == first.opened_at


def test_the_next_one_is_never_out_of_turn(came: Came, anna: User) -> None:
    for at in (30, 0, 20, 10):
        came(at, Priority.LOW if at % 20 else Priority.NORMAL)
    with clock.at(minute(40)):
        while Ticket.objects.take_next(anna):
            pass

    assert Pick.objects.count() == 4
    assert all(pick.way == Way.NEXT and not pick.is_out_of_turn for pick in Pick.objects.all())


def test_only_what_the_person_could_have_had_counts(came: Came, anna: User, boris: User, line_two: Team) -> None:
    """Not what sleeps, has an owner, is of another line, of a client who is protected from them, or beyond them."""
    asleep, owned, away, closed, free, mine = (came(at) for at in range(6))
    with clock.at(minute(10)):
        asleep.put_aside(PutAside(minute(2000), "позже", agreed=True), by=anna)
        asleep.assign(None, by=anna)
        owned.take(by=boris)
        away.hand_over(line_two, Brief.of("Что это?", "Ничего", "Ответ"), by=anna)
    Ticket.objects.filter(pk=closed.pk).update(closed_to=[anna.pk])

    assert take(mine, anna, 20).passed == [free.pk]


def test_what_is_beyond_their_skills_could_not_be_had(came: Came, anna: User, door: Channel) -> None:
    Need.objects.create(channel=door, skill=Skill.objects.create(name="1С"))
    came(0)

    assert take(came(5), anna, 20).passed == []


def test_who_answers_or_puts_aside_what_nobody_has_picks_it(came: Came, anna: User) -> None:
    old, answered, aside = came(0), came(5), came(10)
    with clock.at(minute(20)):
        answered.reply("Смотрим", by=anna, then=PromiseDate(minute(600)))
        aside.put_aside(PutAside(minute(2000), "позже", agreed=True), by=anna)
        answered.refresh_from_db()
        answered.reply("Готово", by=anna, then=Resolve())

    assert [(p.ticket_id, p.passed, p.way) for p in Pick.objects.order_by("pk")] == [
        (answered.pk, [old.pk], Way.CHOSEN),
        (aside.pk, [old.pk], Way.CHOSEN),
    ]


def test_what_a_colleague_or_the_line_gives_is_told_apart(came: Came, anna: User, line_one: Team, boris: User) -> None:
    named, given = came(0), came(5)
    with clock.at(minute(10)):
        many.give([named], anna, by=boris)
        Membership.objects.filter(team=line_one).exclude(user=anna).delete()
        anna.say(Availability.READY, by=anna)
        Distribution.objects.update_or_create(team=line_one, defaults={"mode": Mode.PUSH})
        assert giving.give_out(line_one.pk) == 1

    assert dict(Pick.objects.values_list("ticket", "way")) == {named.pk: Way.NAMED, given.pk: Way.GIVEN}


def test_a_kind_of_which_they_have_enough_is_not_passed_over(came: Came, anna: User, line_one: Team) -> None:
    """What a line gives out goes by capacity: a letter that waits for somebody else overtakes no one."""
    old, chat = came(0), came(5)
    Ticket.objects.filter(pk=chat.pk).update(channel_kind="telegram")
    Membership.objects.filter(team=line_one, user=anna).update(capacity={old.channel_kind: 0})
    chat.refresh_from_db()
    with clock.at(minute(10)):
        chat.assign(anna, by=None, way=Way.GIVEN)
    assert Pick.objects.get().passed == []

    with clock.at(minute(10.5)):
        chat.assign(None, by=None)
        chat.take(by=anna)
    assert Pick.objects.get().passed == [old.pk], "by hand they could have had it"


def test_what_a_rule_gives_and_what_was_never_waiting_is_no_pick(came: Came, anna: User) -> None:
    ruled, asleep = came(0), came(5)
    with clock.at(minute(10)):
        ruled.assign(anna, by=None)
        asleep.reply("Какой номер?", by=anna, then=Wait(minute(600)))
        Pick.objects.all().delete()
        asleep.assign(None, by=anna)
        asleep.take(by=anna)

    assert not Pick.objects.exists()


def test_a_slip_was_no_pick(came: Came, anna: User, line_two: Team) -> None:
    one, two, three, four = (came(at) for at in range(4))
    with clock.at(minute(20)):
        for ticket in (one, two, three):
            ticket.take(by=anna)
        letter = four.reply("Смотрим", by=anna, then=PromiseDate(minute(600)), undo=15)
        one.assign(None, by=anna)
        two.hand_over(line_two, Brief.of("Что это?", "Ничего", "Ответ"), by=anna)
        four.take_back(letter, by=anna)
    with clock.at(minute(22)):
        three.assign(None, by=anna)

    assert set(Pick.objects.values_list("ticket", flat=True)) == {two.pk, three.pk}


def test_it_costs_three_statements_where_it_was_its_turn(
    came: Came, anna: User, django_assert_num_queries: Any, kept_for_long: None
) -> None:
    """The ranks of classes, one look and the row; nothing is read row by row, however many wait."""
    first, *others = (came(at) for at in range(12))
    with clock.at(minute(30)), transaction.atomic():
        first.lock()
        with django_assert_num_queries(3):
            Pick.objects.note(first, anna, Way.CHOSEN)
        others[-1].lock()
        with django_assert_num_queries(4) as asked:
            Pick.objects.note(others[-1], anna, Way.CHOSEN)
        assert not [one["sql"] for one in asked if "FOR " in one["sql"]], "what is measured is not held"


@pytest.mark.django_db(transaction=True)
def test_RACE_what_somebody_else_is_taking_is_not_passed_over(came: Came, anna: User, ilya: User) -> None:
    """Twelve people press "take the next one" at once: each gets another one, and nobody is said to have overtaken."""
    for at in range(12):
        came(at)

    def press(number: int) -> None:
        with clock.at(minute(30)):
            Ticket.objects.take_next(anna if number % 2 else ilya)

    told = at_once(partial(press, number) for number in range(12))

    assert told == [None] * 12
    assert Pick.objects.count() == 12
    assert not [pick.ticket_id for pick in Pick.objects.all() if pick.is_out_of_turn]


@pytest.mark.django_db(transaction=True)
def test_RACE_whoever_takes_the_next_one_gets_it_while_others_choose(came: Came, anna: User, ilya: User) -> None:
    """Six choose the newest and measure all the others; six press "take the next one" and get the oldest, in turn."""
    tickets = [came(at) for at in range(18)]

    def choose(ticket: Ticket) -> None:
        with clock.at(minute(30)):
            Ticket.objects.get(pk=ticket.pk).take(by=ilya)

    def press() -> None:
        with clock.at(minute(30)):
            Ticket.objects.take_next(anna)

    acts: list[Callable[[], None]] = [*(partial(choose, ticket) for ticket in tickets[12:]), *[press] * 6]
    told = at_once(acts)

    assert told == [None] * 12
    picks = {pick.ticket_id: pick for pick in Pick.objects.all()}
    assert picks.keys() == {ticket.pk for ticket in (*tickets[:6], *tickets[12:])}
    assert not [pick for pick in picks.values() if pick.way == Way.NEXT and pick.is_out_of_turn]
    between = {ticket.pk for ticket in tickets[6:12]}
    assert all(between <= set(picks[ticket.pk].passed) for ticket in tickets[12:])


def test_what_one_act_picks_does_not_pass_itself_over(came: Came, anna: User, boris: User) -> None:
    """Ticked together, whatever their order: only what stays in the queue was passed over."""
    rows = [came(at, Priority.NORMAL if at == 4 else Priority.LOW) for at in (5, 4, 3, 2)]
    with clock.at(minute(20)):
        many.take(many.chosen([one.pk for one in rows[:2]], anna)[0], by=anna)
        many.give(many.chosen([one.pk for one in rows[2:3]], boris)[0], anna, by=boris)
        left = came(0, Priority.LOW)
        aside = [came(at, Priority.LOW) for at in (7, 6)]
        many.put_aside(aside, PutAside(minute(2000), "позже", agreed=True), by=anna)

    found = {pick.ticket_id: (set(pick.passed), pick.is_inversion) for pick in Pick.objects.all()}
    assert found[rows[0].pk] == ({rows[2].pk, rows[3].pk}, False), "the urgent one was ticked, too"
    assert found[rows[1].pk] == (set(), False)
    assert found[rows[2].pk] == ({rows[3].pk}, False)
    assert found[aside[0].pk] == found[aside[1].pk] == ({rows[3].pk, left.pk}, False)
    assert rows[0].beside == frozenset(), "it is of that act alone"


@pytest.mark.parametrize("act", ["take", "aside", "give"])
def test_an_act_that_is_taken_back_has_picked_nothing(came: Came, anna: User, act: str) -> None:
    """An act on many may be taken back for ten minutes; what was picked before it stays picked."""
    again, other = came(0), came(1)
    with clock.at(minute(20)):
        again.take(by=anna)
    with clock.at(minute(22)):
        again.assign(None, by=anna)
    with clock.at(minute(23)):
        acts = {
            "take": lambda: many.take([again, other], by=anna),
            "aside": lambda: many.put_aside([again, other], PutAside(minute(2000), "позже", agreed=True), by=anna),
            "give": lambda: many.give([again, other], anna, by=anna),
        }
        batch = acts[act]().batch
        assert batch is not None and Pick.objects.count() == 3
    with clock.at(minute(28)):
        assert len(batch.undo(by=anna).done) == 2

    assert list(Pick.objects.values_list("ticket", "at")) == [(again.pk, minute(20))]


def test_whoever_chose_out_of_turn_may_say_why(came: Came, anna: User, ilya: User) -> None:
    old, mine = came(0), came(5)
    pick = take(mine, anna, 10)
    with clock.at(minute(11)):
        assert Pick.objects.to_explain(mine, anna) == pick
        assert Pick.objects.to_explain(mine, ilya) is None
        assert Pick.objects.to_explain(old, anna) is None
    pick.explain(Reason.ASKED)
    pick.refresh_from_db()
    assert pick.reason == Reason.ASKED
    with pytest.raises(ValueError, match="because"):
        pick.explain("because")
    with clock.at(minute(24 * 60)):
        assert Pick.objects.to_explain(mine, anna) is None
