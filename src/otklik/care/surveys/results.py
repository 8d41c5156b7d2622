"""What a version of a survey brought: how many were asked and answered, the figure of each question, its bias."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from otklik.care.surveys.figures import FEWEST, Reckoned, reckoned
from otklik.care.surveys.models import OPEN_FOR, Answer, Invitation, Question, Score, Survey, Version
from otklik.care.surveys.scales import AREAS, Kind
from otklik.care.surveys.tallied import SCORE, Marks, Settled, settled
from otklik.core.formulas import csi, kish_of_strata, nonresponse_bounds, poststratify, response_rate
from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound

INSTANT = timedelta(microseconds=1)
"""The least by which two moments differ."""
EARLY = timedelta(days=3)
"""Whoever answers later resembles those who never do."""
DIFFERENT = 0.10
"""A line whose share of answers differs by more from its share of invitations calls for weighing (S10)."""


@dataclass(frozen=True)
class Scope:
    """One version, asked in one way; `teams` are the lines that the reader may see, None for all.

    With `since` and `until` (half-open) only of those who were asked then.
    """

    version: Version
    source: str
    teams: Collection[int] | None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def was_invited(self) -> bool:
        """Only where somebody was asked there is a share that answered."""
        return self.source in (*Invitation.ASKED_IN_WRITING, Invitation.Source.PHONE)

    @cached_property
    def settled(self) -> Settled:
        """What is known already of the days of which nobody can answer any more."""
        return Settled() if self.since else settled(self.version, self.source, self.teams)

    @cached_property
    def live(self) -> "Scope":
        """The rest, which is counted where it lies."""
        return replace(self, since=self.settled.until) if self.settled.until else self

    @cached_property
    def ripe(self) -> "Scope":
        """Of the rest those who were asked two weeks ago or earlier, which is a day or two of it."""
        return replace(self.live, until=clock.now() - OPEN_FOR + INSTANT)

    @cached_property
    def scores(self) -> Marks:
        """Marks of answers (`Score`), of all days; read once, however often a page looks at them."""
        return _gathered(self.settled.marks.get(SCORE), by_time(Score.objects.filter(self.live.answered())))

    @cached_property
    def answers(self) -> Mapping[int, Marks]:
        """Answers by question, of all days; read once, too."""
        given = Answer.objects.filter(self.live.answered(), question__version=self.version)
        rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for question, *row in by_time(given, "question"):
            rows[question].append(tuple(row))
        known = {int(key): marks for key, marks in self.settled.marks.items() if key != SCORE}
        return {one: _gathered(known.get(one), rows[one]) for one in {**known, **rows}}

    def given(self, question: Question) -> Marks:
        """How often each point of this question was given."""
        is_mark = is_score(self.version.survey, question)
        return self.scores if is_mark else self.answers.get(question.pk, Marks())

    def invitations(self) -> QuerySet[Invitation]:
        """Whom a letter went to, or who was to be called; who came to rate by themselves was not asked."""
        found = Invitation.objects.filter(survey=self.version.survey_id, version=self.version, source=self.source)
        found = found.exclude(sent_at=None).filter(**self._asked())
        if self.source in Invitation.ASKED_IN_WRITING:
            found = found.exclude(digest=None)
        return found if self.teams is None else found.filter(team__in=self.teams)

    def answered(self, prefix: str = "invitation__") -> Q:
        """The condition for answers: those of whoever rated on their own page count, too."""
        told = {f"{prefix}version": self.version, f"{prefix}source": self.source, **self._asked(prefix)}
        return Q(**told) if self.teams is None else Q(**told, **{f"{prefix}team__in": self.teams})

    def _asked(self, prefix: str = "") -> dict[str, object]:
        """The survey stands with the time: together they have an index."""
        told: dict[str, object] = {f"{prefix}sent_at__gte": self.since} if self.since else {}
        told |= {f"{prefix}sent_at__lt": self.until} if self.until else {}
        return {**told, f"{prefix}survey": self.version.survey_id} if told else told


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
    before = scope.settled
    told = scope.ripe.invitations().aggregate(**counted(scope.ripe))
    all_, failed, completed, partial = (
        told[name] + getattr(before, name) for name in ("asked", "failed", "completed", "partial")
    )
    share = response_rate(all_, failed, completed, partial, 0)["rate"]
    sent = scope.live.invitations().count() + before.asked
    why = kept_back(scope.teams, scope.version.survey_id)
    return Response(sent, all_, failed, completed, partial, share if scope.was_invited else None, why)


def kept_back(teams: Collection[int] | None, survey: int | None = None) -> dict[str, int]:
    """How many were not asked for which reason, the most first: of one survey, or of all together (S9, S12)."""
    never = Invitation.objects.exclude(why_not="")
    never = never if survey is None else never.filter(survey=survey)
    never = never if teams is None else never.filter(team__in=teams)
    # Rows, not their numbers: an index of these knows all that is asked, and no number.
    return dict(never.values_list("why_not").annotate(n=Count("*")).order_by("-n", "why_not"))


def counted(scope: Scope) -> dict[str, Count]:
    """How what became of invitations is counted: of these asked, whose letter did not arrive, who answered."""
    failed = Outbound.objects.filter(state=Outbound.State.FAILED).values("pk")
    said = has_answered(scope)
    return {
        "asked": Count("pk"),
        "failed": Count("pk", filter=Q(letter__in=failed) & ~said),
        "completed": Count("pk", filter=~Q(finished_at=None)),
        "partial": Count("pk", filter=Q(finished_at=None) & said),
    }


def has_answered(scope: Scope) -> Q:
    """Looked up among those of the scope: joined to them, all marks that were ever given would be read."""
    marks, answers = Score.objects.filter(scope.answered()), Answer.objects.filter(scope.answered())
    return Q(pk__in=marks.values("invitation")) | Q(pk__in=answers.values("invitation"))


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
    rows: QuerySet[Invitation, Any] = scope.ripe.invitations().order_by().values("team")
    of_lines = Counter[tuple[int | None, str]](scope.settled.strata)
    for row in rows.annotate(**marked(scope, first.question)):
        of_lines.update({(row["team"], name): row[name] for name in ("size", "given", "good")})
    strata = [
        {"N": of_lines[team, "size"], "n": of_lines[team, "given"], "k": of_lines[team, "good"]}
        for team in dict.fromkeys(team for team, name in of_lines if of_lines[team, name])
    ]
    people, answers = sum(row["N"] for row in strata), sum(row["n"] for row in strata)
    if not answers or all(abs(row["N"] / people - row["n"] / answers) <= DIFFERENT for row in strata):
        return None, None, None
    told = poststratify(strata)
    weights = [(row["N"] / row["n"], row["n"]) for row in strata if row["n"]]
    return told["raw"], told["value"], kish_of_strata(weights)["n_eff"]


def marked(scope: Scope, question: Question) -> dict[str, Count]:
    """Of invitations all, those with a mark of this scale, those with a good one."""
    scale = question.scale
    assert scale
    mark = "score__value" if is_score(scope.version.survey, question) else "answers__value"
    only = Q() if mark == "score__value" else Q(answers__question=question)
    return {
        "size": Count("pk", distinct=True),
        "given": Count("pk", filter=only & ~Q(**{mark: None}), distinct=True),
        "good": Count("pk", filter=only & Q(**{f"{mark}__in": scale.good}), distinct=True),
    }


def first_scale(version: Version) -> Question | None:
    """The question whose figure is held against who did not answer."""
    return next((one for one in version.asked() if one.scale), None)


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


def by_time(given: QuerySet[Any], *beside: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Marks by these columns, whether they came late, and value, with how many."""
    late = ExpressionWrapper(Q(at__gt=F("invitation__sent_at") + EARLY), output_field=BooleanField())
    rows = given.exclude(value=None).annotate(late=late).order_by()
    return rows.values_list(*beside, "late", "value").annotate(n=Count("pk"))


def _gathered(known: Marks | None, rows: Iterable[tuple[Any, ...]]) -> Marks:
    """What is known of settled days, and these rows of `by_time`."""
    found = Marks(Counter(known.soon), Counter(known.late)) if known else Marks()
    for is_late, value, n in rows:
        (found.late if is_late else found.soon)[value] += n
    return found


def _counts(scope: Scope) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for question, given in scope.answers.items():
        found[question].update(given.whole())
    if first := scope.version.first:
        found[first.pk].update(scope.scores.whole())
    return found


def _result(question: Question, counts: Counter[int]) -> Result:
    rows = [(words, counts[value]) for value, words in question.options]
    return Result(question, rows, reckoned(question.kind, counts), counts)
