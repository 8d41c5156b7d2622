"""What clients of an incident are told: looked at, written, watched while it leaves, stopped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any
from uuid import uuid4

from django.db.models import Count
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.care.incidents.letters import Words, letter_to
from otklik.care.incidents.models import Incident, Told, Update
from otklik.care.incidents.reaching import AT_ONCE, Reach
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import leading, person, seeing_into
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.leading import led_by, seen
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.incidents import UpdateIn, UpdateLookOut, UpdateOut

router = Router(tags=["incidents"])
WORDS = ("what", "whom", "doing", "workaround", "no_news", "next_at")
TOLD = ("id", "at", "state", *WORDS, "quiet", "ends", "stopped_at")


@router.get("/{int:pk}/updates", auth=seeing_into, response=answers(list[UpdateOut]), operation_id="list_updates")
def list_updates(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The newest first, each with how many have it by now."""
    rows = Update.objects.filter(incident=seen(request, pk)).select_related("author")
    return _rows(page(request, rows, ("-id",), cursor, limit)[0])


@router.get("/{int:pk}/updates/{int:update}", auth=seeing_into, response=answers(UpdateOut), operation_id="read_update")
def read_update(request: HttpRequest, pk: int, update: int) -> Any:
    """One of them, while it leaves and after."""
    return _rows([_one(seen(request, pk), update)])[0]


@router.post("/{int:pk}/updates/preview", auth=leading, response=answers(UpdateLookOut), operation_id="preview_update")
def preview_update(request: HttpRequest, pk: int, body: UpdateIn) -> Any:
    """To how many it would go by which channel, who would be left out and why, and one of the letters."""
    incident, by = led_by(request, pk), person(request)
    words = _words(body)
    incident.must_be_said(words, body.state, by=by, quiet=body.quiet)
    return _look(incident, words, by, quiet=body.quiet)


@router.post("/{int:pk}/updates", auth=leading, response=answers(UpdateOut, 201), operation_id="write_update")
def write_update(request: HttpRequest, pk: int, body: UpdateIn, key: Key = "") -> Any:
    """Letters leave some seconds later, to each ticket of it and to whom else it concerns.

    409 while the update before still goes out, and for somebody in training unless it is `quiet`; 422 for a `next_at`
    later than the rhythm of its severity allows.
    """

    def act() -> Any:
        incident = led_by(request, pk)
        choices: dict[str, Any] = {"quiet": body.quiet, "ends": body.ends, "state": body.state}
        made = incident.write(_words(body), by=person(request), key=uuid4().hex, **choices)
        return _rows([_one(incident, made.pk)])[0]

    return Status(201, once(request, key, {"update of": pk, **body.dict()}, act))


@router.post(
    "/{int:pk}/updates/{int:update}/stop", auth=leading, response=answers(UpdateOut), operation_id="stop_update"
)
def stop_update(request: HttpRequest, pk: int, update: int, key: Key = "") -> Any:
    """What waits does not leave any more; 409 when all of it has gone."""

    def act() -> Any:
        incident = led_by(request, pk)
        _one(incident, update).stop(by=person(request))
        return _rows([_one(incident, update)])[0]

    return once(request, key, {"stop update": update, "of": pk}, act)


def _words(body: UpdateIn) -> Words:
    told = {name: getattr(body, name) for name in WORDS}
    return Words(**told | ({"next_at": None} if body.state == "resolved" else {}))


def _one(incident: Incident, pk: int) -> Update:
    found = Update.objects.filter(incident=incident, pk=min(pk, LARGEST)).select_related("author", "incident").first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _rows(updates: Sequence[Update]) -> list[dict[str, Any]]:
    """Each with how many letters of it are in which state: one statement for all."""
    counts = Counter[tuple[int, str]]()
    states = Told.objects.filter(update__in=updates).order_by().values_list("update", "state")
    for update, state, count in states.annotate(count=Count("pk")):
        counts[update, state] = count
    return [_row(one, counts) for one in updates]


def _row(one: Update, counts: Counter[tuple[int, str]]) -> dict[str, Any]:
    states = {state.value: counts[one.pk, state.value] for state in Told.State}
    told = {name: getattr(one, name) for name in TOLD}
    return told | states | {"author": present.person_row(one.author), "going": one.is_going}


def _look(incident: Incident, words: Words, reader: User, *, quiet: bool) -> dict[str, Any]:
    channels, reasons = Counter[str](), Counter[str]()
    missed, people, sample, of = list[int](), 0, "", None
    for some in () if quiet else batched(incident.reached(), AT_ONCE):
        for one in some:
            if one.left_out:
                reasons[one.left_out.said] += 1
                missed.append(one.ticket.pk)
            else:
                channels[one.ticket.conversation.channel.name] += 1
        if of is None and (ticket := next(_seen_of(some, reader), None)):
            sample, of = letter_to(ticket, words), ticket.number
    for voice in () if quiet else incident.voices(missed):
        if voice.left_out:
            reasons[voice.left_out.said] += 1
        elif voice.door:
            channels[voice.door.name] += 1
            people += 1
    return {
        "count": channels.total(),
        "people": people,
        "channels": [{"channel": name, "count": count} for name, count in channels.most_common()],
        "left_out": [{"reason": why, "count": count} for why, count in reasons.most_common()],
        "sample": sample,
        "sample_of": of,
    }


def _seen_of(some: Sequence[Reach], reader: User) -> Iterator[Ticket]:
    """Of those who get a letter, the tickets that the reader sees."""
    going = [one.ticket for one in some if not one.left_out]
    seen_ = set(Ticket.objects.visible_to(reader).filter(pk__in=[one.pk for one in going]).values_list("pk", flat=True))
    return (one for one in going if one.pk in seen_)
