"""When an alert rings, when it does not, and what that costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.steps import Resolve
from otklik.team.alerts.looking import look_at_all
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.tests.conftest import WEDNESDAY, Day, alert, morning, weeks
from otklik.team.metrics.measure import Measure
from tests.fixtures.cast import Write, person
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def look(day: date = WEDNESDAY, hour: int = 6) -> int:
    """On the morning after this day, when the metrics have read everything."""
    count_facts()
    with clock.at(morning(day + DAY, hour)):
        return look_at_all()


def test_it_says_once_that_it_rings_and_once_that_it_is_over(head: User, day: Day) -> None:
    watched = alert(head, "frt", bound=1800.0)
    day(WEDNESDAY, 5, Measure.FIRST, minutes=42)
    day(WEDNESDAY + DAY, 5, Measure.FIRST, minutes=50)
    day(WEDNESDAY + 2 * DAY, 5, Measure.FIRST, minutes=20)

    assert [look(), look(hour=7), look(WEDNESDAY + DAY), look(WEDNESDAY + 2 * DAY)] == [1, 0, 0, 1]

    ringing = watched.ringings.get()
    assert (ringing.value, ringing.n, ringing.hi, ringing.lo) == (42 * 60, 5, 1800, None)
    assert (ringing.first, ringing.last, ringing.definition) == (WEDNESDAY, WEDNESDAY, watched.measured.fingerprint)
    assert (ringing.began, ringing.ended) == (morning(WEDNESDAY + DAY), morning(WEDNESDAY + 3 * DAY))
    told = Notice.objects.filter(about="alert", about_id=watched.pk).order_by("id").values_list("text", flat=True)
    rang, over = (text.replace("\xa0", " ") for text in told)
    assert (rang, over) == ("frt: Первый ответ: 42 мин, граница 30 мин", "frt: снова в норме")
    kinds = Entry.objects.filter(about="alert").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["alerts.AlertMade", "alerts.AlertRang", "alerts.AlertOver"]


@pytest.mark.parametrize(
    ("metric", "told"),
    [("frt", {"bound": 60.0, "fewest": 6}), ("nrt", {"bound": 0.0}), ("csat.t2b", {"bound": 2.0, "way": "below"})],
)
def test_it_never_rings_on_too_little_data(head: User, day: Day, metric: str, told: dict[str, Any]) -> None:
    """Five readings where six are wanted, and none at all: not even "below" is true of nothing."""
    watched = alert(head, metric, **told)
    day(WEDNESDAY, 5, Measure.FIRST, minutes=42)

    assert look() == 0 and not watched.ringings.exists()


def test_too_little_data_ends_nothing_either(head: User, day: Day) -> None:
    watched = alert(head, "frt", bound=1800.0)
    day(WEDNESDAY, 5, Measure.FIRST, minutes=42)

    assert (look(), look(WEDNESDAY + DAY)) == (1, 0)
    assert watched.ringings.open().exists()


def test_no_requests_at_all_is_a_count(head: User, day: Day) -> None:
    watched = alert(head, "arrivals", bound=1.0, way="below", fewest=20)

    assert look() == 1 and watched.ringings.get().value == 0


def test_a_window_is_of_its_days_and_its_line(head: User, day: Day, line_two: Team) -> None:
    week = alert(head, "arrivals", bound=9.0, days=7)
    other = alert(head, "arrivals", bound=0.0, days=7, team=line_two)
    by_phone = alert(head, "arrivals", bound=3.0, days=7, side="channel", key="phone")
    for back, channel in ((0, "email"), (6, "phone"), (7, "phone")):
        day(WEDNESDAY - back * DAY, 5, channel=channel)

    assert look() == 2
    assert (week.ringings.get().value, by_phone.ringings.get().value) == (10, 5)
    assert not other.ringings.exists()


def test_what_is_unusual_for_the_weekday(head: User, day: Day) -> None:
    """Q8 and S11: 30 to 40 on Wednesdays; 90 is not chance, 45 is."""
    watched = alert(head, "arrivals", kind="anomaly", way="either", weeks=6)
    weeks(day, [32, 38, 34, 36, 33, 37, 90])
    day(WEDNESDAY - DAY, 500)  # a Tuesday is no measure for a Wednesday

    assert look() == 1
    ringing = watched.ringings.get()
    assert ringing.lo is not None and ringing.hi is not None and ringing.lo < 32 and 45 < ringing.hi < 90


@pytest.mark.parametrize(("counts", "way"), [([32, 38, 34, 36, 33, 37, 45], "either"), ([90, 90], "above")])
def test_what_is_usual_or_has_no_past_is_silent(head: User, day: Day, counts: list[int], way: str) -> None:
    watched = alert(head, "arrivals", kind="anomaly", way=way, weeks=6)
    weeks(day, counts)

    assert look() == 0 and not watched.ringings.exists()


def test_what_matures_is_looked_at_when_it_has(head: User, day: Day) -> None:
    """Of solutions a week must pass: this morning looks at those of a week ago."""
    watched = alert(head, "reopen", bound=0.2)
    day(WEDNESDAY - 7 * DAY, 3, Measure.SOLUTION, kind=1)

    assert look() == 1
    assert watched.ringings.get().last == WEDNESDAY - 7 * DAY


def test_what_stands_now_must_be_seen_so_twice(head: User, anna: User, line_one: Team, writes: Write) -> None:
    watched = alert(head, "backlog", bound=1.0, days=0, team=line_one)
    tickets = [writes(sender=f"{number}@else.test") for number in range(2)]

    assert [look_at_all(), look_at_all(), look_at_all()] == [0, 1, 0]
    tickets[0].reply("Готово", by=anna, then=Resolve())
    assert [look_at_all(), look_at_all(), look_at_all()] == [0, 1, 0]
    assert watched.ringings.get().first is None and watched.ringings.get().ended


def test_a_day_waits_until_the_metrics_have_read_it(head: User, writes: Write) -> None:
    watched = alert(head, "arrivals", bound=0.0)
    with clock.at(morning(WEDNESDAY)):
        writes()

    with clock.at(morning(WEDNESDAY + DAY)):
        assert look_at_all() == 0 and Alert.objects.get(pk=watched.pk).judged_on is None
    assert look() == 1


def test_paused_changed_and_retired_ones_are_silent(head: User, day: Day) -> None:
    watched = alert(head, "arrivals", bound=1.0)
    day(WEDNESDAY, 5)
    day(WEDNESDAY + DAY, 5)
    look()

    watched.pause(by=head)
    assert not Ringing.objects.open().exists(), "the stretch is over without a word"
    assert look(WEDNESDAY + DAY) == 0
    watched.resume(by=head)
    assert look(WEDNESDAY + DAY) == 1
    watched.retire(by=head)
    assert look(WEDNESDAY + 2 * DAY) == 0 and Ringing.objects.count() == 2
    assert Notice.objects.filter(about="alert").count() == 2


def test_who_is_told(head: User, boris: User, anna: User, quality: User, line_one: Team, line_two: Team, day: Day):
    """The leads of the line; chosen people as long as they may look at it; the heads of a whole department."""
    other = person("olga", "Ольга Лид", Role.LEAD, line_two)
    leads = alert(head, "arrivals", bound=1.0, team=line_one, whom="leads")
    heads = alert(quality, "arrivals", bound=1.0, whom="leads")
    chosen = alert(head, "arrivals", [boris, other, anna, quality], bound=1.0, team=line_one, whom="chosen")
    day(WEDNESDAY, 5)
    look()

    def told(one: Alert) -> set[int]:
        return set(Notice.objects.filter(about="alert", about_id=one.pk).values_list("person", flat=True))

    assert (told(leads), told(heads), told(chosen)) == ({boris.pk}, {head.pk}, {boris.pk, quality.pk})


def test_a_round_costs_as_much_for_many_alerts_as_for_few(head: User, line_one: Team, line_two: Team, day: Day) -> None:
    """What several ask for is asked once: by line, by channel, of the whole."""
    day(WEDNESDAY, 5)
    day(WEDNESDAY, 5, Measure.FIRST, minutes=42)

    def more(bound: float) -> None:
        for team in (None, line_one, line_two):
            alert(head, "frt", bound=bound, team=team)
            alert(head, "arrivals", bound=bound, team=team, kind="anomaly", weeks=4)
        for channel in ("email", "phone", "chat"):
            alert(head, "arrivals", bound=bound, side="channel", key=channel)

    counted = []
    for back in (0, 1):
        more(10_000.0)
        count_facts()
        with CaptureQueriesContext(connection) as asked, clock.at(morning(WEDNESDAY + (back + 1) * DAY)):
            assert look_at_all() == 0
        counted.append(len(asked))
        day(WEDNESDAY + DAY, 5)
        day(WEDNESDAY + DAY, 5, Measure.FIRST, minutes=42)
    assert counted[0] == counted[1] <= 40, counted


def test_an_act_waits_for_a_round_and_undoes_no_other(head: User, day: Day) -> None:
    """Whoever acts has seen the alert some time ago: what others did meanwhile stays."""
    watched = alert(head, "arrivals", bound=1.0)
    stale = Alert.objects.get(pk=watched.pk)
    watched.pause(by=head)
    paused_at = watched.paused_at

    stale.name = "Много"
    with CaptureQueriesContext(connection) as asked:
        stale.change([], by=head)
    statements = [one["sql"] for one in asked if one["sql"].startswith(("SELECT", "UPDATE"))]
    assert "FOR UPDATE" in statements[0], "before the ringings are looked for"
    watched.refresh_from_db()
    assert (watched.name, watched.paused_at) == ("Много", paused_at)

    stale = Alert.objects.get(pk=watched.pk)
    watched.retire(by=head)
    stale.resume(by=head)
    watched.refresh_from_db()
    assert watched.retired_at and watched.paused_at is None
