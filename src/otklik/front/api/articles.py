"""The knowledge base: articles found, read, written and published with the rights of the person of the token."""

from typing import Annotated, Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Article, Section
from otklik.care.knowledge.models.use import COUNTS
from otklik.care.knowledge.search import LONGEST, PAGE, Scope, find
from otklik.care.knowledge.states import Audience, Language, State
from otklik.core.staff.models import User
from otklik.core.ui.found import START, STOP
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present, sparse
from otklik.front.api.auth import person, studying, writing_up
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.articles import (
    ArticleFigures,
    ArticleHit,
    ArticleIn,
    ArticleOut,
    ArticlePut,
    ArticleRow,
    OwnerIn,
)

router = Router(tags=["articles"])
FULL = answers(ArticleOut)
PLAIN = (
    *("id", "title", "state", "audience", "language", "section_id", "original_id"),
    *("review_on", "published_at", "changed_at", "edition"),
)


@router.get(
    "",
    auth=studying,
    response=answers(list[ArticleRow]),
    operation_id="list_articles",
    openapi_extra=sparse.some_rows_of("ArticleRow"),
)
def list_articles(
    request: HttpRequest,
    state: Annotated[State | None, Query(description="all but withdrawn ones unless it is said")] = None,
    audience: Audience | None = None,
    language: Language | None = None,
    section_id: Annotated[int | None, Query(ge=1, lt=LARGEST)] = None,
    owner: Annotated[str, Query(max_length=60, description="login")] = "",
    fields: Annotated[str, sparse.names_of(ArticleRow)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """The newest first, drafts of colleagues, too, so that nobody writes the same twice."""
    names, rows = sparse.chosen(fields, ArticleRow), Article.objects.briefly().select_related("owner")
    rows = rows.living() if state is None else rows.filter(state=state)
    told = {"audience": audience, "language": language, "section": section_id, "owner__login": owner.lower() or None}
    rows = rows.filter(**{name: value for name, value in told.items() if value is not None})
    shown = [_row(one) for one in page(request, rows, ("-id",), cursor, limit)[0]]
    return sparse.answer(request, [sparse.cut(row, names) for row in shown]) if names else shown


@router.get("/found", auth=studying, response=answers(list[ArticleHit]), operation_id="find_articles")
def find_articles(
    request: HttpRequest,
    query: Annotated[str, Query(min_length=1, max_length=LONGEST, description="words, a phrase in quotes, -without")],
    published: Annotated[bool, Query(description="without drafts")] = False,
    language: Annotated[
        Language, Query(description="of whom the answer is for: such articles come first")
    ] = Language.RU,
) -> Any:
    """Articles that hold the words, the best first, thirty at most; what a program seeks counts as nobody's search."""
    hits = find(query, Scope.PUBLISHED if published else Scope.DESK, language.value, PAGE)
    names = ("id", "title", "state", "audience", "language")
    return [{**{name: getattr(one, name) for name in names}, "snippet": _plain(one.snippet)} for one in hits]


@router.get(
    "/{int:pk}",
    auth=studying,
    response=FULL,
    operation_id="get_article",
    openapi_extra=sparse.some_of("ArticleOut"),
)
def get_article(request: HttpRequest, pk: int, fields: Annotated[str, sparse.names_of(ArticleOut)] = "") -> Any:
    """What it says."""
    names = sparse.chosen(fields, ArticleOut)
    told = full(article_of(pk), person(request))
    return sparse.answer(request, sparse.cut(told, names)) if names else told


@router.get("/{int:pk}/figures", auth=studying, response=answers(ArticleFigures), operation_id="get_article_figures")
def get_article_figures(request: HttpRequest, pk: int) -> Any:
    """How often it was read and used, and whether it helped."""
    one = article_of(pk)
    yes, no = (Count("pk", filter=Q(helped=told)) for told in (True, False))
    said = one.opinions.order_by().aggregate(yes=yes, no=no)
    views = one.days.aggregate(n=Sum("views"))["n"] or 0
    used = one.uses.filter(how__in=COUNTS).count()
    return {"helped": said["yes"], "helped_not": said["no"], "views": views, "used": used}


@router.post("", auth=writing_up, response=answers(ArticleOut, 201), operation_id="begin_article")
def begin_article(request: HttpRequest, body: ArticleIn, key: Key = "") -> Any:
    """A draft of one's own; colleagues find it, clients do not."""

    def act() -> Any:
        user = person(request)
        if not access.may_write(user):
            raise HttpError(403, "this person does not answer clients")
        made = Article.objects.begin(
            title=body.title,
            text=body.text,
            by=user,
            section=_section(body.section_id),
            audience=body.audience,
            language=body.language,
            original=_original(body.original_id),
            ticket=ticket_named(user, body.ticket),
        )
        return full(made, user)

    return Status(201, once(request, key, {"article": body.dict()}, act))


@router.put("/{int:pk}", auth=writing_up, response=FULL, operation_id="write_article")
def write_article(request: HttpRequest, pk: int, body: ArticlePut, key: Key = "") -> Any:
    """It says this from now on; where it is published, its readers see it at once, as a new version."""

    def act() -> Any:
        user, one = person(request), kept_by(request, pk)
        told = body.dict(include={"title", "text", "mends"}) | {"audience": body.audience or ""}
        section = _section(body.section_id) if "section_id" in body.model_fields_set else one.section
        return full(one.write(**told, section=section, by=user, seen=body.edition), user)

    return once(request, key, {"article": pk, **body.dict(exclude_unset=True)}, act)


@router.post("/{int:pk}/publish", auth=writing_up, response=FULL, operation_id="publish_article")
def publish_article(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Its audience reads it from now on; 422 without a section, 409 where it is read already."""
    return _turned(request, pk, key, "publish")


@router.post("/{int:pk}/withdraw", auth=writing_up, response=FULL, operation_id="withdraw_article")
def withdraw_article(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Nobody finds it any more; it can be published again."""
    return _turned(request, pk, key, "withdraw")


@router.post("/{int:pk}/review", auth=writing_up, response=FULL, operation_id="review_article")
def review_article(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Somebody has read it anew and it is right; the next time is in half a year."""
    return _turned(request, pk, key, "review")


@router.post("/{int:pk}/give", auth=writing_up, response=FULL, operation_id="give_article")
def give_article(request: HttpRequest, pk: int, body: OwnerIn, key: Key = "") -> Any:
    """Somebody else who answers clients answers for it from now on."""

    def act() -> Any:
        user, one = person(request), kept_by(request, pk)
        owner = User.objects.filter(login=body.owner.lower(), is_active=True).first()
        if owner is None:
            raise Invalid("nobody of this name works here", "owner")
        one.give(owner, by=user)
        return full(one, user)

    return once(request, key, {"give article": pk, **body.dict()}, act)


def article_of(pk: int) -> Article:
    """For everybody who works here; 404 for one that is not there."""
    found = Article.objects.select_related("owner").defer("search").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def kept_by(request: HttpRequest, pk: int) -> Article:
    """The same for its owner and leads; 403 for who merely reads."""
    one = article_of(pk)
    if not access.may_change(person(request), one):
        raise HttpError(403, "its owner and leads change an article")
    return one


def ticket_named(user: User, number: int | None) -> Ticket | None:
    """A request in which the person may write.  Raises Invalid for another one."""
    if number is None:
        return None
    found = Ticket.objects.visible_to(user).filter(pk=number).first()
    if found is None or not can_answer(user, found):
        raise Invalid("this person answers in no such request", "ticket")
    return found


def full(one: Article, user: User) -> dict[str, Any]:
    told = {"text": one.text, "reviewed_at": one.reviewed_at, "can_change": access.may_change(user, one)}
    return _row(one) | told


def _turned(request: HttpRequest, pk: int, key: str, how: str) -> Any:
    def act() -> Any:
        user, one = person(request), kept_by(request, pk)
        verbs = {"publish": one.publish, "withdraw": one.withdraw, "review": one.review}
        verbs[how](by=user)
        return full(one, user)

    return once(request, key, {how: pk}, act)


def _section(pk: int | None) -> Section | None:
    if pk is None:
        return None
    found = Section.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid("there is no such section", "section_id")
    return found


def _original(pk: int | None) -> Article | None:
    if pk is None:
        return None
    found = Article.objects.exclude(state=State.DRAFT).filter(pk=pk).first()
    if found is None:
        raise Invalid("there is no such article, or it is a draft", "original_id")
    return found


def _row(one: Article) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PLAIN} | {"owner": present.person_row(one.owner)}


def _plain(snippet: str) -> str:
    return snippet.replace(START, "").replace(STOP, "")
