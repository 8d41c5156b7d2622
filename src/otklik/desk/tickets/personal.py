"""What a request repeats of a client, and what was written beside it."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from otklik.core.datamap import GONE, Among, Fate, Person, Place, among, are_codes, declare, free
from otklik.core.journal.models import Entry
from otklik.desk.tickets.models import (
    Appeal,
    Batch,
    Change,
    Field,
    HeldAnswer,
    Participant,
    Promise,
    Refusal,
    RefusalRequest,
    Relocation,
    Resolution,
    SavedList,
    Schedule,
    SelfCheck,
    Sweep,
    Tag,
    Task,
    Ticket,
    Topic,
    Visit,
)
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.layout import Layout

TICKETS = Place(
    Ticket,
    {"ticket": "pk"},
    words=("subject", "preview", "contact_name", "client_name", "next_note", "details", "returned", "undo"),
    replaced={"key": RandomUUID(), "returned": ""},
    secret=("key",),
)


def _of(model: type[models.Model], *words: str, **more: Any) -> Place:
    return Place(model, {"ticket": "ticket"}, words=words, **more)


def _relocated(numbers: Collection[int]) -> Q:
    return Q(source__in=numbers) | Q(target__in=numbers)


def _at_once(numbers: Collection[int]) -> Q:
    """Acts on many requests are kept for an hour, so the few of them are looked through."""
    found = Q(pk__in=[])
    for number in numbers:
        found |= Q(items__contains=[{"ticket": number}])
    return found


declare(
    TICKETS,
    _of(Promise, "what", "why"),
    _of(Schedule, "what"),
    _of(Resolution, "summary", "link", replaced={"link": ""}),
    _of(Refusal, "explanation", "alternatives", replaced={"alternatives": [GONE]}),
    _of(Appeal, "text", "words"),
    _of(
        RefusalRequest,
        *("explanation", "alternatives", "text", "to", "cc", "words"),
        replaced={"alternatives": [], "to": [], "cc": []},
    ),
    _of(
        HeldAnswer,
        *("text", "left", "form", "to", "cc", "words"),
        replaced={"form": {}, "to": [], "cc": []},
    ),
    _of(Participant, "address", fate=Fate.REMOVED),
    _of(Task, "text", inside=Q(pk__isnull=False)),  # what a colleague asks another one to do
    _of(Change, "what", "why", "way_back", "remark", "result"),
    _of(Visit, "place", "map_link", "route", "bring", "result", replaced={"map_link": ""}),
    Place(Relocation, {"ticket": _relocated}, words=("before",), replaced={"before": {}}),
    Place(Batch, {"ticket": _at_once}, words=("items",), fate=Fate.REMOVED, exported=False),
)
are_codes(
    "step",
    "decision",
    "mode",
    "purpose",
    "tickets.RefusalOvertaken.why",
    "tickets.AnswerOvertaken.why",
    "tickets.ClientUpset.why",
)
are_codes(*(f"tickets.{kind}.was" for kind in ("StatusChanged", "TurnTakenBack", "PriorityChanged")))
are_codes(*(f"tickets.{kind}.reason" for kind in ("TicketWoke", "TicketRefused", "RefusalAsked", "TicketClosed")))
are_codes("tickets.TicketReopened.after")
free(Ticket, "tags", "waits_for", "works_with", "closed_to", "class_name", because="tags, numbers and names of ours")
free(Ticket, "channel_kind", "last_speaker", because="a code; one of our people")
free(RefusalRequest, "files", "key", because="keys of files; a key against repeating")
free(HeldAnswer, "files", "key", because="keys of files; a key against repeating")
free(Relocation, "message_ids", because="numbers")
free(Tag, "name", because="a directory of ours")
free(Topic, "name", because="a directory of ours")
free(Field, "name", "options", "hint", because="a directory of ours")
free(Habits, "approved_reasons", "usual_next", because="codes")
free(Habits, "appeal_words_ru", "appeal_words_en", because="words of ours for every client")
free(Layout, "order", "folded", "hidden", because="codes of blocks of the page")
free(SavedList, "name", "view", "query", "order", because="what an employee looks for")
free(Sweep, "act", "ids", "told", "view", "refused", because="what a colleague chose for a whole list; kept a day")
free(SelfCheck, "faults", because="numbers and codes")


def _nothing_own(person: Person, conversations: Collection[int]) -> "list[tuple[Place, models.QuerySet[Any]]]":
    rows = Participant.objects.filter(ticket__conversation__in=conversations, address__in=person.addresses)
    return [(Place(Participant, {}, words=("address",)), rows.order_by("pk"))]


def _leave(person: Person, conversations: Collection[int]) -> int:
    """Requests of others in which this person took part: their words about them stay, the name and the addresses go."""
    changed, _rows = Participant.objects.filter(
        ticket__conversation__in=conversations, address__in=person.addresses
    ).delete()
    for ticket in Ticket.objects.filter(conversation__in=conversations).order_by("pk"):
        changed += _cleaned(ticket, ("subject", "preview", "next_note"), person)
        for entry in Entry.objects.about("ticket", ticket.pk).iterator(500):
            data = _said(entry.data, person)
            if data != entry.data:
                changed += Entry.objects.filter(pk=entry.pk).update(data=data)
    return changed


def _cleaned(ticket: Ticket, names: tuple[str, ...], person: Person) -> int:
    said = {name: person.without(getattr(ticket, name)) for name in names}
    if any(getattr(ticket, name) != value for name, value in said.items()):
        return Ticket.objects.filter(pk=ticket.pk).update(**said)
    return 0


def _said(value: Any, person: Person) -> Any:
    match value:
        case str():
            return person.without(value)
        case list():
            return [_said(one, person) for one in value]
        case dict():
            return {key: _said(one, person) for key, one in value.items()}
        case _:
            return value


among(Among(own=_nothing_own, erase=_leave))
