"""Before and after (METRICS S11, G6): verdicts, guards, and what to be careful about."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import Comparison, Verdict, compared, holm
from otklik.team.metrics.layer.judging import Care, judged, verdict_of
from otklik.team.metrics.layer.metric import Better
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Improvement, Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write

BEGAN = date(2026, 6, 1)
START = datetime(2026, 6, 1, 9, tzinfo=UTC)
RIPE = START + timedelta(days=40)
MINUTE = 60_000_000

type Told = Callable[[Measure, int, Iterable[tuple[int, int]]], None]
"""Readings of a measure so many weeks after the beginning (before: negative): (value, kind) of each."""


@pytest.fixture
def told(writes: Write, line_one: Team) -> Told:
    ticket = writes()
    seen: Counter[Seen] = Counter()

    def tell(measure: Measure, week: int, readings: Iterable[tuple[int, int]]) -> None:
        for place, (value, kind) in enumerate(readings):
            at = START + timedelta(weeks=week, minutes=place)
            rest = (line_one.pk, None, "email", None, None, None, ticket.contact_id, None)
            seen[Seen(measure.value, at, value, kind, *rest)] += 1
        Reading.objects.replace({ticket.pk: seen})

    return tell


def tried(boris: User, metric: str, least: float, written: datetime = START - timedelta(days=3)) -> Improvement:
    facts = {"name": "Шаблоны", "hypothesis": "Быстрее", "by": boris, "written_at": written}
    return Improvement.objects.create(metric=metric, least=least, starts_on=BEGAN, weeks=4, **facts)


def marks(good: int, of: int) -> list[tuple[int, int]]:
    return [(5, 5)] * good + [(2, 2)] * (of - good)


@pytest.mark.django_db
def test_example_of_s11_two_shares(told: Told, boris: User) -> None:
    """CSAT 164/200 → 185/205: +8.2 pp [1.5; 15.0], p = 0.016: improved when 5 points matter, not when 10 do."""
    told(Measure.SCORE, -2, marks(164, 200))
    told(Measure.SCORE, 1, marks(185, 205))
    judgement = judged(tried(boris, "csat.t2b", 0.05), RIPE)

    main = judgement.main
    assert judgement.verdict == Verdict.IMPROVED and judgement.care == []
    assert (round(main.effect or 0, 3), round(main.lo or 0, 3), round(main.hi or 0, 2)) == (0.082, 0.015, 0.15)
    assert main.p == pytest.approx(0.016, abs=0.001)
    assert judged(tried(boris, "csat.t2b", 0.10), RIPE).verdict == Verdict.NO_PROOF


@pytest.mark.django_db
def test_example_of_s11_durations(told: Told, boris: User) -> None:
    """Waiting minutes: the shift is −8.0, p = 0.028."""
    told(Measure.FIRST, -1, [(minutes * MINUTE, 0) for minutes in (12, 15, 9, 30, 22, 41, 18, 20)])
    told(Measure.FIRST, 2, [(minutes * MINUTE, 0) for minutes in (8, 7, 14, 10, 21, 6, 11, 9)])
    judgement = judged(tried(boris, "frt", 300), RIPE)

    assert judgement.verdict == Verdict.IMPROVED
    assert judgement.main.effect == -9 * 60 and (judgement.main.hi or 0) < 0


@pytest.mark.django_db
def test_K6_examples_as_verdicts_of_events(told: Told) -> None:
    """24 in 60 days and 4 in 60: 0.167 [0.042; 0.485], p = 0.00018.  4 in 60 and none in 30: not proven.

    None at all after 24 is proven as well, though there is nothing to count on that side.
    """
    metric = replace(METRICS["arrivals"], better=Better.DOWN)

    def compare(days: int) -> Comparison:
        begins = midnight(BEGAN)
        before, after = Scope(begins - timedelta(days=60), begins), Scope(begins, begins + timedelta(days=days))
        return compared(Question(metric, before), Question(metric, after), 0.2)

    told(Measure.OPENED, -4, [(0, 0)] * 24)
    none = compare(60)
    assert (none.effect, none.verdict()) == (-1, Verdict.IMPROVED)

    told(Measure.OPENED, 2, [(0, 0)] * 4)
    found = compare(60)
    ratios = [round(1 + (one or 0), 3) for one in (found.effect, found.lo, found.hi)]
    assert ratios == [0.167, 0.042, 0.485] and found.p == pytest.approx(0.00018, abs=0.00001)
    assert found.verdict() == Verdict.IMPROVED


@pytest.mark.django_db
def test_arrivals_are_compared_as_events_and_have_no_better_way(told: Told, boris: User) -> None:
    """Forty and ten in as many weeks: that is proven (rate ratio 0.25), and whether it is good nobody has said."""
    told(Measure.OPENED, -2, [(0, 0)] * 40)
    told(Measure.OPENED, 1, [(0, 0)] * 10)
    judgement = judged(tried(boris, "arrivals", 0.2), RIPE)
    assert (judgement.main.effect, judgement.verdict) == (-0.75, Verdict.MOVED)
    assert (judgement.main.hi or 0) < 0 and (judgement.main.p or 1) < 0.001
    assert judged(tried(boris, "arrivals", 0.8), RIPE).verdict == Verdict.NO_PROOF


@pytest.mark.django_db
def test_four_events_and_none_prove_nothing_and_two_are_too_few(told: Told) -> None:
    metric = replace(METRICS["arrivals"], better=Better.DOWN)
    begins = midnight(BEGAN)
    before, after = Scope(begins - timedelta(days=60), begins), Scope(begins, begins + timedelta(days=30))
    for verdict in (Verdict.TOO_LITTLE, Verdict.NO_PROOF):
        told(Measure.OPENED, -4, [(0, 0)] * 2)
        found = compared(Question(metric, before), Question(metric, after), 0.2)
        assert found.verdict() == verdict, found.before.n
    assert (found.effect, round(1 + (found.hi or 0), 2), round(found.p or 0, 2)) == (-1, 3.03, 0.4)


@pytest.mark.django_db
def test_a_median_lies_between_readings(told: Told) -> None:
    """Of 100 the 40th and the 61st (C3); of five there is nothing to say."""
    scope = Scope(START - timedelta(weeks=4), START + timedelta(weeks=4))
    told(Measure.FIRST, 1, [(minute * MINUTE, 0) for minute in range(1, 101)])
    found = figure(Question(METRICS["frt"], scope))

    assert (found.value, found.lo, found.hi) == (50.5 * 60, 40 * 60, 61 * 60)
    said = telling.sure(found)
    assert said.startswith("медиана, скорее всего, от 40") and said.index("; 9 из 10 за") > said.index("до 1"), said
    told(Measure.NEXT, 1, [(MINUTE, 0)] * 3)
    assert figure(Question(METRICS["nrt"], scope)).lo is None


@pytest.mark.django_db
def test_before_its_day_there_is_no_verdict(told: Told, boris: User) -> None:
    told(Measure.SCORE, -2, marks(100, 200))
    told(Measure.SCORE, 1, marks(190, 200))

    assert judged(tried(boris, "csat.t2b", 0.05), START + timedelta(days=27)).verdict is None


@pytest.mark.django_db
def test_a_list_tells_the_same_verdict_and_reads_no_single_client(told: Told, boris: User) -> None:
    """A list has a hundred of them: who answered twice, and what was usual, are for the page of one."""
    for measure in (Measure.SCORE, Measure.FIRST):
        told(measure, -2, [(minute * MINUTE, 5 - minute % 4) for minute in range(60, 100)])
        told(measure, 1, [(minute * MINUTE, 5 - minute % 2) for minute in range(20, 60)])
    named = ("csat.t2b", "csat.mean", "frt", "nps")
    several = [tried(boris, metric, least) for metric in named for least in (0.1, 900)]

    for one in several:
        with CaptureQueriesContext(connection) as listed:
            verdict = verdict_of(one, RIPE)
        with CaptureQueriesContext(connection) as shown:
            assert judged(one, RIPE).verdict == verdict is not None
        assert len(listed) < len(shown) and not any("contact_id" in asked["sql"] for asked in listed), one.metric
        with CaptureQueriesContext(connection) as early:
            assert verdict_of(one, START + timedelta(days=27)) is None
        assert not len(early)


@pytest.mark.django_db
def test_few_answers_prove_nothing(told: Told, boris: User) -> None:
    told(Measure.SCORE, -2, marks(1, 4))
    told(Measure.SCORE, 1, marks(4, 4))
    judgement = judged(tried(boris, "csat.t2b", 0.05), RIPE)

    assert judgement.verdict == Verdict.TOO_LITTLE and (judgement.main.needed or 0) > 100


@pytest.mark.django_db
def test_a_small_sample_is_tested_exactly(told: Told, boris: User) -> None:
    """9 of 10 against 5 of 10: the z test would say p = 0.05, Fisher's says 0.14."""
    told(Measure.SCORE, -2, marks(5, 10))
    told(Measure.SCORE, 1, marks(9, 10))
    judgement = judged(tried(boris, "csat.t2b", 0.05), RIPE)

    assert judgement.main.p == pytest.approx(0.141, abs=0.001) and judgement.verdict == Verdict.NO_PROOF


@pytest.mark.django_db
def test_a_guard_that_got_worse_spoils_it(told: Told, boris: User) -> None:
    """First answers are quicker, but clients come back more often."""
    told(Measure.FIRST, -1, [(minute * MINUTE, 0) for minute in range(60, 100)])
    told(Measure.FIRST, 1, [(minute * MINUTE, 0) for minute in range(10, 50)])
    told(Measure.SOLUTION, -1, [(0, 0)] * 190 + [(0, 1)] * 10)
    told(Measure.SOLUTION, 1, [(0, 0)] * 150 + [(0, 1)] * 50)
    judgement = judged(tried(boris, "frt", 300), RIPE + timedelta(days=30))

    assert judgement.verdict == Verdict.MIXED
    assert {guard.metric.id: verdict for guard, verdict in judgement.guards}["reopen"] == Verdict.WORSENED


@pytest.mark.django_db
def test_the_return_from_an_odd_month_is_told(told: Told, boris: User) -> None:
    for week in (-16, -12, -8):
        told(Measure.FIRST, week, [(minute * MINUTE, 0) for minute in range(20, 40)])
    told(Measure.FIRST, -3, [(minute * MINUTE, 0) for minute in range(60, 100)])
    told(Measure.FIRST, 1, [(minute * MINUTE, 0) for minute in range(20, 40)])

    judgement = judged(tried(boris, "frt", 300), RIPE)
    assert judgement.verdict == Verdict.IMPROVED and judgement.care == [Care.WORST_OF_FOUR]


@pytest.mark.django_db
def test_what_was_written_later_is_told(boris: User) -> None:
    judgement = judged(tried(boris, "frt", 300, written=START + timedelta(days=9)), RIPE)

    assert judgement.care == [Care.NOT_IN_ADVANCE] and judgement.verdict == Verdict.TOO_LITTLE


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=8))
def test_several_looks_make_each_less_sure(values: list[float | None]) -> None:
    adjusted = holm(values)

    for own, made in zip(values, adjusted, strict=True):
        assert (own is None) == (made is None)
        if own is not None and made is not None:
            assert own <= made <= 1 and made <= max(own * len(values), own)
    order = sorted(
        (own, made) for own, made in zip(values, adjusted, strict=True) if own is not None and made is not None
    )
    assert [made for _own, made in order] == sorted(made for _own, made in order)


def test_holm_of_a_published_example() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
