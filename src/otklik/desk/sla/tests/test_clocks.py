"""Clocks follow the ticket through its acts, in the transaction of the act."""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla import keeping, recounting
from otklik.desk.sla.models import Agreement, Clock, Kind, Recount, Version
from otklik.desk.sla.standing import standing
from otklik.desk.sla.tests.conftest import InForce
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.desk.tickets.terms import Cover
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def clocks_of(ticket: Ticket) -> dict[str, Clock]:
    return {clock.kind: clock for clock in ticket.clocks.live()}


def _due(ticket: Ticket) -> datetime:
    assert ticket.due_at
    return ticket.due_at


@pytest.fixture
def vip(in_force: InForce, volga: Client, pavel: Contact):
    """Answers in 15 and 30 minutes, solves in four hours, writes every hour, pauses ten hours at most."""
    version = in_force(update=60)
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on="2020-01-01")
    return version


def test_without_a_class_the_times_of_the_line_run(ticket: Ticket, line_one: Team) -> None:
    found = clocks_of(ticket)

    assert set(found) == {Kind.FIRST, Kind.RESOLUTION}
    assert found[Kind.FIRST].due_at == ticket.opened_at + line_one.first_answer == ticket.due_at
    assert found[Kind.RESOLUTION].due_at == ticket.opened_at + line_one.resolution


def test_an_answer_looks_at_the_clocks_once_though_it_is_two_news(
    ticket: Ticket, anna: User, tomorrow: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(keeping, "standing", lambda number: asked.append(number) or standing(number))  # type: ignore[func-returns-value]

    ticket.reply("Проверим", by=anna, then=Wait(tomorrow))

    assert asked == [ticket.pk]
    told = Entry.objects.filter(about="ticket", about_id=ticket.pk).order_by("-pk").values_list("kind", flat=True)
    assert list(told[:2]) == ["tickets.Answered", "tickets.StatusChanged"]


def test_an_answer_stops_its_clock_and_the_next_question_begins_another(
    ticket: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    first = ticket.clocks.get(kind=Kind.FIRST)
    assert first.stopped_at == ticket.first_answer_at and first.next_at is None
    assert set(clocks_of(ticket)) == {Kind.RESOLUTION}

    ticket.write_in("А когда?")

    following = clocks_of(ticket)[Kind.NEXT]
    assert following.started_at == ticket.waiting_since
    ticket.write_in("Ау?")
    assert clocks_of(ticket)[Kind.NEXT].pk == following.pk  # several letters in a row are one turn


def test_a_solution_pauses_while_we_wait_for_the_client_and_no_longer(
    vip, writes: Write, anna: User, tomorrow: datetime
) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + HOUR):
        ticket.reply("Какая модель?", by=anna, then=Wait(start + 9 * HOUR))
    paused = clocks_of(ticket)
    assert set(paused) == {Kind.RESOLUTION}
    assert paused[Kind.RESOLUTION].due_at == start + 14 * HOUR  # when all that may be paused is used up
    with clock.at(start + 3 * HOUR):
        ticket.write_in("SIP-30")

    runs = clocks_of(ticket)[Kind.RESOLUTION]
    assert (runs.paused, runs.paused_from, runs.due_at) == (2 * 3600, None, start + 6 * HOUR)
    assert set(clocks_of(ticket)) == {Kind.NEXT, Kind.UPDATE, Kind.RESOLUTION}


def test_no_pause_is_longer_than_the_class_allows(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    ticket.reply("Какая модель?", by=anna, then=Wait(start + 30 * HOUR))
    with clock.at(start + 20 * HOUR):
        ticket.write_in("SIP-30")

    runs = clocks_of(ticket)[Kind.RESOLUTION]
    assert (runs.paused, runs.due_at) == (10 * 3600, start + 14 * HOUR)


def test_only_a_date_that_the_client_agreed_to_pauses(vip, writes: Write, anna: User) -> None:
    paused = []
    for agreed in (False, True):
        ticket = writes(external_id=f"<{agreed}@volga.test>")
        start = ticket.opened_at
        ticket.reply("Займёмся завтра", by=anna, then=PutAside(start + 20 * HOUR, "выезд", agreed=agreed))
        paused.append((clocks_of(ticket)[Kind.RESOLUTION].paused_from is not None, _due(ticket) < start + 20 * HOUR))

    assert paused == [(False, True), (True, True)]


def test_a_date_without_the_clients_word_wakes_up_in_time_for_what_is_owed(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    now = clock.now()
    ticket.reply("Сделаем", by=anna, then=PutAside(now + 20 * HOUR, "выезд"))

    assert ticket.next_step == "update"
    assert ticket.informed_at
    assert abs(_due(ticket) - (ticket.informed_at + timedelta(minutes=45))) < timedelta(seconds=1)
    with clock.at(_due(ticket)):
        assert ticket.wake()
    assert (ticket.status, ticket.next_step, ticket.returned) == ("open", "update", "class")


def test_a_promise_far_away_still_asks_for_a_word_every_hour(
    vip, writes: Write, anna: User, tomorrow: datetime
) -> None:
    ticket = writes()
    ticket.reply("Ищем", by=anna, then=PromiseDate(tomorrow, "схема"))

    update = clocks_of(ticket)[Kind.UPDATE]
    assert (ticket.next_step, ticket.due_at) == ("update", update.due_at)
    assert update.started_at == ticket.informed_at
    assert list(
        ticket.clocks.filter(kind=Kind.UPDATE, stopped_at=ticket.informed_at).values_list("started_at", flat=True)
    ) == [ticket.opened_at]


def test_the_solution_is_the_next_step_when_it_is_due_first(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + 3 * HOUR + timedelta(minutes=40)):
        ticket.reply("Почти", by=anna, then=PromiseDate(start + 9 * HOUR))

    assert (ticket.next_step, ticket.due_at) == ("solve", start + 4 * HOUR)


def test_what_was_missed_does_not_hide_what_can_still_be_kept(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    late = ticket.opened_at + 5 * HOUR
    with clock.at(late):
        ticket.reply("Ещё час", by=anna, then=PromiseDate(late + timedelta(minutes=30)))

    assert (ticket.next_step, ticket.due_at) == ("keep_promise", late + timedelta(minutes=30))
    assert clocks_of(ticket)[Kind.RESOLUTION].due_at < late


def test_a_nap_after_the_warning_lasts_until_what_is_owed(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    with clock.at(ticket.opened_at):
        ticket.reply("Проверим", by=anna, then=Wait(ticket.opened_at + 30 * HOUR))
    now = ticket.opened_at + timedelta(minutes=50)  # a word is owed in ten minutes, the warning was five ago
    with clock.at(now):
        ticket.put_aside(PutAside(now + 20 * HOUR, "спросить склад"), by=anna)

    assert ticket.due_at == ticket.opened_at + HOUR


def test_an_answer_that_is_late_is_not_put_aside_in_silence_whatever_the_class_asks_for(
    vip, writes: Write, anna: User
) -> None:
    """Not even for an hour: nothing else would bring it back before."""
    ticket = writes()
    late = ticket.opened_at + timedelta(minutes=20)
    assert ticket.next_step == "answer" and ticket.due_at and ticket.due_at < late
    with clock.at(late), pytest.raises(Invalid) as refused:
        ticket.put_aside(PutAside(late + HOUR, "позвонить"), by=anna)
    assert refused.value.field == "until"
    with clock.at(late):
        ticket.put_aside(PutAside(late + HOUR, "позвонить", agreed=True), by=anna)


def test_put_aside_in_silence_comes_back_while_the_class_can_be_kept(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + timedelta(minutes=5)):
        ticket.put_aside(PutAside(start + 20 * HOUR, "спросить склад"), by=anna)

    assert ticket.inform_by == start + 0.75 * timedelta(minutes=15)


def test_a_third_party_pauses_nothing_though_the_client_agreed(vip, writes: Write, anna: User) -> None:
    """Who waits for a supplier of ours waits for us: the solution goes on, and so does the word on how it goes."""
    ticket = writes()
    start = ticket.opened_at
    aside = PutAside(start + 20 * HOUR, "спросить", agreed=True, whom="Склад")
    with clock.at(start):
        ticket.reply("Спросим", by=anna, then=aside)
    told = clocks_of(ticket)
    assert told[Kind.RESOLUTION].paused_from is None and told[Kind.UPDATE].due_at == start + HOUR

    with clock.at(start + HOUR * 0.9):
        ticket.reply("Ещё ждём", by=anna, then=aside)
    assert clocks_of(ticket)[Kind.UPDATE].due_at == start + HOUR * 1.9 and ticket.waits_for == "Склад"


def test_a_silence_is_as_long_as_the_class_allows_and_the_queue_waits_by_it(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    assert ticket.take_by == start + timedelta(minutes=15)
    with clock.at(start):
        ticket.reply("Спросим", by=anna, then=PutAside(start + 20 * HOUR, "спросить", whom="Склад"))

    assert ticket.inform_by == start + HOUR
    with clock.at(start + timedelta(minutes=46)):
        assert ticket.wake()
    assert (ticket.returned, ticket.next_step, ticket.due_at) == ("class", "update", start + HOUR)


def test_a_word_is_owed_while_we_wait_for_a_third_party_though_the_client_knows(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start):
        ticket.reply("Спросим", by=anna, then=PutAside(start + 20 * HOUR, "спросить", agreed=True, whom="Склад"))
    with clock.at(start + timedelta(minutes=46)):
        assert ticket.wake()

    assert (ticket.returned, ticket.next_step, ticket.due_at) == ("class", "update", start + HOUR)


def test_what_is_counted_anew_keeps_whom_it_waits_for(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start):
        ticket.reply("Спросим", by=anna, then=PutAside(start + 20 * HOUR, "спросить", whom="Склад"))
        ticket.count_again("срочно", by=None)

    assert (ticket.waits_for, ticket.inform_by) == ("Склад", start + HOUR)


def test_a_reply_taken_back_leaves_the_clocks_as_they_were(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    before = {clock.kind: (clock.pk, clock.started_at) for clock in ticket.clocks.live()}
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=30)
    assert clocks_of(ticket) == {}
    ticket.take_back(message, by=anna)

    assert {clock.kind: (clock.pk, clock.started_at) for clock in ticket.clocks.live()} == before


def test_time_in_which_it_was_over_is_nobodys(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + HOUR):
        ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(start + 6 * HOUR):
        ticket.write_in("Опять не звонит")

    again = clocks_of(ticket)[Kind.RESOLUTION]
    assert again.due_at == pytest.approx(start + 9 * HOUR, abs=timedelta(seconds=1))


def test_a_colleague_who_opens_it_again_owes_an_answer(vip, writes: Write, anna: User) -> None:
    ticket = writes()
    ticket.reply("Готово", by=anna, then=Resolve())
    ticket.reopen_by(anna)

    assert clocks_of(ticket)[Kind.NEXT].due_at == ticket.due_at
    assert Kind.RESOLUTION in clocks_of(ticket)


def test_what_nobody_waits_for_is_neither_kept_nor_broken(ticket: Ticket, anna: User) -> None:
    ticket.close("spam", by=anna)

    assert not ticket.clocks.live().exists() and not ticket.clocks.counted().exists()


def test_another_class_moves_the_moments_and_the_old_ones_stay_in_the_history(
    in_force: InForce, ticket: Ticket, boris: User, line_one: Team
) -> None:
    version = in_force(first=15)
    was = ticket.due_at
    ticket.serve_under(Cover(version.pk, "VIP", 10), "просил директор", by=boris)

    assert ticket.due_at == ticket.opened_at + timedelta(minutes=15)
    recount = Recount.objects.get(of__kind=Kind.FIRST)
    assert (recount.was_due, recount.due, recount.why, recount.by) == (was, ticket.due_at, "просил директор", boris)


def test_another_line_brings_its_own_times(ticket: Ticket, anna: User, line_two: Team) -> None:
    line_two.first_answer = 5 * HOUR
    line_two.save()
    ticket.hand_over(line_two, Brief("Звонок", "", "Нужен инженер"), by=anna)

    assert clocks_of(ticket)[Kind.FIRST].due_at == ticket.opened_at + 5 * HOUR == ticket.due_at
    assert Recount.objects.filter(of__ticket=ticket).count() == 1


def test_a_priority_has_targets_of_its_own(vip, writes: Write) -> None:
    urgent = vip.targets.get(priority=4)
    urgent.first_answer = timedelta(minutes=5)
    urgent.save()
    ticket = writes()
    ticket.priority = Ticket.Priority.URGENT
    ticket.count_again("срочно", by=None)

    assert ticket.due_at == ticket.opened_at + timedelta(minutes=5)
    assert clocks_of(ticket)[Kind.FIRST].due_at == ticket.due_at


def test_new_working_hours_hold_for_what_runs(ticket: Ticket, calendar: BusinessCalendar) -> None:
    recounting.recount_changed()
    assert recounting.recount_changed() == 0
    calendar.close_on(ticket.opened_at.date())
    calendar.touch()

    assert recounting.recount_changed() == 1
    ticket.refresh_from_db()
    midnight = (ticket.opened_at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert ticket.due_at == clocks_of(ticket)[Kind.FIRST].due_at == midnight + HOUR
    assert recounting.recount_changed() == 0


def test_a_round_that_meets_somebody_at_work_or_no_database_begins_again(
    ticket: Ticket, calendar: BusinessCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the ticket that was held just then would keep the old hours for ever."""
    recounting.recount_changed()
    calendar.close_on(ticket.opened_at.date())
    calendar.touch()

    def held(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("canceling statement due to lock timeout")

    with monkeypatch.context() as patched:
        patched.setattr(Ticket, "lock", held)
        with pytest.raises(OperationalError):
            recounting.recount_changed()

    assert recounting.recount_changed() == 1


def test_the_calendar_of_the_class_counts_not_that_of_the_line(
    in_force: InForce, volga: Client, writes: Write, pavel: Contact
) -> None:
    nights = BusinessCalendar.objects.create(name="Nights", time_zone="UTC", weekly={"mon": [["00:00", "01:00"]]})
    version = in_force(calendar=nights, first=30)
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on="2020-01-01")
    ticket = writes()

    assert _due(ticket).strftime("%a %H:%M") == "Mon 00:30" or ticket.opened_at.strftime("%a %H") == "Mon 00"


def test_a_date_that_does_not_suit_sets_the_clock_of_an_answer_going(ticket: Ticket, anna: User) -> None:
    until = clock.now() + timedelta(days=2)
    ticket.reply("Через два дня", by=anna, then=PromiseDate(until))
    ticket.reply("Дольше", by=anna, then=PromiseDate(until + timedelta(days=1), why="ждём провайдера"))
    moved = ticket.date_to_agree
    assert moved and Kind.NEXT not in clocks_of(ticket)
    ticket.agree_date(moved.pk, agreed=False)

    assert clocks_of(ticket)[Kind.NEXT].started_at == ticket.waiting_since


def test_what_is_not_solved_waits_since_we_called_it_solved(ticket: Ticket, anna: User) -> None:
    solved = clock.now() + HOUR
    with clock.at(solved):
        ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(solved + 2 * HOUR):
        ticket.not_solved("Не работает")

    assert ticket.waiting_since == solved == clocks_of(ticket)[Kind.NEXT].started_at


def test_what_was_put_aside_once_is_no_moment_any_more(vip: Version, ticket: Ticket, anna: User) -> None:
    """The class has put its own moment before our question; without it the question's date holds, no older one."""
    now = clock.now()
    ticket.put_aside(PutAside(now + timedelta(days=5), "выезд", agreed=True), by=anna)
    ticket.write_in("Не приезжайте")
    assert ticket.schedules.get().woke_at
    question = now + timedelta(days=2)
    ticket.reply("Почему?", by=anna, then=Wait(question))
    assert ticket.next_step == "solve" and ticket.remind_at == question

    ticket.serve_under(Cover(), "договор кончился", by=anna)
    assert (ticket.status, ticket.next_step, ticket.due_at) == ("pending_client", "remind", question)


def test_an_answer_taken_back_lets_it_sleep_on(vip: Version, ticket: Ticket, anna: User) -> None:
    ticket.put_aside(PutAside(clock.now() + timedelta(days=2), "выезд", agreed=True), by=anna)
    answer = ticket.reply("Рано", by=anna, then=Wait(clock.now() + timedelta(days=1)), undo=30)
    assert ticket.schedules.get().woke_at
    ticket.take_back(answer, by=anna)

    assert ticket.status == "scheduled" and ticket.schedules.get().woke_at is None
    assert clocks_of(ticket)[Kind.RESOLUTION].paused_from, "they agreed to it"


def test_what_begins_ends_and_begins_again_in_one_moment_is_one_clock(vip: Version, ticket: Ticket, anna: User) -> None:
    until = ticket.opened_at + 2 * HOUR
    with clock.at(ticket.opened_at + HOUR / 2):
        ticket.reply("Приедем", by=anna, then=PutAside(until, "выезд", agreed=True))
    with clock.at(until):
        assert ticket.wake()
        message = ticket.reply("А модель?", by=anna, then=Wait(until + 20 * HOUR), undo=15)
        ticket.take_back(message, by=anna)

    assert clocks_of(ticket)[Kind.UPDATE].started_at == until
