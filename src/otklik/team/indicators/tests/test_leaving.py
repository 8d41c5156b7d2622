"""Whoever left before the close is paid for the days they worked, by what they did until then."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.indicators.leaving import left_within, share_of
from otklik.team.indicators.models import Close, Indicator, Scheme, Statement
from otklik.team.indicators.period import Period, Span
from otklik.team.indicators.tests.conftest import IN_JUNE, MAY, Read
from otklik.team.metrics.measure import Measure

pytestmark = pytest.mark.django_db(transaction=True)
LEFT = datetime(2026, 5, 15, 15, tzinfo=UTC)
AFTER = datetime(2026, 5, 20, 9, tzinfo=UTC)
WHOLE = Period(Span.MONTH, MAY)


@pytest.fixture
def gone(anna: User, admin: User) -> User:
    with clock.at(LEFT):
        anna.deactivate(by=admin)
    return anna


def drafted(head: User) -> Close:
    with clock.at(IN_JUNE):
        close = Close.objects.close(MAY, by=head)
        Statement.objects.draft(close)
    return close


def test_the_last_day_is_that_of_the_month_in_which_they_did_not_come_back(gone: User, admin: User) -> None:
    with clock.at(IN_JUNE):
        gone.reactivate(by=admin)
    assert left_within(WHOLE) == {gone.pk: date(2026, 5, 15)}, "May is what it was"
    assert left_within(WHOLE.move(1)) == {}


def test_who_came_back_within_the_month_worked_until_they_left_again(gone: User, admin: User) -> None:
    with clock.at(AFTER):
        gone.reactivate(by=admin)
    assert left_within(WHOLE) == {}
    with clock.at(datetime(2026, 5, 28, 9, tzinfo=UTC)):
        gone.deactivate(by=admin)
    assert left_within(WHOLE) == {gone.pk: date(2026, 5, 28)}


def test_they_get_a_statement_of_the_days_they_worked(
    four: list[Indicator], may: None, scheme: Scheme, gone: User, head: User
) -> None:
    drafted(head)

    statement = Statement.objects.get(person=gone)
    half = (Decimal(12_000) * 15 / 31).quantize(Decimal("0.01"))
    assert (statement.worked_until, statement.base) == (date(2026, 5, 15), half), "their calendar works every day"
    assert statement.total == 0.945 and statement.payout == (half * Decimal("0.945")).quantize(Decimal("0.01"))


def test_what_came_after_they_left_is_not_theirs(
    four: list[Indicator], may: None, scheme: Scheme, gone: User, head: User, read: Read
) -> None:
    read(Measure.SCORE, good=0, of=100, person=gone, at=AFTER)
    close = drafted(head)

    own = close.frozen.get(plan__indicator__metric="csat.t2b")
    assert (own.n, own.good) == (100, 93)


def test_who_stayed_has_the_whole_month(
    four: list[Indicator], may: None, scheme: Scheme, anna: User, head: User, read: Read
) -> None:
    read(Measure.SCORE, good=0, of=100, at=AFTER)
    close = drafted(head)

    statement = Statement.objects.get(person=anna)
    assert (statement.worked_until, statement.base) == (None, Decimal(12_000))
    assert close.frozen.get(plan__indicator__metric="csat.t2b").n == 200


def test_who_left_before_the_month_or_has_no_plan_gets_none(
    four: list[Indicator], may: None, scheme: Scheme, anna: User, ilya: User, admin: User, head: User
) -> None:
    with clock.at(datetime(2026, 4, 20, 9, tzinfo=UTC)):
        anna.deactivate(by=admin)
    with clock.at(LEFT):
        ilya.deactivate(by=admin)
    with clock.at(IN_JUNE):
        told = Statement.objects.draft(Close.objects.close(MAY, by=head))

    assert told.made == [] and ilya.name not in told.left and anna.name not in told.left


def test_a_share_of_the_working_time(line_one: Team) -> None:
    calendar = line_one.calendar
    assert share_of(WHOLE, date(2026, 5, 31), calendar) == 1
    assert share_of(WHOLE, date(2026, 5, 1), calendar) == Decimal(1) / 31
    calendar.weekly = {day: [] for day in calendar.weekly} | {"mon": [["09:00", "18:00"]]}
    calendar.save()
    assert share_of(WHOLE, date(2026, 5, 11), calendar) == Decimal("0.5"), "two of the four Mondays"
