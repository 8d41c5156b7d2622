"""Looks back: which are owed, what came of them (METRICS G5)."""

from datetime import date, timedelta

import pytest

from otklik.care.incidents.models import Incident
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Organisation, User
from otklik.team.goals.models import Retro
from otklik.team.goals.quarter import last_day, moved, this_quarter
from otklik.team.goals.reckoning import retros, themes_again
from otklik.team.metrics.days import midnight, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up(organisation: Organisation) -> None:
    """The desk works since long before the last quarter."""
    house = Organisation.objects.own_copy()
    house.set_up_at = midnight(moved(this_quarter(), -8))
    house.save()


def held(boris: User, day: date, done: int = 0, actions: int = 0, **found: object) -> Retro:
    """Held on that day with so many actions, of which so many were done a day later."""
    retro = Retro.objects.create(quarter=moved(this_quarter(), -Retro.objects.count() - 1), due_on=day)
    with clock.at(midnight(day) + timedelta(hours=12)):
        plan = [(f"Дело {n}", boris, day + timedelta(days=20)) for n in range(actions)]
        retro.hold(by=boris, facts="Было", actions=plan, **found)
    with clock.at(midnight(day) + timedelta(days=1, hours=12)):
        for action in retro.actions.all()[:done]:
            action.end(True, "Вышло", by=boris)
    return retro


def test_of_each_quarter_and_each_first_severity_once(set_up: None, anna: User, boris: User) -> None:
    with clock.at(midnight(this_quarter()) + timedelta(days=3)):
        big = Incident.objects.declare(title="Лежит всё", affects="Нет связи", severity=1, by=anna, leader=boris)
        Incident.objects.declare(title="Мелочь", affects="Медленно", severity=3, by=anna, leader=boris)
        assert Retro.objects.owe() == 1, "an incident that goes on is not looked back at"
        Incident.objects.filter(pk=big.pk).update(ended_at=clock.now(), state="resolved")
        assert (Retro.objects.owe(), Retro.objects.owe()) == (1, 0)
        of_quarter, of_incident = Retro.objects.get(incident=None), Retro.objects.get(incident=big)
        assert of_quarter.quarter == moved(this_quarter(), -1)
        assert of_quarter.due_on == last_day(of_quarter.quarter) + timedelta(days=14)
        assert of_incident.due_on == today() + timedelta(days=14)


def test_nothing_is_late_on_the_day_it_comes(set_up: None, anna: User, boris: User) -> None:
    old = Incident.objects.declare(title="Давно", affects="Нет связи", severity=1, by=anna, leader=boris)
    Incident.objects.filter(pk=old.pk).update(ended_at=clock.now() - timedelta(days=40), state="resolved")
    with clock.at(midnight(this_quarter()) + timedelta(days=40)):
        assert Retro.objects.owe() == 0


def test_a_desk_that_is_new_owes_nothing(db: None) -> None:
    assert Retro.objects.owe() == 0


def test_at_most_three_actions_with_a_day_ahead(set_up: None, boris: User) -> None:
    retro = Retro.objects.create(quarter=moved(this_quarter(), -1), due_on=today())
    later = today() + timedelta(days=10)
    for wrong, field in (
        ({"facts": " ", "actions": []}, "facts"),
        ({"facts": "Было", "actions": [("Дело", boris, later)] * 4}, "actions"),
        ({"facts": "Было", "actions": [("Дело", boris, today())]}, "actions"),
    ):
        with pytest.raises(Refused) as refused:
            retro.hold(by=boris, **wrong)
        assert refused.value.field == field
    retro.hold(by=boris, facts="Было", actions=[("Дело", boris, later)], themes=["сроки"])
    with pytest.raises(Refused):
        Retro.objects.get(pk=retro.pk).hold(by=boris, facts="Ещё раз", actions=[])


def test_an_action_ends_with_a_word_and_once(boris: User) -> None:
    action = held(boris, today() - timedelta(days=5), actions=1).actions.get()
    with pytest.raises(Refused) as refused:
        action.end(True, " ", by=boris)
    assert refused.value.field == "result"
    action.end(False, "Оказалось не нужно", by=boris)
    with pytest.raises(Refused):
        action.end(True, "Всё же", by=boris)


def test_six_of_nine_actions_were_done_by_the_next_one(boris: User) -> None:
    """The worked example of METRICS G5."""
    for place, done in enumerate((3, 2, 1)):
        held(boris, today() - timedelta(days=200 - 50 * place), done=done, actions=3)
    held(boris, today() - timedelta(days=20))
    told = retros()
    assert (told.actions.good, told.actions.n) == (6, 9)
    assert told.actions.value == pytest.approx(2 / 3)
    assert (told.held.good, told.held.n) == (4, 4)


def test_what_was_due_and_not_held_counts(boris: User) -> None:
    Retro.objects.create(quarter=moved(this_quarter(), -9), due_on=today() - timedelta(days=1))
    Retro.objects.create(quarter=moved(this_quarter(), -8), due_on=today() + timedelta(days=1))
    told = retros()
    assert (told.held.good, told.held.n, told.actions.value) == (0, 1, None)


@pytest.mark.parametrize(
    ("themes", "again"),
    [
        ([["сроки"], ["Сроки ", "связь"], ["сроки", "связь"]], ["сроки"]),
        ([["сроки"], ["сроки"]], []),
        ([["сроки"], ["сроки"], ["сроки"], ["иное"]], []),
    ],
)
def test_a_theme_of_three_in_a_row_was_not_mended(themes: list[list[str]], again: list[str]) -> None:
    assert themes_again(themes) == again
