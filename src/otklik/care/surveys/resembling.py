"""Do those who answered resemble those who were asked, and did the figure change (METRICS S10, S11)?"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from otklik.care.surveys.figures import FEWEST, PROVEN, TESTABLE, Difference, Reckoned, differ, reckoned, shares_differ
from otklik.care.surveys.models import OPEN_FOR, Answer, Invitation, Question, Score
from otklik.care.surveys.results import Scope, is_score
from otklik.core.formulas.several import holm
from otklik.core.journal import clock
from otklik.desk.sla.models import Version as ClassVersion

SIDES = {
    "channel": "ticket__channel_kind",
    "class": "ticket__class_version",
    "topic": "ticket__topic__name",
    "agent": "agent__name",
    "product": "ticket__product__name",
}
"""By what whoever was asked is known beforehand, and where that stands."""
MOST = 20
"""The largest groups of a side are looked at: a test of hundreds would find nothing in any."""
DIFFERENT = 0.10
"""Less than ten points of a share is no matter (S10)."""
EARLY = timedelta(days=3)
"""Whoever answers later resembles those who never do."""

type Rows = Iterable[Mapping[str, Any]]
"""Whom we asked, by something that was known of them: `group`, `asked` and `answered`."""


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

    Of invitations that are two weeks old.  A statement for each side, however many were asked.
    """
    if _ripe(scope).count() < TESTABLE:
        return []
    found = [one for side in SIDES for one in _of_side(scope, side)]
    adjusted = holm([one.difference.p for one in found])
    return [replace(one, p=1.0 if p is None else p) for one, p in zip(found, adjusted, strict=True)]


def early_and_late(scope: Scope, question: Question) -> Turn:
    """Marks of whoever answered within three days of being asked, and of all who needed longer."""
    counts: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for late, value, n in _marks(scope, question):
        counts[late][value] += n
    return _turn(question.kind, counts[False], counts[True])


def since_before(scope: Scope, question: Question) -> Turn | None:
    """The same question in the version before, asked in the same way; None where that asked something else."""
    earlier = scope.version.survey.versions.filter(number__lt=scope.version.number).exclude(frozen_at=None)
    version = earlier.order_by("-number").first()
    if version is None or version.first is None or version.first.kind != question.kind:
        return None
    version.survey = scope.version.survey
    was, now = Counter[int](), Counter[int]()
    for counts, where, asked in ((was, replace(scope, version=version), version.first), (now, scope, question)):
        for _late, value, n in _marks(where, asked):
            counts[value] += n
    return _turn(question.kind, was, now)


def _turn(kind: str, was: Counter[int], now: Counter[int]) -> Turn:
    return Turn(reckoned(kind, was), reckoned(kind, now), differ(kind, was, now))


def _of_side(scope: Scope, side: str) -> list[Group]:
    rows = _NAMED.get(side, _by_name)(_asked(scope, side))
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


def _ripe(scope: Scope) -> QuerySet[Invitation]:
    return scope.invitations().filter(sent_at__lte=clock.now() - OPEN_FOR)


def _asked(scope: Scope, side: str) -> Rows:
    """How many were asked and answered, by what stands on that side; what stands nowhere is no group."""
    said = ~Q(score=None) | Q(pk__in=Answer.objects.filter(scope.answered()).values("invitation"))
    column = SIDES[side]
    rows = _ripe(scope).exclude(**{column: None})
    told = rows.annotate(group=F(column)).order_by().values("group")
    return told.annotate(asked=Count("pk"), answered=Count("pk", filter=said))


def _by_name(rows: Rows) -> dict[str, tuple[int, int]]:
    return {str(row["group"]): (row["asked"], row["answered"]) for row in rows if row["group"] != ""}


def _by_class(rows: Rows) -> dict[str, tuple[int, int]]:
    """Versions of one class are one class."""
    named: Mapping[int, str] = dict(ClassVersion.objects.values_list("pk", "service_class__name"))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        if name := named.get(row["group"]):
            counts[name][0] += row["asked"]
            counts[name][1] += row["answered"]
    return {name: (asked, answered) for name, (asked, answered) in counts.items()}


_NAMED: dict[str, Callable[[Rows], dict[str, tuple[int, int]]]] = {"class": _by_class}


def _marks(scope: Scope, question: Question) -> list[tuple[bool, int, int]]:
    """(whether late, mark, how many) of one question."""
    given: QuerySet[Any] = Score.objects.filter(scope.answered())
    if not is_score(scope.version.survey, question):
        given = Answer.objects.filter(scope.answered(), question=question).exclude(value=None)
    late = ExpressionWrapper(Q(at__gt=F("invitation__sent_at") + EARLY), output_field=BooleanField())
    rows = given.annotate(late=late).order_by().values_list("late", "value").annotate(n=Count("pk"))
    return [(bool(is_late), value, n) for is_late, value, n in rows]
