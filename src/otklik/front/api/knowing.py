"""Problems by who begins and leads them, and what the night proposes, by the rights of their pages."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.http import HttpRequest
from ninja import Status
from ninja.errors import HttpError

from otklik.care.problems import access
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.care.problems.models.leading import FIELDS
from otklik.care.problems.states import Found
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.api import matters
from otklik.front.api.auth import leading, person, seeing_into
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.leading import named, of_matter
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.incidents import OfMatter
from otklik.front.api.schemas.known import (
    CandidateIn,
    CandidateOut,
    CheckedIn,
    LivedIn,
    ProblemChangeIn,
    ProblemDetails,
    ProblemIn,
    ProblemStateIn,
    RefuseCandidateIn,
    RemovedIn,
)
from otklik.front.api.schemas.matters import ProblemRow

router = matters.problems
ROW = answers(ProblemRow)


@router.post("", auth=leading, response=answers(ProblemRow, 201), operation_id="begin_problem")
def begin_problem(request: HttpRequest, body: ProblemIn, key: Key = "") -> Any:
    """With an owner and a day on which it is looked at again; `POST /tickets/many/problem` adds its tickets."""

    def act() -> Any:
        by = _writer(request)
        told: dict[str, Any] = {name: getattr(body, name) for name in ("title", "notices", "workaround", "wake_on")}
        about: dict[str, Any] = {"topic": _topic(body.topic), "product": _product(body.product)}
        return matters.problem_row(Problem.objects.begin(by=by, owner=named(body.owner, "owner"), **told, **about).pk)

    return Status(201, once(request, key, {"problem": body.dict()}, act))


@router.get(
    "/candidates", auth=seeing_into, response=answers(list[CandidateOut]), operation_id="list_problem_candidates"
)
def list_candidates(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What the night and the hour found and nobody has spoken of: a spike first, then what comes most."""
    _reader(request)
    spike = Case(When(found=Found.SPIKE, then=Value(0)), default=Value(1))
    rows = Candidate.objects.waiting().select_related("topic", "product").annotate(spike=spike)
    return [_candidate(one) for one in page(request, rows, ("spike", "-count", "id"), cursor, limit)[0]]


@router.post("/candidates/{int:pk}/make", auth=leading, response=answers(ProblemRow, 201), operation_id="make_problem")
def make_problem(request: HttpRequest, pk: int, body: CandidateIn, key: Key = "") -> Any:
    """A problem with its newest tickets; the night links the rest.  409 where somebody was quicker."""

    def act() -> Any:
        by, told = _writer(request), body.dict(exclude={"owner"})
        found = _waiting(pk)
        return matters.problem_row(found.become(by=by, owner=named(body.owner, "owner"), **told).pk)

    return Status(201, once(request, key, {"make problem": pk, **body.dict()}, act))


@router.post(
    "/candidates/{int:pk}/refuse",
    auth=leading,
    response=answers(list[CandidateOut]),
    operation_id="refuse_problem_candidate",
)
def refuse_candidate(request: HttpRequest, pk: int, body: RefuseCandidateIn, key: Key = "") -> Any:
    """It is no problem, by the word of who leads.  Answers with the first of those that are left."""

    def act() -> Any:
        if not access.may_decide(person(request)):
            raise HttpError(403, "only who leads may")
        _waiting(pk).refuse(body.why, by=person(request))
        left = Candidate.objects.waiting().select_related("topic", "product").dearest_first()[:50]
        return [_candidate(one) for one in left]

    return once(request, key, {"no problem": pk, **body.dict()}, act)


@router.patch("/{int:pk}", auth=leading, response=ROW, operation_id="change_problem")
def change_problem(request: HttpRequest, pk: int, body: ProblemChangeIn, key: Key = "") -> Any:
    """Its words, price, owner and day, by its owner and leads; send `If-Match`, so that nobody is written over."""

    def change(problem: Problem) -> None:
        by, told = person(request), body.dict(exclude_unset=True)
        better: dict[str, Any] = {name: told[name] for name in FIELDS if name in told}
        for name in ("title", "notices", "workaround", "cause"):
            if better.get(name, "") is None:
                del better[name]
        better |= {"topic": _topic(told["topic"])} if "topic" in told else {}
        better |= {"product": _product(told["product"] or "")} if "product" in told else {}
        problem.correct(better, by=by)
        if told.get("wake_on"):
            problem.put_off(told["wake_on"], by=by)
        if owner := named(told.get("owner") or "", "owner"):
            problem.hand_to(owner, by=by)  # who gives it away may correct nothing any more

    return _led(request, pk, key, {"change problem": pk, **body.dict(exclude_unset=True)}, change)


@router.post("/{int:pk}/state", auth=leading, response=ROW, operation_id="move_problem")
def move_problem(request: HttpRequest, pk: int, body: ProblemStateIn, key: Key = "") -> Any:
    """Looked into, a known error with its `cause`, being removed; also because it came back."""
    told = {"state of problem": pk, **body.dict()}
    return _led(request, pk, key, told, lambda one: one.move(body.state, by=person(request), cause=body.cause))


@router.post("/{int:pk}/live", auth=leading, response=ROW, operation_id="live_with_problem")
def live_with_problem(request: HttpRequest, pk: int, body: LivedIn, key: Key = "") -> Any:
    """It stays, by the decision of who leads."""

    def change(problem: Problem) -> None:
        if not access.may_decide(person(request)):
            raise HttpError(403, "only who leads may")
        problem.live_with(body.reason, body.wake_on, by=person(request))

    return _led(request, pk, key, {"live with": pk, **body.dict()}, change)


@router.post("/{int:pk}/remove", auth=leading, response=ROW, operation_id="remove_problem")
def remove_problem(request: HttpRequest, pk: int, body: RemovedIn, key: Key = "") -> Any:
    """What was done; a month later somebody looks at what came of it."""
    told = {"remove problem": pk, **body.dict()}
    return _led(request, pk, key, told, lambda one: one.remove(body.result, by=person(request), tell=body.tell))


@router.post("/{int:pk}/check", auth=leading, response=ROW, operation_id="check_problem")
def check_problem(request: HttpRequest, pk: int, body: CheckedIn, key: Key = "") -> Any:
    """What came of the removal: it is over."""
    told = {"check problem": pk, **body.dict()}
    return _led(request, pk, key, told, lambda one: one.finish(body.checked, by=person(request)))


@router.get("/{int:pk}/details", auth=seeing_into, response=answers(ProblemDetails), operation_id="read_problem_more")
def read_problem_more(request: HttpRequest, pk: int) -> Any:
    """Its cause, price and end."""
    one = _seen(request, pk)
    names = ("id", "cause", "fix_cost", "effect", "reason", "result", "checked", "checked_at")
    return {name: getattr(one, name) for name in names} | {
        "topic": one.topic_id,
        "product": one.product.name if one.product else "",
        "waiting": len(one.waiting()),
        "may_lead": access.may_lead(person(request), one),
    }


@router.get(
    "/{int:pk}/tickets", auth=seeing_into, response=answers(list[OfMatter]), operation_id="list_tickets_of_problem"
)
def list_tickets(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Those that it made and that the person sees, the newest first."""
    linked = Linked.objects.filter(problem=_seen(request, pk)).values("ticket")
    return of_matter(request, Ticket.objects.visible_to(person(request)).filter(pk__in=linked), cursor, limit)


def _reader(request: HttpRequest) -> None:
    if not access.may_see(person(request)):
        raise HttpError(403, "not for this person to see")


def _writer(request: HttpRequest) -> Any:
    if not access.may_begin(person(request)):
        raise HttpError(403, "this person does not answer clients")
    return person(request)


def _seen(request: HttpRequest, pk: int) -> Problem:
    _reader(request)
    found: Problem | None = Problem.objects.select_related("product", "owner").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _waiting(pk: int) -> Candidate:
    found = Candidate.objects.waiting().select_related("topic", "product").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _led(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Problem], object]) -> Any:
    """The problem after a change that happens once for each key, wholly or not at all."""

    @transaction.atomic
    def act() -> Any:
        found = _seen(request, pk)
        if not access.may_lead(person(request), found):
            raise HttpError(403, "only its owner and leads may")
        change(found)
        return matters.problem_row(pk)

    return once(request, key, told, act)


def _topic(pk: int | None) -> Topic | None:
    if pk is None:
        return None
    found = Topic.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid("there is no such topic", "topic")
    return found


def _product(name: str) -> Product | None:
    if not name:
        return None
    found = Product.objects.filter(name=name).first()
    if found is None:
        raise Invalid("there is no such product", "product")
    return found


def _candidate(one: Candidate) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "found", "count", "clients", "hour", "usual", "chance")}
    return told | {
        "topic": one.topic_id,
        "product": one.product.name if one.product else "",
        "article": one.article_name,
    }
