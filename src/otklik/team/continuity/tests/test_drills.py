"""Plans for bad days: approved by somebody, tried once a year, judged by somebody else (METRICS G7)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Absence, User
from otklik.team.continuity.models import Drill, Scenario, ScenarioState, Sort
from otklik.team.continuity.reckoning import continuity
from otklik.team.metrics.days import today

pytestmark = pytest.mark.django_db
type Plans = Callable[..., Scenario]


@pytest.fixture
def plans(boris: User, head: User) -> Plans:
    """`plans(name)`: approved by the head, owned by the lead."""

    def make(name: str = "Нет интернета", **told: Any) -> Scenario:
        texts = {"trigger": "Пропала связь", "first_minutes": "Раздача с телефона", "roles": "Старший"}
        plan = Scenario.objects.create(
            name=name, sort=Sort.INTERNET, owner=boris, made_by=boris, target_minutes=15, **texts | told
        )
        plan.approve(by=head, version=1)
        return plan

    return make


def test_who_approves_and_what_follows(plans: Plans, boris: User) -> None:
    plan = plans()
    assert plan.drills.get().due_on == today() + timedelta(days=365)
    plan.write(by=boris, version=1, trigger="Иначе")
    assert (plan.state, plan.approved_by, plan.version) == (ScenarioState.DRAFT, None, 2)
    with pytest.raises(Refused):
        plan.approve(by=boris, version=2)
    assert plan.drills.count() == 1


def test_nobody_overwrites_or_approves_a_text_they_have_not_seen(plans: Plans, boris: User, head: User) -> None:
    plan = plans()
    Scenario.objects.get(pk=plan.pk).write(by=boris, version=1, trigger="Первый")
    with pytest.raises(Refused):
        plan.write(by=boris, version=1, trigger="Второй")
    with pytest.raises(Refused):
        plan.approve(by=head, version=1)
    plan.refresh_from_db()
    assert plan.trigger == "Первый"
    plan.approve(by=head, version=2)


def test_a_miss_stays_a_miss(plans: Plans, boris: User, head: User) -> None:
    """Neither a plan that is written anew nor one that is retired makes a drill better."""
    slow, late = plans("Медленный"), plans("Поздний")
    slow.drills.get().hold(by=head, passed=True, minutes=40, findings="Долго")
    slow.write(by=boris, version=1, target_minutes=60)
    late.drills.update(due_on=today() - timedelta(days=1))
    with pytest.raises(Refused):
        late.retire(by=boris)
    late.retire(by=head)
    told = continuity()
    assert (told.in_target.good, told.in_target.n) == (0, 1)
    assert (told.passed.good, told.passed.n) == (1, 2)


def test_whom_a_failed_drill_left_without_an_answer_was_not_answered_in_time(plans: Plans, head: User) -> None:
    plans().drills.get().hold(by=head, passed=False, minutes=None, findings="Не поднялось")
    assert (continuity().in_target.good, continuity().in_target.n) == (0, 1)


def test_who_leaves_hands_the_plan_over(plans: Plans, boris: User, head: User, admin: User) -> None:
    plan = plans()
    boris.deactivate(by=admin)
    plan.refresh_from_db()
    assert plan.owner == head


def test_a_drill_is_judged_by_somebody_else_and_the_next_is_owed(plans: Plans, boris: User, head: User) -> None:
    plan = plans()
    drill = plan.drills.get()
    with pytest.raises(Refused):
        drill.hold(by=boris, passed=True, minutes=5, findings="Всё хорошо")
    with pytest.raises(Refused) as refused:
        drill.hold(by=head, passed=True, minutes=5, findings=" ")
    assert refused.value.field == "findings"
    drill.hold(by=head, passed=True, minutes=12, findings="Пароль был старый")

    assert drill.in_target is True
    assert plan.drills.get(held_on=None).due_on == today() + timedelta(days=365)
    with pytest.raises(Refused):
        Drill.objects.get(pk=drill.pk).hold(by=head, passed=False, minutes=1, findings="Снова")


def test_one_drill_is_owed_at_a_time(plans: Plans) -> None:
    plan = plans()
    with pytest.raises(IntegrityError):
        plan.drills.create(due_on=today())


def test_a_plan_that_nobody_reads_gets_stale(plans: Plans, boris: User, head: User) -> None:
    plan = plans()
    with clock.at(clock.now() + timedelta(days=365)):
        assert plan.is_stale
        plan.confirm(by=boris)
        assert not plan.is_stale
    plan.retire(by=head)
    assert not plan.drills.filter(held_on=None).exists()
    with pytest.raises(Refused):
        plan.write(by=boris, version=1, trigger="Иначе")


def test_seven_of_eight(plans: Plans, head: User) -> None:
    """The worked example of METRICS G7: eight due, seven passed."""
    for number in range(8):
        plan = plans(f"План {number}")
        plan.drills.filter(held_on=None).update(due_on=today() - timedelta(days=30))
        plan.drills.get().hold(by=head, passed=number != 3, minutes=20 if number else 10, findings="Записано")
    told = continuity()
    assert (told.passed.good, told.passed.n, told.passed.value) == (7, 8, 0.875)
    assert (told.in_target.good, told.in_target.n) == (1, 8)
    assert (told.fresh.good, told.fresh.n) == (8, 8)


def test_what_was_due_and_not_held_did_not_pass(plans: Plans) -> None:
    plans().drills.update(due_on=today() - timedelta(days=1))
    told = continuity()
    assert (told.passed.good, told.passed.n, told.in_target.value) == (0, 1, None)


def test_nothing_is_nothing(db: None) -> None:
    told = continuity()
    assert [share.value for share in (told.passed, told.in_target, told.stood_in, told.fresh)] == [None] * 4


def test_absences_in_which_somebody_stood_in(anna: User, ilya: User, boris: User) -> None:
    until = clock.now() + timedelta(days=1)
    Absence.objects.declare(anna, by=boris, until=until, deputy=ilya)
    Absence.objects.declare(boris, by=boris, until=until)
    told = continuity().stood_in
    assert (told.good, told.n) == (1, 2)
