"""Breaks by their reason: of all together and of oneself, and of no other single person."""

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Role, Team, User
from otklik.team.metrics.layer import attended
from otklik.team.metrics.tests.test_attending import DAYS, NEXT_WEEK, ask, at, question
from tests.fixtures import cast

pytestmark = pytest.mark.django_db

HOUR = 3600.0


@pytest.fixture(autouse=True)
def breaks(anna: User, ilya: User) -> None:
    """Anna: an hour of lunch and two hours of which she said nothing; Ilya: half an hour of lunch."""
    for person, pauses in ((anna, ((1, 2, "Обед"), (3, 5, ""))), (ilya, ((1, 1.5, "Обед"),))):
        _say(person, 0, Availability.READY)
        for since, until, reason in pauses:
            _say(person, since, Availability.BREAK)
            if reason:
                with clock.at(at(since)):
                    person.say_why(reason)
            _say(person, until, Availability.READY)
        _say(person, 6, Availability.OFF)


@pytest.fixture
def five(breaks: None, line_one: Team) -> None:
    """Three more who have half an hour of lunch each; one of them sees a doctor for an hour."""
    for number in range(3):
        one = cast.person(f"more{number}", f"Ещё {number}", Role.AGENT, line_one)
        _say(one, 0, Availability.READY)
        for since, until, reason in ((1, 1.5, "Обед"), *(((3, 4, "Врач"),) if number == 2 else ())):
            _say(one, since, Availability.BREAK)
            with clock.at(at(since)):
                one.say_why(reason)
            _say(one, until, Availability.READY)
        _say(one, 6, Availability.OFF)


def _say(person: User, hour: float, word: Availability) -> None:
    with clock.at(at(hour)):
        person.say(word, by=person)


def told(viewer: User | None, **only: str) -> dict[str | None, float]:
    with clock.at(NEXT_WEEK):
        return dict(attended.paused(question("presence.break", viewer, DAYS, **only)))


def test_of_fewer_than_five_people_no_reason_is_told(head: User, boris: User) -> None:
    assert told(head) == told(boris) == {}


def test_reasons_make_the_whole_of_all_breaks(five: None, head: User, boris: User) -> None:
    """What fewer than five people had is told together: whoever knows who was away knows no reason of theirs."""
    assert told(head) == {"Обед": 3 * HOUR, None: 3 * HOUR} == told(boris)
    assert list(told(head)) == ["Обед", None], "the rest stands last"
    assert ask("presence.break", head).good == sum(told(head).values()) / 60


def test_nobody_is_told_the_reasons_of_another_single_person(anna: User, ilya: User, boris: User, head: User) -> None:
    assert told(anna) == {"": 2 * HOUR, "Обед": HOUR} == told(anna, agent=str(anna.pk))
    assert told(anna, agent=str(ilya.pk)) == told(boris, agent=str(ilya.pk)) == told(head, agent=str(anna.pk)) == {}
    assert told(None) == {}


def test_a_line_tells_of_its_own_people(five: None, head: User, boris: User, line_one: Team, line_two: Team) -> None:
    assert told(head, line=str(line_one.pk)) == told(head) != {}
    assert told(head, line=str(line_two.pk)) == {}
    assert told(boris, line=str(line_two.pk)) == {}, "a line that is none of theirs"
    assert told(head, topic="1") == {}, "a log knows no topic"
