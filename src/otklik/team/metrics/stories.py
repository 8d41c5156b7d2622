"""From the journal's entries about a ticket to the clocks of METRICS V1 to V3."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Lower

from otklik.core.formulas import ticket_clocks
from otklik.core.formulas.clocks import Clocks
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Identity
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.models import Schedule, Status, Ticket

SOLVED = {Status.RESOLVED: "solved", Status.REFUSED: "solved", Status.CLOSED: "closed"}
WRITTEN = ("tickets.Answered", "tickets.Forwarded")
WORTH_COUNTING = ("", "list")
IMPORTED = "imported"
"""Why a request that came from another desk does not count: it was their work, measured apart."""
MERGED = "merged"
BY_SOMEBODY = ("", IMPORTED, MERGED)
"""Where a client wrote, whether it counts or goes on elsewhere; all else machines wrote."""


@dataclass(frozen=True)
class Story:
    """What the journal tells of a ticket; `events` and `clocks` are those of `ticket_clocks`, `excluded` says why it
    does not count (METRICS C8), "" when it does.
    """

    ticket: Ticket
    entries: list[Entry]
    events: list[dict[str, Any]]
    clocks: Clocks
    excluded: str

    @property
    def answers(self) -> list[Entry]:
        """Those of people to the client."""
        return [entry for entry in self.entries if entry.kind == "tickets.Answered"]

    @property
    def opened(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.kind == "tickets.TicketOpened"), None)

    @property
    def is_filed(self) -> bool:
        """A colleague who files what they were told has answered already (METRICS V1): no first response to count."""
        return self.opened is not None and self.opened.actor_id is not None


def stories_of(ticket_ids: Iterable[int]) -> Iterator[Story]:
    """Of tickets that exist; a known number of queries whatever their count."""
    tickets = Ticket.objects.filter(pk__in=ticket_ids).select_related("team__calendar", "contact")
    told: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(about="ticket", about_id__in=ticket_ids).order_by("id"):
        told[entry.about_id or 0].append(entry)
    own = _of_the_house(tickets)
    brought = ExternalId.objects.of("tickets", ticket_ids)
    agreed = set(Schedule.objects.filter(ticket__in=ticket_ids, agreed=True).values_list("pk", flat=True))
    for ticket in tickets:
        entries = living(told[ticket.pk])
        events = events_of(ticket, entries, agreed)
        as_of = max([ticket.opened_at, *(entry.at for entry in entries)])
        clocks = ticket_clocks(events, ticket.team.calendar.working_time(), as_of)
        why = _why_not_counted(ticket, entries)
        why = why or ("own" if ticket.contact_id in own else IMPORTED if ticket.pk in brought else "")
        yield Story(ticket, entries, events, clocks, why)


def _of_the_house(tickets: Iterable[Ticket]) -> set[int]:
    """The contacts that are colleagues: nobody outside waited for these (METRICS C8)."""
    people = Identity.objects.filter(kind="email", contact__in={ticket.contact_id for ticket in tickets})
    staff = User.objects.exclude(email="").values(lowered=Lower("email"))
    return set(people.filter(value__in=staff).values_list("contact", flat=True))


def living(story: list[Entry]) -> list[Entry]:
    """The story without the acts of letters that were taken back before they left."""
    undone = {entry.data["message_id"] for entry in story if entry.kind == "tickets.AnswerTakenBack"}
    gone = {e.tx for e in story if e.kind in WRITTEN and e.data["message_id"] in undone}
    return [entry for entry in story if entry.tx not in gone]


def events_of(ticket: Ticket, story: list[Entry], agreed: set[int]) -> list[dict[str, Any]]:
    """Events for `ticket_clocks`, replies with their author (`by`); time put aside pauses the clock only when the
    client agreed to the date, and never while we wait for a third party.
    """
    aside = [e for e in story if e.kind == "tickets.TicketPutAside"]
    third = {e.tx for e in aside if e.data.get("whom")}
    waits = {e.tx for e in aside if e.data["schedule_id"] in agreed} - third
    events: list[dict[str, Any]] = [{"type": "created", "at": ticket.opened_at}]
    for entry in story:
        at = max(entry.at, ticket.opened_at)
        match entry.kind:
            case "tickets.ClientWrote":
                events.append({"type": "client_msg", "at": at})
            case "tickets.Answered":
                events.append({"type": "agent_reply", "at": at, "by": entry.actor_id})
            case "tickets.TicketReopened":
                events.append({"type": "status", "at": at, "status": Status.OPEN.value})
            case "tickets.StatusChanged":
                events.append({"type": "status", "at": at, "status": _status(entry, waits, third)})
    return events


def _status(entry: Entry, waits: set[int], third: set[int]) -> str:
    """As METRICS V4 names it: who waits for a third party waits for us."""
    status = entry.data["status"]
    if status == Status.SCHEDULED and entry.tx in third:
        return "pending_supplier"
    if status == Status.SCHEDULED:
        return "scheduled_by_client" if entry.tx in waits else "on_hold_internal"
    return SOLVED.get(status, status)


def fact_of(story: Story) -> dict[str, Any]:
    """The values of the ticket's fact."""
    ticket, clocks, answers = story.ticket, story.clocks, story.answers
    return {
        "team": ticket.team,
        "agent_id": answers[0].actor_id if answers else None,
        "channel_kind": ticket.channel_kind,
        "excluded": story.excluded,
        "opened_at": ticket.opened_at,
        "first_answer_at": answers[0].at if answers else None,
        "ended_at": ticket.ended_at,
        "ended_as": "" if ticket.is_open else ticket.status,
        "frt_business_s": None if story.is_filed else clocks["frt_business_s"],
        "frt_calendar_s": None if story.is_filed else clocks["frt_calendar_s"],
        "resolution_business_s": None if ticket.is_open else clocks["full_resolution_business_s"],
        "resolution_calendar_s": None if ticket.is_open else clocks["full_resolution_calendar_s"],
        "reopened": sum(entry.kind == "tickets.TicketReopened" for entry in story.entries),
    }


def _why_not_counted(ticket: Ticket, entries: list[Entry]) -> str:
    """What a machine wrote, and what goes on in another ticket: that one is counted."""
    if ticket.merged_into_id:
        return MERGED
    opened = next((entry for entry in entries if entry.kind == "tickets.TicketOpened"), None)
    automatic: str = opened.data.get("automatic", "") if opened else ""
    return "" if automatic in WORTH_COUNTING else automatic
