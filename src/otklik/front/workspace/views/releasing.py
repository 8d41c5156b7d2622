"""Answers of people in training: what waits for the curator, one of them, and what was learnt (UI-41)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.sight import Place, looked
from otklik.desk.conversations import placed
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.access import (
    can_read_around,
    can_read_held,
    can_release,
    can_see,
    can_train,
    traineeships_known_to,
)
from otklik.desk.tickets.errors import Conflict, Invalid, Refused, Stale
from otklik.desk.tickets.learning import counts
from otklik.desk.tickets.learning import learnt as learnt_of
from otklik.desk.tickets.models import HeldAnswer, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Uphold, Wait
from otklik.front.workspace import menu
from otklik.front.workspace.door import person
from otklik.front.workspace.known import LARGEST
from otklik.front.workspace.paging import newest_first

SHOWN = 100
PAGE = 20
LAST = 3
"""So many of the last messages stand beside an answer, and all that were written since; the request has all."""
MOST_SINCE = 50
RELATED = ("asked_by", "decided_by", "ticket__team", "traineeship__curator", "traineeship__person")


@dataclass(frozen=True)
class Next:
    """What follows the letter, in words; `until` is what a curator may still move."""

    words: str
    detail: str = ""
    until: datetime | None = None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what of theirs waits, what others would release, and who is in training."""
    user = person(request)
    waiting = HeldAnswer.objects.for_release_of(user).select_related(*RELATED).order_by("until", "pk")
    owed = set(HeldAnswer.objects.owed_by(user).values_list("pk", flat=True)[:SHOWN])
    rows = list(waiting[:SHOWN])
    own = HeldAnswer.objects.waiting().filter(asked_by=user).select_related(*RELATED).order_by("at")
    own_rows = list(own[:SHOWN])
    trainings = traineeships_known_to(user).select_related("person", "curator")
    known = list(trainings.order_by(F("ended_at").desc(nulls_first=True), "-pk")[:PAGE])
    told = counts(known)
    context = {
        "mine": [one for one in rows if one.pk in owed],
        "others": [one for one in rows if one.pk not in owed],
        "own": own_rows,
        "named": {*(one.ticket_id for one in rows), *_seen_by(user, own_rows)},
        "trainings": [(one, *told.get(one.pk, (0, 0, 0))) for one in known],
        "leads": user.leads,
        "now": clock.now(),
    }
    return render(request, "workspace/releases/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer as it was written: a curator edits it in place and releases it; later the difference stands there."""
    user, held = person(request), _held(request, pk)
    if request.method != "POST":
        return _page(request, held)
    if not can_release(user, held):
        raise Http404
    text, words = request.POST.get("text", ""), request.POST.get("words", "")[:2000]
    seen = request.POST.get("seen", "")
    files = request.POST.getlist("files") if "files_asked" in request.POST else None

    def act() -> str:
        if not text.strip() and not isinstance(held.step, Refuse):
            raise Invalid(_("Write the answer first."), "text")
        held.ticket.release_answer(
            held.pk,
            by=user,
            text=text.replace("\r\n", "\n"),
            then=_step(held, request.POST.get("until", "")),
            seen=int(seen) if seen.isdecimal() and len(seen) < 19 else None,
            words=words,
            files=files,
        )
        return _("Released: the answer of %(name)s is on its way")

    typed = {"text": text, "words": words, "until": request.POST.get("until", ""), "files": files}
    return _decide(request, held, act, typed)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Not so; its author reads why and has the text as a draft again."""
    user, held = person(request), _held(request, pk)
    if not can_release(user, held):
        raise Http404
    words = request.POST.get("words", "")[:2000]

    def act() -> str:
        held.ticket.return_answer(held.pk, by=user, words=words)
        return _("Returned: %(name)s has the text as a draft, and your words")

    typed = {"text": request.POST.get("text", held.text), "words": words, "until": request.POST.get("until", "")}
    return _decide(request, held, act, typed)


@require_safe
def learnt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed in the answers of one training, the newest first, and how often nothing was."""
    user = person(request)
    training = (
        traineeships_known_to(user).select_related("person", "curator").filter(pk=min(pk, LARGEST)).distinct().first()
    )
    if training is None:
        raise Http404
    found = training.answers.decided().select_related("ticket", "decided_by")
    rows, following = newest_first(found, request.GET.get("after", ""), PAGE)
    context = {
        "training": training,
        "told": learnt_of(training),
        "rows": rows,
        "shown": {one.ticket_id for one in rows} if user.pk == training.person_id else _seen_by(user, rows),
        "following": following,
        "is_own": user.pk == training.person_id,
        "may_change": can_train(user, training.person),
        "now": clock.now(),
    }
    return render(request, "workspace/releases/learnt.html", context)


def _seen_by(user: User, rows: list[HeldAnswer]) -> set[int]:
    """Numbers of the requests that they see, of these answers."""
    visible = Ticket.objects.visible_to(user).filter(pk__in={one.ticket_id for one in rows})
    return set(visible.order_by().values_list("pk", flat=True))


def _held(request: HttpRequest, pk: int) -> HeldAnswer:
    found = (
        HeldAnswer.objects.select_related(*RELATED, "ticket__contact", "message").filter(pk=min(pk, LARGEST)).first()
    )
    if found is None or not can_read_held(person(request), found):
        raise Http404
    return found


def _decide(request: HttpRequest, held: HeldAnswer, act: Callable[[], str], typed: dict[str, Any]) -> HttpResponse:
    """What others did meanwhile is said in place, and nothing typed is lost."""
    try:
        said = act()
    except Stale as error:
        return _page(request, _held(request, held.pk), {"typed": typed, "stale": error}, 409)
    except Conflict as error:
        return _page(request, _held(request, held.pk), {"typed": typed, "error": error, "field": ""}, 409)
    except Refused as error:
        fresh = _held(request, held.pk)
        field = error.field if error.field in ("text", "words", "until") else ""
        return _page(request, fresh, {"typed": typed, "error": error, "field": field}, 422)
    finally:
        menu.forget_own(person(request))
    messages.success(request, said % {"name": held.asked_by.name})
    return redirect("workspace:releases")


def _page(
    request: HttpRequest, held: HeldAnswer, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    user = person(request)
    next_, around = _next(held), can_read_around(user, held)
    if around:
        looked(held.ticket.contact, Place.TICKET, by=user)
    talk, since = _talk(held) if around and held.is_waiting else ([], held.ticket.last_message_id or 0)
    has_files = around and held.files and held.is_waiting
    files = list(Attachment.objects.filter(key__in=held.files)) if has_files else []
    in_words = placed.keys_in(held.text)
    context = {
        "held": held,
        "ticket": held.ticket,
        "next": next_,
        "until": _local(next_.until) if next_.until else "",
        "may_release": held.is_waiting and can_release(user, held),
        "may_open": can_see(user, held.ticket),
        "is_own": held.asked_by_id == user.pk,
        "around": around,
        "talk": talk,
        "since": since,
        "read_to": held.seen or 0,
        "files": files,
        "beside": [one for one in files if str(one.key) not in in_words],  # the others go with the words around them
        "now": clock.now(),
    }
    return render(request, "workspace/releases/one.html", {**context, **(more or {})}, status=status)


def _talk(held: HeldAnswer) -> tuple[list[Message], int]:
    """What was said last when it was written and all that was said since, the oldest first; and up to which message
    the reader has all on screen.
    """
    said = held.ticket.conversation.messages.public().from_people().select_related("author", "contact")
    newest = held.ticket.last_message_id or 0
    if held.seen is None:
        return list(reversed(said.order_by("-pk")[:LAST])), newest
    before = list(reversed(said.filter(pk__lte=held.seen).order_by("-pk")[:LAST]))
    since = list(said.filter(pk__gt=held.seen).order_by("pk")[: MOST_SINCE + 1])
    if len(since) > MOST_SINCE:
        since = since[:MOST_SINCE]
        newest = since[-1].pk  # what is not shown here stops the release
    return [*before, *since], newest


def _next(held: HeldAnswer) -> Next:
    """What follows the letter; of one whose client was erased nothing is known."""
    try:
        step = held.step
    except Conflict as gone:
        return Next(gone.text)
    match step:
        case Wait(until):
            return Next(_("then we wait for the client"), until=until)
        case PromiseDate(until, what):
            return Next(_("an answer is promised"), what, until)
        case PutAside(until, what):
            return Next(_("the request is put aside"), what, until)
        case Resolve(summary):
            return Next(_("the request is solved"), summary)
        case Refuse(_reason, explanation, offers):
            return Next(_("the request is refused"), "\n".join([explanation, *offers]))
        case Uphold():
            return Next(_("the request is refused"))


def _step(held: HeldAnswer, until: str) -> Step | None:
    """The step with the date that the curator chose; None where it stays.  Raises Invalid for no date."""
    step = held.step
    if not isinstance(step, (Wait, PromiseDate, PutAside)) or not until or until == _local(step.until):
        return None
    try:
        moment = parse_datetime(until.strip())
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date."), "until")
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    match step:
        case Wait():
            return Wait(aware)
        case PromiseDate(_until, what, why, visit):
            return PromiseDate(aware, what, why, visit)
        case PutAside(_until, what, agreed, whom):
            return PutAside(aware, what, agreed, whom)


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"
