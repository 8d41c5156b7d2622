"""Surveys that were due, and dissatisfied clients who answered again (METRICS S9, S13)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.care.surveys.models import Answer, Invitation, Score
from otklik.care.surveys.scales import SCALES, Kind
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

SENT, SUPPRESSED = range(2)
"""Kinds of `Measure.DUE`."""
DISSATISFIED, CONTENT = range(2)
"""Kinds of `Measure.RECOVERED`."""


class Again(NamedTuple):
    """When an invitation was answered, and whether by somebody dissatisfied."""

    at: datetime
    invitation: int
    is_low: bool


def due_about(tickets: list[int]) -> QuerySet[Invitation]:
    """What was sent, and what was not and says why; what still waits is neither."""
    kept = Q(sent_at=None, cancelled_at__isnull=False) & ~Q(why_not="")
    return Invitation.objects.filter(Q(sent_at__isnull=False) | kept, ticket__in=tickets).order_by("pk")


def due(invitations: Iterable[Invitation], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where it was sent, or where it was given up."""
    for one in invitations:
        at, kind = (one.sent_at, SENT) if one.sent_at else (one.cancelled_at, SUPPRESSED)
        yield seen_at(Measure.DUE, at, kind=kind, team_id=one.team_id, agent_id=one.agent_id)


def answered_again(asked: Iterable[Any]) -> dict[int, list[Again]]:
    """Of everybody whom these were dissatisfied of all their answers, the earliest first; to a living voice none.

    Two statements and one for the answers, none where nobody was dissatisfied.
    """
    people = {one.contact_id for one in asked if getattr(one, "follow_up", None) and one.contact_id}
    if not people:
        return {}
    rows = Invitation.objects.filter(contact__in=people, sent_at__isnull=False).exclude(source=Invitation.Source.PHONE)
    said = Exists(Answer.objects.filter(invitation=OuterRef("pk"))) | Exists(
        Score.objects.filter(invitation=OuterRef("pk"))
    )
    found: dict[int, list[Again]] = defaultdict(list)
    for one in rows.filter(said).select_related("score").prefetch_related("answers__question"):
        if again := _again(one):
            found[one.contact_id or 0].append(again)
    return {person: sorted(some) for person, some in found.items()}


def recovered(asked: Iterable[Any], again: Mapping[int, list[Again]], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where the low mark was given; nobody knows of whoever has not answered since."""
    for one in asked:
        if (low := getattr(one, "follow_up", None)) is None:
            continue
        others = (each for each in again.get(one.contact_id, ()) if each.invitation != one.pk)
        after = next((each for each in others if each.at > low.opened_at), None)
        if after:
            kind = DISSATISFIED if after.is_low else CONTENT
            yield seen_at(Measure.RECOVERED, low.opened_at, kind=kind, team_id=one.team_id, agent_id=one.agent_id)


def _again(one: Any) -> Again | None:
    """By the scales on which somebody can be dissatisfied; other answers say nothing of it."""
    score = getattr(one, "score", None)
    given = [(score.at, SCALES[Kind.CSAT5].is_low(score.value))] if score else []
    for answer in one.answers.all():
        scale = answer.question.scale
        if scale and scale.bad is not None and answer.value is not None:
            given.append((answer.at, scale.is_low(answer.value)))
    if not given:
        return None
    return Again(min(at for at, _low in given), one.pk, any(low for _at, low in given))
