"""The days of a version that are settled, folded into one: read once for a page, whatever was asked."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from otklik.care.surveys.models import Survey, Tallied, Tally, Version

SCORE = "score"
"""In place of the number of a question: the mark of an answer (`Score`)."""


@dataclass
class Marks:
    """How often each value was given soon after the question, and late."""

    soon: Counter[int] = field(default_factory=Counter)
    late: Counter[int] = field(default_factory=Counter)

    def whole(self) -> Counter[int]:
        return self.soon + self.late


@dataclass
class Settled:
    """Of those who were asked before `until`: see `Tally`; `strata` by line and "size", "given" or "good".

    `until` None: no day is settled.
    """

    until: datetime | None = None
    asked: int = 0
    failed: int = 0
    completed: int = 0
    partial: int = 0
    strata: Counter[tuple[int | None, str]] = field(default_factory=Counter)
    marks: dict[str, Marks] = field(default_factory=lambda: defaultdict(Marks))
    groups: dict[str, dict[str, tuple[int, int]]] = field(default_factory=lambda: defaultdict(dict))


def begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def settled(version: Version, source: str, teams: Collection[int] | None) -> Settled:
    """Two statements."""
    until = Tallied.objects.values_list("until", flat=True).first()
    if until is None:
        return Settled()
    found = Settled(begins(until))
    rows = Tally.objects.filter(version=version, source=source, day__lt=until)
    for one in (rows if teams is None else rows.filter(team__in=teams)).iterator(100):
        _add(found, one)  # and forgotten again: of two years they are a quarter of a million counts
    return found


def asked_by(survey: Survey, ways: Collection[str]) -> set[str]:
    """In which of these ways anybody was asked: of settled days their tallies tell it."""
    until = Tallied.objects.values_list("until", flat=True).first()
    asked = survey.invitations.filter(source__in=ways)
    if until is None:
        return {one for one in ways if asked.filter(source=one).exists()}
    told = Tally.objects.filter(version__survey=survey, source__in=ways, day__lt=until)
    lately = asked.filter(sent_at__gte=begins(until))
    return {*told.values_list("source", flat=True).distinct(), *lately.values_list("source", flat=True).distinct()}


def _add(found: Settled, one: Tally) -> None:
    for name in ("asked", "failed", "completed", "partial"):
        setattr(found, name, getattr(found, name) + getattr(one, name))
    found.strata.update(
        {(one.team_id, "size"): one.asked, (one.team_id, "given"): one.given, (one.team_id, "good"): one.good}
    )
    for question, values in one.marks.items():
        marks = found.marks[question]
        for value, (soon, late) in values.items():
            marks.soon[int(value)] += soon
            marks.late[int(value)] += late
    for side, keys in one.groups.items():
        known = found.groups[side]
        for key, (asked, answered) in keys.items():
            before = known.get(key, (0, 0))
            known[key] = before[0] + asked, before[1] + answered
