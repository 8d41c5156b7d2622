"""The improvements, one of them with its verdict, and what is decided on it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.imports import sheets
from otklik.front.board.access import may_watch
from otklik.front.board.improving import sentences
from otklik.front.board.improving.forms import DecisionForm, ImprovementForm
from otklik.front.board.measured import telling
from otklik.front.board.measured.course import course
from otklik.front.board.noting.happenings import MOST as LETTERS
from otklik.front.board.noting.happenings import Happening, happenings, of_improvement
from otklik.front.board.timing import timed
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import Comparison, Verdict
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.judging import Judgement, judged, verdict_of
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.scope import Scope

MOST = 100


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The newest first; each shows its verdict once its day has come."""
    user = _watcher(request)
    some = Improvement.objects.visible_to(user).select_related("team", "by")[:MOST]
    rows = [{"improvement": one, "metric": METRICS.get(one.metric), "verdict": _short(one)} for one in some]
    return render(request, "board/improving/index.html", {"rows": rows})


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Write down what will be tried."""
    form = ImprovementForm(_watcher(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("board:improvement", form.save().pk)
    return render(request, "board/improving/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures before and after, the verdict in words, and the guards."""
    return _page(request, found(request, pk), DecisionForm())


@login_required
@never_cache
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Before and after as CSV or XLSX: the metric and its guards, in the words of the page."""
    user, kept, form = _watcher(request), found(request, pk), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    shown = told(user, kept, events=False)
    header = (_("Metric"), _("Before"), _("Made of"), _("After"), _("Made of"), _("Change"), _("Verdict"))
    whole = [{**shown["main"], "says": shown["says"]}, *shown["guards"]]
    names = ("before", "before_of", "after", "after_of", "effect", "says")
    rows = [(str(one["metric"].name), *(str(one[name]) for name in names)) for one in whole]
    write, kind = sheets.FORMS[form]
    response = StreamingHttpResponse(write(header, rows), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="improvement-{pk}.{form}"'
    return response


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep, adjust or take back; once, and not before it is judged."""
    improvement, form = found(request, pk), DecisionForm(request.POST)
    if not _may_decide(improvement):
        return redirect("board:improvement", improvement.pk)
    if not form.is_valid():
        return _page(request, improvement, form, status=422)
    improvement.decide(form.cleaned_data["decision"], form.cleaned_data["lesson"], _watcher(request))
    return redirect("board:improvement", improvement.pk)


def _watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    return request.user


def found(request: HttpRequest, pk: int) -> Improvement:
    rows = Improvement.objects.visible_to(_watcher(request)).select_related("team", "by", "decided_by")
    return get_object_or_404(rows, pk=min(pk, 2**63 - 1))


def _may_decide(improvement: Improvement) -> bool:
    return improvement.is_ripe(clock.now()) and not improvement.decision


def _short(improvement: Improvement) -> tuple[Any, str]:
    if improvement.decision:
        return improvement.get_decision_display(), ""
    return sentences.headline(improvement, verdict_of(improvement, clock.now()))


def _page(request: HttpRequest, improvement: Improvement, form: DecisionForm, status: int = 200) -> HttpResponse:
    timing = timed(request.GET)
    context = {
        **told(_watcher(request), improvement, events=timing.events),
        "timing": timing,
        "form": form if _may_decide(improvement) else None,
    }
    return render(request, "board/improving/one.html", context, status=status)


def told(user: User, improvement: Improvement, *, events: bool = True) -> dict[str, Any]:
    """What is shown of it, on its page and on paper; without `events` the improvement alone is marked."""
    judgement, metric = judged(improvement, clock.now()), METRICS[improvement.metric]
    says, state = sentences.headline(improvement, judgement.verdict)
    before, after = improvement.before(), improvement.after()
    scope = Scope(before.start, after.end, after.teams)
    return {
        "improvement": improvement,
        "metric": metric,
        "least": sentences.least(metric, improvement.least),
        "says": says,
        "state": state,
        "main": _told(judgement.main),
        "about_shift": sentences.about_shift([judgement.main, *(guard for guard, _verdict in judgement.guards)]),
        "shortage": sentences.shortage(judgement.main) if judgement.verdict == Verdict.TOO_LITTLE else "",
        "guards": _guards(judgement),
        "care": [sentences.CARE[care] for care in judgement.care],
        "same_clients": sentences.same_clients(judgement),
        "chart": course(
            Question(metric, scope), _happened(user, improvement, scope, events=events), change=improvement.starts_on
        ),
    }


def _happened(user: User, improvement: Improvement, scope: Scope, *, events: bool) -> list[Happening]:
    """What happened meanwhile, and the improvement itself in any case: where letters end the earliest makes room."""
    own = of_improvement(improvement)
    if not events:
        return [own]
    found = happenings(user, scope)
    return found if own in found else sorted([*found[-LETTERS + 1 :], own], key=lambda one: one.on)


def _told(told: Comparison) -> dict[str, Any]:
    return {
        "metric": told.metric,
        "of": sentences.of_what(told),
        "before": telling.shown(told.before),
        "before_of": _made_of(told, told.before),
        "after": telling.shown(told.after),
        "after_of": _made_of(told, told.after),
        "effect": sentences.effect(told),
    }


def _made_of(told: Comparison, figure: Figure) -> str:
    return ", ".join(filter(None, [sentences.of_what(told), telling.of_how_many(figure)]))


def _guards(judgement: Judgement) -> list[dict[str, Any]]:
    ripe = judgement.verdict is not None
    return [
        {
            **_told(guard),
            "says": sentences.VERDICTS[verdict][0] if ripe else "",
            "state": sentences.VERDICTS[verdict][1],
        }
        for guard, verdict in judgement.guards
    ]
