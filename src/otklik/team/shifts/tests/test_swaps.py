"""Swaps, exceptions, and the address of a calendar: who may what, and what changes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Absence, Membership, Team, User
from otklik.team.shifts.calendar_file import calendar_of
from otklik.team.shifts.checking import after
from otklik.team.shifts.models import Excepted, Feed, Shift, Swap, Week
from otklik.team.shifts.tests.conftest import BEFORE, NIGHT, Plan, hours
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def then():
    with clock.at(BEFORE):
        yield


@pytest.fixture
def shifts(plan: Plan, publish: Callable[..., Week], anna: User, ilya: User) -> tuple[Shift, Shift]:
    """Anna's day of Monday and Ilya's night of Tuesday, published."""
    found = plan(anna, 8), plan(ilya, 9, NIGHT)
    publish()
    return tuple(Shift.objects.get(pk=one.pk) for one in found)


def told(person: User) -> str:
    return Notice.objects.filter(person=person).latest("id").text


def test_asked_accepted_approved(shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User) -> None:
    given, back = shifts
    swap = Swap.objects.ask(given, ilya, by=anna, back=back, words="врач")
    assert "Анна Белова" in told(ilya) and "09:00–18:00" in told(ilya)
    swap.accept(by=ilya)
    assert "хотят поменяться" in told(boris) and Shift.objects.get(pk=given.pk).person == anna
    swap.approve(by=boris)
    assert (Shift.objects.get(pk=given.pk).person, Shift.objects.get(pk=back.pk).person) == (ilya, anna)
    assert "утверждён" in told(anna) and "утверждён" in told(ilya)
    with pytest.raises(Refused):
        swap.approve(by=boris)


def test_two_who_work_at_the_same_time_change_places(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User
) -> None:
    mine, theirs = plan(anna, 8), plan(ilya, 8, hours("10:00", "19:00", "14:00-15:00"))
    publish()
    swap = Swap.objects.ask(mine, ilya, by=anna, back=Shift.objects.get(pk=theirs.pk))
    swap.accept(by=ilya)
    swap.approve(by=boris)
    assert Shift.objects.get(pk=theirs.pk).person == anna


def test_each_says_only_what_is_theirs(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User, vera: User
) -> None:
    given, back = shifts
    wrong: Callable[[], object]
    for wrong in (
        lambda: Swap.objects.ask(given, vera, by=anna),
        lambda: Swap.objects.ask(given, anna, by=anna),
        lambda: Swap.objects.ask(back, ilya, by=anna),
    ):
        with pytest.raises(Refused):
            wrong()
    swap = Swap.objects.ask(given, ilya, by=anna)
    with pytest.raises(Refused):
        Swap.objects.ask(given, boris, by=anna)
    for wrong in (lambda: swap.accept(by=anna), lambda: swap.approve(by=boris), lambda: swap.withdraw(by=ilya)):
        with pytest.raises(Refused):
            wrong()
    swap.accept(by=ilya)
    for stranger in (anna, ilya, vera):
        with pytest.raises(Refused):
            swap.approve(by=stranger)
    assert list(Swap.objects.decided_by(boris)) == [swap] and not Swap.objects.decided_by(vera).exists()
    swap.withdraw(by=anna)
    assert not Swap.objects.open().exists()


def test_a_lead_does_not_approve_their_own(
    plan: Plan, publish: Callable[..., Week], anna: User, boris: User, head: User
) -> None:
    mine = plan(boris, 8)
    publish()
    swap = Swap.objects.ask(mine, anna, by=boris)
    swap.accept(by=anna)
    with pytest.raises(Refused):
        swap.approve(by=boris)
    assert "хотят поменяться" in told(head)
    swap.approve(by=head)
    assert Shift.objects.get(pk=mine.pk).person == anna


def test_who_works_then_cannot_take_it(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User
) -> None:
    given, _theirs = plan(anna, 8), plan(ilya, 8, hours("12:00", "20:00", "15:00-16:00"))
    publish()
    swap = Swap.objects.ask(given, ilya, by=anna)
    swap.accept(by=ilya)
    with pytest.raises(Refused, match="уже работает"):
        swap.approve(by=boris)
    assert Swap.objects.get().state == "accepted", "nothing was changed"


def test_a_lead_sees_what_a_swap_would_break(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, django_assert_num_queries
) -> None:
    given, _night = plan(anna, 9), plan(ilya, 8, NIGHT)
    publish()
    swap = Swap.objects.ask(given, ilya, by=anna)
    kept = list(Swap.objects.with_shifts())
    with django_assert_num_queries(3):
        broken = after(kept)[swap.pk].broken
    assert {one.code for one in broken} == {"LAW_103_TWO_SHIFTS", "POLICY_MIN_REST"}
    assert {one.person for one in broken} == {ilya.pk}


def test_it_is_too_late_once_the_shift_has_begun(shifts: tuple[Shift, Shift], anna: User, ilya: User) -> None:
    swap = Swap.objects.ask(shifts[0], ilya, by=anna)
    with clock.at(shifts[0].starts_at + timedelta(seconds=1)):
        with pytest.raises(Refused):
            swap.accept(by=ilya)
        assert not Swap.objects.open().exists()


def test_work_already_done_stays_with_who_did_it(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User
) -> None:
    """What is asked in return begins first: once it has, nothing is accepted, approved or left open."""
    given, back = plan(anna, 12), plan(ilya, 8)
    publish()
    swap = Swap.objects.ask(given, ilya, by=anna, back=back)
    swap.accept(by=ilya)
    with clock.at(back.starts_at + timedelta(seconds=1)):
        with pytest.raises(Refused, match="меняться поздно"):
            swap.approve(by=boris)
        assert not Swap.objects.open().exists() and not Swap.objects.decided_by(boris).exists()
        again = Swap.objects.ask(given, ilya, by=anna)
        assert list(Swap.objects.open()) == [again]
    assert Shift.objects.get(pk=back.pk).person == ilya


@pytest.mark.parametrize("how", ["leaves the line", "leaves the house", "the other leaves"])
def test_nobody_gets_a_shift_of_a_line_that_is_not_theirs_any_more(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User, admin: User, line_two: Team, how: str
) -> None:
    """As if the reaction had not heard it yet: the row lock makes approval look for itself."""
    given, back = shifts
    swap = Swap.objects.ask(given, ilya, by=anna, back=back)
    swap.accept(by=ilya)
    if how == "leaves the house":
        User.objects.filter(pk=ilya.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=ilya if how == "leaves the line" else anna).delete()
    with pytest.raises(Refused, match="не из этой линии"):
        swap.approve(by=boris)
    assert Shift.objects.get(pk=given.pk).person == anna and Shift.objects.get(pk=back.pk).person == ilya


@pytest.mark.parametrize("which", [0, 1])
def test_hours_that_nobody_agreed_to_end_a_swap(
    shifts: tuple[Shift, Shift], plan: Plan, anna: User, ilya: User, boris: User, which: int
) -> None:
    swap = Swap.objects.ask(shifts[0], ilya, by=anna, back=shifts[1])
    swap.accept(by=ilya)
    changed = shifts[which]
    Shift.objects.plan(changed.person, changed.line, changed.day, hours("10:00", "19:00", "14:00-15:00"), by=boris)
    assert Swap.objects.get().state == "ended"
    for one in (anna, ilya):
        said = Notice.objects.filter(person=one, text__contains="график изменился").get().text
        assert "08.06 09:00–18:00" in said
    with pytest.raises(Refused):
        swap.approve(by=boris)


def test_a_shift_that_is_taken_out_ends_its_swap_with_a_word(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User
) -> None:
    Swap.objects.ask(shifts[0], ilya, by=anna, back=shifts[1]).accept(by=ilya)
    shifts[1].remove(by=boris)
    for one in (anna, ilya):
        assert Notice.objects.filter(person=one, text__contains="график изменился").exists()


def test_a_swap_ends_when_another_one_moves_its_shift(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User, line: Team
) -> None:
    third = person("third", "Третий Человек", "agent", line)
    other = Swap.objects.ask(shifts[1], third, by=ilya)
    swap = Swap.objects.ask(shifts[0], ilya, by=anna, back=shifts[1])
    for one, takes in ((swap, ilya), (other, third)):
        one.accept(by=takes)
    swap.approve(by=boris)
    assert (Swap.objects.get(pk=swap.pk).state, Swap.objects.get(pk=other.pk).state) == ("approved", "ended")
    assert "график изменился" in told(third)


def test_what_is_not_theirs_any_more_is_not_taken_out(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User
) -> None:
    """Boris's page is older than the swap that he approved in another window."""
    read = Shift.objects.get(pk=shifts[0].pk)
    swap = Swap.objects.ask(shifts[0], ilya, by=anna)
    swap.accept(by=ilya)
    swap.approve(by=boris)
    with pytest.raises(Refused, match="График тем временем изменился"):
        read.remove(by=boris)
    assert Shift.objects.get(pk=read.pk).person == ilya and "снята" not in told(anna)
    Shift.objects.get(pk=read.pk).remove(by=boris)
    with pytest.raises(Refused, match="График тем временем изменился"):
        read.remove(by=boris)


def test_a_lead_sees_who_works_or_is_away_then(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User
) -> None:
    given, theirs = plan(anna, 8), plan(ilya, 8, hours("12:00", "20:00", "15:00-16:00"))
    later = plan(anna, 10)
    publish()
    Absence.objects.declare(ilya, by=boris, since=later.starts_at, until=later.ends_at)
    swaps = [Swap.objects.ask(one, ilya, by=anna) for one in (given, later)]
    found = after(list(Swap.objects.with_shifts()))
    assert [(one.person, one.shift) for one in found[swaps[0].pk].works] == [(ilya.pk, theirs)]
    assert found[swaps[0].pk].away == [] and found[swaps[1].pk].works == []
    assert [(one.person, one.span[1]) for one in found[swaps[1].pk].away] == [(ilya.pk, later.ends_at)]


def test_an_exception_of_ones_own_waits_for_a_lead(
    shifts: tuple[Shift, Shift], anna: User, ilya: User, boris: User
) -> None:
    start = shifts[0].starts_at
    mine = Excepted.objects.ask(anna, start, start + timedelta(hours=2), "врач", by=anna)
    assert mine.state == "asked" and "исключение" in told(boris)
    for stranger in (anna, ilya):
        with pytest.raises(Refused):
            mine.approve(by=stranger)
    mine.approve(by=boris)
    assert "утвержден" in told(anna)
    with pytest.raises(Refused):
        Excepted.objects.ask(anna, start, start + timedelta(hours=1), "ещё раз", by=anna)
    with pytest.raises(Refused):
        Excepted.objects.ask(anna, start - timedelta(days=1), start - timedelta(hours=20), "мимо", by=anna)
    written = Excepted.objects.ask(ilya, shifts[1].starts_at, shifts[1].ends_at, "учёба", by=boris)
    assert written.state == "approved"


def test_the_address_of_a_calendar_holds_until_it_is_renewed(
    shifts: tuple[Shift, Shift], anna: User, ilya: User
) -> None:
    feed = Feed.objects.of(anna)
    signed = feed.signed
    assert Feed.objects.behind(signed) == feed and Feed.objects.behind(signed[:-1]) is None
    feed.renew()
    assert Feed.objects.behind(signed) is None and Feed.objects.behind(feed.signed) == feed
    anna.is_active = False
    anna.save()
    assert Feed.objects.behind(feed.signed) is None

    events: list[Any] = Calendar.from_ical(calendar_of(anna)).walk("VEVENT")
    assert [one["dtstart"].dt for one in events] == [datetime(2026, 6, 8, 6, tzinfo=UTC)]
    assert "13:00–14:00" in str(events[0]["description"]) and "Илья" not in calendar_of(anna).decode()
