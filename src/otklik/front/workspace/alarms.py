"""What is said at once to whom it concerns, once for each cause: moments of service clocks that are near or over, that
a colleague asks to work on a request together or names one in a note, refusals that wait for a lead, and answers that
wait for a curator.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.sla.models import Clock, Kind
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.refusal_request import Overtaken

BREACHED, INVITED, NAMED = "sla.TargetBreached", "tickets.PartnerInvited", "tickets.Mentioned"
ASKED, RETURNED, OVERTAKEN = "tickets.RefusalAsked", "tickets.RefusalReturned", "tickets.RefusalOvertaken"
HELD, PASSED_ON, GIVEN_BACK = "tickets.AnswerHeld", "tickets.AnswerPassedOn", "tickets.AnswerReturned"
OF_CLOCKS = frozenset({"sla.TargetAtRisk", BREACHED})
ABUSE, APPEALED = "tickets.AbuseReported", frozenset({"tickets.AppealMade", "tickets.AppealPassedOn"})
ALARMS = OF_CLOCKS | APPEALED | {INVITED, NAMED, ASKED, RETURNED, OVERTAKEN, ABUSE, HELD, PASSED_ON, GIVEN_BACK}
CALM = frozenset({INVITED, NAMED})
MOST = 50
APART = 3
"""More requests than this at once are said in one line."""


@dataclass(frozen=True)
class Alarm:
    """One line: what is near or over in one request, or in how many of them."""

    tone: str
    said: str
    number: int | None = None
    name: str = ""


def concerned(kind: str, people: Any, owner: int | None) -> frozenset[int]:
    """To whom an alarm is said: those whom the news names, and of a clock the owner, also when it is over already."""
    named = people if isinstance(people, list) else []
    return frozenset(one for one in (*named, owner if kind in OF_CLOCKS else None) if isinstance(one, int))


def alarms_of(entries: Sequence[int], user: User) -> list[Alarm]:
    """Those of these entries that concern the person and still hold: what was answered meanwhile is no alarm."""
    told = Entry.objects.filter(pk__in=entries[:MOST], kind__in=ALARMS, about="ticket")
    told = told.select_related("actor").order_by("id")
    found = list(told)
    tickets = Ticket.objects.visible_to(user).in_bulk([entry.about_id for entry in found if entry.about_id])
    clocks = [one.data["clock_id"] for one in found if one.kind in OF_CLOCKS]
    live = set(Clock.objects.live().filter(pk__in=clocks).values_list("pk", flat=True))
    mine: dict[int, list[Entry]] = {}
    for entry in found:
        ticket = tickets.get(entry.about_id or 0)
        if ticket is None or user.pk not in concerned(entry.kind, entry.data["people"], ticket.owner_id):
            continue
        if _holds(entry, ticket, user, live):
            mine.setdefault(ticket.pk, []).append(entry)
    if len(mine) > APART:
        return [_together(mine.values())]
    return [_of_ticket(tickets[number], of_it) for number, of_it in mine.items()]


def _holds(entry: Entry, ticket: Ticket, user: User, live: Container[int]) -> bool:
    if entry.kind == INVITED:
        return user.pk in ticket.works_with
    if entry.kind == ASKED:
        return ticket.refusal_asked == entry.data["request_id"]
    if entry.kind in APPEALED:
        return ticket.appealed == entry.data["appeal_id"]
    if entry.kind in (HELD, PASSED_ON):
        return ticket.held_answer == entry.data["held_id"]
    return entry.kind not in OF_CLOCKS or entry.data["clock_id"] in live


def _of_ticket(ticket: Ticket, entries: Sequence[Entry]) -> Alarm:
    over = any(entry.kind == BREACHED for entry in entries)
    tone = "breach" if over else "" if all(entry.kind in CALM for entry in entries) else "soon"
    said = dict.fromkeys(_said(entry) for entry in entries)
    name = ticket.client_name or ticket.contact_name
    return Alarm(tone, "; ".join(said), ticket.pk, f"№ {ticket.pk} {name}".strip())


def _said(entry: Entry) -> str:
    if entry.kind == INVITED:
        return _("%(name)s asks you to work on it together") % {"name": entry.actor or ""}
    if entry.kind == NAMED:
        return _named(entry)
    if entry.kind == ABUSE:
        return _("Abuse, says %(name)s: %(what)s") % {"name": entry.actor or "", "what": entry.data["what"]}
    if entry.kind == ASKED:
        return _("%(name)s asks you to approve a refusal") % {"name": entry.actor or ""}
    if entry.kind in APPEALED:
        return _("The client does not agree with the refusal, you decide on the appeal")
    if entry.kind == RETURNED:
        return _("The refusal came back: %(words)s") % {"words": entry.data["words"]}
    if entry.kind == OVERTAKEN:
        return _("The refusal needs no decision any more: %(why)s") % {"why": Overtaken(entry.data["why"]).label}
    if entry.kind in (HELD, PASSED_ON, GIVEN_BACK):
        return _of_release(entry)
    due = parse_datetime(entry.data["due"]) or clock.now()
    told = {"what": Kind(entry.data["commitment"]).label, "due": words.at(due)}
    return (
        _("Not in time: %(what)s") % told
        if entry.kind == BREACHED
        else _("Little time is left: %(what)s by %(due)s") % told
    )


def _of_release(entry: Entry) -> str:
    if entry.kind == HELD:
        return _("An answer of %(name)s waits for your release") % {"name": entry.actor or ""}
    if entry.kind == PASSED_ON:
        return _("The curator has not looked at an answer: you may release it")
    return _("Your answer came back: %(words)s") % {"words": entry.data["words"]}


def _named(entry: Entry) -> str:
    """Of whole lines their names are said."""
    told = {"name": entry.actor or "", "lines": ", ".join(entry.data.get("lines", ()))}
    if told["lines"]:
        return _("%(name)s names you or your line in a note: %(lines)s") % told
    return _("%(name)s names you in a note") % told


def _together(groups: Iterable[Sequence[Entry]]) -> Alarm:
    groups = list(groups)
    over = sum(1 for entries in groups if any(entry.kind == BREACHED for entry in entries))
    said = ngettext(
        "%(count)s request needs you: its moment is near or over",
        "%(count)s requests need you: their moments are near or over",
        len(groups),
    )
    return Alarm("breach" if over else "soon", said % {"count": len(groups)})
