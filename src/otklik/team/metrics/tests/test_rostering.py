"""Metrics of the roster: counted by hand, checked against the kernel, and read by whom they are for."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import adherence
from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Stint, Team, User
from otklik.desk.calls.models import Call, Extension
from otklik.desk.channels.models import Channel
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.scope import Scope
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Excepted, Shift, Week

pytestmark = pytest.mark.django_db

PLANNED = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 20, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 7, 21, tzinfo=UTC)
WEEK = Scope(MIDNIGHT, MIDNIGHT + timedelta(days=7))
ROSTER = ("adherence", "conformance", "utilisation", "roster.violations", "hours.over", "hours.night")

type Plan = Callable[..., Shift]


def at(day: int, hour: float) -> datetime:
    """A moment of June on the wall in Moscow."""
    return datetime(2026, 6, day, tzinfo=UTC) + timedelta(hours=hour - 3)


def work(person: User, *told: tuple[int, float, float, str]) -> None:
    """On this day from this hour to that one in this state."""
    Stint.objects.bulk_create(
        Stint(user=person, state=state, lines=list(person.team_ids), since=at(day, since), until=at(day, until))
        for day, since, until, state in told
    )


def ask(name: str, viewer: User | None, scope: Scope = WEEK, **only: str) -> Figure:
    teams = None if viewer is None or viewer.sees_everything else list(viewer.team_ids)
    with clock.at(LATER):
        return layer.figure(Question(METRICS[name], Scope(scope.start, scope.end, teams, viewer), only))


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


@pytest.fixture
def plan(line: Team, boris: User) -> Plan:
    """Published at once: of June, from this hour to that one, with a break."""

    def make(person: User, day: int, starts: int = 9, ends: int = 18, pause: int | None = 13, on: Team = line) -> Shift:
        breaks = () if pause is None else ((time(pause), time(pause + 1)),)
        with clock.at(PLANNED):
            shift = Shift.objects.plan(
                person, on, date(2026, 6, day), Hours(time(starts), time(ends), breaks), by=boris
            )
            if not Week.objects.is_published(on.pk, shift.day):
                Week.objects.publish(on, shift.day - timedelta(days=shift.day.weekday()), by=boris)
        return shift

    return make


@pytest.fixture(autouse=True)
def log(boris: User) -> Stint:
    """It was kept before the week began."""
    return Stint.objects.create(user=boris, state="ready", lines=[], since=at(5, 9), until=at(5, 10))


def test_the_example_of_the_book(plan: Plan, anna: User) -> None:
    """Scheduled 9–13 and 14–18, worked 9:10–13 and 14–18:10: adherence 97.9 %, conformance 100 %."""
    plan(anna, 8)
    work(anna, (8, 9 + 1 / 6, 13, "ready"), (8, 13, 14, "break"), (8, 14, 18 + 1 / 6, "busy"))

    kept, worked = ask("adherence", anna), ask("conformance", anna)
    assert kept.value == pytest.approx(470 / 480) and (kept.good, kept.n) == (470, 480)
    assert worked.value == pytest.approx(1) and telling.shown(kept).startswith("97,9")
    assert "470 из 480" in telling.of_how_many(kept).replace("\xa0", " ")


def test_what_is_worked_elsewhere_in_the_day_is_work_of_the_nearest_shift(plan: Plan, anna: User) -> None:
    """Two shifts of four hours, six apart: work at 14:30 is the first one's, at 17 the second's; at 2 nobody's."""
    plan(anna, 8, 9, 12, None)
    work(anna, (8, 2, 3, "ready"), (8, 12, 13, "ready"), (8, 16.5, 17.5, "ready"))
    assert ask("conformance", anna).good == 60
    assert ask("adherence", anna).value == 0, "there, but not when the roster had them"


def test_who_has_no_roster_is_unknown_and_not_zero(plan: Plan, line: Team, anna: User, ilya: User, boris: User) -> None:
    plan(anna, 8)
    work(ilya, (8, 9, 18, "ready"))
    with clock.at(PLANNED):  # the next week is a plan that nobody was told of
        Shift.objects.plan(ilya, line, date(2026, 6, 15), Hours(time(9), time(18), ((time(13), time(14)),)), by=boris)
    for name in ROSTER:
        found = ask(name, ilya, Scope(MIDNIGHT, MIDNIGHT + timedelta(days=14)), agent=str(ilya.pk))
        assert (found.value, found.status) == (None, "undefined"), name
        assert telling.shown(found) == "—"
    assert ask("adherence", anna).value == 0, "planned and never there"


def test_exceptions_and_absences_change_the_schedule_first(plan: Plan, anna: User, boris: User) -> None:
    plan(anna, 8)
    plan(anna, 9)
    work(anna, (8, 11, 13, "ready"), (8, 14, 18, "ready"))
    assert ask("adherence", anna).value == pytest.approx(6 / 16)

    with clock.at(PLANNED):
        asked = Excepted.objects.ask(anna, at(8, 9), at(8, 11), "учёба", by=anna)
    assert ask("adherence", anna).n == 16 * 60, "nobody has approved it yet"
    with clock.at(PLANNED):
        asked.approve(by=boris)
        mine = Absence.objects.declare(anna, by=anna, since=at(9, 0), until=at(9, 12))
    assert ask("adherence", anna).n == 14 * 60, "what one declares of oneself is no approval"
    Absence.objects.filter(pk=mine.pk).update(declared_by=boris)
    found = ask("adherence", anna)
    assert (found.good, found.n) == (360, 360 + 5 * 60)
    Absence.objects.filter(pk=mine.pk).update(given_back_at=at(8, 1))
    assert ask("adherence", anna).n == 14 * 60, "called off before it began"


def test_a_shift_that_goes_on_is_not_counted_and_a_stint_that_goes_on_is(plan: Plan, anna: User, head: User) -> None:
    shift = plan(anna, 8)
    Stint.objects.create(user=anna, state="ready", lines=[], since=at(8, 9))
    asked = Question(METRICS["adherence"], Scope(WEEK.start, WEEK.end, None, head))
    with clock.at(shift.ends_at - timedelta(seconds=1)):
        assert layer.figure(asked).value is None
    with clock.at(shift.ends_at + timedelta(hours=1)):
        assert layer.figure(asked).good == 480
        conformance = layer.figure(Question(METRICS["conformance"], Scope(WEEK.start, WEEK.end, None, head)))
        assert conformance.good == 600, "the break was worked through, and an hour after it"


def test_before_the_log_nothing_is_known_of_work(plan: Plan, anna: User, log: Stint) -> None:
    log.delete()
    plan(anna, 8)
    plan(anna, 9, 20, 8, 0)
    work(anna, (9, 12, 12.5, "ready"))
    assert ask("adherence", anna).n == 11 * 60, "the shift of the day before the log is left out"
    assert ask("hours.night", anna).value == 8 * 3600, "the roster itself is known"


def test_utilisation_is_calls_over_paid_time(plan: Plan, anna: User, ilya: User, head: User) -> None:
    """V10: handling 22 680 s of paid 36 000 s is 63 %."""
    line = anna.teams.get()
    channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line)
    Extension.objects.create(user=anna, number="101")
    plan(anna, 8, 8, 19)  # ten paid hours
    plan(ilya, 8)
    work(anna, (8, 8, 19, "ready"))
    work(ilya, (8, 9, 18, "ready"))
    for hour in (8.5, 11, 14):
        Call.objects.create(
            channel=channel, team=line, external_id=str(hour), number="+79000000001", holder=anna,
            begun_at=at(8, hour), answered_at=at(8, hour), ended_at=at(8, hour) + timedelta(seconds=7560),
        )  # fmt: skip
    found = ask("utilisation", head)
    assert found.value == pytest.approx(0.63) and (found.good, found.n) == (378, 600), "Ilya has no telephone"


def test_rules_hours_and_nights_of_the_roster(plan: Plan, anna: User, boris: User) -> None:
    plan(anna, 8, 9, 21)
    plan(anna, 9, 8, 16, 12)
    plan(anna, 10, 9, 18, None)
    plan(anna, 12, 20, 8, 0)
    found = ask("roster.violations", anna)
    assert (found.value, found.n) == (2, 4), "eleven hours of rest, and a day without a break"
    assert "2 в 4 сменах" in telling.of_how_many(found).replace("\xa0", " ")
    assert ask("hours.night", anna).value == 8 * 3600
    over = ask("hours.over", anna)
    assert over.value == 0 and over.status == "ok"

    whole = Scope(MIDNIGHT, MIDNIGHT + timedelta(days=13))
    for day in (15, 16, 17, 18):
        plan(anna, day, 0, 23, 12)
    from otklik.team.shifts.models import Rules

    Rules(pk=1, week_hours=20).save()  # 83 hours in June
    hours = 11 + 7 + 9 + 11 + 4 * 22
    assert ask("hours.over", anna, whole).value == (hours - 83) * 3600
    assert ask("hours.over", anna).value == 0, "it is of the last shifts"


def test_a_figure_is_for_oneself_and_for_who_leads(
    plan: Plan, anna: User, ilya: User, boris: User, head: User, quality: User, vera: User, line_two: Team
) -> None:
    for person in (anna, ilya):
        plan(person, 8)
        work(person, (8, 9, 18, "ready"))
    plan(vera, 8, on=Team.objects.select_related("calendar").get(pk=line_two.pk))
    for name in ROSTER:
        if name == "utilisation":
            continue
        counted = [ask(name, one).n for one in (anna, ilya, vera, boris, head)]
        unit = counted[0]
        assert counted == [unit, unit, unit, 2 * unit, 3 * unit], name
        assert ask(name, quality).value is None and ask(name, None).value is None
        assert ask(name, anna, agent=str(ilya.pk)).value is None
        assert not METRICS[name].knows("channel") and METRICS[name].is_private


def test_days_and_people_add_up_to_the_period(plan: Plan, anna: User, ilya: User, boris: User) -> None:
    plan(anna, 8)
    plan(anna, 9, 20, 8, 0)
    plan(ilya, 9)
    work(anna, (8, 9, 13, "ready"), (9, 20, 30, "ready"))
    work(ilya, (9, 10, 18, "ready"))
    asked = Question(METRICS["adherence"], Scope(WEEK.start, WEEK.end, list(boris.team_ids), boris))
    with clock.at(LATER):
        days, people = layer.by_day(asked), layer.by_side(asked, "agent")
        course = dict(layer.course(asked))
        windows = rolling(asked, 2)
    assert {day.day: (one.good, one.n) for day, one in days.items()} == {8: (240, 480), 9: (540 + 420, 660 + 480)}
    assert sum(one.n for one in people.values()) == sum(one.n for one in days.values())
    assert course[date(2026, 6, 10)] is None, "nobody was planned: unknown, not zero"
    assert windows[date(2026, 6, 9)].n == 480 + 660 + 480


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 230), st.integers(1, 60)), max_size=8),
    st.booleans(),
)
def test_the_statement_is_the_kernel(plan: Plan, anna: User, worked: list[tuple[int, int]], pauses: bool) -> None:
    """In steps of six minutes around a shift of 9 to 18: the figures are those of `formulas.adherence`."""
    Stint.objects.filter(user=anna).delete()
    Shift.objects.all().delete()
    plan(anna, 8, 9, 18, 13 if pauses else None)
    last, spans = at(8, 5), []
    for start, length in sorted(worked):
        since = max(last, at(8, 0) + timedelta(minutes=6 * start))
        until = since + timedelta(minutes=6 * length)
        Stint.objects.create(user=anna, state="ready", lines=[], since=since, until=until)
        if (until_ := min(until, at(8, 22))) > since:
            spans.append([since, until_])
        last = until
    whole = [[at(8, 9), at(8, 13)], [at(8, 14), at(8, 18)]] if pauses else [[at(8, 9), at(8, 18)]]
    expected = adherence(whole, spans)
    assert ask("adherence", anna).value == pytest.approx(expected["adherence"])
    assert ask("conformance", anna).value == pytest.approx(expected["conformance"])


def test_shifts_cost_no_statements(plan: Plan, anna: User, head: User, django_assert_num_queries) -> None:
    asked = {name: Question(METRICS[name], Scope(WEEK.start, WEEK.end, None, head)) for name in ROSTER}
    for day in (8, 9, 10, 11):
        plan(anna, day)
    work(anna, (8, 9, 10, "ready"))
    for name, most in (("adherence", 3), ("hours.over", 6)):
        with clock.at(LATER), django_assert_num_queries(most):
            layer.figure(asked[name])
