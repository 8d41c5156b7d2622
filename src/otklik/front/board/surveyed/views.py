"""Results of surveys: who answered, the figure of each question, how far it can be trusted, and who is owed a talk."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.care.surveys import beside, resembling, results
from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.imports import sheets
from otklik.desk.tickets.models import Ticket
from otklik.front.board.access import lines_of
from otklik.front.board.surveyed import ringing, telling
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
    context = {
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
    scope = _scope(request, user, found)
    told = results.response(scope)
    rows, others = results.results(scope), _others(scope)
    context = {
        "survey": found,
        "scope": scope,
        "versions": list(found.versions.filter(_frozen("")).order_by("-number")[:20]),
        "by_link": not scope.was_invited,
        "sources": _sources(found),
        "response": told,
        "not_sent": [(telling.why_not(code), n) for code, n in told.not_sent.items()],
        "rows": [_shown(row, others) for row in rows],
        "index": telling.index_of(results.index(rows)),
        **_trust(scope, rows, told),
        "said": _said(scope)[:FEW_WORDS],
        "owed": _owed(user, found),
        "now": words.here(),
    }
    return render(request, "board/surveyed/survey.html", context)


@login_required
@never_cache
@require_safe
def said(request: HttpRequest, pk: int) -> HttpResponse:
    """What clients wrote, newest first: beside the mark of an answer, or in answer to questions."""
    user = watcher(request)
    found = get_object_or_404(Survey.objects.exclude(began_at=None), pk=pk)
    scope, of_marks = _scope(request, user, found), request.GET.get("of") == "marks"
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
    scope, form = _scope(request, user, found), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    header = (_("When"), _("Question"), _("Mark"), _("In their words"), _("Request"), _("Source"))
    write, kind = sheets.FORMS[form]
    content = as_read_by_them(write(header, telling.rows_of(scope)))
    response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{pk}-{scope.version.number}.{form}"'
    return response


@login_required
@never_cache
@require_POST
def talked(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has talked to the client; its task is done with it."""
    user = watcher(request)
    one = get_object_or_404(_visible(user).select_related("invitation", "task__ticket"), pk=pk)
    one.close(user)
    messages.success(request, _("The talk is written down as held."))
    return redirect("board:survey", pk=one.invitation.survey_id)


def as_read_by_them(content: Iterator[bytes]) -> Iterator[bytes]:
    """In the language of who asked: the page is over before its rows are written."""
    language = get_language() or "en"

    def written() -> Iterator[bytes]:
        with override(language):
            yield from content

    return written()


def _frozen(prefix: str = "versions__") -> Q:
    return ~Q(**{f"{prefix}frozen_at": None})


def _scope(request: HttpRequest, user: User, survey: Survey) -> results.Scope:
    versions = survey.versions.filter(_frozen("")).order_by("-number")
    number = request.GET.get("version", "")
    chosen = versions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    version = chosen or versions.first()
    if version is None:
        raise Http404
    version.survey = survey
    asked = request.GET.get("source", "")
    source = asked if asked in _sources(survey) else next(iter(_sources(survey)))
    return results.Scope(version, source, teams_of(user))


def _sources(survey: Survey) -> dict[str, str | LazyText]:
    """How answers to it come; each way is looked at by itself."""
    source = Invitation.Source
    if survey.occasion != Survey.Occasion.LINK:
        chats = [one for one in (source.CHAT, source.CHAT_END) if survey.invitations.filter(source=one).exists()]
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


def _visible(user: User) -> QuerySet[FollowUp]:
    found = FollowUp.objects.all()
    return found if user.sees_everything else found.filter(team__in=[team.pk for team in lines_of(user)])


def _owed(user: User, survey: Survey) -> list[FollowUp]:
    found = _visible(user).filter(invitation__survey=survey, closed_at=None).order_by("due_at")
    seen = Ticket.objects.visible_to(user)
    rows = list(found.select_related("invitation__ticket", "invitation__contact", "owner")[:PAGE])
    may = set(seen.filter(pk__in={one.invitation.ticket_id for one in rows}).values_list("pk", flat=True))
    for one in rows:
        one.opens = one.invitation.ticket_id in may  # type: ignore[attr-defined]
    return rows
