"""Time at work in the layer: figures counted by hand, of the log and of the calls."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import occupancy
from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Stint, Team, User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.team.metrics import covering
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.layer.together import figures as together
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
"""Monday, 9:00 in Moscow."""
NEXT_WEEK = MORNING + timedelta(days=7)
MIDNIGHT = datetime(2026, 5, 31, 21, tzinfo=UTC)
DAYS = Scope(MIDNIGHT, MIDNIGHT + timedelta(days=2))
_keys = count()

type Talk = Callable[..., Call]


def at(hour: float) -> datetime:
    return MORNING + timedelta(hours=hour)


def work(person: User, *told: tuple[float, str]) -> None:
    for hour, word in told:
        with clock.at(at(hour)):
            person.say(Availability(word), by=person)


def question(name: str, viewer: User | None, scope: Scope = DAYS, **only: str) -> Question:
    teams = None if viewer is None or viewer.sees_everything else list(viewer.team_ids)
    return Question(METRICS[name], Scope(scope.start, scope.end, teams, viewer), only)


def ask(name: str, viewer: User | None, scope: Scope = DAYS, **only: str) -> Figure:
    with clock.at(NEXT_WEEK):
        return layer.figure(question(name, viewer, scope, **only))


def minutes(name: str, viewer: User | None, scope: Scope = DAYS, **only: str) -> tuple[int | None, int]:
    found = ask(name, viewer, scope, **only)
    return found.good, found.n


@pytest.fixture
def phone(line_one: Team, anna: User, ilya: User) -> Channel:
    Extension.objects.create(user=anna, number="101")
    Extension.objects.create(user=ilya, number="102")
    return Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)


@pytest.fixture
def talk(phone: Channel) -> Talk:
    """A call of Anna's from this hour on, so many seconds long, and so many until its result is written."""

    def make(hour: float, seconds: float, after: float = 0, extension: str = "101", ends: bool = True) -> Call:
        name, begun = str(next(_keys)), at(hour)

        def tell(kind: Kind, second: float) -> None:
            moment = begun + timedelta(seconds=second)
            with clock.at(moment):
                told = Told(kind, moment, f"{name}-{kind}", extension=extension, number="+79000000001")
                hear(phone, name, told)

        tell(Kind.RINGING, -3)
        tell(Kind.ANSWERED, 0)
        if ends:
            tell(Kind.ENDED, seconds)
        call = Call.objects.get(external_id=name)
        if after and call.holder:
            with clock.at(begun + timedelta(seconds=seconds + after)):
                call.conclude("answered", by=call.holder, note="Готово")
        return call

    return make


def test_the_example_of_the_book(talk: Talk, anna: User, head: User) -> None:
    """Handling 22 680 s, available 5 320 s: 81.0 %."""
    work(anna, (0, "ready"), (28_000 / 3600, "off"))
    for hour in (0.1, 2.3, 4.5):
        talk(hour, 7_560)

    found = ask("occupancy", head)
    assert found.value == occupancy(22_680, 5_320) == 0.81
    assert (found.good, found.n) == (378, 467) and found.lo is None
    assert telling.shown(found).startswith("81") and found.status == "ok"


def test_only_the_time_at_work_counts_and_each_moment_once(talk: Talk, anna: User, head: User) -> None:
    """Ready 0–2 and 3–4, busy 2–3, on a break 4–5."""
    work(anna, (0, "ready"), (2, "busy"), (3, "ready"), (4, "break"), (5, "off"))
    talk(-0.5, 3600)  # its first half hour before work
    talk(1, 1800)
    talk(1.25, 1800)  # beside the other: 1.25 to 1.75
    talk(2.5, 600)  # as busy: work, and no waiting is lost
    talk(6, 600)  # from home
    # handled: 0–0.5, 1–1.75, 2.5–2:40 → 85 min; ready without a call: 180 − 75 = 105 min
    assert minutes("occupancy", head) == (85, 190)


def test_states_and_calls_make_the_whole_time_at_work(talk: Talk, anna: User, ilya: User, boris: User) -> None:
    """Ready 0–2 and 3–4, busy 2–3, on a break 4–5, in calls 0:30–1:00, 2:30–2:40 and, at home, 6:00–6:10."""
    work(anna, (0, "ready"), (2, "busy"), (3, "ready"), (4, "break"), (5, "off"))
    work(ilya, (0, "break"), (1, "off"))
    talk(0.5, 1800)
    talk(2.5, 600)
    talk(6, 600)
    states = ("calls", "ready", "busy", "break")
    assert {name: minutes(f"presence.{name}", anna) for name in states} == {
        "calls": (40, 300),
        "ready": (150, 300),
        "busy": (50, 300),
        "break": (60, 300),
    }
    assert minutes("presence.break", boris) == (120, 360), "their lead sees both"
    with clock.at(NEXT_WEEK):
        by_person = layer.by_side(question("presence.break", boris), "agent")
        by_line = layer.by_side(question("presence.break", boris), "line")
    assert {key: (one.good, one.n) for key, one in by_person.items()} == {
        str(anna.pk): (60, 300),
        str(ilya.pk): (60, 60),
    }
    assert [(one.good, one.n) for one in by_line.values()] == [(120, 360)]
    assert ask("presence.ready", None).value is None, "how single people spend their time is nobody's without a name"


def test_a_line_of_others_is_not_told_by_those_who_share_it(
    phone: Channel, anna: User, boris: User, line_two: Team
) -> None:
    """She is on two lines, her lead on one of them: to him the other is unknown, not what she alone did there."""
    anna.appoint("agent", [*Team.objects.filter(pk__in=anna.team_ids), line_two], by=None)
    anna = User.objects.get(pk=anna.pk)
    work(anna, (0, "ready"), (1, "off"))

    assert ask("presence.ready", boris, line=str(boris.team_ids[0])).n == 60
    assert ask("presence.ready", boris, line=str(line_two.pk)).value is None


def test_who_has_no_telephone_is_at_work_as_well(anna: User, head: User) -> None:
    work(anna, (0, "ready"), (1, "off"))
    assert minutes("presence.ready", head) == (60, 60) and ask("occupancy", head).value is None


def test_the_result_is_work_while_it_is_awaited(talk: Talk, anna: User, head: User) -> None:
    work(anna, (0, "ready"), (1, "off"))
    talk(0.2, 300, after=20)
    talk(0.5, 300, after=1500)  # written long after the time for it
    calls = Call.objects.order_by("pk")
    wraps = [call.wrap_until - call.ended_at for call in calls if call.wrap_until and call.ended_at]

    expected = 600 + 20 + wraps[1].total_seconds()
    found = ask("occupancy", head)
    assert found.value == pytest.approx(expected / 3600)


def test_a_call_that_goes_on_is_work_until_now(talk: Talk, anna: User, head: User) -> None:
    work(anna, (0, "ready"))
    talk(1, 0, ends=False)

    with clock.at(at(1.5)):
        found = layer.figure(question("occupancy", head))
    assert (found.good, found.n) == (30, 90)


def test_midnight_parts_a_stretch_and_days_add_up(talk: Talk, anna: User, head: User) -> None:
    """Ready from 22:00 to 3:00 in Moscow, in a call from 23:30 to 0:30."""
    work(anna, (13, "ready"), (18, "off"))
    talk(14.5, 3600)

    with clock.at(NEXT_WEEK):
        days = layer.by_day(question("occupancy", head))
    told = {day: (one.good, one.n) for day, one in days.items()}
    assert told == {date(2026, 6, 1): (30, 120), date(2026, 6, 2): (30, 180)}
    assert minutes("occupancy", head) == (60, 300)


def test_what_lasts_over_the_end_of_a_period_is_cut_there(anna: User, head: User, talk: Talk) -> None:
    work(anna, (0, "ready"), (6, "off"))
    talk(1.5, 3600)

    assert minutes("occupancy", head, Scope(at(1), at(2))) == (30, 60)


def test_of_the_time_before_the_log_nothing_is_known(talk: Talk, anna: User, head: User) -> None:
    talk(-20, 600)
    assert ask("occupancy", head).value is None and ask("availability.cover", None).value is None
    work(anna, (0, "ready"), (1, "off"))

    earlier = Scope(MORNING - timedelta(days=3), MORNING)
    for name in ("occupancy", "availability.cover"):
        assert (ask(name, head, earlier).value, ask(name, head, earlier).status) == (None, "undefined")


def test_a_log_is_for_oneself_and_for_who_leads(
    talk: Talk, anna: User, ilya: User, boris: User, head: User, quality: User, vera: User
) -> None:
    work(anna, (0, "ready"), (1, "off"))
    work(ilya, (0, "ready"), (3, "off"))
    work(vera, (0, "ready"), (2, "off"))

    Extension.objects.create(user=vera, number="103")
    assert [ask("occupancy", one).n for one in (anna, ilya, boris, head)] == [60, 180, 240, 360]
    assert ask("occupancy", quality).value is None and ask("occupancy", None).value is None
    assert ask("occupancy", anna, agent=str(ilya.pk)).n == 0
    with clock.at(NEXT_WEEK):
        people = layer.by_side(question("occupancy", boris), "agent")
    assert {key: one.n for key, one in people.items()} == {str(anna.pk): 60, str(ilya.pk): 180}


def test_who_changed_lines_still_reads_their_own(phone: Channel, anna: User, boris: User, line_two: Team) -> None:
    work(anna, (0, "ready"), (1, "off"))
    was = anna.team_ids[0]
    anna.appoint("agent", [line_two], by=None)
    moved = User.objects.get(pk=anna.pk)

    assert ask("occupancy", moved).n == 60
    with clock.at(NEXT_WEEK):
        asked = Question(METRICS["occupancy"], question("occupancy", moved).scope.of_team(line_two.pk))
        assert layer.figure(asked).n == 0
    assert ask("occupancy", boris, agent=str(anna.pk)).n == 60, "and who leads the line of then"
    assert was in boris.team_ids


def test_who_has_no_telephone_waits_for_no_call(
    phone: Channel, talk: Talk, anna: User, vera: User, ilya: User, head: User
) -> None:
    """Ready for letters alone; a call that somebody had by the number that is another's now still counts."""
    work(anna, (0, "ready"), (2, "off"))
    work(vera, (0, "ready"), (5, "off"))
    work(ilya, (0, "ready"), (3, "off"))
    talk(1, 1800)
    Extension.objects.filter(user__in=[anna, ilya]).delete()

    assert minutes("occupancy", head) == (30, 120)
    assert ask("occupancy", vera).value is None


def test_a_day_has_its_own_of_a_long_stretch(phone: Channel, anna: User, head: User) -> None:
    since = MIDNIGHT - timedelta(days=1, hours=1)
    Stint.objects.create(user=anna, state="ready", lines=[], since=since, until=MIDNIGHT + timedelta(days=1, hours=2))

    with clock.at(NEXT_WEEK):
        days = layer.by_day(question("occupancy", head, Scope(since, MIDNIGHT + timedelta(days=3))))
    assert {day.isoformat(): one.n for day, one in days.items()} == {
        "2026-05-30": 60,
        "2026-05-31": 24 * 60,
        "2026-06-01": 24 * 60,
        "2026-06-02": 120,
    }


def test_who_answers_for_two_lines_is_in_both(
    talk: Talk, ilya: User, anna: User, head: User, line_one: Team, line_two: Team
) -> None:
    ilya.teams.set([line_one, line_two])
    work(anna, (0, "ready"), (1, "off"))
    work(ilya, (0, "ready"), (2, "off"))
    talk(0.5, 1800, extension="102")

    with clock.at(NEXT_WEEK):
        lines = layer.by_side(question("occupancy", head), "line")
    told = {key: (one.good, one.n) for key, one in lines.items()}
    assert told == {str(line_one.pk): (30, 180), str(line_two.pk): (30, 120)}
    assert minutes("occupancy", head) == (30, 180), "and once in the whole"
    assert minutes("occupancy", head, line=str(line_two.pk)) == (30, 120)
    with clock.at(NEXT_WEEK):
        assert layer.by_side(question("occupancy", head), "topic") == {}
        assert layer.figure(question("occupancy", head, topic="1")).value is None


@pytest.fixture
def office(line_one: Team) -> Team:
    """Monday to Friday from 9 to 18 in Moscow, by phone and by mail."""
    week = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    line_one.calendar = BusinessCalendar.objects.create(name="Офис", time_zone="Europe/Moscow", weekly=week)
    line_one.created_at = MORNING - timedelta(days=90)
    line_one.save()
    for kind in ("phone", "paper"):
        Channel.objects.create(kind=kind, name=kind, address=f"{kind}@desk.test", team=line_one)
    return line_one


def test_published_hours_with_somebody_there(office: Team, anna: User, ilya: User, head: User) -> None:
    """Monday: nobody from 17:00 on, and what is after 18:00 is outside. Tuesday: nobody at all."""
    work(anna, (0, "ready"), (1, "break"), (2, "busy"), (6, "off"))
    work(ilya, (1, "ready"), (2, "off"))
    work(ilya, (5, "ready"), (8, "off"), (10, "ready"), (12, "off"))

    # 9–10 Anna, 10–11 Ilya, 11–15 Anna, 14–17 Ilya: 8 of 9 hours, of two channels
    monday = Scope(MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert minutes("availability.cover", head, monday) == (960, 1080)
    assert minutes("availability.cover", head) == (960, 2160)
    assert minutes("availability.cover", None, channel="phone") == (480, 1080)
    with clock.at(NEXT_WEEK):
        channels = layer.by_side(question("availability.cover", head), "channel")
        days = layer.by_day(question("availability.cover", head))
        gaps = covering.gaps(DAYS.start, DAYS.end, None)
    assert {key: one.value for key, one in channels.items()} == {"phone": 4 / 9, "paper": 4 / 9}
    assert {day.day: one.value for day, one in days.items()} == {1: 8 / 9, 2: 0.0}
    assert [(gap.since, gap.until, gap.seconds) for gap in gaps] == [
        (at(24), at(33), 9 * 3600),
        (at(8), at(9), 3600),
    ]


def test_a_gap_is_named_with_its_published_time(office: Team, anna: User) -> None:
    work(anna, (0.5, "ready"), (3, "off"), (4, "ready"), (15, "ready"), (26, "off"))

    with clock.at(at(33)):
        found = covering.gaps(DAYS.start, at(33), None)
    assert [(gap.since, gap.until, gap.seconds) for gap in found] == [
        (at(26), at(33), 7 * 3600),
        (at(3), at(4), 3600),
    ], "the half hour before the log is not known"


def test_a_break_is_no_cover_and_a_deputy_is(
    office: Team, line_two: Team, anna: User, ilya: User, vera: User, head: User
) -> None:
    work(vera, (0, "ready"))
    work(anna, (0, "break"), (2, "off"))
    with clock.at(at(2)):
        Absence.objects.declare(anna, by=anna, deputy=vera, until=at(5))
    with clock.at(at(5)):
        Absence.objects.turn_due()
    work(vera, (8, "off"))

    monday = Scope(MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert minutes("availability.cover", head, monday, channel="phone") == (180, 540)


def test_an_hour_that_comes_twice_is_published_twice(line_one: Team, anna: User, head: User) -> None:
    """In Berlin the clocks go back on 25 October 2026: a day of 25 hours, its first not covered."""
    always = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    calendar = BusinessCalendar.objects.create(name="Берлин", time_zone="Europe/Berlin", weekly=always)
    Team.objects.filter(pk=line_one.pk).update(calendar=calendar, created_at=MORNING)
    Channel.objects.create(kind="phone", name="8-800", address="1", team=line_one)
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    day = Scope(start, start + timedelta(hours=25))
    Stint.objects.create(user=anna, state="break", lines=[line_one.pk], since=start, until=start + timedelta(hours=1))
    Stint.objects.create(user=anna, state="ready", lines=[line_one.pk], since=start + timedelta(hours=1), until=day.end)

    with clock.at(day.end + timedelta(days=1)):
        found = layer.figure(question("availability.cover", head, day))
    assert (found.good, found.n, found.value) == (24 * 60, 25 * 60, 0.96)


def test_windows_and_many_at_once_say_the_same(talk: Talk, office: Team, anna: User, head: User) -> None:
    work(anna, (0, "ready"), (4, "off"), (24, "ready"), (26, "off"))
    talk(1, 3600)
    talk(24.5, 1800)

    with clock.at(NEXT_WEEK):
        for name in ("occupancy", "availability.cover"):
            asked = question(name, head)
            windows = rolling(asked, 2)
            last = windows[date(2026, 6, 2)]
            assert (last.good, last.n) == (layer.figure(asked).good, layer.figure(asked).n)
            assert together([asked, asked.before()])[0] == layer.figure(asked)


def test_figures_ask_the_database_the_same_however_many_work(
    office: Team,
    talk: Talk,
    anna: User,
    ilya: User,
    head: User,
    django_assert_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    for hour in range(0, 6, 2):
        work(anna, (hour, "ready"), (hour + 1, "break"))
        work(ilya, (hour, "busy"), (hour + 1, "ready"))

    with clock.at(NEXT_WEEK):
        for name, statements in (("occupancy", 2), ("availability.cover", 4)):
            asked = question(name, head)
            with django_assert_num_queries(statements):
                layer.figure(asked)
