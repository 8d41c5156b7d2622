"""Planning, publication, and what people are told."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Absence, Team, User
from otklik.team.shifts.models import Shift, ShiftTemplate, Swap, Week
from otklik.team.shifts.tests.conftest import BEFORE, DAY, MONDAY, NIGHT, Plan, hours

pytestmark = pytest.mark.django_db

MOSCOW = ZoneInfo("Europe/Moscow")


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person, kind="shift").order_by("id").values_list("text", flat=True))


def test_a_shift_stands_at_the_times_of_the_line(plan: Plan, anna: User) -> None:
    shift = plan(anna, 8)
    assert (shift.starts_at, shift.ends_at) == (
        datetime(2026, 6, 8, 6, tzinfo=UTC),
        datetime(2026, 6, 8, 15, tzinfo=UTC),
    )
    assert shift.paid == timedelta(hours=8) and shift.night == 0
    assert Shift.objects.get().hours == DAY


def test_a_night_ends_on_the_next_day_and_its_break_is_after_midnight(plan: Plan, anna: User) -> None:
    shift = plan(anna, 8, NIGHT)
    assert shift.ends_at - shift.starts_at == timedelta(hours=12) and shift.night == 8 * 3600
    assert shift.pauses[0][0] == datetime(2026, 6, 8, 21, tzinfo=UTC)
    assert Shift.objects.get().hours == NIGHT


@pytest.mark.parametrize(("day", "length"), [(28, 11), (24, 13)])
def test_clocks_that_are_put_make_a_night_shorter_or_longer(day: int, length: int) -> None:
    """Berlin in 2026: forward on the 29th of March, back on the 25th of October."""
    moments = NIGHT.on(date(2026, 3 if day == 28 else 10, day), ZoneInfo("Europe/Berlin"))
    assert moments.end - moments.start == timedelta(hours=length)


@given(st.times(), st.times(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_every_shift_is_some_time_and_at_most_a_day(starts, ends, day) -> None:
    from otklik.team.shifts.hours import Hours

    moments = Hours(starts.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)).on(day, MOSCOW)
    length = moments.end - moments.start
    assert timedelta() < length <= timedelta(days=1)
    assert 0 <= moments.night <= length.total_seconds()


@pytest.mark.parametrize(
    "made", [("09:00", "18:00", "08:00-10:00"), ("09:00", "18:00", "17:30-18:00"),
             ("09:00", "18:00", "12:00-13:00", "12:30-14:00")]
)  # fmt: skip
def test_breaks_lie_within_and_apart(plan: Plan, anna: User, made: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as error:
        plan(anna, 8, hours(*made))
    assert error.value.field == "breaks"


def test_nobody_works_twice_at_once(plan: Plan, anna: User, line_two: Team) -> None:
    anna.appoint("agent", [*anna.teams.all(), line_two], by=None)
    plan(anna, 8, NIGHT)
    with pytest.raises(Refused, match="Первая линия"):
        plan(anna, 9, hours("06:00", "12:00"), on=line_two)
    shift = Shift.objects.get()
    shift.pk, shift.line, shift.day = None, line_two, date(2026, 6, 9)
    with pytest.raises(IntegrityError), transaction.atomic():
        shift.save(force_insert=True)


def test_who_is_not_of_the_line_is_not_planned(plan: Plan, vera: User) -> None:
    with pytest.raises(Refused, match="не из этой линии"):
        plan(vera, 8)


def test_people_are_told_once_and_of_each_change_after_it(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User, line: Team
) -> None:
    for day in (8, 9):
        plan(anna, day)
    plan(ilya, 8)
    assert not told(anna)
    publish()
    assert len(told(anna)) == len(told(ilya)) == 1 and "2 ваши смены" in told(anna)[0]

    with clock.at(BEFORE):
        plan(anna, 8)  # as it stands: nothing to tell
        assert len(told(anna)) == 1
        plan(anna, 8, hours("10:00", "19:00", "14:00-15:00"))
        plan(anna, 10)
        Shift.objects.get(person=ilya).remove(by=boris)
        with pytest.raises(Refused, match="уже опубликована"):
            Week.objects.publish(line, MONDAY, by=boris)
    assert "10:00–19:00" in told(anna)[1] and "Новая смена" in told(anna)[2] and len(told(anna)) == 3
    assert "снята" in told(ilya)[1]
    assert Shift.objects.published().count() == 3, "what is put into a published week is published"


def test_an_empty_week_is_not_published(publish: Callable[..., Week], anna: User) -> None:
    with pytest.raises(Refused):
        publish()
    assert not Week.objects.exists()


def test_what_has_begun_stays(plan: Plan, anna: User, boris: User, line: Team) -> None:
    shift = plan(anna, 8)
    with clock.at(shift.starts_at + timedelta(minutes=1)):
        with pytest.raises(Refused):
            shift.remove(by=boris)
        with pytest.raises(Refused):
            Shift.objects.plan(anna, line, shift.day, NIGHT, by=boris)


def test_a_week_is_copied_where_nothing_stands(plan: Plan, anna: User, ilya: User, boris: User, line: Team) -> None:
    for day in (8, 9):
        plan(anna, day)
    plan(ilya, 8)
    plan(ilya, 10, NIGHT)
    plan(anna, 15, NIGHT)
    with clock.at(BEFORE):
        Absence.objects.declare(
            ilya, by=boris, since=datetime(2026, 6, 15, tzinfo=UTC), until=datetime(2026, 6, 16, tzinfo=UTC)
        )
        assert Shift.objects.copy_week(line, MONDAY + timedelta(days=7), by=boris) == (2, 1)
        assert Shift.objects.copy_week(line, MONDAY + timedelta(days=7), by=boris) == (0, 1)
    copied = {(one.person_id, one.day.day): one.hours for one in Shift.objects.filter(day__gte=date(2026, 6, 15))}
    assert copied == {(anna.pk, 15): NIGHT, (anna.pk, 16): DAY, (ilya.pk, 17): NIGHT}


def test_who_leaves_has_no_shifts_ahead(plan: Plan, anna: User, admin: User) -> None:
    plan(anna, 8)
    plan(anna, 10)
    with clock.at(datetime(2026, 6, 9, tzinfo=UTC)):
        anna.deactivate(by=admin)
    assert [one.day.day for one in Shift.objects.all()] == [8]


def test_who_leaves_the_line_has_no_shifts_ahead_there_and_everybody_knows(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User, admin: User, line_two: Team
) -> None:
    """Boris has to find somebody, Anna knows hers are gone, Ilya need not wait for the swap."""
    for day in (8, 9, 15):
        plan(anna, day)
    theirs, gift = plan(ilya, 10), plan(ilya, 11)
    publish()
    with clock.at(BEFORE):
        one = Shift.objects.get(person=anna, day=date(2026, 6, 8))
        first = Swap.objects.ask(one, ilya, by=anna, back=theirs)
        second = Swap.objects.ask(gift, anna, by=ilya)
        anna.appoint("agent", [line_two], by=admin)
    assert {one.person for one in Shift.objects.all()} == {ilya}
    assert not Swap.objects.filter(pk=first.pk).exists() and Swap.objects.get(pk=second.pk).state == "ended"
    assert "3 смены" in told(boris)[-1] and "08.06 09:00–18:00" in told(boris)[-1]
    assert "2 ваши смены" in told(anna)[-1], "the third was a plan that she did not know of"
    assert sum("график изменился" in text for text in told(ilya)) == 2
    with clock.at(BEFORE):
        ilya.deactivate(by=admin)
    assert "Илья" in told(boris)[-1] and not Shift.objects.exists()


def test_who_moves_up_stays_in_the_roster(plan: Plan, anna: User, admin: User) -> None:
    plan(anna, 8)
    with clock.at(BEFORE):
        anna.appoint("lead", anna.teams.all(), by=admin)
        assert Shift.objects.exists()
        anna.appoint("quality", anna.teams.all(), by=admin)
    assert not Shift.objects.exists(), "controllers answer nobody"


def test_another_break_is_told(plan: Plan, publish: Callable[..., Week], anna: User) -> None:
    from otklik.core.journal.models import Entry

    plan(anna, 8)
    publish()
    plan(anna, 8)
    assert len(told(anna)) == 1
    plan(anna, 8, hours("09:00", "18:00", "14:00-15:00"))
    assert "14:00–15:00" in told(anna)[-1] and "перерыв" in told(anna)[-1]
    plan(anna, 8, hours("09:00", "18:00"))
    assert "нет перерыва" in told(anna)[-1] and len(told(anna)) == 3
    assert Entry.objects.filter(kind="shifts.ShiftChanged").count() == 2


def test_only_what_is_ahead_is_published(plan: Plan, anna: User, ilya: User, boris: User, line: Team) -> None:
    """Nobody is measured by a plan of which nobody was told."""
    begun, ahead = plan(anna, 8), plan(ilya, 9)
    with clock.at(begun.starts_at + timedelta(hours=1)):
        Week.objects.publish(line, MONDAY, by=boris)
    assert list(Shift.objects.published()) == [ahead]
    assert not told(anna) and "1 ваша смена" in told(ilya)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=begun.pk).update(published_at=begun.starts_at)


@pytest.mark.parametrize(("later", "why"), [(timedelta(days=2), "впереди нет"), (timedelta(days=7), "прошла")])
def test_a_week_that_is_over_is_not_published(
    plan: Plan, anna: User, boris: User, line: Team, later: timedelta, why: str
) -> None:
    plan(anna, 8)
    with clock.at(datetime(2026, 6, 7, 21, tzinfo=UTC) + later), pytest.raises(Refused, match=why):
        Week.objects.publish(line, MONDAY, by=boris)
    assert not Week.objects.exists() and not Shift.objects.published().exists()


def test_letters_stand_once_in_a_line(line: Team) -> None:
    from django.core.exceptions import ValidationError

    told = {"line": line, "short": "Д", "starts": "09:00", "ends": "18:00", "breaks": [["13:00", "14:00"]]}
    ShiftTemplate.objects.create(name="День", **told)
    with pytest.raises(ValidationError):
        ShiftTemplate(name="Другой", **told).full_clean()
