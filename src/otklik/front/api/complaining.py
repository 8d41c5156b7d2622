"""The acts of a complaint, each by the right that its page asks."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.care.complaints import access
from otklik.care.complaints.causes import Cause
from otklik.care.complaints.models import Complaint
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api.auth import complaining, person
from otklik.front.api.complaints import complaint_full, complaint_of
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.leading import named
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import complaints as shapes

router = Router(tags=["complaints"])
FULL = answers(shapes.ComplaintFull)
type May = Callable[[User, Complaint], bool]


@router.post("/{int:pk}/acknowledge", auth=complaining, response=FULL, operation_id="acknowledge_complaint")
def acknowledge(request: HttpRequest, pk: int, body: shapes.ToldIn, key: Key = "") -> Any:
    """The client knows that it came and who looks after it."""
    return _done(request, pk, key, body, lambda one, by: one.acknowledge(by=by, **_told(body)))


@router.post("/{int:pk}/assess", auth=complaining, response=FULL, operation_id="assess_complaint")
def assess(request: HttpRequest, pk: int, body: shapes.AssessIn, key: Key = "") -> Any:
    """How grave it is and whom it concerns; a risk raises the severity whatever is said.  What is not named stays."""

    def act(one: Complaint, by: User) -> None:
        lines = None if body.lines is None else list(Team.objects.active().filter(pk__in=body.lines))
        if lines is not None and len(lines) != len(set(body.lines or ())):
            raise Invalid("there is no such line in use", "lines")
        cause = None if body.stated_cause is None else _cause(body.stated_cause, "stated_cause")
        one.assess(by=by, severity=body.severity, risks=body.risks, lines=lines, stated_cause=cause)

    return _done(request, pk, key, body, act)


@router.post("/{int:pk}/investigate", auth=complaining, response=FULL, operation_id="investigate_complaint")
def investigate(request: HttpRequest, pk: int, body: shapes.WhoIn, key: Key = "") -> Any:
    """Somebody looks into it, never the person complained about."""
    return _done(request, pk, key, body, lambda one, by: one.investigate(_who(body), by=by))


@router.post("/{int:pk}/explain", auth=complaining, response=FULL, operation_id="explain_complaint")
def explain(request: HttpRequest, pk: int, body: shapes.ExplainIn, key: Key = "") -> Any:
    """The chain of whys, and the cause where it ends; "human error" never ends it."""

    def act(one: Complaint, by: User) -> None:
        one.explain(body.whys, body.found, body.cause, by=by)

    return _done(request, pk, key, body, act, access.can_investigate)


@router.post("/{int:pk}/decide", auth=complaining, response=FULL, operation_id="decide_complaint")
def decide(request: HttpRequest, pk: int, body: shapes.DecideIn, key: Key = "") -> Any:
    """The answer: upheld or not, what was found, what the client gets."""

    def act(one: Complaint, by: User) -> None:
        one.decide(body.decision, by=by, finding=body.finding, remedy=body.remedy, **_told(body))

    return _done(request, pk, key, body, act, access.can_decide)


@router.post("/{int:pk}/hear", auth=complaining, response=FULL, operation_id="hear_complainant")
def hear(request: HttpRequest, pk: int, body: shapes.HearIn, key: Key = "") -> Any:
    """What the client says of the answer."""
    return _done(request, pk, key, body, lambda one, by: one.hear(body.reaction, body.words, by=by))


@router.post("/{int:pk}/higher", auth=complaining, response=FULL, operation_id="take_complaint_higher")
def higher(request: HttpRequest, pk: int, body: shapes.WhoIn, key: Key = "") -> Any:
    """The second level: another person decides anew."""
    return _done(request, pk, key, body, lambda one, by: one.go_higher(_who(body), by=by))


@router.post("/{int:pk}/bodies", auth=complaining, response=FULL, operation_id="name_bodies")
def bodies(request: HttpRequest, pk: int, body: shapes.BodiesIn, key: Key = "") -> Any:
    """The client was told where they may go from us."""
    return _done(request, pk, key, body, lambda one, by: one.name_bodies(body.bodies, by=by))


@router.post("/{int:pk}/measures", auth=complaining, response=FULL, operation_id="plan_measure")
def plan_measure(request: HttpRequest, pk: int, body: shapes.MeasureIn, key: Key = "") -> Any:
    """What is done so that it does not happen again, by whom and until when."""

    def act(one: Complaint, by: User) -> None:
        owner = named(body.owner, "owner")
        assert owner is not None
        one.plan(body.text, kind=body.kind, owner=owner, due_at=body.due_at, by=by)

    return _done(request, pk, key, body, act, access.can_investigate)


@router.post("/{int:pk}/measures/{int:measure}/done", auth=complaining, response=FULL, operation_id="finish_measure")
def finish_measure(request: HttpRequest, pk: int, measure: int, body: shapes.MeasureDoneIn, key: Key = "") -> Any:
    """By who does it and who manages the complaint; after the last one the time of the check is reckoned."""

    def act(one: Complaint, by: User) -> None:
        row = one.measures.filter(pk=min(measure, LARGEST)).first()
        if row is None:
            raise HttpError(404, "not found")
        if not access.can_finish(by, one, row):
            raise HttpError(403, "only who does it and who manages the complaint may")
        one.finish(row, body.result, by=by)

    return _done(request, pk, key, body, act, access.can_see, measure)


@router.post("/{int:pk}/run", auth=complaining, response=FULL, operation_id="run_measures")
def run(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """The talk about the answer is over, the planned measures begin."""
    return _done(request, pk, key, None, lambda one, by: one.act(by=by))


@router.post("/{int:pk}/ask", auth=complaining, response=FULL, operation_id="ask_whether_it_helped")
def ask(request: HttpRequest, pk: int, body: shapes.AskedIn, key: Key = "") -> Any:
    """A letter by its ticket; 422 for a complaint without one."""
    return _done(request, pk, key, body, lambda one, by: one.ask_whether_it_helped(body.text, by=by))


@router.post("/{int:pk}/check", auth=complaining, response=FULL, operation_id="check_effect")
def check(request: HttpRequest, pk: int, body: shapes.WeighIn, key: Key = "") -> Any:
    """The client's word and the repeats together; 409 before the date of the check, unless it did not help."""
    return _done(request, pk, key, body, lambda one, by: one.weigh(body.helped, by=by))


@router.post("/{int:pk}/close", auth=complaining, response=FULL, operation_id="close_complaint")
def close(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Of one that was not upheld; an upheld one is closed by the check of its effect."""
    return _done(request, pk, key, None, lambda one, by: one.close(by=by))


@router.post("/{int:pk}/facts", auth=complaining, response=FULL, operation_id="add_fact")
def add_fact(request: HttpRequest, pk: int, body: shapes.FactIn, key: Key = "") -> Any:
    """What is known, and from where; also by who filed it."""
    return _done(
        request, pk, key, body, lambda one, by: one.add_fact(body.text, body.source, by=by), access.can_add_facts
    )


@router.post("/{int:pk}/inform", auth=complaining, response=FULL, operation_id="inform_complainant")
def inform(request: HttpRequest, pk: int, body: shapes.HowIn, key: Key = "") -> Any:
    """The client was told how it goes, not by a letter of the ticket."""

    def act(one: Complaint, by: User) -> None:
        if one.state == "received":
            raise Conflict("acknowledge it first: the client waits to hear that it came")
        one.inform(body.how, by=by)

    return _done(request, pk, key, body, act)


@router.post("/{int:pk}/owner", auth=complaining, response=FULL, operation_id="give_complaint")
def give(request: HttpRequest, pk: int, body: shapes.WhoIn, key: Key = "") -> Any:
    """Somebody else manages it.  The answer is the complaint as it was given, also where it is the person's no more."""
    return _done(request, pk, key, body, lambda one, by: one.pass_to(_who(body), by=by))


@router.post("/{int:pk}/alike", auth=complaining, response=FULL, operation_id="link_complaints")
def link(request: HttpRequest, pk: int, body: shapes.AlikeIn, key: Key = "") -> Any:
    """Two of one cause know each other; 422 for one that the person may not know of."""

    def act(one: Complaint, by: User) -> None:
        other = Complaint.objects.visible_to(by).filter(pk=body.other).first()
        if other is None:
            raise Invalid("there is no complaint of this number that this person may see", "other")
        one.link(other, by=by)

    return _done(request, pk, key, body, act, access.can_add_facts)


def _done(
    request: HttpRequest,
    pk: int,
    key: str,
    body: Any,
    act: Callable[[Complaint, User], object],
    may: May = access.can_manage,
    of: int | None = None,
) -> Any:
    """The complaint after an act that happens once for each key, wholly or not at all."""
    told = {"at": request.path, "of": of, "complaint": pk, "body": body.dict() if body else None}

    @transaction.atomic
    def done() -> Any:
        found, user = complaint_of(request, pk), person(request)
        if not may(user, found):
            raise HttpError(403, "this person has no such part in this complaint")
        act(found, user)
        fresh = Complaint.objects.select_related("contact", "owner", "line", "investigator", "against", "filed_by")
        return complaint_full(fresh.get(pk=pk), user)

    return once(request, key, told, done)


def _told(body: shapes.ToldIn) -> dict[str, str]:
    """What was told otherwise needs no letter."""
    return {"how": body.how, "text": "" if body.how.strip() else body.text}


def _who(body: shapes.WhoIn) -> User:
    found = named(body.login, "login")
    assert found is not None
    return found


def _cause(told: str, field: str) -> str:
    if told and told not in Cause.values:
        raise Invalid("there is no such cause", field)
    return told
