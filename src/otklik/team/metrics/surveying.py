"""What surveys measured about a ticket, beside the mark of the answer (METRICS S4, S6, S8, S9, S13)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from otklik.care.surveys.models import OPEN_FOR, Answer, FollowUp, Invitation, Question, Survey
from otklik.care.surveys.scales import AREAS, SCALES, Kind
from otklik.core.formulas import csi, pomp
from otklik.desk.channels.models import Outbound
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

MEASURES = {
    Kind.NPS: Measure.RECOMMENDED,
    Kind.CES7: Measure.EFFORT,
    Kind.CES6: Measure.DIFFICULTY,
    Kind.AREA10: Measure.AREA,
    Kind.ONCE: Measure.TOLD_ONCE,
}
Occasion = Survey.Occasion
MARKS = {
    (Occasion.RESOLVED, Kind.CSAT5): Measure.SCORE,
    (Occasion.RESOLVED, Kind.CSAT6): Measure.MARK_0_5,
    (Occasion.EVENT, Kind.CSAT5): Measure.EVENT_MARK,
    (Occasion.EVENT, Kind.CSAT6): Measure.EVENT_MARK_0_5,
    (Occasion.RELATIONSHIP, Kind.CSAT5): Measure.RELATION_MARK,
    (Occasion.RELATIONSHIP, Kind.CSAT6): Measure.RELATION_MARK_0_5,
    (Occasion.EXIT, Kind.CSAT5): Measure.EXIT_MARK,
    (Occasion.EXIT, Kind.CSAT6): Measure.EXIT_MARK_0_5,
}
"""Satisfaction by occasion and scale: each is a figure of its own (S1)."""
SILENT, IN_FULL, IN_PART = range(3)
"""Kinds of `Measure.ASKED`: what became of a survey in the time left for it."""


def asked_about(tickets: list[int]) -> QuerySet[Invitation]:
    """Whoever was asked, with what they answered; who came by an open link has no ticket and is not here."""
    failed = Outbound.objects.filter(pk=OuterRef("letter"), state=Outbound.State.FAILED)
    sent = Invitation.objects.filter(ticket__in=tickets).exclude(sent_at=None)
    return (
        sent.select_related("score", "follow_up__team__calendar", "survey", "version")
        .prefetch_related("answers__question", "version__questions")
        .annotate(failed=Exists(failed))
    )


def surveyed(invitations: Iterable[Any], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Answers to a living voice are a series of their own, on the page of the survey: here only who was owed a talk."""
    for invitation in invitations:
        whose = {"team_id": invitation.team_id, "agent_id": invitation.agent_id}
        by_phone = invitation.source == Invitation.Source.PHONE
        answers = [] if by_phone else list(invitation.answers.all())
        if invitation.digest and (answers or not invitation.failed):
            yield seen_at(Measure.ASKED, invitation.sent_at, kind=_fate(invitation, answers), **whose)
        for answer in answers:
            if answer.value is not None and (measure := _measure_of(invitation, answer.question)):
                yield seen_at(measure, answer.at, answer.value, kind=answer.value, **whose)
        yield from _areas(answers, seen_at, whose)
        yield from _followed(invitation, seen_at, whose)


def _measure_of(invitation: Any, question: Question) -> Measure | None:
    """What an answer counts for; a second question of a kind has words of its own, so it counts on its page alone."""
    kind = Kind(question.kind)
    measure = MEASURES.get(kind) or MARKS.get((Occasion(invitation.survey.occasion), kind))
    if measure is None or question.kind == Kind.AREA10 or invitation.version is None:
        return measure
    return measure if invitation.version.first_of(question.kind) == question.pk else None


def _fate(invitation: Any, answers: list[Answer]) -> int:
    done, over = invitation.finished_at, invitation.sent_at + OPEN_FOR
    if done is not None and done < over:
        return IN_FULL
    score = getattr(invitation, "score", None)
    said = [one.at for one in answers] + ([score.at] if score else [])
    return IN_PART if any(at < over for at in said) else SILENT


def _areas(answers: list[Answer], seen_at: Callable[..., Seen], whose: dict[str, Any]) -> Iterator[Seen]:
    """One person's index: their areas by importance, scales of 5 and 10 points on one of 0 to 100 (S1, S4)."""
    rated = [(one.question, one.value) for one in answers if one.question.kind in AREAS and one.value is not None]
    items = []
    for question, mark in rated:
        scale = SCALES[question.kind]
        items.append({"weight": float(question.weight), "mean": pomp(mark, scale.least, scale.most)})
    value = csi(items)["value"]
    if value is not None:
        whole = round(value)
        yield seen_at(Measure.AREAS, max(one.at for one in answers), whole, kind=whole, **whose)


def _followed(invitation: Any, seen_at: Callable[..., Seen], whose: dict[str, Any]) -> Iterator[Seen]:
    """Decided once somebody talked to them, or the moment passed without it, and in the same way once result and cause
    are written down; its length is known of talks held.
    """
    one = getattr(invitation, "follow_up", None)
    if one and (one.closed_at or one.late_at):
        yield seen_at(Measure.FOLLOWED, one.opened_at, kind=int(one.in_time), **whose)
    if one and one.finish_by and (one.finished_at or one.unfinished_at):  # before there was such a moment: unknown
        yield seen_at(Measure.FINISHED, one.opened_at, kind=int(one.finished_in_time), **whose)
    if one and one.closed_at and one.result != FollowUp.Result.UNREACHED:
        took = one.team.calendar.working_time().seconds(one.opened_at, one.closed_at)
        yield seen_at(Measure.TALKED, one.closed_at, round(took * SECOND), **whose)
