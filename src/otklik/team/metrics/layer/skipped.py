"""Why requests were picked while others waited: how each came to its person, and the reason chosen (METRICS V13)."""

from django.db.models import Count, OuterRef, Subquery

from otklik.desk.routing.models import Pick
from otklik.team.metrics.layer.question import Question, behind

type Why = tuple[str, str]
"""Codes of `picks.Way` and `picks.Reason`; no reason is "", and both are where the pick is gone."""


def why_skipped(asked: Question) -> dict[Why, int]:
    """How many of the numerator of this share, by way and reason, the most frequent first."""
    passed = behind(asked).filter(kind__in=asked.metric.good).order_by()
    pick = Pick.objects.filter(ticket=OuterRef("ticket"), at=OuterRef("at")).order_by("-pk")
    told = passed.annotate(way=Subquery(pick.values("way")[:1]), why=Subquery(pick.values("reason")[:1]))
    rows = told.values_list("way", "why").annotate(n=Count("pk")).order_by("-n", "way", "why")
    return {(way or "", why or ""): n for way, why, n in rows}
