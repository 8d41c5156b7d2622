"""What incidents teach, through the product to the figure: closed in time, changed in time, the same cause again."""

from datetime import timedelta

import pytest

from otklik.care.incidents.models import Action, Incident
from otklik.care.incidents.states import State
from otklik.care.incidents.tests.conftest import Declare, Say, declare, say
from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

__all__ = ["declare", "say"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(name: str, viewer: User | None = None) -> Question:
    return Question(METRICS[name], Scope(midnight(today() - 90 * DAY), midnight(today() + DAY), viewer=viewer))


@pytest.fixture
def five(declare: Declare, say: Say, anna: User) -> list[Incident]:
    """Five of a month ago; the last was closed a day late.  Two have a cause in common."""
    found = []
    for number in range(5):
        with clock.at(clock.now() - 40 * DAY + timedelta(hours=number)):
            one = declare(title=f"Сбой {number}")
            say(one, state=State.RESOLVED)
            one.refresh_from_db()
        assert one.post_mortem_due
        with clock.at(one.post_mortem_due + (DAY if number == 4 else -DAY)):
            one.close(by=anna, learned="Так", post_mortem="Разбор", causes=["узел" if number < 2 else f"иное {number}"])
        found.append(one)
    return found


def test_post_mortems_in_time_by_the_example_of_METRICS(five: list[Incident], anna: User) -> None:
    told, sure = layer.figure(asked("postmortem.done", anna)), wilson(4, 5)
    assert (told.good, told.n, told.value) == (4, 5, 0.8)
    assert (told.lo, told.hi) == (sure["lo"], sure["hi"])
    assert {item.record for item in recorded.behind(asked("postmortem.done", anna))} == {one.pk for one in five}
    assert layer.figure(asked("postmortem.done", None)).n == 5


def test_what_ended_before_terms_were_kept_is_not_counted(five: list[Incident], anna: User) -> None:
    Incident.objects.filter(pk__in=[one.pk for one in five[:3]]).update(post_mortem_due=None)
    assert layer.figure(asked("postmortem.done", anna)).n == 2


def test_changes_and_repeats(five: list[Incident], anna: User, boris: User) -> None:
    with clock.at(clock.now() - 10 * DAY):
        some = [
            Action.objects.plan(five[0], text=f"{n}", owner=boris, due_on=clock.today() + 2 * DAY, by=anna)
            for n in range(6)
        ]
        for action in some[:4]:
            action.end("Так", by=boris)
    told = layer.figure(asked("postmortem.actions", anna))
    assert (told.good, told.n) == (4, 6)
    days = layer.by_day(asked("postmortem.actions", anna))
    assert [day for day, one in days.items() if one.n] == [some[0].due_on]

    again = layer.figure(asked("postmortem.repeat", anna))
    assert (again.good, again.n) == (1, 5)
