"""RACE-2 and RACE-3, below the pages: people and schedulers act on the same requests at the same moment."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import permutations

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.sla import due
from otklik.desk.sla.models import Clock
from otklik.desk.tickets import proof
from otklik.desk.tickets.errors import Refused, Stale
from otklik.desk.tickets.models import Promise, Schedule, Status, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Wait
from tests.fixtures.cast import Write, fresh
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told() -> Counter[str]:
    return Counter(Entry.objects.values_list("kind", flat=True))


def test_RACE_2_of_two_who_answer_at_once_the_second_is_shown_the_first_and_nothing_of_theirs_is_lost(
    ticket: Ticket, anna: User, ilya: User
) -> None:
    """The text stays where it was typed: nothing was sent, and the draft is there."""
    seen = ticket.last_message_id
    texts = {anna: "Проверяем маршрут", ilya: "Меняем роутер"}
    for author, text in texts.items():
        ticket.keep_draft(text, by=author, mode="reply", form={})

    def reply(author: User) -> Message:
        then = Wait(clock.now() + DAY)
        return fresh(ticket).reply(texts[author], by=author, then=then, seen=seen, key=author.login, drafted=True)

    ended = dict(zip(texts, at_once([partial(reply, author) for author in texts]), strict=True))

    (second,) = [author for author, one in ended.items() if isinstance(one, Stale)]
    (first,) = [author for author in texts if author != second]
    stale = ended[second]
    assert isinstance(stale, Stale) and [one.author for one in stale.newer] == [first]
    kept = ticket.conversation.drafts.values_list("author", "text")
    assert list(kept) == [(second.pk, texts[second])]
    assert Outbound.objects.filter(kind="reply").count() == 1


def take(ticket: Ticket, by: User) -> None:
    fresh(ticket).take(by=by)


def join(gone: Ticket, survivor: Ticket, by: User) -> None:
    fresh(gone).merge_into(fresh(survivor), by=by)


def answer(ticket: Ticket, by: User) -> None:
    fresh(ticket).reply("Проверяем", by=by, then=PromiseDate(clock.now() + DAY))


def close(ticket: Ticket, by: User) -> None:
    fresh(ticket).close("not_needed", by=by)


@pytest.mark.parametrize("turn", range(4))
def test_RACE_two_agents_take_join_answer_and_close_at_once(writes: Write, anna: User, ilya: User, turn: int) -> None:
    """Whoever is first: nobody is told that the server broke, no letter is lost, and what is left is sound."""
    pairs = [(writes(f"Нет звука {n}"), writes(f"И звонка {n}")) for n in range(2)]
    letters = Message.objects.filter(direction="in").count()
    for number, (first, second) in enumerate(pairs):
        acts: list[Callable[[], object]] = [
            partial(take, first, anna),
            partial(take, second, ilya),
            partial(join, second, first, anna),
            partial(join, first, second, ilya),
            partial(answer, second, ilya),
            partial(close, first, ilya),
        ]
        order = list(permutations(range(len(acts))))[turn * 31 + number]
        ended = at_once([acts[place] for place in order])
        assert not [one for one in ended if isinstance(one, Exception) and not isinstance(one, Refused)]

        joined = [one for one in map(fresh, (first, second)) if one.merged_into_id]
        assert len(joined) <= 1 and all(one.status == Status.CLOSED for one in joined)
        for one in joined:
            assert not one.conversation.messages.exists() and not one.promises.current().exists()

    assert Message.objects.filter(direction="in").count() == letters
    assert proof.walk().faults == []
    waits = set(Ticket.objects.open().exclude(waiting_since=None).values_list("pk", "waiting_since"))
    running = Clock.objects.live().filter(kind__in=("first_answer", "next_answer"))
    assert set(running.values_list("ticket", "started_at")) == waits


def test_RACE_3_after_the_worker_was_down_over_the_deadline_all_is_said_late_and_once(
    writes: Write, anna: User
) -> None:
    promised, waits, aside, unanswered = (writes(f"Вопрос {n}", sender=f"c{n}@volga.test") for n in range(4))
    now = clock.now()
    promised.reply("Скажем", by=anna, then=PromiseDate(now + 3 * HOUR))
    waits.reply("Какая модель?", by=anna, then=Wait(now + 3 * HOUR))
    aside.reply("Приедем", by=anna, then=PutAside(now + 3 * HOUR, "выезд", agreed=True))

    def schedule(round_of: int) -> None:
        with clock.at(now + 2 * DAY + round_of * HOUR):
            Ticket.objects.wake_due()
            Ticket.objects.mind_promises()
            due.tell_all()

    for round_of in range(3):
        ended = at_once([partial(schedule, round_of)] * 2)
        assert ended == [None, None]

    said = told()
    assert (said["tickets.PromiseBroken"], said["tickets.TicketWoke"]) == (1, 1)
    assert said["tickets.ClientReminded"] == 1, "the next reminder is days away"
    assert not Promise.objects.marked(now + 3 * DAY).exists() and not Schedule.objects.filter(woke_at=None).exists()
    breaches = list(Entry.objects.filter(kind="sla.TargetBreached").values_list("data__clock_id", flat=True))
    late = Clock.objects.live().filter(due_at__lte=now + 2 * DAY + 2 * HOUR)
    assert sorted(breaches) == sorted(late.values_list("pk", flat=True)) and unanswered.pk in set(
        late.values_list("ticket", flat=True)
    )
