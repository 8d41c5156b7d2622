"""Blind until it is over; then how far people agree, where there is enough to say so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.care.quality import telling
from otklik.care.quality.agreeing import FEWEST, OfOne, agreement, of_criterion
from otklik.care.quality.figures import compared, of_people
from otklik.care.quality.models import Calibration, Criterion, Review, Scorecard
from otklik.care.quality.states import State
from otklik.care.quality.tests.conftest import Solve, marks_of
from otklik.core.formulas import fleiss_kappa, krippendorff_alpha, krippendorff_bounds
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(solve: Solve, anna: User, quality: User, boris: User, head: User) -> Calibration:
    return Calibration.objects.begin(
        [solve(anna), solve(anna)], [quality, boris, head], until=clock.now() + timedelta(days=3), by=quality
    )


def score(session: Calibration, person: User, given: dict[int, str] | None = None) -> None:
    for review in session.reviews.filter(reviewer=person, state=State.OPEN):
        review.keep(marks_of(review, given), comment="", praise="", by=person)
        review.publish(by=person)


def test_nobody_sees_the_others_until_everybody_has_scored(
    session: Calibration, anna: User, quality: User, boris: User, head: User, admin: User
) -> None:
    score(session, quality)
    score(session, boris, {0: "2", 1: "3"})
    for person in (quality, boris, head, admin, anna):
        seen = Review.objects.visible_to(person)
        assert {one.reviewer for one in seen} <= {person}
    assert not Notice.objects.filter(person=anna, about="review").exists()

    score(session, head)
    session.refresh_from_db()
    assert session.closed_at and Review.objects.visible_to(boris).count() == 6
    assert not Review.objects.visible_to(anna).exists()
    assert not Review.objects.told().exists() and not Review.objects.counting().exists()


def test_the_session_is_locked_before_the_review(session: Calibration, quality: User) -> None:
    """As `close` does it: the other way round the last who scores and the date would wait for each other."""
    review = session.reviews.filter(reviewer=quality).first()
    assert review
    review.keep(marks_of(review), comment="", praise="", by=quality)
    with CaptureQueriesContext(connection) as asked:
        review.publish(by=quality)
    locks = [one["sql"] for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]
    assert 'FROM "quality_calibration"' in locks[0] and 'FROM "quality_review"' in locks[1]


def test_differences_and_agreement_are_kept_as_they_were(
    session: Calibration, quality: User, boris: User, head: User
) -> None:
    score(session, quality)
    score(session, head)
    score(session, boris, {1: "0", 2: "3"})
    session.refresh_from_db()

    assert (session.units, session.same) == (20, 16)
    assert session.alpha is None  # of two conversations nothing is told, however many marks they have
    worst = compared(session, of_people(session))[0]
    assert worst.widest == 100 and worst.same == 0 and worst.n == 2
    assert [(one.done, one.all) for one in of_people(session)] == [(2, 2)] * 3
    assert Entry.objects.filter(kind="quality.ConversationCalibrated").count() == 2


def test_at_its_date_it_is_over_without_whoever_has_not_scored(
    session: Calibration, quality: User, boris: User
) -> None:
    score(session, quality)
    score(session, boris)
    with clock.at(clock.now() + timedelta(days=4)):
        telling.look_at_dates()
    session.refresh_from_db()
    assert session.closed_at and session.units == 20 and session.same == 20
    assert session.alpha is None  # everybody always says the same: undefined, the raw agreement is shown
    assert session.reviews.filter(state=State.SKIPPED).count() == 2


def test_of_one_person_there_is_nothing_to_compare(session: Calibration, quality: User) -> None:
    score(session, quality)
    session.close(by=quality)
    session.refresh_from_db()
    assert (session.units, session.alpha) == (0, None) and compared(session, of_people(session)) == []


def test_whom_it_needs(solve: Solve, anna: User, quality: User, boris: User, ticket) -> None:
    soon, ended = clock.now() + timedelta(days=1), solve(anna)
    for tickets, people, until, field in (
        ([], [quality, boris], soon, "tickets"),
        ([ended], [quality], soon, "people"),
        ([ended], [quality, boris], clock.now(), "until"),
        ([solve(boris)], [quality, boris], soon, "reviewer"),
        ([ticket], [quality, boris], soon, "tickets"),
    ):
        with pytest.raises(Invalid) as refused:
            Calibration.objects.begin(tickets, people, until=until, by=quality)
        assert refused.value.field == field
    assert not Review.objects.exists()


def test_too_few_conversations_say_nothing() -> None:
    criteria = list(Scorecard.objects.version_for("email").criteria.all())[:4]
    units = {
        (ticket, one.pk): {1: str(ticket % 2), 2: str((ticket + place) % 2)}
        for ticket in range(FEWEST)
        for place, one in enumerate(criteria)
    }
    fewer = {unit: marks for unit, marks in units.items() if unit[0]}
    assert (agreement(fewer).units, agreement(fewer).alpha, agreement(fewer).lo) == (len(fewer), None, None)
    told = agreement(units)
    assert told.alpha is not None and told.lo is not None and told.hi is not None and told.lo <= told.alpha <= told.hi


def test_marks_of_one_conversation_are_drawn_together() -> None:
    """Ten times the same marks of each conversation tell no more than these marks once."""
    once = [[0, 1, 2, 3, 4, 4, 3, 2, 1, 0], [0, 2, 2, 3, 3, 4, 1, 2, 1, 1]]
    often = [[value for value in row for _mark in range(10)] for row in once]
    tickets = [ticket for ticket in range(10) for _mark in range(10)]
    alone, together = krippendorff_bounds(often, "interval"), krippendorff_bounds(often, "interval", tickets)
    assert alone and together and together[1] - together[0] > 2 * (alone[1] - alone[0])
    with pytest.raises(ValueError, match=r"\S"):
        krippendorff_bounds(often, "interval", tickets[:-1])


def test_who_has_not_scored_leaves_a_gap(session: Calibration, quality: User, boris: User, head: User) -> None:
    score(session, boris)
    score(session, head)
    session.close(by=quality)
    people = of_people(session)
    gap = [one.person for one in people].index(quality)
    for one in compared(session, people):
        assert all(
            [mark == "" for mark in marks] == [place == gap for place in range(3)] for _ticket, marks in one.marks
        )
        assert one.same == one.n


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from((0.0, 0.5, 1.0)), min_size=2, max_size=2), min_size=12, max_size=30))
def test_the_interval_is_around_what_was_found_and_the_same_each_time(rows: list[list[float]]) -> None:
    data = list(zip(*rows, strict=True))
    alpha, bounds = krippendorff_alpha(data, "interval"), krippendorff_bounds(data, "interval")
    if bounds is None:
        return
    assert alpha is not None and bounds == krippendorff_bounds(data, "interval")
    assert bounds[0] <= bounds[1] <= 1 and bounds[0] - 0.2 <= alpha <= bounds[1] + 0.2


def test_perfect_agreement_has_no_width_and_none_at_all_no_interval() -> None:
    data = [[0.0, 1.0] * 10, [0.0, 1.0] * 10]
    assert krippendorff_bounds(data, "interval") == (1.0, 1.0)
    assert krippendorff_bounds([[1.0] * 10, [1.0] * 10], "interval") is None


def test_Q4_example_by_criterion() -> None:
    """Twenty conversations, 85 % alike: κ = 0.625; who has not scored leaves a gap and no category."""
    rows = [["1", "1"]] * 13 + [["1", "0"]] + [["0", "1"]] * 2 + [["0", "0"]] * 4
    criterion = Criterion(steps=1, may_skip=True)
    told = of_criterion(criterion, rows)
    assert told.kappa == pytest.approx(0.625) and told.alpha is not None and told.is_unusable
    assert of_criterion(criterion, [[one, "", other] for one, other in rows]) == told
    assert of_criterion(criterion, rows[:9]) == OfOne()
    assert of_criterion(criterion, [["1", "n"], *rows]) == told, "whether it applies is a matter of its own"


def test_agreement_of_three_is_that_of_Fleiss_and_of_steps_by_distance() -> None:
    """All alike is undefined, κ of three is known only where all three have marked."""
    of_three = [["1", "1", "1"]] * 6 + [["0", "0", "1"]] * 2 + [["0", "0", "0"]] * 4
    told = of_criterion(Criterion(steps=1), of_three)
    matrix = [[0, 3]] * 6 + [[2, 1]] * 2 + [[3, 0]] * 4
    assert told.kappa == fleiss_kappa(matrix) and told.kappa
    gaps = of_criterion(Criterion(steps=1), [*of_three[:3], *([one, two, ""] for one, two, _three in of_three[3:])])
    assert gaps.alpha is not None and gaps.kappa is None
    assert of_criterion(Criterion(steps=4), [["4", "4"]] * 12).kappa is None
    near, far = ([["4", "4"]] * 6 + [["0", "0"]] * 5 + [["4", mark]] for mark in ("3", "0"))
    one, other = of_criterion(Criterion(steps=4), near).kappa, of_criterion(Criterion(steps=4), far).kappa
    assert one and other and one > other
