"""From the first word to the look at what came of it; nothing hangs meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from otklik.care.problems import figures
from otklik.care.problems.figures import Outcome
from otklik.care.problems.models import Linked, Problem
from otklik.care.problems.states import State
from otklik.care.problems.tests.conftest import Begin, Came
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Changed, Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Topic
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_it_has_an_owner_and_a_day_from_the_first(begin: Begin, anna: User, boris: User) -> None:
    problem = begin(owner=boris)
    assert (problem.state, problem.wake_on) == (State.LOOKED, clock.house_today() + timedelta(days=7))
    assert Notice.objects.get(about="problem").person == boris
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.filter(pk=problem.pk).update(wake_on=None)


@pytest.mark.parametrize(
    ("told", "field"), [({"title": " "}, "title"), ({"notices": ""}, "notices"), ({"owner": "quality"}, "owner")]
)
def test_what_is_missing_is_said(begin: Begin, quality: User, told: dict[str, object], field: str) -> None:
    told = {**told, "owner": quality} if "owner" in told else told
    with pytest.raises(Invalid) as refused:
        begin(**told)
    assert refused.value.field == field


def test_pressed_twice_it_begins_once(begin: Begin) -> None:
    assert begin(key="k") == begin(key="k")


def test_a_known_error_has_a_cause(begin: Begin, anna: User) -> None:
    problem = begin()
    with pytest.raises(Invalid) as refused:
        problem.move(State.KNOWN, by=anna)
    assert refused.value.field == "cause"
    problem.move(State.KNOWN, by=anna, cause="Старая настройка узла")
    with pytest.raises(Invalid):
        problem.correct({"cause": ""}, by=anna)
    assert Problem.objects.get().cause == "Старая настройка узла"


def test_to_live_with_it_is_decided_by_a_lead_with_a_reason_until_a_day(begin: Begin, anna: User, boris: User) -> None:
    problem, day = begin(), clock.house_today() + timedelta(days=90)
    with pytest.raises(Conflict, match="руководител"):
        problem.live_with("Дорого", day, by=anna)
    with pytest.raises(Invalid):
        problem.live_with(" ", day, by=boris)
    with pytest.raises(Invalid) as refused:
        problem.live_with("Дорого", clock.house_today() + timedelta(days=400), by=boris)
    assert refused.value.field == "wake_on"

    problem.live_with("Дорого", day, by=boris)
    kept = Problem.objects.get()
    assert (kept.state, kept.reason, kept.decided_by, kept.wake_on) == (State.LIVED, "Дорого", boris, day)
    kept.move(State.REMOVING, by=boris)
    kept.refresh_from_db()
    assert (kept.reason, kept.decided_by) == ("", None)


def test_its_removal_is_looked_at_after_a_month_and_then_it_is_over(begin: Begin, anna: User) -> None:
    problem = begin()
    with pytest.raises(Conflict):
        problem.finish("Помогло", by=anna)
    problem.remove("Сменили настройку", by=anna)
    assert problem.wake_on == clock.house_today() + timedelta(days=30)
    with pytest.raises(Conflict):
        problem.remove("Ещё раз", by=anna)
    problem.finish("Обращений стало вдвое меньше", by=anna)
    assert problem.is_over and problem.wake_on is None
    problem.move(State.LOOKED, by=anna)
    assert not problem.is_over and problem.removed_at is None and problem.is_awake is False


def test_owners_of_waiting_requests_hear_it_when_they_are_asked_to(
    begin: Begin, writes: Write, anna: User, boris: User
) -> None:
    waiting, mine, done, free = (writes("x", sender=f"{n}@x.test") for n in "abcd")
    waiting.take(by=boris)
    mine.take(by=anna)
    done.close("spam", by=boris)
    problem = begin(tickets=[waiting, mine, done, free])
    assert {one.pk for one in problem.waiting()} == {waiting.pk, mine.pk, free.pk}

    assert problem.remove("Сменили настройку", by=anna, tell=True) == 1
    told = Notice.objects.get(about="ticket", about_id=waiting.pk, text__contains="устранена")
    assert told.person == boris and f"№ {problem.number}" in told.text
    assert not Notice.objects.filter(about_id=mine.pk, text__contains="устранена").exists(), "who did it knows"


def test_only_its_owner_and_leads_lead_it(begin: Begin, anna: User, ilya: User, boris: User) -> None:
    problem = begin()
    for act in (
        lambda: problem.correct({"title": "x"}, by=ilya),
        lambda: problem.move(State.REMOVING, by=ilya),
        lambda: problem.remove("x", by=ilya),
        lambda: problem.put_off(clock.house_today() + timedelta(days=3), by=ilya),
        lambda: problem.hand_to(ilya, by=ilya),
    ):
        with pytest.raises(Conflict):
            act()
    problem.hand_to(ilya, by=boris)
    assert Problem.objects.get().owner == ilya


def test_its_day_wakes_the_owner_once_and_the_heads_a_week_later(begin: Begin, anna: User, head: User) -> None:
    problem = begin(wake_on=clock.house_today() + timedelta(days=1))
    assert Problem.objects.wake() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert Problem.objects.wake() == 1 and Problem.objects.wake() == 0
        assert list(Notice.objects.filter(about="problem").values_list("person", flat=True)) == [anna.pk]
    with clock.at(clock.now() + timedelta(days=8)):
        assert Problem.objects.wake() == 1 and Problem.objects.wake() == 0
        assert Notice.objects.filter(about="problem", person=head).count() == 1
        problem.refresh_from_db()
        problem.put_off(clock.house_today() + timedelta(days=5), by=anna)
        assert Problem.objects.of(anna).count() == 0


def test_who_leaves_owns_nothing_any_more(begin: Begin, anna: User, head: User, admin: User) -> None:
    problem = begin()
    anna.appoint(Role.QUALITY, [], by=admin)
    assert Problem.objects.get().owner == head
    assert Entry.objects.filter(about="problem", about_id=problem.pk, kind="problems.ProblemGiven").count() == 1


def test_a_request_belongs_to_one_problem(begin: Begin, ticket: Ticket, anna: User) -> None:
    first, second = begin(), begin(title="Другая")
    assert first.link(ticket, by=anna) and not first.link(ticket, by=anna)
    with pytest.raises(Conflict, match=str(first.number)):
        second.link(ticket, by=anna)
    assert first.unlink(ticket, by=anna) and not first.unlink(ticket, by=anna)
    assert second.link(ticket, by=anna)
    kinds = [one.kind for one in Entry.objects.about("ticket", ticket.pk)]
    assert kinds.count("problems.LinkedToProblem") == 2 and kinds.count("problems.UnlinkedFromProblem") == 1


def test_payback_of_the_guide(begin: Begin, anna: User) -> None:
    """METRICS Q7: F = 90 000, c = 150, λ = 40, e = 0.8: 18.75 months."""
    problem = begin()
    assert figures.payback(problem, 150, 40) is None, "nobody has said yet what it costs"
    problem.correct({"fix_cost": Decimal(90_000), "effect": 80}, by=anna)
    told = figures.payback(problem, 150, 40)
    assert told and told["payback_months"] == pytest.approx(18.75) and told["breakeven"] == pytest.approx(750)
    assert figures.payback(problem, None, 40) is None


def removed(begin: Begin, came: Came, anna: User, *, after: int, rest: tuple[int, int]) -> Problem:
    """Removed 31 days ago: 14 requests of it in the month before, so many after; of the rest of the topic these."""
    at = clock.now() - timedelta(days=31)
    mine = [*came(14, at=at - timedelta(days=3)), *came(after, at=at + timedelta(days=3))]
    came(rest[0], subject="Иное", at=at - timedelta(days=3))
    came(rest[1], subject="Иное", at=at + timedelta(days=3))
    problem = begin(tickets=mine, topic=mine[0].topic)
    with clock.at(at):
        problem.remove("Сменили", by=anna)
    return problem


@pytest.mark.parametrize(
    ("after", "rest", "outcome"),
    [
        (1, (12, 12), Outcome.FEWER),
        (1, (14, 1), Outcome.ANYWAY),
        (3, (60, 0), Outcome.ANYWAY),
        (12, (5, 5), Outcome.SAME),
        (40, (5, 5), Outcome.MORE),
    ],
)
def test_what_came_of_it_is_told_beside_the_rest_of_its_topic(
    begin: Begin, came: Came, anna: User, topic: Topic, after: int, rest: tuple[int, int], outcome: Outcome
) -> None:
    told = figures.effect(removed(begin, came, anna, after=after, rest=rest))
    assert told and (told.before, told.after, told.days) == (14, after, 30)
    assert (told.rest_before, told.rest_after) == rest and told.outcome == outcome


def test_before_a_month_is_over_and_of_few_nothing_is_concluded(begin: Begin, came: Came, anna: User) -> None:
    problem = begin(tickets=came(12, at=clock.now() - timedelta(days=9)))
    assert figures.effect(problem) is None
    with clock.at(clock.now() - timedelta(days=5)):
        problem.remove("Сменили", by=anna)
    told = figures.effect(problem)
    assert told and told.outcome == Outcome.EARLY and told.rest is None
    with clock.at(clock.now() + timedelta(days=40)):
        assert figures.effect(problem).outcome == Outcome.FEWER  # type: ignore[union-attr]
    Linked.objects.filter(problem=problem).exclude(
        ticket__in=list(problem.linked.values_list("ticket", flat=True)[:4])
    ).delete()
    with clock.at(clock.now() + timedelta(days=40)):
        assert figures.effect(problem).outcome == Outcome.FEW  # type: ignore[union-attr]


def test_of_two_who_change_it_the_later_one_does_not_write_over_what_they_have_not_seen(
    begin: Begin, anna: User, boris: User
) -> None:
    problem, seen = begin(), 1
    long = "Наберите *8 " * 300
    problem.correct({"workaround": long}, by=anna, seen=seen)
    with pytest.raises(Changed):
        problem.correct({"workaround": "Перезагрузите"}, by=boris, seen=seen)
    assert Problem.objects.get().workaround == long.strip()
    problem.correct({"workaround": "Перезагрузите"}, by=boris, seen=problem.edition)
    entries = Entry.objects.about("problem", problem.pk).filter(kind="problems.ProblemCorrected")
    assert [one.data["was"] for one in entries] == ["", long.strip()], "the journal keeps all of it"


def test_joined_requests_are_one(begin: Begin, came: Came, anna: User) -> None:
    at = clock.now() - timedelta(days=31)
    tickets = came(14, at=at - timedelta(days=3))
    late = came(2, at=at + timedelta(days=3))
    problem = begin(tickets=[*tickets, *late], topic=tickets[0].topic)
    with clock.at(at):
        problem.remove("Сменили", by=anna)
    for one, other in ((tickets[1], tickets[0]), (late[1], late[0])):
        Ticket.objects.filter(pk=one.pk).update(
            merged_into=other, status="closed", next_step="", ended_at=clock.now(), due_at=None, take_by=None
        )
    weight, effect = figures.weight(problem), figures.effect(problem)
    assert (weight.requests, weight.month) == (14, 13)
    assert effect and (effect.before, effect.after) == (13, 1)


def test_what_comes_after_the_removal_is_linked_and_its_owner_hears_it_once(
    begin: Begin, came: Came, anna: User, boris: User
) -> None:
    problem, before = begin(owner=boris), came(1)
    problem.remove("Сменили", by=boris)
    after = came(3, at=clock.now() + timedelta(minutes=1))
    assert problem in Problem.objects.most_like(None, None)
    problem.link(before[0], by=anna)
    again = Notice.objects.filter(person=boris, about="problem", text__contains="снова")
    assert not again.exists(), "it came before"
    assert problem.link_all(after, by=anna) == (3, 0)
    assert again.count() == 1 and "3 обращения" in again.get().text
    problem.finish("Помогло", by=boris)
    assert problem not in Problem.objects.most_like(None, None)
