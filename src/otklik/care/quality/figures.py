"""What reviews of the last quarter say, as far as the reader may see (METRICS Q1, Q2, Q4).

Only what was drawn at random and is not under dispute: risks would say how often things go wrong, not how people work.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from statistics import fmean

from otklik.care.quality.agreeing import OfOne, of_criterion, units_of
from otklik.care.quality.elements import Element
from otklik.care.quality.models import Calibration, Criterion, Mark, Review
from otklik.care.quality.scoring import score_of, share_of
from otklik.care.quality.states import BITS, Family, State
from otklik.core.formulas import critical_accuracy, mean_ci
from otklik.core.journal import clock
from otklik.core.staff.models import User

DAYS = 90
FEWEST = 5
"""Of fewer reviews nothing is told but how many they are (METRICS C1)."""
CONCLUDES = 15
"""Of fewer nothing is concluded about a person (METRICS Q3)."""
MOST = 3000
"""Reviews of one page, the newest."""


@dataclass(frozen=True)
class Accuracy:
    """Reviews without an error of a family; None of too few."""

    family: Family
    errors: int
    share: float | None
    lo: float | None
    hi: float | None


@dataclass(frozen=True)
class Judged:
    """An element in `n` reviews that judged it: the mean of 100 with its interval."""

    n: int
    mean: float
    lo: float
    hi: float

    @property
    def concludes(self) -> bool:
        return self.n >= CONCLUDES


@dataclass
class Group:
    """A person or everybody: `n` reviews, the mean score with its interval, None of too few."""

    name: str
    n: int = 0
    mean: float | None = None
    lo: float | None = None
    hi: float | None = None
    accuracies: Sequence[Accuracy] = ()
    by_element: dict[str, Judged | None] = field(default_factory=dict)
    person: int = 0

    @property
    def errors(self) -> int:
        """Critical errors of all families."""
        return sum(one.errors for one in self.accuracies)

    @property
    def concludes(self) -> bool:
        return self.n >= CONCLUDES


@dataclass(frozen=True)
class Quarter:
    """`people` by name; `elements` are known ones, `criteria` are (name, mean of 100), the lowest first."""

    whole: Group
    people: list[Group]
    elements: list[str]
    criteria: list[tuple[str, float]]

    @property
    def weakest(self) -> str:
        """The element that is surely below all others; "" where their intervals overlap."""
        known = sorted((one.mean, name, one) for name, one in self.whole.by_element.items() if one)
        others = [one.lo for _mean, _name, one in known[1:]]
        return known[0][1] if others and known[0][2].hi < min(others) else ""


type Given = dict[int, list[tuple[Criterion, str]]]
"""The marks that hold, by review."""
type Scores = dict[int, dict[str, float]]
"""Of 100, by review and element; without elements of which nothing applies."""


def of_quarter(user: User) -> Quarter:
    """In three statements, whatever the number of reviews; of a lead also which lines are theirs."""
    since = clock.now() - timedelta(days=DAYS)
    found = Review.objects.visible_to(user).counting().filter(published_at__gte=since).select_related("agent")
    told = found.only("agent__name", "score", "ruled_score", "errors", "ruled_errors")
    rows = list(told.order_by("-published_at", "-pk")[:MOST])
    given = _given([row.pk for row in rows])
    scores = _scores(given)
    people: dict[int, list[Review]] = defaultdict(list)
    for row in rows:
        people[row.agent_id].append(row)
    groups = [replace(_group(own[0].agent.name, own, scores), person=pk) for pk, own in people.items()]
    whole = _group("", rows, scores)
    elements = [one.value for one in Element if whole.by_element.get(one) is not None]
    criteria = sorted(_criteria(given), key=lambda one: (one[1], one[0]))
    return Quarter(whole, sorted(groups, key=lambda one: one.name), elements, criteria)


def _given(numbers: list[int]) -> Given:
    rows = list(Mark.objects.filter(review__in=numbers).values_list("review_id", "criterion_id", "mark", "ruled"))
    criteria = Criterion.objects.in_bulk({criterion for _review, criterion, _mark, _ruled in rows})
    found: Given = defaultdict(list)
    for review, criterion, mark, ruled in rows:
        found[review].append((criteria[criterion], ruled or mark))
    return found


def _scores(given: Given) -> Scores:
    found: Scores = {}
    for review, pairs in given.items():
        parts: dict[str, list[tuple[Criterion, str]]] = defaultdict(list)
        for criterion, mark in pairs:
            parts[criterion.element].append((criterion, mark))
        scores = {element: score_of(own) for element, own in parts.items()}
        found[review] = {element: score for element, score in scores.items() if score is not None}
    return found


def _group(name: str, rows: Sequence[Review], scores: Scores) -> Group:
    accuracies = [_accuracy(family, rows) for family in Family]
    if len(rows) < FEWEST:
        return Group(name, len(rows), accuracies=accuracies)
    told = mean_ci([row.result for row in rows if row.result is not None], clip=(0, 100))
    own = [scores.get(row.pk, {}) for row in rows]
    by_element = {one.value: _judged([row[one] for row in own if one in row]) for one in Element}
    return Group(name, len(rows), told["mean"], told["lo"], told["hi"], accuracies, by_element)


def _accuracy(family: Family, rows: Sequence[Review]) -> Accuracy:
    errors = sum(bool(row.faults & BITS[family]) for row in rows)
    told = critical_accuracy(len(rows), errors)
    known = len(rows) >= FEWEST
    return Accuracy(family, errors, *(told[name] if known else None for name in ("p", "lo", "hi")))


def _judged(known: list[float]) -> Judged | None:
    """None where too few reviews judged it."""
    told = mean_ci(known, clip=(0, 100))
    if len(known) < FEWEST or told["mean"] is None or told["lo"] is None or told["hi"] is None:
        return None
    return Judged(len(known), told["mean"], told["lo"], told["hi"])


def _criteria(given: Given) -> list[tuple[str, float]]:
    """By name, over the versions of a card."""
    shares: dict[str, list[float]] = defaultdict(list)
    for pairs in given.values():
        for criterion, mark in pairs:
            if mark and (share := share_of(criterion, mark)) is not None:
                shares[criterion.name].append(share)
    return [(name, 100 * fmean(found)) for name, found in shares.items() if len(found) >= FEWEST]


@dataclass(frozen=True)
class Scorer:
    """Who scores in a session: how many conversations are done, of how many."""

    person: User
    done: int
    all: int


def of_people(session: Calibration) -> list[Scorer]:
    found: dict[User, list[str]] = defaultdict(list)
    for review in session.reviews.select_related("reviewer").order_by("reviewer__name", "pk"):
        found[review.reviewer].append(review.state)
    return [Scorer(person, states.count(State.SCORED), len(states)) for person, states in found.items()]


@dataclass(frozen=True)
class Compared:
    """One criterion of a session: in how many conversations all gave the same, the widest difference of 100, and how
    far people agree where there are enough conversations to say so.
    """

    criterion: Criterion
    same: int
    n: int
    widest: float
    marks: list[tuple[int, list[str]]]
    agreed: OfOne


def compared(session: Calibration, people: Sequence[Scorer]) -> list[Compared]:
    """By criterion, those first in which people differ most; marks in the order of the people, "" of none."""
    order = [one.person.pk for one in people]
    by_criterion: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    for (ticket, criterion), marks in sorted(units_of(session).items()):
        by_criterion[criterion].append((ticket, [marks.get(person, "") for person in order]))
    criteria = Criterion.objects.in_bulk(by_criterion)
    found = [_compared(criteria[pk], rows) for pk, rows in by_criterion.items()]
    return sorted(found, key=lambda one: (-one.widest, one.criterion.position))


def _compared(criterion: Criterion, rows: list[tuple[int, list[str]]]) -> Compared:
    spreads = []
    for _ticket, marks in rows:
        shares = [share for mark in marks if mark and (share := share_of(criterion, mark)) is not None]
        spreads.append(max(shares) - min(shares) if shares else 0.0)
    same = sum(len(set(marks) - {""}) == 1 for _ticket, marks in rows)
    agreed = of_criterion(criterion, [marks for _ticket, marks in rows])
    return Compared(criterion, same, len(rows), 100 * max(spreads), rows, agreed)
