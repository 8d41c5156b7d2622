"""What is drawn: as many of each as the plan says, the same from the same seed, nothing twice."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.quality import risks, sampling
from otklik.care.quality.drawing import Candidate, drawn
from otklik.care.quality.models import Draw, Plan, Review
from otklik.care.quality.models.plan import next_turn, turn_before
from otklik.care.quality.states import Risk, Stream
from otklik.care.quality.tests.conftest import Solve, marks_of
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import User

candidates = st.lists(
    st.builds(Candidate, st.integers(1, 200), st.integers(1, 4), st.sampled_from(("email", "voice", "chat"))),
    unique_by=lambda one: one.ticket,
    max_size=80,
)


@given(candidates, st.integers(1, 6), st.integers())
def test_a_draw_is_fair_by_person_and_can_be_made_again(pool: list[Candidate], count: int, seed: int) -> None:
    found = drawn(pool, count, seed)

    assert drawn(reversed(pool), count, seed) == found and set(found) <= set(pool)
    assert len({one.ticket for one in found}) == len(found)
    for person in {one.person for one in pool}:
        own = [one for one in pool if one.person == person]
        taken = [one for one in found if one.person == person]
        assert len(taken) == min(count, len(own))
        by_channel = [sum(one.channel == channel for one in taken) for channel in {one.channel for one in own}]
        if len(own) > count * 3 and all(
            sum(one.channel == each for one in own) >= count for each in {one.channel for one in own}
        ):
            assert max(by_channel) - min(by_channel) <= 1


@given(candidates, st.integers(1, 5), st.integers())
def test_whom_else_there_is_changes_nothing_for_one(pool: list[Candidate], count: int, seed: int) -> None:
    own = [one for one in pool if one.person == 1]
    assert drawn(own, count, seed) == [one for one in drawn(pool, count, seed) if one.person == 1]


def test_every_conversation_has_the_same_chance() -> None:
    pool = [Candidate(number, 1, "email") for number in range(10)]
    times = [0] * 10
    for seed in range(2000):
        for one in drawn(pool, 3, seed):
            times[one.ticket] += 1
    assert min(times) > 500 and max(times) < 700


@pytest.fixture
def plan(quality: User) -> Plan:
    now = clock.now()
    return Plan.objects.create(controller=quality, count=2, next_at=next_turn("week", now), looked_at=now)


@pytest.mark.django_db
def test_a_week_is_drawn_when_it_is_over(plan: Plan, solve: Solve, anna: User, ilya: User, boris: User) -> None:
    for _one in range(3):
        solve(anna)
    solve(ilya)
    assert sampling.draw_due() == 0
    assert plan.next_at
    with clock.at(plan.next_at + timedelta(minutes=1)):
        assert sampling.draw_due() == 3
        assert sampling.draw_due() == 0

    draw, reviews = Draw.objects.get(), Review.objects.order_by("pk")
    assert (draw.pool, draw.taken) == (4, 3) and draw.until - draw.since == timedelta(days=7)
    assert {one.stream for one in reviews} == {Stream.RANDOM} and {one.reviewer for one in reviews} == {plan.controller}
    assert [one.agent for one in reviews].count(anna) == 2
    assert sampling.candidates(plan, draw.since, draw.until) != [Candidate(*one) for one in draw.candidates]
    assert sorted(one[:2] for one in draw.again()) == sorted(reviews.values_list("ticket", "agent"))
    plan.refresh_from_db()
    assert plan.next_at == draw.until + timedelta(days=7)


@pytest.mark.django_db
def test_weeks_that_were_slept_through_are_drawn_each(plan: Plan, solve: Solve, anna: User) -> None:
    assert plan.next_at
    for _week in range(3):
        with clock.at(plan.next_at - timedelta(days=1)):
            solve(anna)
        plan.next_at += timedelta(days=7)
    with clock.at(plan.next_at - timedelta(hours=1)):
        assert [sampling.draw_due() for _look in range(4)] == [1, 1, 1, 0]


@pytest.mark.django_db
def test_nobody_gets_their_own_work_and_nothing_comes_twice(solve: Solve, boris: User, anna: User) -> None:
    own, other = solve(boris), solve(anna)
    now = clock.now()
    plan = Plan.objects.create(controller=boris, line=own.team, count=5, next_at=next_turn("week", now), looked_at=now)
    since, until = now - timedelta(days=1), now + timedelta(days=1)

    assert sampling.draw(plan, since, until, seed=1).taken == 1
    assert Review.objects.get().ticket == other
    assert sampling.candidates(plan, since, until) == []


@pytest.mark.django_db
def test_a_lead_gets_nothing_of_a_line_they_do_not_see(solve: Solve, anna: User, head: User, line_two) -> None:
    from tests.fixtures.cast import person

    lena = person("lena", "Лена", "lead", line_two)
    solve(anna)
    plan = Plan.objects.create(controller=lena, count=5, next_at=clock.now() + timedelta(days=1))
    draw = sampling.draw(plan, clock.now() - timedelta(days=1), clock.now() + timedelta(days=1), seed=1)
    assert (draw.pool, draw.taken) == (1, 0)
    assert Notice.objects.filter(person=head, about="plan", about_id=plan.pk).count() == 1


@pytest.mark.django_db
def test_what_went_wrong_is_drawn_as_well(plan: Plan, solve: Solve, anna: User, ilya: User, quality: User) -> None:
    bad = [Review.objects.assign(solve(anna), anna, quality, stream=Stream.RISK, risk=Risk.UPSET) for _one in range(2)]
    well = solve(ilya)
    since, until = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    draw = sampling.draw(plan, since, until, seed=1)

    assert (draw.pool, draw.taken) == (3, 3) and set(Review.objects.drawn()) == {*bad, Review.objects.get(ticket=well)}
    for one in bad:
        one.refresh_from_db()
        assert (one.draw, one.stream, one.risk) == (draw, Stream.RISK, Risk.UPSET)
        one.keep(marks_of(one), comment="", praise="", by=quality)
        one.publish(by=quality)
    assert set(Review.objects.counting()) == set(bad) and sampling.candidates(plan, since, until) == []


@pytest.mark.django_db
def test_what_is_too_much_for_one_look_comes_at_the_next(
    plan: Plan, solve: Solve, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan.objects.update(risks=[Risk.UPSET])
    monkeypatch.setattr(risks, "MOST", 2)
    for minute in range(5):
        with clock.at(clock.now() + timedelta(minutes=minute)):
            solve(anna).mark_upset(by=anna)
    with clock.at(clock.now() + timedelta(hours=1)):
        looks = [sampling.look_at_risks() for _look in range(6)]
    assert sum(looks) == Review.objects.count() == 5 and max(looks) == 2


@pytest.mark.django_db
def test_what_went_wrong_is_looked_at_once_and_says_why(plan: Plan, writes, anna: User, solve: Solve) -> None:
    Plan.objects.update(risks=[Risk.UPSET, Risk.LONG])
    solve(anna)
    ticket = solve(anna)
    ticket.mark_upset(by=anna)
    assert sampling.look_at_risks() == 1
    assert sampling.look_at_risks() == 0

    review = Review.objects.get()
    assert (review.ticket, review.stream, review.risk) == (ticket, Stream.RISK, Risk.UPSET)


@pytest.mark.django_db
def test_a_draw_asks_as_often_for_many_as_for_few(
    plan: Plan, solve: Solve, anna: User, django_assert_num_queries
) -> None:
    since, until = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    for _one in range(4):
        solve(anna)
    with django_assert_num_queries(1):
        assert len(sampling.candidates(plan, since, until)) == 4


@pytest.mark.django_db
def test_turns_of_weeks_and_months(organisation) -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 12, 30, 12, tzinfo=UTC)
    assert next_turn("month", now).date().isoformat() == "2027-01-01"
    assert next_turn("week", now).date().isoformat() == "2027-01-04"
    assert turn_before("month", next_turn("month", now)).date().isoformat() == "2026-12-01"
    assert turn_before("week", next_turn("week", now)).date().isoformat() == "2026-12-28"
