"""Nothing stays with somebody who is away; what nobody else has answered returns."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, User
from otklik.desk.routing import tasks
from otklik.desk.routing.models import Delegation
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Task, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def away(person: User, deputy: User | None = None, days: float = 2) -> Absence:
    """From now on, and the job has done its work."""
    absence = Absence.objects.declare(person, by=person, until=clock.now() + days * DAY, deputy=deputy)
    Delegation.objects.hand_over(absence)
    return absence


def back(absence: Absence) -> None:
    absence.end(by=absence.user)
    Delegation.objects.give_back(absence.pk)


def owner(ticket: Ticket) -> User | None:
    return Ticket.objects.get(pk=ticket.pk).owner


def story(ticket: Ticket) -> list[str]:
    kinds = ("tickets.TicketDelegated", "tickets.TicketGivenBack")
    entries = Entry.objects.about("ticket", ticket.pk).filter(kind__in=kinds)
    return [entry.kind.removeprefix("tickets.Ticket") for entry in entries]


def test_our_moves_and_what_falls_due_go_to_the_deputy_and_return(writes: Write, anna: User, ilya: User) -> None:
    ours, due, later, done = (writes(text) for text in ("наш ход", "вернётся завтра", "вернётся потом", "решено"))
    ours.take(by=anna)
    due.reply("Ждём", by=anna, then=Wait(clock.now() + DAY))
    later.reply("Ждём", by=anna, then=Wait(clock.now() + 5 * DAY))
    done.reply("Готово", by=anna, then=Resolve(""))

    absence = away(anna, ilya)
    assert [owner(one) for one in (ours, due, later, done)] == [ilya, ilya, anna, anna]
    assert Delegation.objects.hand_over(absence) == 0, "again is nothing"
    row = Delegation.objects.get(ticket=ours)
    assert (row.person, row.deputy, row.absence) == (anna, ilya, absence)

    back(absence)
    assert [owner(one) for one in (ours, due, later, done)] == [anna] * 4
    assert story(ours) == ["Delegated", "GivenBack"] and story(later) == []
    assert not Delegation.objects.standing().exists()


def test_a_promise_goes_along(ticket: Ticket, anna: User, ilya: User, tomorrow: datetime) -> None:
    ticket.reply("Завтра", by=anna, then=PromiseDate(tomorrow, "отчёт"))
    away(anna, ilya)
    ticket.refresh_from_db()
    assert (ticket.owner, ticket.next_step, ticket.due_at) == (ilya, "keep_promise", tomorrow)


def test_what_the_deputy_answered_or_gave_on_stays_there(writes: Write, anna: User, ilya: User, boris: User) -> None:
    answered, given, noted = (writes(text) for text in "абв")
    for one in (answered, given, noted):
        one.take(by=anna)
    absence = away(anna, ilya)
    Ticket.objects.get(pk=answered.pk).reply("Отвечаю", by=ilya, then=Wait(clock.now() + HOUR))
    Ticket.objects.get(pk=given.pk).assign(boris, by=boris)
    Ticket.objects.get(pk=noted.pk).note("посмотрел", by=ilya)

    back(absence)
    assert [owner(one) for one in (answered, given, noted)] == [ilya, boris, anna]
    told = dict(Delegation.objects.values_list("ticket", "returned"))
    assert told == {answered.pk: False, given.pk: False, noted.pk: True}


def test_without_a_deputy_it_is_the_queue_of_the_line_and_back(writes: Write, anna: User, ilya: User) -> None:
    left, taken = writes("останется"), writes("возьмут")
    for one in (left, taken):
        one.take(by=anna)
    absence = away(anna)
    assert owner(left) is None and owner(taken) is None
    Ticket.objects.get(pk=taken.pk).take(by=ilya)

    back(absence)
    assert (owner(left), owner(taken)) == (anna, ilya)


def test_a_date_that_does_not_suit_the_client_finds_the_deputy(ticket: Ticket, anna: User, ilya: User) -> None:
    """Who is away moved the date once more, and is not there to hear of it."""
    away(anna, ilya)
    ticket.reply("Сделаем", by=anna, then=PromiseDate(clock.now() + 8 * DAY))
    ticket.reply("Дольше", by=anna, then=PromiseDate(clock.now() + 9 * DAY, why="ждём провайдера"))
    assert owner(ticket) == anna
    ticket.refresh_from_db()
    promise = ticket.date_to_agree
    assert promise

    ticket.agree_date(promise.pk, agreed=False)
    assert owner(ticket) == ilya and story(ticket) == ["Delegated"]


def test_replies_wake_ups_and_reopenings_find_the_deputy(writes: Write, anna: User, ilya: User) -> None:
    heard, woken, reopened = (writes(text) for text in ("ответят", "проснётся", "откроют"))
    heard.reply("Ждём", by=anna, then=Wait(clock.now() + 9 * DAY))
    woken.reply("Ждём", by=anna, then=PutAside(clock.now() + 9 * DAY, "проверить"))
    reopened.reply("Готово", by=anna, then=Resolve(""))
    away(anna, ilya, 20)

    for one in (heard, reopened):
        Ticket.objects.get(pk=one.pk).write_in("Опять не работает")
    assert owner(woken) == ilya, "it falls due within the absence"
    Ticket.objects.filter(pk=woken.pk).update(owner=anna)  # as if it had been missed
    with clock.at(clock.now() + 10 * DAY):
        assert Ticket.objects.wake_due() == 1
    assert [owner(one) for one in (heard, woken, reopened)] == [ilya] * 3


def test_a_late_word_opens_a_new_request_with_the_deputy(ticket: Ticket, anna: User, ilya: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve(""))
    away(anna, ilya, 30)
    with clock.at(clock.now() + 10 * DAY):
        follower = Ticket.objects.get(pk=ticket.pk).write_in("И ещё")
    assert follower.pk != ticket.pk and owner(follower) == ilya
    assert Delegation.objects.get(ticket=follower).person == anna


def test_nobody_gives_work_to_the_absent_nor_do_they_take_it(ticket: Ticket, anna: User, ilya: User) -> None:
    away(anna, ilya)
    with pytest.raises(Invalid) as refusal:
        ticket.assign(anna, by=ilya)
    assert "Илья" in refusal.value.text
    with pytest.raises(Conflict):
        ticket.take(by=anna)


def test_a_deputy_who_goes_away_too_passes_on_and_the_first_one_gets_it_back(
    ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    ticket.take(by=anna)
    first, second = away(anna, ilya, 5), away(ilya, boris, 3)
    assert owner(ticket) == boris

    back(first)
    assert owner(ticket) == anna and not Delegation.objects.standing().exists()
    back(second)
    assert owner(ticket) == anna


def test_back_from_one_absence_into_the_next_goes_to_the_next_deputy(
    ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    ticket.take(by=anna)
    first = away(anna, ilya, 1)
    Absence.objects.declare(anna, by=anna, since=first.until, until=first.until + DAY, deputy=boris)
    with clock.at(first.until + HOUR):
        Absence.objects.turn_due()
        Delegation.objects.give_back(first.pk)
        Delegation.objects.hand_over_all()
        assert owner(ticket) == boris


def test_what_slipped_through_at_the_border_is_found_by_the_job(ticket: Ticket, anna: User, ilya: User) -> None:
    away(anna, ilya)
    Ticket.objects.filter(pk=ticket.pk).update(owner=anna)
    assert Delegation.objects.hand_over_all() == 1
    assert owner(ticket) == ilya


def test_one_that_cannot_return_holds_no_other_and_returns_with_the_next_round(
    writes: Write, anna: User, ilya: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tickets = [writes(text) for text in "абв"]
    for one in tickets:
        one.take(by=anna)
    absence = away(anna, ilya)
    broken, usual = tickets[0].pk, Ticket.give_back

    def give_back(ticket: Ticket, *told: Any, **more: Any) -> bool:
        if ticket.pk == broken:
            raise ZeroDivisionError("broken")
        return usual(ticket, *told, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Ticket, "give_back", give_back)
        back(absence)
    assert [owner(one) for one in tickets] == [ilya, anna, anna]
    assert f"ticket {broken} cannot change hands" in caplog.text

    tasks.hand_over(timestamp=0)
    assert owner(tickets[0]) == anna and not Delegation.objects.standing().exists()


def test_what_went_to_the_deputy_after_all_had_returned_returns_too(ticket: Ticket, anna: User, ilya: User) -> None:
    """The owner's absence was read a moment before it ended."""
    ticket.take(by=anna)
    absence = away(anna, ilya)
    absence.end(by=anna)
    assert owner(ticket) == ilya
    assert Delegation.objects.give_back_all() == 1 and owner(ticket) == anna


def executors(*tasks: Task) -> list[User | None]:
    return [Task.objects.get(pk=one.pk).executor for one in tasks]


def test_tasks_go_to_the_deputy_and_come_back(ticket: Ticket, anna: User, ilya: User, boris: User) -> None:
    """Those that have no date or fall due before; what is done or given to somebody else meanwhile stays so."""
    now = clock.now()
    ticket.take(by=boris)
    plain, due, done, given = ticket.plan(["а", "б", "в", "г"], executor=anna, due_at=now + DAY, by=boris)
    (later,) = ticket.plan(["потом"], executor=anna, due_at=now + 9 * DAY, by=boris)
    ticket.replan(plain, text="а", executor=anna, due_at=None, by=boris)
    absence = away(anna, ilya)
    assert executors(plain, due, done, given, later) == [ilya] * 4 + [anna]
    assert Delegation.objects.hand_over(absence) == 0, "again is nothing"
    ticket.tick(done, done=True, by=ilya)
    ticket.replan(given, text="г", executor=boris, due_at=given.due_at, by=boris)

    back(absence)
    assert executors(plain, due, done, given, later) == [anna, anna, ilya, boris, anna]
    kinds = Entry.objects.about("ticket", ticket.pk).filter(kind="tickets.TaskReplanned", actor=None)
    assert kinds.count() == 4 + 2, "the story says each time who does it"


def test_tasks_of_who_has_no_deputy_who_may_see_the_request_are_the_owners_to_see_to(
    ticket: Ticket, anna: User, vera: User, boris: User
) -> None:
    ticket.take(by=boris)
    (task,) = ticket.plan(["Проверить"], executor=anna, by=boris)
    absence = away(anna)
    assert executors(task) == [None]
    absence.end(by=anna)
    tasks.hand_over(timestamp=0)
    assert executors(task) == [anna], "the minute's look finds what did not return"


def test_tasks_that_were_given_to_somebody_away_go_on_to_the_deputy(
    ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    ticket.take(by=boris)
    away(anna, ilya)
    (task,) = ticket.plan(["Проверить"], executor=anna, by=boris)
    tasks.hand_over(timestamp=0)
    assert executors(task) == [ilya]


def test_who_stands_in_after_another_gets_everything(
    writes: Write, anna: User, ilya: User, boris: User, head: User
) -> None:
    waits, free = writes("а"), writes("б")
    for one in (waits, free):
        one.take(by=anna)
    first = away(anna, ilya)
    Ticket.objects.get(pk=free.pk).assign(None, by=boris)
    second = first.let_stand_in(boris, by=boris)
    Delegation.objects.give_back(first.pk)
    Delegation.objects.hand_over(second)
    assert owner(waits) == boris

    boris.deactivate(by=head)
    third = second.let_stand_in(ilya, by=head)
    Delegation.objects.give_back(second.pk)
    Delegation.objects.hand_over(third)
    assert owner(waits) == ilya
    back(third)
    assert owner(waits) == anna and owner(free) is None


def test_a_deputy_who_leaves_keeps_nothing_of_others(
    writes: Write, anna: User, ilya: User, boris: User, head: User
) -> None:
    """What they stood in for waits in the queue or with the owner, and returns to whom it belongs."""
    waits, taken, theirs = (writes(text) for text in "абв")
    for one in (waits, taken):
        one.take(by=anna)
    theirs.take(by=boris)
    (lent,) = theirs.plan(["Позвонить"], by=boris, executor=anna)
    absence = away(anna, ilya)
    assert [owner(one) for one in (waits, taken)] == [ilya, ilya] and executors(lent) == [ilya]

    ilya.deactivate(by=head)
    assert [owner(one) for one in (waits, taken)] == [None, None] and executors(lent) == [boris]
    Ticket.objects.get(pk=taken.pk).take(by=boris)
    tasks.hand_over(timestamp=0)

    back(absence)
    assert [owner(one) for one in (waits, taken)] == [anna, boris] and executors(lent) == [anna]
    assert not Delegation.objects.standing().exists()


@pytest.mark.django_db(transaction=True)
def test_RACE_an_absence_begins_while_the_owner_answers(writes: Write, anna: User, ilya: User) -> None:
    """Whoever is first, nothing of ours stays with the absent one and nothing is lost."""
    tickets = [writes(f"Вопрос {number}", sender=f"c{number}@volga.test") for number in range(6)]
    for one in tickets:
        one.take(by=anna)
    absence = Absence.objects.declare(anna, by=anna, until=clock.now() + 2 * DAY, deputy=ilya)

    def answer(pk: int) -> None:
        try:
            Ticket.objects.get(pk=pk).reply("Отвечаю", by=anna, then=PromiseDate(clock.now() + HOUR, ""))
        finally:
            connection.close()

    def leave(_: object) -> None:
        try:
            Delegation.objects.hand_over(absence)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(answer, one.pk) for one in tickets]
        work.insert(2, pool.submit(leave, None))
        for each in work:
            each.result()
    Delegation.objects.hand_over_all()

    assert set(Ticket.objects.values_list("owner", flat=True)) == {ilya.pk}
    assert Ticket.objects.filter(first_answer_at=None).count() == 0
    assert Delegation.objects.count() == len(tickets), "each changed hands once"
