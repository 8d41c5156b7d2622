"""The requests behind a figure: as many as it says."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.care.surveys.models import Answer, Score
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.routing.models import Pick
from otklik.desk.sla.safe import lasted
from otklik.desk.tickets.models import Ticket
from otklik.front.board.figures import AGES, MISSED
from otklik.front.board.measured import attended, cards, narrowing, records
from otklik.front.board.unknown import Known, unknown
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.telling import of_reading
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import BROKEN, KEPT, MOVED
from otklik.team.metrics.surveying import MARKS

PAGE = 50
COMMENT = 120
type Parts = dict[str, frozenset[int]]
PARTS_OF: dict[Measure | None, Callable[[Metric], Parts]] = {
    Measure.COMMITMENT: lambda metric: {"missed": MISSED},
    Measure.PICKED: lambda metric: {"passed": metric.good},
}
"""Some kinds of reading by one name."""
FATES = (KEPT, MOVED, BROKEN)
SCALE_OF: dict[Measure | None, Kind] = {
    **{measure: kind for (_occasion, kind), measure in MARKS.items()},
    **{Measure.RECOMMENDED: Kind.NPS, Measure.EFFORT: Kind.CES7, Measure.DIFFICULTY: Kind.CES6},
}
"""On which scale the marks are that a measure counts; each point has a list of its own."""


@login_required
@never_cache
def behind(request: HttpRequest, name: str) -> HttpResponse:
    """Newest first, of what stands open the oldest; a request that the reader may not see is a number."""
    assert isinstance(request.user, User)
    if name not in METRICS:
        raise Http404
    user, found, told = request.user, METRICS[name], request.GET
    only, part = narrowing.narrowed(told, user, found), _part(told, found)
    view = narrowing.within(narrowing.viewed(request, user, found), only)
    asked = Question(found, view.scope, only, part)
    if found.records:
        vain = [*view.unknown, *unknown(told, **narrowing.known(user, found))]
        context = {"view": view, "unknown": vain, "metric": found, "narrowed": narrowing.called(only, user)}
        if found.is_time:
            return render(request, "board/measured/attended.html", context | attended.told(asked))
        return render(request, "board/measured/records.html", context | records.told(asked))
    if found.cards:
        context = {"view": view, "unknown": [*view.unknown, *unknown(told, **narrowing.known(user, found))]}
        return render(request, "board/measured/cards.html", {**context, "metric": found, **cards.told(asked, user)})
    age = int(told["age"]) if _is_age(told.get("age", "")) and found.stands else None
    some = _rows(asked, age, _place(told.get("before", "")))
    context = {
        "view": view,
        "unknown": [*view.unknown, *unknown(told, **_known(found, user))],
        "metric": found,
        "column": _column(found),
        "count": standing.behind(asked, age).count() if found.stands else layer.figure(asked).n,
        "narrowed": [*narrowing.called(only, user), *_said(found, told, age)],
        "rows": list(_told(found, some[:PAGE], user)),
        "next": f"{some[PAGE - 1].at.timestamp():.6f}.{some[PAGE - 1].pk}" if len(some) > PAGE else "",
    }
    return render(request, "board/measured/behind.html", context)


def _rows(asked: Question, age: int | None, place: tuple[datetime, int] | None) -> list[Any]:
    """One page of the list, from a place on, and one row more when it goes on."""
    rows: Any = standing.behind(asked, age) if asked.metric.stands else layer.behind(asked)
    if place:
        further = "gt" if asked.metric.stands else "lt"
        rows = rows.filter(Q(**{f"at__{further}": place[0]}) | Q(**{"at": place[0], f"pk__{further}": place[1]}))
    return list(rows[: PAGE + 1])


def _told(metric: Metric, rows: list[Any], user: User) -> Iterator[dict[str, Any]]:
    numbers = [row.of_request if metric.stands else row.ticket_id for row in rows]
    seen = Ticket.objects.visible_to(user).filter(pk__in=set(numbers)).select_related("owner", "team")
    tickets, comments = {ticket.pk: ticket for ticket in seen}, _comments(metric, numbers)
    for number, row in zip(numbers, rows, strict=True):
        says = _of_standing(metric, row) if metric.stands else of_reading(metric, row)
        comment = comments.get((number, row.at), "") if number in tickets else ""
        yield {"ticket": tickets.get(number), "at": words.stamp(row.at), "says": f"{says} {comment}".strip()}


def _column(metric: Metric) -> str:
    """What the last column of the list says."""
    if not metric.stands:
        return str(metric.name)
    if metric.how == How.SAFE:
        return _("Lasted, working time")
    return _("Late by") if metric.id == "backlog.late" else _("Age")


def _of_standing(metric: Metric, row: Any) -> str:
    if metric.how == How.SAFE:
        return words.worked(lasted(row))
    return words.span((clock.now() - row.at).total_seconds()) if metric.id not in standing.OF_COMMITMENTS else ""


def _comments(metric: Metric, numbers: Iterable[int]) -> dict[tuple[int, datetime], str]:
    """What clients wrote beside their marks, or how a request was picked and why, by request and moment."""
    if metric.measure == Measure.PICKED:
        return _picked(numbers)
    if metric.measure not in SCALE_OF:
        return {}
    if metric.measure != Measure.SCORE:
        told = Answer.objects.filter(invitation__ticket__in=set(numbers), question__kind=SCALE_OF[metric.measure])
        said = told.exclude(words="").exclude(value=None).values_list("invitation__ticket", "at", "words")
        return {(number, at): text[:COMMENT] for number, at, text in said}
    given = Score.objects.filter(ticket__in=set(numbers)).exclude(comment="")
    return {(number, at): text[:COMMENT] for number, at, text in given.values_list("ticket", "at", "comment")}


def _picked(numbers: Iterable[int]) -> dict[tuple[int, datetime], str]:
    picks = Pick.objects.filter(ticket__in=set(numbers))
    told = {(one.ticket_id, one.at): [one.get_way_display(), one.get_reason_display()] for one in picks}
    return {place: "· " + ": ".join(filter(None, said)) for place, said in told.items()}


def _known(metric: Metric, user: User) -> dict[str, Known]:
    """What an address may narrow this list to."""
    own = narrowing.known(user, metric)
    if metric.stands:
        own["age"] = _is_age
    elif metric.measure == Measure.PROMISE or metric.measure in SCALE_OF:
        own["kind"] = _kinds(metric)
    elif metric.measure in PARTS_OF:
        own["part"] = PARTS_OF[metric.measure](metric)
    return {**own, "before": _place}


def _kinds(metric: Metric) -> dict[str, int]:
    kinds = FATES if metric.measure == Measure.PROMISE else SCALES[SCALE_OF[metric.measure]].points
    return {str(kind): kind for kind in kinds}


def _part(told: QueryDict, metric: Metric) -> frozenset[int]:
    if metric.how == How.PART:
        return metric.good
    if metric.measure in PARTS_OF:
        return PARTS_OF[metric.measure](metric).get(str(told.get("part", "")), frozenset())
    if metric.measure == Measure.PROMISE or metric.measure in SCALE_OF:
        kind = _kinds(metric).get(str(told.get("kind", "")))
        return frozenset() if kind is None else frozenset({kind})
    return frozenset()


def _said(metric: Metric, told: QueryDict, age: int | None) -> list[str]:
    """The part that is shown, in words."""
    if age is not None:
        return [str(AGES[age])]
    part = _part(told, metric)
    if metric.measure in PARTS_OF and part:
        return [_("missed") if metric.measure == Measure.COMMITMENT else _("others were passed over")]
    if not part:
        return []
    (kind,) = part
    fates = {KEPT: _("kept"), MOVED: _("moved"), BROKEN: _("broken")}
    return [fates[kind] if metric.measure == Measure.PROMISE else _("mark %(mark)s") % {"mark": kind}]


def _is_age(text: str) -> bool:
    return text in map(str, range(len(AGES)))


def _place(text: str) -> tuple[datetime, int] | None:
    """Where the page before ended: moment and number of its last row."""
    seconds, micros, pk = (*text.split("."), "", "")[:3]
    if not (seconds.isdecimal() and micros.isdecimal() and pk.isdecimal() and len(text) < 45):
        return None
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros[:6])), int(pk)
