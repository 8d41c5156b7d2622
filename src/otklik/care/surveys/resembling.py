"""Do those who answered resemble those who were asked, and did the figure change (METRICS S10, S11)?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, ExpressionWrapper, F, QuerySet

from otklik.care.surveys.figures import FEWEST, PROVEN, TESTABLE, Difference, Reckoned, differ, reckoned, shares_differ
from otklik.care.surveys.models import Invitation, Question
from otklik.care.surveys.results import Scope, has_answered
from otklik.core.formulas.several import holm
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import Version as ClassVersion
from otklik.desk.tickets.models import Topic

SIDES = {
    "channel": "ticket__channel_kind",
    "class": "ticket__class_version",
    "topic": "ticket__topic",
    "agent": "agent",
    "product": "ticket__product",
}
"""By what whoever was asked is known beforehand, and where that stands: a number, or what a channel is called."""
NAMED: dict[str, tuple[Any, str]] = {
    "class": (ClassVersion, "service_class__name"),
    "topic": (Topic, "name"),
    "agent": (User, "name"),
    "product": (Product, "name"),
}
BY_SIDES = """
SELECT grouping({sides})::bit(5)::text, {sides}, count(*), count(*) FILTER (WHERE said)
FROM ({rows}) AS one ({sides}, said) GROUP BY GROUPING SETS (({sets}))
"""
"""A bit of the first column is 0 where the rows are told by that side."""
MOST = 20
"""The largest groups of a side are looked at: a test of hundreds would find nothing in any."""
DIFFERENT = 0.10
"""Less than ten points of a share is no matter (S10)."""

type Rows = Mapping[str, tuple[int, int]]
"""Whom we asked, by something that was known of them: so many were asked, so many answered."""


@dataclass(frozen=True)
class Group:
    """Of `asked` invitations of one kind `answered` came back; `difference` is its share less that of all others."""

    side: str
    name: str
    asked: int
    answered: int
    difference: Difference
    p: float
    """As large as all these looks at once make it (Holm)."""

    @property
    def share(self) -> float:
        return self.answered / self.asked

    @property
    def stands_out(self) -> bool:
        return self.p < PROVEN and abs(self.difference.value) >= DIFFERENT


@dataclass(frozen=True)
class Turn:
    """One question in two groups of answers: `was` and `now`, with the difference where both are large enough."""

    was: Reckoned
    now: Reckoned
    difference: Difference | None


def groups(scope: Scope) -> list[Group]:
    """Every group that is large enough, each against all others of its side; of fewer than thirty asked an empty list.

    Of invitations that are two weeks old.  One statement, and one for the names of each side, however many were asked.
    """
    if scope.settled.asked + scope.ripe.invitations().count() < TESTABLE:
        return []
    lately = _lately(scope.ripe)
    found = [one for side in SIDES for one in _of_side(side, _by_name(side, _asked(scope, side, lately[side])))]
    adjusted = holm([one.difference.p for one in found])
    return [replace(one, p=1.0 if p is None else p) for one, p in zip(found, adjusted, strict=True)]


def early_and_late(scope: Scope, question: Question) -> Turn:
    """Marks of whoever answered within three days of being asked, and of all who needed longer."""
    given = scope.given(question)
    return _turn(question.kind, given.soon, given.late)


def since_before(scope: Scope, question: Question) -> Turn | None:
    """The same question in the version before, asked in the same way; None where that asked something else."""
    earlier = scope.version.survey.versions.filter(number__lt=scope.version.number).exclude(frozen_at=None)
    version = earlier.order_by("-number").first()
    if version is None or version.first is None or version.first.kind != question.kind:
        return None
    version.survey = scope.version.survey
    was = replace(scope, version=version).given(version.first)
    return _turn(question.kind, was.whole(), scope.given(question).whole())


def _turn(kind: str, was: Counter[int], now: Counter[int]) -> Turn:
    return Turn(reckoned(kind, was), reckoned(kind, now), differ(kind, was, now))


def _of_side(side: str, rows: Rows) -> list[Group]:
    asked, answered = (sum(pair[place] for pair in rows.values()) for place in (0, 1))
    largest = sorted(rows.items(), key=lambda item: (-item[1][0], item[0]))[:MOST]
    if len(rows) == 2:
        largest = largest[:1]  # the other one is the same question from its other end
    found = []
    for name, (n, k) in largest:
        if min(n, asked - n) < FEWEST:
            continue
        difference = shares_differ(answered - k, asked - n, k, n)
        if difference is not None:
            found.append(Group(side, name, n, k, difference, 1.0))
    return found


def _asked(scope: Scope, side: str, lately: Rows) -> Rows:
    """By the key of what stands on that side; what stands nowhere is no group."""
    found = dict(scope.settled.groups.get(side, {}))
    for key, (n, k) in lately.items():
        asked, answered = found.get(key, (0, 0))
        found[key] = asked + n, answered + k
    return found


def _lately(scope: Scope) -> dict[str, Rows]:
    """All sides of these invitations at once: who has answered is looked up once for each of them."""
    said = ExpressionWrapper(has_answered(scope), output_field=BooleanField())
    rows = scope.invitations().order_by().annotate(said=said).values_list(*SIDES.values(), "said")
    statement, told = rows.query.sql_with_params()
    found: dict[str, dict[str, tuple[int, int]]] = {side: {} for side in SIDES}
    with connection.cursor() as cursor:
        cursor.execute(BY_SIDES.format(rows=statement, sides=", ".join(SIDES), sets="), (".join(SIDES)), told)
        for apart, *keys, asked, answered in cursor.fetchall():
            place = apart.index("0")
            if keys[place] is not None:
                found[list(SIDES)[place]][str(keys[place])] = asked, answered
    return dict(found)


def of_side(invitations: QuerySet[Invitation], scope: Scope, side: str, *beside: str) -> QuerySet[Any]:
    """Counted by `group`, and by these columns beside it."""
    column = SIDES[side]
    told = invitations.exclude(**{column: None}).annotate(group=F(column)).order_by().values("group", *beside)
    return told.annotate(asked=Count("pk"), answered=Count("pk", filter=has_answered(scope)))


def _by_name(side: str, rows: Rows) -> dict[str, tuple[int, int]]:
    """What is called alike is one group: versions of a class, topics below several others."""
    if side not in NAMED:
        return {name: pair for name, pair in rows.items() if name}
    model, column = NAMED[side]
    called: dict[int, str] = dict(model.objects.filter(pk__in=list(rows)).values_list("pk", column))
    counts: dict[str, tuple[int, int]] = {}
    for key, (asked, answered) in rows.items():
        if name := called.get(int(key)):
            before = counts.get(name, (0, 0))
            counts[name] = before[0] + asked, before[1] + answered
    return counts
