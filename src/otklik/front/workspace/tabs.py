"""The tabs of the right panel beside a request, and what each of them shows; only the open one is asked for.

Knowledge gets its tab together with its room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.change_rights import right_of
from otklik.desk.tickets.layouts import Arrangement
from otklik.desk.tickets.models import Change, Relocation, Task, Ticket, Tie
from otklik.desk.tickets.visit_plan import with_missing
from otklik.front.workspace import card
from otklik.front.workspace.asked import form_of
from otklik.front.workspace.door import person
from otklik.front.workspace.panel import panel_of
from otklik.front.workspace.queries import talk, topics
from otklik.front.workspace.queries.contact import of_organisation, requests_of
from otklik.front.workspace.timeline.happened import event_of
from otklik.front.workspace.timeline.moves import seen_of

STEPS = 20
ENTRIES = 30
TIED = {
    ("duplicate", False): _("Duplicate of"),
    ("duplicate", True): _("Has a duplicate"),
    ("cause", False): _("Caused by"),
    ("cause", True): _("Led to"),
    ("part", False): _("Part of"),
    ("part", True): _("Has a part"),
}
"""A tie in words, from its own side and from the other."""
type Shown = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Tab:
    """Its name in addresses, its words, its glyph, and what its template shows; there is one of each."""

    name: str
    label: str | Promise
    glyph: str
    content: Callable[[HttpRequest, Ticket], Shown]


def shown(request: HttpRequest, ticket: Ticket, layout: Arrangement, name: str = "") -> Shown:
    """The tab that was asked for, else the one this person left open, else the first of the layout.

    One that the layout leaves out has no door, but an address still opens it.
    """
    names = layout.shown["tabs"]
    asked = name or request.GET.get("card", "")
    own = person(request).card_tab
    tab = TABS.get(asked) or TABS[own if own in names else names[0]]
    return {"tab": tab, "tabs": _doors(names, tab), **tab.content(request, ticket)}


@lru_cache(128)
def _doors(names: tuple[str, ...], tab: Tab) -> tuple[Tab, ...]:
    doors = tuple(TABS[name] for name in names)
    return doors if tab in doors else (*doors, tab)


def _client(request: HttpRequest, ticket: Ticket) -> Shown:
    return {"panel": panel_of(request, ticket.contact, person(request), clock.now(), ticket)}


def _facts(request: HttpRequest, ticket: Ticket) -> Shown:
    """Commitments that run and those that were not kept, the nearest first."""
    counted = ticket.clocks.counted().order_by("due_at")
    missed = Q(breached_at__isnull=False) | Q(stopped_at__gt=F("due_at"))
    return {
        "channel": Channel.objects.known(ticket.door),  # type: ignore[attr-defined]  # read together with the ticket
        "clocks": counted.filter(Q(stopped_at=None) | missed)[:STEPS],
        "tags": [(tag, _tagged(tag)) for tag in ticket.tags],
        "form": form_of(ticket, topics.form(ticket.topic_id)),
        "may_change": can_answer(person(request), ticket) and not ticket.merged_into_id,
    }


def _tagged(tag: str) -> str:
    """Where all requests with this tag are listed."""
    return f"{reverse('workspace:search')}?{urlencode({'q': 'tag:' + tag.replace(' ', '_')})}"


def _step(request: HttpRequest, ticket: Ticket) -> Shown:
    promises = list(ticket.promises.select_related("by").order_by("-id")[:STEPS])
    return {
        "promises": promises,
        "moves": sum(1 for one in promises if one.moved_at and not one.taken_back_at),
        "schedules": ticket.schedules.select_related("by").order_by("-id")[:STEPS],
    }


def _related(request: HttpRequest, ticket: Ticket) -> Shown:
    user = person(request)
    theirs = requests_of(ticket.contact_id, user, ticket)
    colleagues = of_organisation(ticket.contact, user)
    return {
        "similar": [card.other(row) for row in theirs.similar],
        "open": [card.other(row) for row in theirs.open if row not in theirs.similar],
        "ended": [card.other(row) for row in theirs.ended],
        "colleagues": [card.other(row) for row in colleagues],
        "bound": _bound(ticket, user),
        "ties": _ties(ticket, user),
        "may_change": can_answer(user, ticket) and not ticket.merged_into_id,
    }


def _tasks(request: HttpRequest, ticket: Ticket) -> Shown:
    now = clock.now()
    told = [(task, task.is_late(now)) for task in ticket.tasks.select_related("executor", "done_by")]
    tasks = sorted((row for row in told if not row[0].is_item), key=_soonest)
    return {
        "tasks": tasks,
        "items": [row for row in told if row[0].is_item],
        "count": len(told),
        "ready": sum(1 for task, _late in told if task.done_at),
        "may_change": can_answer(person(request), ticket) and not ticket.merged_into_id,
    }


def _visits(request: HttpRequest, ticket: Ticket) -> Shown:
    """What lies ahead before what is over."""
    told = with_missing(ticket.visits.prefetch_related("people"))
    return {
        "visits": sorted(told, key=lambda visit: visit.is_over),
        "may_change": can_answer(person(request), ticket) and not ticket.merged_into_id,
    }


def _changes(request: HttpRequest, ticket: Ticket) -> Shown:
    """Each with whether the reader decides on it."""
    user = person(request)
    told = ticket.changes.with_steps().select_related("by", "asked_by", "decided_by", "decided_for")
    may_change = can_answer(user, ticket) and not ticket.merged_into_id
    return {"changes": [(one, _decides(user, one, ticket)) for one in told], "may_change": may_change}


def _decides(user: User, change: Change, ticket: Ticket) -> bool:
    change.ticket = ticket
    return change.state == Change.State.ASKED and right_of(user, change) is not None


def _soonest(row: tuple[Task, bool]) -> tuple[bool, bool, str, int]:
    """What is left before what is done, with a date before without one."""
    task = row[0]
    return task.done_at is not None, task.due_at is None, task.due_at.isoformat() if task.due_at else "", task.pk


def _ties(ticket: Ticket, user: User) -> list[tuple[str | Promise, Tie, Ticket]]:
    """(how, the tie, the other request) as far as the reader may see it, from this side."""
    found = Tie.objects.of(ticket).seen_by(user).select_related("ticket", "other")
    return [(TIED[one.kind, one.other_id == ticket.pk], one, _other_of(one, ticket)) for one in found]


def _other_of(tie: Tie, ticket: Ticket) -> Ticket:
    return tie.ticket if tie.other_id == ticket.pk else tie.other


def _bound(ticket: Ticket, user: User) -> list[tuple[str | Promise, list[Ticket]]]:
    """Requests that this one was joined with, follows, or is followed by, as far as the reader may see them."""
    visible = Ticket.objects.visible_to(user).order_by("id")
    joined = Relocation.objects.filter(target=ticket, kind=Relocation.Kind.MERGE, undone_at=None).values("source")
    asked = [(_("Followed by"), visible.filter(follows=ticket)), (_("Joined here"), visible.filter(pk__in=joined))]
    if ticket.follows_id:
        asked.insert(0, (_("Follows"), visible.filter(pk=ticket.follows_id)))
    if ticket.merged_into_id:
        asked.insert(0, (_("Goes on in"), visible.filter(pk=ticket.merged_into_id)))
    found = [(label, list(tickets[:STEPS])) for label, tickets in asked]
    return [(label, tickets) for label, tickets in found if tickets]


def _history(request: HttpRequest, ticket: Ticket) -> Shown:
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 18 else None
    entries = talk.history(ticket.pk, ENTRIES + 1, before)
    told = [event_of(entry, clock.now()) for entry in entries[:ENTRIES]]
    seen = seen_of(person(request), entries[:ENTRIES])
    earlier = entries[ENTRIES - 1].id if len(entries) > ENTRIES else None
    return {"events": [(event, event.told_to(seen)) for event in told if event], "earlier": earlier}


TABS = {
    tab.name: tab
    for tab in (
        Tab("client", _("Client"), "user", _client),
        Tab("facts", _("The request"), "form", _facts),
        Tab("tasks", _("Tasks"), "check-o", _tasks),
        Tab("visits", _("Visits"), "route", _visits),
        Tab("changes", _("Change requests"), "flow", _changes),
        Tab("step", _("Promise and next step"), "vow", _step),
        Tab("related", _("Related requests"), "link", _related),
        Tab("history", _("What was done"), "list", _history),
    )
}
