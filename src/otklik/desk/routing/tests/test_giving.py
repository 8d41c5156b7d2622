"""Each line gives out in its own way; every ticket gets one owner, and nobody more than they can take."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Membership, Role, Skill, Takes, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Conversation
from otklik.desk.routing import giving, waking
from otklik.desk.routing.models import Distribution, Mode, Need
from otklik.desk.tickets.models import Status, Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Write, person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(anna: User, ilya: User) -> list[User]:
    for one in (anna, ilya):
        one.say(Availability.READY, by=one)
    return [anna, ilya]


def gives(line: Team, mode: Mode) -> None:
    row = Distribution.objects.of(line)
    row.mode = mode
    row.save()
    Distribution.objects.forget()


def many(writes: Write, count: int) -> list[Ticket]:
    return [writes(f"Вопрос {number}", sender=f"c{number}@volga.test") for number in range(count)]


def owners() -> Counter[str | None]:
    return Counter(Ticket.objects.values_list("owner__login", flat=True))


def test_push_goes_to_the_one_with_the_least_work(writes: Write, line_one: Team, ready: list[User]) -> None:
    tickets = many(writes, 5)
    for one in tickets[:3]:
        one.take(by=ready[0])
    gives(line_one, Mode.PUSH)
    assert giving.give_out(line_one.pk) == 2
    assert owners() == {"anna": 3, "ilya": 2}


def test_in_turn_the_work_they_have_does_not_count(writes: Write, line_one: Team, ready: list[User]) -> None:
    tickets = many(writes, 7)
    for one in tickets[:3]:
        one.take(by=ready[0])
    gives(line_one, Mode.ROUND)
    assert giving.give_out(line_one.pk) == 4
    assert owners() == {"anna": 5, "ilya": 2}


def test_what_sleeps_without_an_owner_gets_one_when_nothing_else_waits(
    writes: Write, line_one: Team, ready: list[User]
) -> None:
    asleep, waiting = many(writes, 2)
    asleep.reply("Какой у вас телефон?", by=ready[0], then=Wait(clock.now() + timedelta(days=2)))
    asleep.assign(None, by=ready[0])
    assert Ticket.objects.take_next(ready[1]) == waiting
    gives(line_one, Mode.PUSH)

    assert giving.give_out(line_one.pk) == 1
    asleep.refresh_from_db()
    assert (asleep.owner, asleep.status, asleep.take_by) == (ready[0], "pending_client", None)


@pytest.mark.parametrize("mode", [Mode.PULL, Mode.MANUAL])
def test_other_lines_leave_it_in_the_queue(ticket: Ticket, line_one: Team, ready: list[User], mode: Mode) -> None:
    gives(line_one, mode)
    assert giving.give_out(line_one.pk) == 0 and owners() == {None: 1}


def test_only_the_ready_ones_get_something(
    ticket: Ticket, line_one: Team, ready: list[User], boris: User, quality: User
) -> None:
    anna, ilya = ready
    anna.say(Availability.BREAK, by=anna)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=1))
    Membership.objects.create(user=quality, team=line_one)
    quality.say(Availability.READY, by=quality)
    gives(line_one, Mode.PUSH)
    assert giving.give_out(line_one.pk) == 0

    with clock.at(clock.now() - timedelta(hours=13)):
        boris.say(Availability.READY, by=boris)
    assert giving.give_out(line_one.pk) == 0, "the word is of yesterday"
    boris.say(Availability.READY, by=boris)
    assert giving.give_out(line_one.pk) == 1 and owners() == {"boris": 1}


def test_nobody_gets_more_than_they_can_take(writes: Write, line_one: Team, ready: list[User]) -> None:
    for one, most in zip(ready, (0, 2), strict=True):
        Membership.objects.filter(user=one).update(capacity={"paper": most, "chat": 9})
    tickets = many(writes, 4)
    gives(line_one, Mode.PUSH)
    assert giving.give_out(line_one.pk) == 2 and owners() == {"ilya": 2, None: 2}

    mine = next(one for one in tickets if Ticket.objects.get(pk=one.pk).owner)
    Ticket.objects.get(pk=mine.pk).reply("Ждём", by=ready[1], then=Wait(clock.now() + timedelta(days=1)))
    assert giving.give_out(line_one.pk) == 1, "there is room again"


def test_what_needs_a_skill_waits_for_it_and_holds_nobody_else(
    writes: Write, line_one: Team, ready: list[User]
) -> None:
    first, second = many(writes, 2)
    english = Skill.objects.create(name="English")
    Need.objects.create(channel=first.conversation.channel, skill=english)
    gives(line_one, Mode.PUSH)
    assert giving.give_out(line_one.pk) == 0
    assert Ticket.objects.take_next(ready[0], Distribution.objects.may_take(ready[0])) is None

    ready[1].skills.add(english)
    assert giving.give_out(line_one.pk) == 2 and owners() == {"ilya": 2}
    Ticket.objects.filter(pk=second.pk).update(owner=None)
    assert Ticket.objects.take_next(ready[1], Distribution.objects.may_take(ready[1])) == second


def copies(ticket: Ticket, count: int) -> None:
    """As many more of the same, older ones."""
    kept, talk = Ticket.objects.get(pk=ticket.pk), ticket.conversation
    talks = [Conversation(contact=talk.contact, channel=talk.channel, token=f"copy{n}") for n in range(count)]
    rows = [copy(kept) for _ in talks]
    for row, conversation in zip(rows, Conversation.objects.bulk_create(talks), strict=True):
        row.pk, row.key, row.conversation = None, uuid.uuid4(), conversation
        row.opened_at = ticket.opened_at - timedelta(hours=1)
    Ticket.objects.bulk_create(rows)


@pytest.mark.parametrize("why", ["nobody can do it", "everybody has enough of that kind"])
def test_a_long_queue_that_nobody_can_take_holds_no_other_channel(
    writes: Write, line_one: Team, ready: list[User], door: Channel, why: str
) -> None:
    (hard,) = many(writes, 1)
    copies(hard, 250)
    if why == "nobody can do it":
        Need.objects.create(channel=door, skill=Skill.objects.create(name="English"))
    else:
        Membership.objects.filter(user__in=ready).update(capacity={"paper": 0})
    other = Channel.objects.create(kind="chat", name="Чат", address="chat@desk.test", team=line_one)
    easy = writes("Простой вопрос", sender="c2@volga.test")
    Conversation.objects.filter(pk=easy.conversation_id).update(channel=other)
    Ticket.objects.filter(pk=easy.pk).update(channel_kind="chat")
    gives(line_one, Mode.PUSH)

    assert giving.give_out(line_one.pk) == 1
    assert Ticket.objects.exclude(owner=None).get() == easy


def test_by_hand_nobody_takes_the_next_one(ticket: Ticket, line_one: Team, anna: User) -> None:
    assert Ticket.objects.filter(Distribution.objects.may_take(anna)).exists()
    gives(line_one, Mode.MANUAL)
    assert not Ticket.objects.filter(Distribution.objects.may_take(anna)).exists()


def test_news_ask_for_it_where_the_line_gives_by_itself(
    writes: Write,
    line_one: Team,
    line_two: Team,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(waking, "_ask", asked.append)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        many(writes, 1)
    assert asked == []

    gives(line_one, Mode.PUSH)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        many(writes, 3)
    assert asked == [line_one.pk], "once, however many came in one transaction"
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        anna.say(Availability.READY, by=anna)
    assert asked == [line_one.pk] * 2


def test_an_answer_asks_the_line_of_the_request_and_those_of_its_owner_alone(
    writes: Write,
    line_one: Team,
    line_two: Team,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    """Nobody else has more room than before."""
    asked, ticket = list[int](), writes()
    monkeypatch.setattr(waking, "_ask", asked.append)

    def answer() -> set[int]:
        asked.clear()
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            ticket.reply("Проверяем", by=anna, then=Wait(clock.now() + timedelta(days=1)))
        return set(asked)

    assert answer() == set(), "no line gives by itself"
    gives(line_two, Mode.PUSH)
    assert answer() == set()
    gives(line_one, Mode.PUSH)
    assert answer() == {line_one.pk}
    Membership.objects.create(user=anna, team=line_two)
    assert answer() == {line_one.pk, line_two.pk}


def test_a_job_is_made_only_where_something_has_no_owner(writes: Write, line_one: Team, anna: User) -> None:
    def jobs() -> int:
        ProcrastinateJob.objects.all().delete()
        waking._ask(line_one.pk)
        return ProcrastinateJob.objects.filter(task_name=waking.GIVE).count()

    gives(line_one, Mode.PUSH)
    assert jobs() == 0
    ticket = writes()
    assert jobs() == 1
    ticket.take(by=anna)
    assert jobs() == 0
    Ticket.objects.filter(pk=ticket.pk).update(owner=None, status=Status.PENDING_CLIENT, take_by=clock.now())
    assert jobs() == 1, "what sleeps needs an owner, too"


@pytest.mark.django_db(transaction=True)
def test_RACE_four_givers_and_arrivals_give_each_ticket_one_owner(writes: Write, line_one: Team) -> None:
    people = [person(f"agent{number}", f"Агент {number}", Role.AGENT, line_one) for number in range(3)]
    for one in people:
        one.say(Availability.READY, by=one)
        Membership.objects.filter(user=one).update(capacity={"paper": 3})
    many(writes, 6)
    gives(line_one, Mode.PUSH)

    def give(_: int) -> int:
        try:
            return giving.give_out(line_one.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(give, number) for number in range(4)]
        for number in range(6, 12):
            writes(f"Вопрос {number}", sender=f"c{number}@volga.test")
        given = sum(each.result() for each in work)
    given += giving.give_out(line_one.pk)

    assert given == 9
    assert owners() == {"agent0": 3, "agent1": 3, "agent2": 3, None: 3}
    assert set(Ticket.objects.filter(owner=None).values_list("subject", flat=True)) == {"Звонок"}


@pytest.mark.django_db(transaction=True)
def test_RACE_giving_and_taking_at_once(writes: Write, line_one: Team, anna: User, ilya: User) -> None:
    anna.say(Availability.READY, by=anna)
    tickets = many(writes, 8)
    gives(line_one, Mode.ROUND)

    def give(_: object) -> int:
        try:
            return giving.give_out(line_one.pk)
        finally:
            connection.close()

    def take(_: object) -> int:
        try:
            return int(Ticket.objects.take_next(ilya) is not None)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(give, None), *(pool.submit(take, None) for _ in range(4)), pool.submit(give, None)]
        counts = [each.result() for each in done]
    assert sum(counts) == len(tickets) and owners()[None] == 0


@pytest.mark.django_db(transaction=True)
def test_RACE_4_two_lines_that_give_at_once_give_nobody_more_than_they_can_take(
    writes: Write, line_one: Team, line_two: Team, door: Channel, anna: User
) -> None:
    """Each line counts what a person has of all lines; neither may count before the other one has given."""
    Membership.objects.create(user=anna, team=line_two)
    Membership.objects.filter(user=anna).update(capacity={"paper": 1})
    anna.say(Availability.READY, by=anna)
    for line in (line_one, line_two):
        gives(line, Mode.PUSH)
    for _round in range(5):
        first, second = many(writes, 2)
        Ticket.objects.filter(pk=second.pk).update(team=line_two)
        given = at_once([partial(giving.give_out, line.pk) for line in (line_one, line_two)])
        assert sorted(map(str, given)) == ["0", "1"]
        for one in (first, second):
            Ticket.objects.get(pk=one.pk).close("not_needed")


@pytest.mark.django_db(transaction=True)
def test_RACE_4_lines_that_hold_the_same_people_do_not_block_each_other(
    writes: Write, line_one: Team, line_two: Team, anna: User, ilya: User
) -> None:
    """In the order of their numbers."""
    for one in (anna, ilya):
        Membership.objects.create(user=one, team=line_two)
        one.say(Availability.READY, by=one)
    Ticket.objects.filter(pk__in=[one.pk for one in many(writes, 12)][::2]).update(team=line_two)
    for line in (line_one, line_two):
        gives(line, Mode.ROUND)

    given = at_once([partial(giving.give_out, line.pk) for line in (line_one, line_two)] * 2)
    assert sum(one for one in given if isinstance(one, int)) == 12, given
    assert owners() == {"anna": 6, "ilya": 6}


def test_who_is_protected_from_a_client_is_passed_over(
    writes: Write, line_one: Team, anna: User, ilya: User, boris: User
) -> None:
    hurt, other = many(writes, 2)
    hurt.report_abuse("Оскорбляет", by=anna, stop=True)
    anna.say(Availability.READY, by=anna)
    gives(line_one, Mode.PUSH)

    assert giving.give_out(line_one.pk) == 1

    assert [Ticket.objects.get(pk=one.pk).owner for one in (hurt, other)] == [None, anna]
    ilya.say(Availability.READY, by=ilya)
    giving.give_out(line_one.pk)
    assert Ticket.objects.get(pk=hurt.pk).owner == ilya


def test_who_takes_one_kind_of_work_gets_no_other(writes: Write, line_one: Team, ready: list[User]) -> None:
    letter, talk, call = many(writes, 3)
    Ticket.objects.filter(pk=talk.pk).update(channel_kind="chat")
    Ticket.objects.filter(pk=call.pk).update(channel_kind="phone")
    anna, ilya = ready
    anna.say(Availability.READY, by=anna, takes=Takes.CHATS)
    ilya.say(Availability.BREAK, by=ilya)
    gives(line_one, Mode.PUSH)
    giving.give_out(line_one.pk)
    assert set(Ticket.objects.filter(owner=anna)) == {talk}

    anna.say(Availability.AWAY, by=anna)
    ilya.say(Availability.READY, by=ilya, takes=Takes.CALLS)
    giving.give_out(line_one.pk)
    assert set(Ticket.objects.filter(owner=ilya)) == {call}

    ilya.say(Availability.READY, by=ilya, takes=Takes.WRITING)
    giving.give_out(line_one.pk)
    assert set(Ticket.objects.filter(owner=ilya)) == {call, letter}


@pytest.mark.parametrize(
    ("takes", "gets"), [("any", 0), ("calls", 2), ("chats", 1), ("live", 1), ("writing", 0)], ids=str
)
def test_take_next_obeys_what_one_takes(
    writes: Write, line_one: Team, ready: list[User], takes: str, gets: int
) -> None:
    tickets = many(writes, 3)
    for one, kind in zip(tickets, ("paper", "chat", "phone"), strict=True):
        Ticket.objects.filter(pk=one.pk).update(channel_kind=kind)
    anna = ready[0]
    anna.say(Availability.READY, by=anna, takes=Takes(takes))

    assert Ticket.objects.take_next(anna, Distribution.objects.may_take(anna)) == tickets[gets]
