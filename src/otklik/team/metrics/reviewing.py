"""What reviews of conversations measured about a ticket (METRICS Q1, Q2, Q4, Q5)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from otklik.care.quality.models import Mark, Review
from otklik.care.quality.states import State, Verdict
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

UNDISPUTED, WAITS, STANDS, CHANGED = range(4)
"""Kinds of `Measure.DISPUTED`."""
DECIDED = {Verdict.STANDS.value: STANDS, Verdict.CHANGED.value: CHANGED}


def reviews_of(tickets: list[int]) -> QuerySet[Review]:
    """What was published, and what was scored blind, with its marks: of others their results are enough."""
    told = Review.objects.filter(ticket__in=tickets, published_at__isnull=False)
    blind = Mark.objects.filter(review__calibration__isnull=False).only("review", "criterion", "mark")
    return told.select_related("calibration").prefetch_related(Prefetch("marks", blind)).order_by("pk")


def reviewed(reviews: Iterable[Review], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Scores of what was drawn at random, without what is under dispute; disputes of everything."""
    sessions: dict[int, list[Review]] = defaultdict(list)
    for review in reviews:
        if review.calibration_id:
            sessions[review.calibration_id].append(review)
            continue
        whose = {"team_id": review.team_id, "agent_id": review.agent_id}
        fate = DECIDED.get(review.verdict, WAITS) if review.disputed_at else UNDISPUTED
        yield seen_at(Measure.DISPUTED, review.published_at, kind=fate, **whose)
        if review.was_drawn and review.state != State.DISPUTED and review.result is not None:
            score = round(review.result)
            yield seen_at(Measure.REVIEWED, review.published_at, score, kind=score, **whose)
            yield seen_at(Measure.FAULTS, review.published_at, kind=review.faults, **whose)
    for scored in sessions.values():
        yield from _agreed(scored, seen_at)


def _agreed(scored: list[Review], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Each criterion that two or more have marked, and whether all gave the same; once the session is over."""
    session = scored[0].calibration
    if session is None or session.closed_at is None:
        return
    given: dict[int, list[str]] = defaultdict(list)
    for review in scored:
        for mark in review.marks.all():
            if mark.mark:
                given[mark.criterion_id].append(mark.mark)
    for marks in given.values():
        if len(marks) > 1:
            yield seen_at(Measure.AGREED, session.closed_at, kind=int(len(set(marks)) == 1), agent_id=None)
