"""What a version of a survey brought: how many were asked and answered, the figure of each question, its bias."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from otklik.care.surveys.figures import FEWEST, Reckoned, reckoned
from otklik.care.surveys.models import OPEN_FOR, Answer, Invitation, Question, Score, Survey, Version
from otklik.care.surveys.scales import AREAS, Kind
from otklik.core.formulas import csi, kish, nonresponse_bounds, poststratify, response_rate
from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound

DIFFERENT = 0.10
"""A line whose share of answers differs by more from its share of invitations calls for weighing (S10)."""


@dataclass(frozen=True)
class Scope:
    """One version, asked in one way; `teams` are the lines that the reader may see, None for all."""

    version: Version
    source: str
    teams: Collection[int] | None

    @property
    def was_invited(self) -> bool:
        """Only where somebody was asked there is a share that answered."""
        return self.source in (*Invitation.ASKED_IN_WRITING, Invitation.Source.PHONE)

    def invitations(self) -> QuerySet[Invitation]:
        """Whom a letter went to, or who was to be called; who came to rate by themselves was not asked."""
        found = Invitation.objects.filter(survey=self.version.survey_id, version=self.version, source=self.source)
        found = found.exclude(sent_at=None)
        if self.source in Invitation.ASKED_IN_WRITING:
            found = found.exclude(digest=None)
        return found if self.teams is None else found.filter(team__in=self.teams)

    def answered(self, prefix: str = "invitation__") -> Q:
        """The condition for answers: those of whoever rated on their own page count, too."""
        told = {f"{prefix}version": self.version, f"{prefix}source": self.source}
        return Q(**told) if self.teams is None else Q(**told, **{f"{prefix}team__in": self.teams})


@dataclass(frozen=True)
class Response:
    """S9: of the invitations that are two weeks old; `rate` is None of none, and of an open link."""

    sent: int
    mature: int
    undeliverable: int
    completed: int
    partial: int
    rate: float | None
    not_sent: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """One question: every point of its scale or choice with how often it was given, and the figure of them."""

    question: Question
    counts: list[tuple[str, int]]
    told: Reckoned
    given: Counter[int]

    @property
    def n(self) -> int:
        return self.told.n

    @property
    def mean(self) -> float | None:
        return self.told.mean


@dataclass(frozen=True)
class Bias:
    """S10: between which values the mean of everybody asked may lie, and the share as if each line had answered by its
    size, where the lines answered unevenly; `alike` is how many evenly drawn answers would say as much.  `of_words`:
    the mean of yes and no is a share.
    """

    rate: float
    lo: float | None
    hi: float | None
    raw: float | None = None
    weighted: float | None = None
    alike: float | None = None
    of_words: bool = False


def response(scope: Scope) -> Response:
    asked = scope.invitations()
    mature = asked.filter(sent_at__lte=clock.now() - OPEN_FOR)
    failed = Outbound.objects.filter(state=Outbound.State.FAILED).values("pk")
    said = ~Q(score=None) | Q(pk__in=Answer.objects.filter(scope.answered()).values("invitation"))
    told = mature.aggregate(
        all=Count("pk"),
        failed=Count("pk", filter=Q(letter__in=failed) & ~said),
        completed=Count("pk", filter=~Q(finished_at=None)),
        partial=Count("pk", filter=Q(finished_at=None) & said),
    )
    counted = response_rate(told["all"], told["failed"], told["completed"], told["partial"], 0)
    never = Invitation.objects.filter(survey=scope.version.survey_id).exclude(why_not="")
    never = never if scope.teams is None else never.filter(team__in=scope.teams)
    why = dict(never.values_list("why_not").annotate(n=Count("pk")).order_by("why_not"))
    return Response(
        asked.count(),
        told["all"],
        told["failed"],
        told["completed"],
        told["partial"],
        counted["rate"] if scope.was_invited else None,
        why,
    )


def results(scope: Scope) -> list[Result]:
    """Each question that is not answered in own words, in their order."""
    counts = _counts(scope)
    return [_result(one, counts[one.pk]) for one in scope.version.asked() if one.kind != Kind.TEXT]


def index(found: Iterable[Result]) -> dict[str, float | None]:
    """S4: the index of the areas by their importance, 5 and 10 points apart; areas with few answers are left out."""
    of: dict[str, list[dict[str, float | None]]] = defaultdict(list)
    for one in found:
        if one.question.kind in AREAS and one.n >= FEWEST:
            of[one.question.kind].append({"weight": float(one.question.weight), "mean": one.mean})
    return {kind: csi(items)["value"] for kind, items in of.items()}


def bias(scope: Scope, found: list[Result], told: Response) -> Bias | None:
    """Of the first scale; None where nothing is known of who did not answer."""
    first = next((one for one in found if one.question.scale), None)
    if (
        told.rate is None
        or not told.mature >= FEWEST
        or told.rate == 1
        or first is None
        or first.mean is None
        or first.n < FEWEST
    ):
        return None
    scale = first.question.scale
    assert scale
    bounds = nonresponse_bounds(first.mean, told.rate, scale.least, scale.most)
    return Bias(told.rate, bounds["lo"], bounds["hi"], *_weighed(scope, first), bool(scale.words))


def _weighed(scope: Scope, first: Result) -> tuple[float | None, float | None, float | None]:
    """Share of good marks, raw and by the sizes of the lines, and Kish's number of answers; nothing of even ones."""
    scale = first.question.scale
    assert scale
    rows = scope.invitations().filter(sent_at__lte=clock.now() - OPEN_FOR).values("team").order_by()
    mark = "score__value" if is_score(scope.version.survey, first.question) else "answers__value"
    only = Q() if mark == "score__value" else Q(answers__question=first.question)
    given, good = only & ~Q(**{mark: None}), only & Q(**{f"{mark}__in": scale.good})
    counted = rows.annotate(
        size=Count("pk", distinct=True),
        n=Count("pk", filter=given, distinct=True),
        k=Count("pk", filter=good, distinct=True),
    )
    strata = [{"N": row["size"], "n": row["n"], "k": row["k"]} for row in counted]
    people, answers = sum(row["N"] for row in strata), sum(row["n"] for row in strata)
    if not answers or all(abs(row["N"] / people - row["n"] / answers) <= DIFFERENT for row in strata):
        return None, None, None
    told = poststratify(strata)
    weights = [row["N"] / row["n"] for row in strata for _answer in range(row["n"])]
    return told["raw"], told["value"], kish(weights)["n_eff"]


def comments(scope: Scope) -> QuerySet[Score]:
    """Words beside the five faces, newest first."""
    return Score.objects.filter(scope.answered()).exclude(comment="").select_related("ticket").order_by("-at", "-pk")


def words(scope: Scope) -> QuerySet[Answer]:
    """Words in answer to questions and beside other marks, newest first."""
    found = Answer.objects.filter(scope.answered()).exclude(words="")
    return found.select_related("question", "invitation__ticket").order_by("-at", "-pk")


def is_score(survey: Survey, question: Question) -> bool:
    """Whether its marks are kept as `Score`, not as `Answer`."""
    first = question.version.first
    return survey.occasion == Survey.Occasion.RESOLVED and question.kind == Kind.CSAT5 and question == first


def _counts(scope: Scope) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    given = Answer.objects.filter(scope.answered(), question__version=scope.version).exclude(value=None)
    for question, value, n in given.values_list("question", "value").annotate(n=Count("pk")).order_by():
        if value is not None:
            found[question][value] += n
    first = scope.version.first
    if first:
        for mark, times in (
            Score.objects.filter(scope.answered()).values_list("value").annotate(n=Count("pk")).order_by()
        ):
            found[first.pk][mark] += times
    return found


def _result(question: Question, counts: Counter[int]) -> Result:
    rows = [(words, counts[value]) for value, words in question.options]
    return Result(question, rows, reckoned(question.kind, counts), counts)
