"""Results of surveys: who answered, the figure of each question, how far it can be trusted, and who is owed a talk."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.care.surveys import beside, resembling, results
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.tallied import asked_by
from otklik.core.journal import clock
from otklik.core.paper import Paper
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.imports import sheets
from otklik.front.board.access import lines_of
from otklik.front.board.papers.of_survey import of_survey
from otklik.front.board.papers.views import answered
from otklik.front.board.surveyed import ringing, talks, telling
from otklik.front.board.surveyed.access import teams_of, watcher

MOST = 200
FEW_WORDS = 5
PAGE = 50


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Surveys that clients were asked by, and providers who asked them for us."""
    user = watcher(request)
    asked = Survey.objects.exclude(began_at=None).annotate(number=Max("versions__number", filter=_frozen()))
    kept_back = results.kept_back(teams_of(user))
    context = {
        "not_sent": telling.kept_back(kept_back),
        "not_sent_n": sum(kept_back.values()),
        "surveys": asked.order_by("ended_at", "name", "id")[:MOST],
        "providers": beside.providers(teams_of(user)),
        "to_call": ringing.count(user) if Survey.objects.filter(by_phone=True).exists() else None,
        "now": words.here(),
    }
    return render(request, "board/surveyed/index.html", context)


@login_required
@never_cache
@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One version; those who were invited apart from those who came by the open link."""
    user = watcher(request)
    found = get_object_or_404(Survey.objects.exclude(began_at=None), pk=pk)
    sources = _sources(found)
    scope = _scope(request, user, found, sources)
    context = {
        **results_of(scope),
        "survey": found,
        "versions": list(found.versions.filter(_frozen("")).order_by("-number")[:20]),
        "sources": sources,
        "said": _said(scope)[:FEW_WORDS],
        "owed": talks.owed(user, found),
        "loop": talks.loop(user, found),
        "now": words.here(),
    }
    return render(request, "board/surveyed/survey.html", context)


@login_required
@never_cache
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page shows of this version, without the words of clients."""
    user = watcher(request)
    found = get_object_or_404(Survey.objects.exclude(began_at=None), pk=pk)
    scope = scope_of(request, user, found)
    lines = _("All lines") if scope.teams is None else ", ".join(team.name for team in lines_of(user)) or "—"
    source = str(_sources(found)[scope.source])

    def made() -> Paper:
        return of_survey(found, results_of(scope), source, lines, talks.loop(user, found))

    return answered(request, f"survey-{pk}-{scope.version.number}", made)


def results_of(scope: results.Scope) -> dict[str, Any]:
    """What is shown of one version, on its page and on paper."""
    told = results.response(scope)
    rows, others = results.results(scope), _others(scope)
    return {
        "scope": scope,
        "by_link": not scope.was_invited,
        "response": told,
        "not_sent": telling.kept_back(told.not_sent),
        "not_sent_n": sum(told.not_sent.values()),
        "rows": [_shown(row, others) for row in rows],
        "index": telling.index_of(results.index(rows)),
        **_trust(scope, rows, told),
    }


@login_required
@never_cache
@require_safe
def said(request: HttpRequest, pk: int) -> HttpResponse:
    """What clients wrote, newest first: beside the mark of an answer, or in answer to questions."""
    user = watcher(request)
    found = get_object_or_404(Survey.objects.exclude(began_at=None), pk=pk)
    scope, of_marks = scope_of(request, user, found), request.GET.get("of") == "marks"
    before = request.GET.get("before", "")
    rows: QuerySet[Any] = results.comments(scope) if of_marks else results.words(scope)
    rows = rows.order_by("-pk")
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    some = list(rows[: PAGE + 1])
    context = {
        "survey": found,
        "scope": scope,
        "beside": of_marks,
        "rows": [telling.words_of(one) for one in some[:PAGE]],
        "next": some[PAGE - 1].pk if len(some) > PAGE else "",
        "now": words.here(),
    }
    return render(request, "board/surveyed/said.html", context)


@login_required
@never_cache
@require_safe
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every answer of the version as CSV or XLSX; no cell of a client is a formula there."""
    user = watcher(request)
    found = get_object_or_404(Survey.objects.exclude(began_at=None), pk=pk)
    scope, form = scope_of(request, user, found), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    header = (_("When"), _("Question"), _("Mark"), _("In their words"), _("Request"), _("Source"))
    write, kind = sheets.FORMS[form]
    content = as_read_by_them(write(header, telling.rows_of(scope)))
    response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{pk}-{scope.version.number}.{form}"'
    return response


def as_read_by_them(content: Iterator[bytes]) -> Iterator[bytes]:
    """In the language of who asked: the page is over before its rows are written."""
    language = get_language() or "en"

    def written() -> Iterator[bytes]:
        with override(language):
            yield from content

    return written()


def _frozen(prefix: str = "versions__") -> Q:
    return ~Q(**{f"{prefix}frozen_at": None})


def scope_of(request: HttpRequest, user: User, survey: Survey) -> results.Scope:
    return _scope(request, user, survey, _sources(survey))


def _scope(request: HttpRequest, user: User, survey: Survey, known: dict[str, str | LazyText]) -> results.Scope:
    versions = survey.versions.filter(_frozen("")).order_by("-number")
    number = request.GET.get("version", "")
    chosen = versions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    version = chosen or versions.first()
    if version is None:
        raise Http404
    version.survey = survey
    asked = request.GET.get("source", "")
    source = asked if asked in known else next(iter(known))
    return results.Scope(version, source, teams_of(user))


def _sources(survey: Survey) -> dict[str, str | LazyText]:
    """How answers to it come; each way is looked at by itself."""
    source = Invitation.Source
    if survey.occasion != Survey.Occasion.LINK:
        known = asked_by(survey, (source.CHAT, source.CHAT_END))
        chats = [one for one in (source.CHAT, source.CHAT_END) if one in known]
        ways = [source.LETTER, *chats, *([source.PHONE] if survey.by_phone else [])]
        return {one.value: one.label for one in ways}
    return {one.value: one.label for one in (source.LINK, source.SITE)}


def _said(scope: results.Scope) -> list[dict[str, Any]]:
    """The newest words of both kinds."""
    found: list[Any] = [*results.comments(scope)[:FEW_WORDS], *results.words(scope)[:FEW_WORDS]]
    return [telling.words_of(one) for one in sorted(found, key=lambda one: one.at, reverse=True)]


def _trust(scope: results.Scope, rows: list[results.Result], told: results.Response) -> dict[str, Any]:
    """How far the figures speak for those who did not answer, and what changed since the version before."""
    first = scope.version.first
    if scope.source not in Invitation.ASKED_IN_WRITING or first is None:
        return {"bias": [], "changed": ""}
    said = [
        *telling.biased(results.bias(scope, rows, told)),
        *telling.resembled(resembling.groups(scope)),
        *telling.late_ones(resembling.early_and_late(scope, first)),
    ]
    return {"bias": said, "changed": telling.changed(resembling.since_before(scope, first))}


def _others(scope: results.Scope) -> list[beside.Found]:
    """What providers found while this version was asked, one statement for all questions."""
    version, now = scope.version, clock.now()
    later = version.survey.versions.filter(_frozen(""), number__gt=version.number).order_by("number")
    ended = later.values_list("frozen_at", flat=True).first() or version.survey.ended_at or now
    return beside.everything(beside.View(version.frozen_at or now, ended, scope.teams))


def _shown(row: results.Result, others: list[beside.Found]) -> dict[str, Any]:
    found = beside.compared(others, row.question, row.given) if row.question.scale else []
    return telling.shown(row) | {"beside": [telling.beside(one) for one in found]}
