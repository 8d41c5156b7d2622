"""What surveys brought, and reviews: read by who leads, as their pages show it."""

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from otklik.care.surveys import results
from otklik.care.surveys.models import Invitation, Review, Score, Survey
from otklik.care.surveys.tallied import asked_by
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import moderating, person, surveying
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, tried
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.surveyed import (
    ModerateIn,
    ReviewOut,
    ReviewPage,
    ReviewReplyIn,
    SurveyFull,
    SurveyOut,
    SurveyResultsOut,
    SurveyWordsPage,
)
from otklik.team.metrics.sureness import status_of

router = Router(tags=["surveys"])
reviews = Router(tags=["reviews"])
Number = Annotated[int | None, Query(ge=1, le=9999, description="of `versions`; the last one with none")]
Source = Annotated[str, Query(max_length=12, description="of `sources`; the first one when empty")]
UNSURE = ("undefined", "hidden")


@router.get("", auth=surveying, response=answers(list[SurveyOut]), operation_id="list_surveys")
def list_surveys(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Those that clients were asked by, the newest first; for who leads and who looks at the whole department."""
    _watcher(request)
    rows = Survey.objects.exclude(began_at=None).prefetch_related("versions")
    return [_survey(one) for one in page(request, rows, ("-id",), cursor, limit)[0]]


@router.get("/{int:pk}", auth=surveying, response=answers(SurveyFull), operation_id="read_survey")
def read_survey(request: HttpRequest, pk: int) -> Any:
    """One of them, with how answers to it come."""
    _watcher(request)
    found = _one(pk)
    return _survey(found) | {"sources": _sources(found)}


@router.get("/{int:pk}/results", auth=surveying, response=answers(SurveyResultsOut), operation_id="read_survey_results")
def read_results(request: HttpRequest, pk: int, version: Number = None, source: Source = "") -> Any:
    """Of one version, asked in one way.  A figure of fewer than five answers is not told."""
    scope = _scope(request, pk, version, source)
    told = results.response(scope)
    names = ("sent", "mature", "undeliverable", "completed", "partial", "rate")
    return {
        **{name: getattr(told, name) for name in names},
        "survey_id": pk,
        "version": scope.version.number,
        "source": scope.source,
        "not_sent": dict(told.not_sent),
        "questions": [_question(one) for one in results.results(scope)],
    }


@router.get("/{int:pk}/words", auth=surveying, response=answers(SurveyWordsPage), operation_id="list_survey_words")
def list_words(
    request: HttpRequest,
    pk: int,
    version: Number = None,
    source: Source = "",
    of: Annotated[
        Literal["answers", "marks"], Query(description="in answer to questions, or beside a mark")
    ] = "answers",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """What clients wrote, the newest first."""
    scope, user = _scope(request, pk, version, source), person(request)
    rows: QuerySet[Any] = results.comments(scope) if of == "marks" else results.words(scope)
    shown, following = page(request, rows, ("-id",), cursor, limit)
    told = [_said(one) for one in shown]
    numbers = {one["ticket"] for one in told if one["ticket"]}
    seen = set(Ticket.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
    return {"items": [one | {"ticket": one["ticket"] if one["ticket"] in seen else None} for one in told],
            "next": following}  # fmt: skip


@reviews.get("", auth=surveying, response=answers(ReviewPage), operation_id="list_reviews")
def list_reviews(
    request: HttpRequest,
    of: Annotated[
        Literal["me", "waiting", "decided"],
        Query(description="`me`: shown ones of the person, which they may answer; the others are for who leads"),
    ] = "waiting",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Those that wait come the oldest first, all others the newest first."""
    user = person(request)
    if of == "me":
        rows: QuerySet[Review] = Review.objects.shown().filter(agent=user)
    elif of == "waiting":
        rows = _moderated(request).waiting()
    else:
        rows = _moderated(request).exclude(state=Review.State.WAITING)
    order = ("id",) if of == "waiting" else ("-id",)
    shown, following = page(request, _with_all(rows), order, cursor, limit)
    return {"items": [_review(one) for one in shown], "next": following}


@reviews.post("/{int:pk}/moderate", auth=moderating, response=answers(ReviewOut), operation_id="moderate_review")
def moderate(request: HttpRequest, pk: int, body: ModerateIn, key: Key = "") -> Any:
    """Let it be seen or not, by who leads; never one of themselves."""

    def act() -> Any:
        found = _with_all(_moderated(request)).filter(pk=min(pk, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        tried(lambda: found.moderate(body.state, by=person(request)), {"": "state"})
        return _review(found)

    return once(request, key, {"review": pk, **body.dict()}, act)


@reviews.post("/{int:pk}/reply", auth=moderating, response=answers(ReviewOut), operation_id="reply_to_review")
def reply(request: HttpRequest, pk: int, body: ReviewReplyIn, key: Key = "") -> Any:
    """Once, by whom it is about, while it is shown."""

    def act() -> Any:
        mine = _with_all(Review.objects.filter(agent=person(request), pk=min(pk, LARGEST)))
        found = mine.first()
        if found is None:
            raise HttpError(404, "not found")
        tried(lambda: found.answer(body.text, by=person(request)), {"": "text"})
        return _review(found)

    return once(request, key, {"reply to review": pk, **body.dict()}, act)


def _watcher(request: HttpRequest) -> User:
    user = person(request)
    if not (user.leads or user.sees_everything):
        raise HttpError(403, "for who leads and who looks at the whole department")
    return user


def _one(pk: int) -> Survey:
    found = Survey.objects.exclude(began_at=None).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _scope(request: HttpRequest, pk: int, number: int | None, source: str) -> results.Scope:
    user = _watcher(request)
    survey = _one(pk)
    versions = survey.versions.exclude(frozen_at=None).order_by("-number")
    version = (versions.filter(number=number) if number else versions).first()
    known = _sources(survey)
    if version is None or (source and source not in known):
        raise HttpError(404, "not found")
    version.survey = survey
    lines = None if user.sees_everything else [line.pk for line in Team.objects.active() if line.pk in user.team_ids]
    return results.Scope(version, source or known[0], lines)


def _sources(survey: Survey) -> list[str]:
    """How answers to it come; each way is looked at by itself."""
    source = Invitation.Source
    if survey.occasion == Survey.Occasion.LINK:
        return [source.LINK.value, source.SITE.value]
    chats = (source.CHAT, source.CHAT_END)
    known = asked_by(survey, chats)
    ways = [source.LETTER, *(one for one in chats if one in known), *([source.PHONE] if survey.by_phone else [])]
    return [one.value for one in ways]


def _survey(one: Survey) -> dict[str, Any]:
    names = ("id", "name", "occasion", "state", "share", "began_at", "ended_at")
    frozen = sorted((each.number for each in one.versions.all() if each.frozen_at), reverse=True)
    return {name: getattr(one, name) for name in names} | {"versions": frozen}


def _question(one: results.Result) -> dict[str, Any]:
    told, question = one.told, one.question
    status = status_of(told.n)
    hidden = status in UNSURE
    figures = {name: None if hidden else getattr(told, name) for name in ("value", "lo", "hi", "mean")}
    return {
        "id": question.pk,
        "kind": question.kind,
        "words": question.words,
        "condition": str(question.condition() or ""),
        "n": told.n,
        "status": status,
        "unit": told.unit,
        **figures,
        "counts": [] if hidden else [{"label": str(label), "count": count} for label, count in one.counts],
    }


def _said(one: Any) -> dict[str, Any]:
    """An answer in own words, or the words beside a mark."""
    if isinstance(one, Score):
        return {"id": one.pk, "at": one.at, "words": one.comment, "question": "", "ticket": one.ticket_id}
    about = one.question.words if one.question else ""
    return {"id": one.pk, "at": one.at, "words": one.words, "question": about, "ticket": one.invitation.ticket_id}


def _moderated(request: HttpRequest) -> Any:
    user = person(request)
    if not user.leads:
        raise HttpError(403, "only who leads may")
    return Review.objects.all().for_moderation_of(user)


def _with_all(rows: Any) -> "QuerySet[Review]":
    found: QuerySet[Review] = rows.with_marks().select_related("agent", "given__invitation")
    return found


def _review(one: Review) -> dict[str, Any]:
    names = ("id", "text", "signed_as", "mark", "state", "given_at", "moderated_at", "reply", "replied_at")
    asked = one.given.invitation if one.given else None
    of: dict[str, Any] = {"ticket": one.score.ticket_id if one.score else asked and asked.ticket_id}
    of |= {"contact_id": asked and asked.contact_id, "agent": present.person_row(one.agent)}
    return {name: getattr(one, name) for name in names} | of
