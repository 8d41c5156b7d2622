"""Curators, checkpoints and what can be known of working at level (METRICS P3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, Team, User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.people.models import Onboarding, StandardStep
from otklik.team.people.proficiency import Level, first_day, half_by, levels

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(anna: User, ilya: User, boris: User) -> Onboarding:
    """Anna began forty days ago, Ilya is her curator."""
    return Onboarding.objects.begin(anna, ilya, today() - timedelta(days=40), by=boris)


def test_a_plan_begins_with_the_days_of_the_guide_or_of_the_house(plan: Onboarding, vera: User, ilya: User) -> None:
    assert [one.day for one in plan.checkpoints.all()] == [3, 14, 30, 60, 90]
    assert plan.checkpoints.all()[0].due_on == plan.begins_on + timedelta(days=3)
    StandardStep.objects.rewrite([(5, "Вошёл"), (20, "Отвечает сам")])
    other = Onboarding.objects.begin(vera, ilya, today(), by=ilya)
    assert [(one.day, one.result) for one in other.checkpoints.all()] == [(5, "Вошёл"), (20, "Отвечает сам")]
    assert plan.checkpoints.count() == 5
    with pytest.raises(Refused):
        StandardStep.objects.rewrite([(5, "Так"), (5, "И так")])
    with pytest.raises(Refused):
        StandardStep.objects.rewrite([])


def test_a_curator_has_two_newcomers_at_most(plan: Onboarding, vera: User, head: User, ilya: User) -> None:
    Onboarding.objects.begin(vera, ilya, today(), by=head)
    third = User.objects.create_user("third", name="Третий", role=Role.AGENT)
    with pytest.raises(Refused) as refused:
        Onboarding.objects.begin(third, ilya, today(), by=head)
    assert refused.value.field == "curator"
    plan.end(by=head)
    Onboarding.objects.begin(third, ilya, today(), by=head)
    with pytest.raises(Refused):
        Onboarding.objects.begin(third, head, today(), by=head)
    with pytest.raises(Refused):
        Onboarding.objects.begin(head, head, today(), by=head)


def test_passed_in_time_is_of_what_was_due(plan: Onboarding, ilya: User, anna: User) -> None:
    first, second, third, fourth, _last = plan.checkpoints.all()
    with clock.at(clock.now() - timedelta(days=38)):
        first.judge(True, "Вошла и прочла", 3, by=ilya)
    with pytest.raises(Refused):
        second.judge(True, "Сама", 5, by=anna)
    with pytest.raises(Refused):
        second.judge(True, " ", 5, by=ilya)
    second.judge(False, "Ещё не всё", 2, by=ilya)
    second.judge(True, "Теперь да", None, by=ilya)
    second.refresh_from_db()
    assert (second.passed, second.in_time, second.wellbeing) == (True, False, 2)
    with pytest.raises(Refused):
        second.judge(False, "Нет", 1, by=ilya)
    fourth.judge(True, "Раньше срока", 5, by=ilya)
    assert third.is_late, "it was never looked at"


def test_the_last_one_passed_ends_it(plan: Onboarding, ilya: User) -> None:
    for one in plan.checkpoints.all():
        one.judge(True, "Да", None, by=ilya)
    plan.refresh_from_db()
    assert plan.ended_on == today()


def test_who_leaves_owes_nothing_more(plan: Onboarding, anna: User, head: User) -> None:
    anna.deactivate(by=head)
    plan.refresh_from_db()
    assert plan.ended_on == today()
    assert [one.day for one in plan.checkpoints.all()] == [3, 14, 30]


def test_who_sees_a_newcomer(
    plan: Onboarding, anna: User, ilya: User, boris: User, head: User, vera: User, quality: User
) -> None:
    seen = [Onboarding.objects.visible_to(user).exists() for user in (anna, ilya, boris, head, vera, quality)]
    assert seen == [True, True, True, True, False, False]


def days(count: int) -> list[date]:
    return [date(2026, 3, 2) + timedelta(days=number) for number in range(count)]


def test_the_first_ten_days_in_a_row() -> None:
    working = days(15)
    good = {day: [90.0] for day in working[3:]}
    assert first_day(working, good) == working[9], "seven conversations of ninety in the first ten days"
    bad = {**good, working[0]: [0.0], working[1]: [60.0]}
    assert first_day(working, bad) == working[10], "with the first day it is 76.7, without it 86.7"
    assert first_day(working, {working[0]: [100.0] * 4}) is None, "four conversations say nothing"
    assert first_day(working[:9], good) is None


@given(st.lists(st.lists(st.floats(0, 100), max_size=3), max_size=25))
def test_it_is_always_the_end_of_ten_days_that_hold(scores: list[list[float]]) -> None:
    working = days(len(scores))
    found = first_day(working, dict(zip(working, scores, strict=True)))
    if found is not None:
        place = working.index(found)
        seen = [score for some in scores[place - 9 : place + 1] for score in some]
        assert place >= 9 and len(seen) >= 5 and sum(seen) >= 80 * len(seen)


def test_without_reviews_nothing_is_said(plan: Onboarding, line_one: Team) -> None:
    (told,) = levels([plan])
    assert (told.reviews, told.days) == (0, None)
    assert half_by([told]) is None


def test_half_of_twenty_with_who_left_among_them() -> None:
    begun = Onboarding(begins_on=today() - timedelta(days=50))
    told = [Level(begun, 9, 20 + n) for n in range(12)] + [Level(begun, 0, None)] * 8
    assert half_by(told) == 29
    assert half_by(told[:19]) is None


def test_the_layer_tells_leads_by_which_day_half_work_at_level(
    plan: Onboarding, anna: User, boris: User, head: User, ilya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from otklik.team.people import told

    def ask(user: User) -> Figure:
        after = midnight(today() + timedelta(days=1))
        return layer.figure(Question(METRICS["onboard.ttp"], Scope.visible_to(user, after - timedelta(days=28), after)))

    assert (ask(boris).n, ask(boris).value) == (1, None), "one newcomer is no curve"
    assert ask(anna).n == 0, "who leads nobody is not told"
    monkeypatch.setattr(told, "levels", lambda rows: [Level(one, 9, 20 + n) for n in range(24) for one in rows])
    half = ask(head)
    assert (half.n, half.value) == (24, 31) and half.status == "low"
