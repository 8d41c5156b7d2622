"""What articles said before, what colleagues say is wrong with them, and what readers think of them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.care.knowledge.models import Article, Flag, Version
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.articles import article_of, full, kept_by, ticket_named
from otklik.front.api.auth import person, studying, writing_up
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.articles import (
    ArticleOut,
    FlagAnswerIn,
    FlagIn,
    FlagOut,
    OpinionOut,
    RestoreIn,
    VersionOut,
    VersionRow,
)

router = Router(tags=["articles"])


@router.get(
    "/{int:pk}/versions", auth=studying, response=answers(list[VersionRow]), operation_id="list_article_versions"
)
def list_versions(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What its readers saw, the last one first, without the texts."""
    rows = article_of(pk).versions.select_related("by").defer("text")
    return [_version(one) for one in page(request, rows, ("-number",), cursor, limit)[0]]


@router.get(
    "/{int:pk}/versions/{int:number}", auth=studying, response=answers(VersionOut), operation_id="get_article_version"
)
def get_version(request: HttpRequest, pk: int, number: int) -> Any:
    """What it said then."""
    one = _of_number(article_of(pk), number)
    return _version(one) | {"text": one.text}


@router.post(
    "/{int:pk}/versions/{int:number}/restore",
    auth=writing_up,
    response=answers(ArticleOut),
    operation_id="restore_article",
)
def restore(request: HttpRequest, pk: int, number: int, body: RestoreIn, key: Key = "") -> Any:
    """It says again what it said then, as a new version; what was for colleagues alone then is so again."""

    def act() -> Any:
        user, one = person(request), kept_by(request, pk)
        return full(one.restore(_of_number(one, number), by=user, seen=body.edition), user)

    return once(request, key, {"restore": number, "of": pk, **body.dict()}, act)


@router.get("/{int:pk}/flags", auth=studying, response=answers(list[FlagOut]), operation_id="list_article_flags")
def list_flags(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What colleagues said is wrong, settled ones as well, the last one first."""
    rows = page(request, article_of(pk).flags.select_related("by"), ("-id",), cursor, limit)[0]
    return _flags(rows, person(request))


@router.post("/{int:pk}/flags", auth=writing_up, response=answers(FlagOut, 201), operation_id="flag_article")
def flag(request: HttpRequest, pk: int, body: FlagIn, key: Key = "") -> Any:
    """It is wrong or outdated: its owner has three days to mend it or to answer.  Everybody here may say so."""

    def act() -> Any:
        user, one = person(request), article_of(pk)
        return _flags([one.flag(body.text, by=user, ticket=ticket_named(user, body.ticket))], user)[0]

    return Status(201, once(request, key, {"flag of article": pk, **body.dict()}, act))


@router.post(
    "/{int:pk}/flags/{int:number}/answer",
    auth=writing_up,
    response=answers(FlagOut),
    operation_id="answer_article_flag",
)
def answer_flag(request: HttpRequest, pk: int, number: int, body: FlagAnswerIn, key: Key = "") -> Any:
    """It is right as it stands, and why; whoever said it was wrong reads that.  409 where it is settled."""

    def act() -> Any:
        user, one = person(request), kept_by(request, pk)
        found = one.flags.select_related("by").filter(pk=min(number, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        found.close(by=user, answer=body.answer, mended=False)
        return _flags([found], user)[0]

    return once(request, key, {"answer to flag": number, "of": pk, **body.dict()}, act)


@router.get(
    "/{int:pk}/opinions", auth=studying, response=answers(list[OpinionOut]), operation_id="list_article_opinions"
)
def list_opinions(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Whether it helped its readers, the last one first; who they were is not kept."""
    rows = page(request, article_of(pk).opinions.all(), ("-id",), cursor, limit)[0]
    return [{name: getattr(one, name) for name in ("id", "edition", "helped", "missing", "at")} for one in rows]


def _of_number(one: Article, number: int) -> Version:
    found = one.versions.select_related("by").filter(number=min(number, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _version(one: Version) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("number", "title", "audience", "at")}
    return told | {"by": present.person_row(one.by)}


def _flags(rows: list[Flag], user: User) -> list[dict[str, Any]]:
    """Requests that the person does not see have no number here."""
    noticed = [one.ticket_id for one in rows if one.ticket_id]
    seen = (
        set(Ticket.objects.visible_to(user).filter(pk__in=noticed).values_list("pk", flat=True)) if noticed else set()
    )
    names = ("id", "text", "at", "due_at", "done_at", "mended", "answer")
    return [
        {name: getattr(one, name) for name in names}
        | {"by": present.person_row(one.by), "ticket": one.ticket_id if one.ticket_id in seen else None}
        for one in rows
    ]
