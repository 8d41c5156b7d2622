"""The page of the head: what hangs, why, and whose move it is.  Its normal state is empty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui.words import number
from otklik.desk.tickets import hanging
from otklik.desk.tickets.doctor import OLD
from otklik.desk.tickets.models import SelfCheck, Ticket
from otklik.desk.tickets.models.queryset import TicketQuerySet
from otklik.front.board.access import lines_of
from otklik.front.board.places import Place, place_of
from otklik.front.board.unknown import unknown

PAGE = 50


@dataclass(frozen=True)
class Hanging:
    """One request: for how long it hangs, for which reasons, and who moves it (None is the queue of its line)."""

    ticket: Ticket
    seconds: float
    reasons: list[hanging.Why]
    mover: User | None


@dataclass(frozen=True)
class Asked:
    """What the address narrows the page to; `unknown` is what it asks in vain."""

    team: Team | None
    teams: list[Team]
    why: str
    after: str
    unknown: Sequence[str] = ()


def asked(request: HttpRequest, user: User) -> Asked:
    teams = lines_of(user)
    team = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    why = request.GET.get("why", "")
    lines = [str(one.pk) for one in teams]
    vain = unknown(request.GET, team=lines, why=hanging.Why.values, after=place_of)
    return Asked(team, teams, why if why in hanging.Why.values else "", request.GET.get("after", ""), vain)


def page_of(user: User, asked: Asked) -> dict[str, Any]:
    now = clock.now()
    tickets = Ticket.objects.visible_to(user)
    tickets = tickets.filter(team=asked.team) if asked.team else tickets
    counts = hanging.counts(tickets, now)
    rows = tickets.hanging(now)
    if asked.why:
        rows = rows.filter(hanging.rules(now)[hanging.Why(asked.why)])
    rows = _after(rows, asked.after).select_related("owner", "team").longest_hanging_first()
    found: list[Any] = list(rows[: PAGE + 1])
    return {
        "now": now,
        "total": counts["total"],
        "shown": _said(counts["total"]),
        "reasons": [(why, counts[why]) for why in hanging.Why if counts[why]],
        "rows": [_row(ticket, now) for ticket in found[:PAGE]],
        "next": str(Place(found[PAGE - 1].hangs_from, found[PAGE - 1].pk)) if len(found) > PAGE else "",
        **_check(now),
    }


def _said(count: int) -> str:
    """12; 999+"""
    return number(count) if count < hanging.CAP else f"{number(hanging.CAP - 1)}+"


def _row(ticket: Any, now: datetime) -> Hanging:
    lasts = (now - ticket.hangs_from).total_seconds()
    return Hanging(ticket, lasts, hanging.reasons_of(ticket, now), hanging.whose_move(ticket))


def _after(rows: TicketQuerySet, words: str) -> TicketQuerySet:
    place = place_of(words)
    return rows.hanging_behind(place.at, place.pk) if place else rows


def _check(now: datetime) -> dict[str, Any]:
    """The last nightly proof, and what it found."""
    last = SelfCheck.objects.latest_run()
    labels = dict(SelfCheck.Fault.choices)
    return {
        "check": last,
        "check_is_old": last is not None and last.is_older_than(OLD, now),
        "faults": [(number, labels.get(fault, fault)) for number, fault in last.faults] if last else [],
    }
