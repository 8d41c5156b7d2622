"""The figures of the first board: METRICS S2, S9, V1, V3, V11, V12, V19.

Each function takes a `Scope` and answers with plain values; the list behind a figure is the queryset of the same
scope, so that a number and its tickets never differ.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Extract, TruncDate
from django.utils import timezone

from otklik.care.surveys.models import SATISFIED, Invitation, Score
from otklik.core.formulas import csat, promise_shares, wilson
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Promise, Ticket
from otklik.team.metrics.models import TicketFact

FEW, HIDDEN = 30, 5
"""Below 30 a figure is shown grey with its interval, below 5 only its count (METRICS C1)."""
MATURES = timedelta(days=14)
"""An invitation counts in the response rate when its time is over (METRICS S9)."""
AGES = ((0, 1), (1, 3), (3, 7), (7, 14), (14, 30), (30, None))
"""Buckets of age in days: from, to (METRICS V12)."""
FATES = ("kept", "renegotiated", "broken")
"""What became of a date that was told (METRICS V19)."""


class Quantile(Aggregate):
    """PostgreSQL's percentile_cont, type 7 of Hyndman and Fan (METRICS C4)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(q)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, q: float, **extra: Any) -> None:
        super().__init__(expression, q=q, **extra)


@dataclass(frozen=True)
class Scope:
    """Which tickets: of whom (`teams` None is all), and when (half-open, by the anchor of each figure)."""

    start: datetime
    end: datetime
    teams: Sequence[int] | None = None

    def of_team(self, team_id: int) -> "Scope":
        return replace(self, teams=[team_id])

    def before(self) -> "Scope":
        """The same length right before."""
        return replace(self, start=self.start - (self.end - self.start), end=self.start)

    def days(self) -> list[date]:
        """The local days of the scope."""
        first, last = timezone.localtime(self.start).date(), timezone.localtime(self.end).date()
        return [first + timedelta(days=number) for number in range((last - first).days)]

    def inside(self, moment: str) -> Q:
        when = Q(**{f"{moment}__gte": self.start, f"{moment}__lt": self.end})
        return when if self.teams is None else when & Q(team__in=self.teams)

    def people(self) -> Q:
        return Q() if self.teams is None else Q(team__in=self.teams)

    @classmethod
    def visible_to(cls, user: User, start: datetime, end: datetime) -> "Scope":
        """All lines for those who look at the whole department, else one's own."""
        return cls(start, end, None if user.sees_everything else list(user.team_ids))


@dataclass(frozen=True)
class Duration:
    """Seconds: median and nine of ten, over `n` tickets; `within` the target of their line, with its interval."""

    n: int
    median: float | None
    p90: float | None
    within: float | None = None
    lo: float | None = None
    hi: float | None = None

    @property
    def status(self) -> str:
        return status_of(self.n)


def status_of(n: int) -> str:
    return "undefined" if n == 0 else "hidden" if n < HIDDEN else "low" if n < FEW else "ok"


def came(scope: Scope) -> QuerySet[TicketFact]:
    """Tickets that were opened in the scope."""
    facts: QuerySet[TicketFact] = TicketFact.objects.counted().filter(scope.inside("opened_at"))
    return facts


def answered(scope: Scope) -> QuerySet[TicketFact]:
    """Tickets whose first answer falls into the scope; those that a colleague filed had none."""
    facts: QuerySet[TicketFact] = TicketFact.objects.counted().filter(scope.inside("first_answer_at"))
    return facts.exclude(frt_business_s=None)


def ended(scope: Scope) -> QuerySet[TicketFact]:
    """Tickets that were resolved or refused in the scope."""
    facts = TicketFact.objects.counted().filter(scope.inside("ended_at"))
    return facts.filter(ended_as__in=("resolved", "refused"))


def first_response(scope: Scope) -> Duration:
    """V1: created to the first public reply of a person, in business time of the line."""
    return _seen(answered(scope).aggregate(**_columns("frt_business_s", "first_answer")))


def resolution(scope: Scope) -> Duration:
    """V3: created to the last solution, without pauses, in business time of the line."""
    return _seen(ended(scope).aggregate(**_columns("resolution_business_s", "resolution")))


def first_response_by_line(scope: Scope) -> dict[int, Duration]:
    return _by_line(answered(scope), _columns("frt_business_s", "first_answer"))


def resolution_by_line(scope: Scope) -> dict[int, Duration]:
    return _by_line(ended(scope), _columns("resolution_business_s", "resolution"))


def _columns(column: str, target: str) -> dict[str, Aggregate]:
    """Aggregates of a duration; `met` compares each ticket with the target of its own line."""
    within = Q(pk=None)
    for team_id, limit in Team.objects.values_list("pk", target):
        within |= Q(team=team_id, **{f"{column}__lte": limit.total_seconds()})
    return {
        "n": Count(column),
        "median": Quantile(column, 0.5),
        "p90": Quantile(column, 0.9),
        "met": Count(column, filter=within),
    }


def _by_line(facts: QuerySet[TicketFact], columns: dict[str, Aggregate]) -> dict[int, Duration]:
    rows: Iterable[dict[str, Any]] = facts.values("team").order_by().annotate(**columns)  # type: ignore[assignment]
    return {row["team"]: _seen(row) for row in rows}


def _seen(row: dict[str, Any]) -> Duration:
    share = wilson(row["met"], row["n"])
    return Duration(row["n"], row["median"], row["p90"], share["p"], share["lo"], share["hi"])


def scores(scope: Scope, value: int | None = None) -> QuerySet[Score]:
    """Answers of clients that came in the scope and in time, all or those of one value; colleagues are no clients."""
    given = Score.objects.filter(scope.inside("at"), at__lt=F("invitation__sent_at") + MATURES)
    given = given.exclude(ticket__fact__excluded="own")
    return given if value is None else given.filter(value=value)


def satisfaction_by_line(scope: Scope) -> dict[int, dict[str, Any]]:
    """S2 for each line that got an answer."""
    lines: dict[int, Counter[int]] = defaultdict(Counter)
    for row in scores(scope).values("team", "value").order_by().annotate(n=Count("pk")):
        lines[row["team"]][row["value"]] = row["n"]
    return {team: _satisfied(counts) for team, counts in lines.items()}


def _satisfied(counts: "Counter[int]") -> dict[str, Any]:
    result = csat({value: counts.get(value, 0) for value in range(1, 6)}, SATISFIED)
    return {**result, "status": status_of(result["n"]), "counts": counts}


def satisfaction(scope: Scope) -> dict[str, Any]:
    """S2: share of 4 and 5 among the answers, with the response rate of the invitations that are over (S9)."""
    rows = scores(scope).values("value").order_by().annotate(n=Count("pk"))
    counts = Counter({row["value"]: row["n"] for row in rows})
    invited = _arrived(Invitation.objects.filter(scope.inside("sent_at"), sent_at__lte=clock.now() - MATURES))
    sent, back = invited.count(), invited.exclude(score=None).count()
    return {**_satisfied(counts), "invited": sent, "back": back, "rate": wilson(back, sent)["p"]}


def _arrived(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Without those whose letter came back."""
    failed = Message.objects.filter(
        conversation=OuterRef("ticket__conversation"),
        outbound__kind=Outbound.Kind.SURVEY,
        outbound__state=Outbound.State.FAILED,
    )
    return invitations.exclude(Exists(failed), score=None)


def open_tickets(scope: Scope) -> QuerySet[Ticket]:
    tickets: QuerySet[Ticket] = Ticket.objects.open().filter(scope.people())
    return tickets


def aged(scope: Scope, bucket: int, now: datetime) -> QuerySet[Ticket]:
    """Open tickets whose age falls into one of `AGES`."""
    least, most = AGES[bucket]
    tickets = open_tickets(scope).filter(opened_at__lte=now - timedelta(days=least))
    return tickets if most is None else tickets.filter(opened_at__gt=now - timedelta(days=most))


def late(scope: Scope, now: datetime) -> QuerySet[Ticket]:
    """Open tickets past the moment that was told."""
    return open_tickets(scope).filter(due_at__lt=now)


def unanswered(scope: Scope) -> QuerySet[Ticket]:
    """V1: those who still wait for a first answer; they are in no median."""
    return open_tickets(scope).filter(first_answer_at=None)


def open_by_line(scope: Scope) -> dict[int, int]:
    rows = open_tickets(scope).values("team").order_by().annotate(n=Count("pk"))
    return {row["team"]: row["n"] for row in rows}


def backlog(scope: Scope, now: datetime) -> dict[str, Any]:
    """V11, V12: open tickets by age, the ages of half and of nine in ten, and the ten oldest."""
    filters = {
        f"b{index}": Count(
            "pk",
            filter=Q(opened_at__lte=now - timedelta(days=least))
            & (Q() if most is None else Q(opened_at__gt=now - timedelta(days=most))),
        )
        for index, (least, most) in enumerate(AGES)
    }
    row = open_tickets(scope).aggregate(
        n=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now)),
        unanswered=Count("pk", filter=Q(first_answer_at=None)),
        half=Quantile(Extract(Value(now) - F("opened_at"), "epoch"), 0.5),
        most=Quantile(Extract(Value(now) - F("opened_at"), "epoch"), 0.9),
        **filters,
    )
    oldest = open_tickets(scope).order_by("opened_at").select_related("owner", "team")[:10]
    return {
        "n": row["n"],
        "late": row["late"],
        "unanswered": row["unanswered"],
        "p50": row["half"],
        "p90": row["most"],
        "ages": [row[f"b{i}"] for i in range(len(AGES))],
        "oldest": oldest,
    }


def promises(scope: Scope, now: datetime) -> dict[str, Any]:
    """V19: of the dates told to clients that fell due, how many were kept."""
    return dict(promise_shares(**promised(scope).aggregate(**_counts_of_fates(now))))


def promises_by_whom(scope: Scope, now: datetime) -> list[dict[str, Any]]:
    """How many had each fate, for everybody who told dates in each line and class: counted where they lie."""
    line = {"team": F("ticket__team"), "line": F("ticket__team__name")}
    names = {"name": F("by__name"), **line, "service_class": F("ticket__class_name")}
    told = promised(scope).values("by", **names).order_by()
    rows: Iterable[dict[str, Any]] = told.annotate(**_counts_of_fates(now))  # type: ignore[assignment]
    return list(rows)


def _counts_of_fates(now: datetime) -> dict[str, Aggregate]:
    return {fate: Count("pk", filter=rule) for fate, rule in _fates(now).items()}


def promised(scope: Scope, fate: str = "") -> QuerySet[Promise]:
    """The promises of V19: those that are decided, or of one `fate`, kept, renegotiated or broken."""
    fates = _fates(clock.now())
    decided = fates["kept"] | fates["renegotiated"] | fates["broken"] if fate not in fates else fates[fate]
    rows = Promise.objects.filter(decided, taken_back_at=None, until__gte=scope.start, until__lt=scope.end)
    return rows if scope.teams is None else rows.filter(ticket__team__in=scope.teams)


def _fates(now: datetime) -> dict[str, Q]:
    """Each as `promise_stats` decides it; one that is still to come has none."""
    kept = Q(done_at__isnull=False, done_at__lte=F("until"))
    moved = ~kept & Q(moved_at__isnull=False, moved_at__lt=F("until"))
    return {"kept": kept, "renegotiated": moved, "broken": ~kept & ~moved & Q(until__lte=now)}


def daily(scope: Scope, moment: str, column: str) -> dict[Any, float]:
    """Median of a duration for each day of the scope that has any."""
    facts = TicketFact.objects.counted().filter(scope.inside(moment)).exclude(**{column: None})
    days = facts.annotate(day=TruncDate(moment)).values("day").order_by("day")
    return {row["day"]: row["median"] for row in days.annotate(median=Quantile(column, 0.5))}


def flow(scope: Scope) -> dict[str, int]:
    """Tickets that came and that ended in the scope."""
    return {"came": came(scope).count(), "ended": ended(scope).count()}
