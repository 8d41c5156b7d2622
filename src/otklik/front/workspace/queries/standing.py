"""The standing views of the queue and what each of them holds, as conditions on one row of `tickets_ticket`.

A view is a union of *streams* that do not overlap; each stream walks one index in the order of the moment due, so a
page costs the same in a small and in a huge desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.staff.models import User
from otklik.desk.tickets.narrowing import Narrowing

OURS = "status IN ('new', 'open')"
SEGMENTS = {
    "ours": (_("Our move"), OURS),
    "client": (pgettext_lazy("segment", "Client's move"), "status = 'pending_client'"),
    "aside": (pgettext_lazy("segment", "Put aside"), "status = 'scheduled'"),
}


CARRIED = ("seg", "line", "q", "order")
"""What the address of a list says beside its view; requests and acts carry it along."""


@dataclass(frozen=True)
class Reader:
    """Who looks: the facts that conditions need, and to which line and what else they narrowed the view."""

    user: User
    lines: tuple[int, ...]
    everything: bool
    line: int | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)

    @classmethod
    def of(cls, user: User, line: int | None = None, narrowing: Narrowing | None = None) -> "Reader":
        lines = tuple(user.team_ids)
        known = user.sees_everything or line in lines
        return cls(user, lines, user.sees_everything, line if known else None, narrowing or Narrowing())

    @property
    def visible(self) -> str:
        """Rows this person may see at all."""
        return self.visible_as("")

    def visible_as(self, name: str) -> str:
        """The same where the table has a name of its own (`t.`); of work that is done together only what has any."""
        joint = f"({name}works_with <> '{{}}' AND {name}works_with @> ARRAY[%(me)s]::bigint[])"
        mine = f"({name}team_id = ANY(%(lines)s) OR {name}owner_id = %(me)s OR {joint})"
        seen = "TRUE" if self.everything else mine
        return f"{seen} AND {name}team_id = %(line)s" if self.line else seen

    @property
    def parameters(self) -> dict[str, Any]:
        named = {f"line{number}": line for number, line in enumerate(self.lines)}
        return {"me": self.user.pk, "lines": list(self.lines), "line": self.line, **named} | self.narrowing.values

    def streams_of_lines(self, condition: str = "TRUE") -> list[str]:
        """One stream for each line, so that each keeps the order of its index."""
        if self.line:
            return [f"team_id = %(line)s AND {condition}"]
        if self.everything:
            return [condition]
        return [f"team_id = %(line{number})s AND {condition}" for number in range(len(self.lines))] or ["FALSE"]


@dataclass(frozen=True)
class View:
    """One standing view: its name in addresses, its words, and its streams."""

    name: str
    label: str | Promise
    icon: str
    streams: Callable[[Reader], list[str]]
    empty: str | Promise
    order: str = "due"
    segments: bool = False
    must_be_empty: bool = False
    duty: bool = False
    counted: bool = True

    @property
    def has_orders(self) -> bool:
        """What has ended, what is at hand and what must be empty stand in their one order."""
        return self.order == "due"

    def of(self, reader: Reader) -> list[str]:
        """Its streams, each narrowed to what the reader asked for."""
        return [f"{stream}{reader.narrowing.sql}" for stream in self.streams(reader)]


def _mine(reader: Reader) -> list[str]:
    narrow = " AND team_id = %(line)s" if reader.line else ""
    lines = [number for number, line in enumerate(reader.lines) if reader.line in (None, line)]
    unowned = [f"owner_id IS NULL AND team_id = %(line{number})s" for number in lines]
    return [f"owner_id = %(me)s{narrow}", *unowned]


def _all(reader: Reader) -> list[str]:
    elsewhere = ["owner_id = %(me)s AND team_id <> ALL(%(lines)s)"]
    return reader.streams_of_lines() + ([] if reader.everything or reader.line else elsewhere)


def _joint(reader: Reader) -> list[str]:
    """Requests of others on which this person works, of whatever line."""
    narrow = " AND team_id = %(line)s" if reader.line else ""
    return [f"works_with <> '{{}}' AND works_with @> ARRAY[%(me)s]::bigint[]{narrow}"]


def _seen(condition: str) -> Callable[[Reader], list[str]]:
    return lambda reader: [f"{condition} AND {reader.visible}"]


TODAY = "next_step = 'keep_promise' AND due_at >= %(now)s AND due_at < %(midnight)s"
BROKEN = "next_step = 'keep_promise' AND due_at < %(now)s"
THIRD = "status = 'scheduled' AND waits_for <> ''"
SOON = "status IN ('new', 'open') AND due_at < %(now)s::timestamptz + interval '1 hour'"
WAITING = "status IN ('pending_client', 'scheduled')"
WATCHED = "id IN (SELECT ticket_id FROM tickets_watch WHERE user_id = %(me)s)"
RETURNED = "id IN (SELECT ticket_id FROM routing_handover WHERE returned_at IS NOT NULL AND answer_id IS NULL)"
"""Another line gave it back, and the client has not been answered since."""
HANGING = "status NOT IN ('resolved', 'refused', 'closed') AND (due_at IS NULL OR next_step = '')"


NAMED = "FROM journal_notice WHERE person_id = %(me)s AND kind = 'mention' AND about = 'ticket'"
KEPT = {
    "pinned": "SELECT ticket_id, at FROM tickets_pin WHERE user_id = %(me)s",
    "recent": (
        "SELECT ticket_id, opened_at AS at FROM tickets_seen WHERE user_id = %(me)s AND opened_at IS NOT NULL"
        " ORDER BY opened_at DESC LIMIT 20"
    ),
    "mentions": f"SELECT about_id AS ticket_id, max(at) AS at {NAMED} GROUP BY about_id ORDER BY at DESC LIMIT 50",
}
"""What one person has at hand, the newest first."""


def _kept(name: str) -> Callable[[Reader], list[str]]:
    return _seen(f"id IN (SELECT ticket_id FROM ({KEPT[name]}) AS kept)")


def _lines(reader: Reader) -> list[str]:
    return reader.streams_of_lines()


_ALL = (
    View("mine", _("My queue"), "inbox", _mine, _("Nobody waits for you."), segments=True),
    View("line", _("My line"), "users", _lines, _("Nobody waits for the line."), segments=True),
    View("all", _("All open"), "queue", _all, _("There are no open requests."), segments=True),
    View("soon", _("Due soon"), "clock", _seen(SOON), _("Nothing falls due within the hour."), duty=True),
    View("waiting", _("Waiting"), "hourglass", _seen(WAITING), _("Nothing waits for a client or a date.")),
    View(
        *("mentions", _("Mentions"), "note", _kept("mentions")),
        _("Nobody has named you or your line in a note."),
        order="kept",
    ),
    View(
        *("third", _("Waiting for third parties"), "hourglass", _seen(THIRD)),
        _("Nothing waits for a third party."),
    ),
    View("joint", _("Work on together"), "users", _joint, _("Nobody has asked you to work together.")),
    View("watched", pgettext_lazy("list", "Watched"), "eye", _seen(WATCHED), _("You watch no open request.")),
    View(
        *("unowned", _("Without an owner"), "user", _seen("owner_id IS NULL")),
        _("Every request has an owner."),
        duty=True,
    ),
    View(
        *("promises-today", _("Promised today"), "vow", _seen(TODAY)),
        _("Nothing is promised for today."),
        duty=True,
    ),
    View(
        *("promises-broken", _("Promise broken"), "flag", _seen(BROKEN)),
        _("Every promise is kept."),
        duty=True,
    ),
    View(
        *("returned", _("Returned to the line"), "undo", _seen(RETURNED)),
        _("No line has returned anything."),
        duty=True,
    ),
    View(
        *("trouble", _("Letters that did not go out"), "alert", _seen("delivery_trouble")),
        _("Every letter went out."),
        order="id",
        duty=True,
    ),
    View(
        *("no-next-step", _("Without a next step"), "no", _seen(HANGING)),
        _("Every request has a next step and a date."),
        order="hanging",
        must_be_empty=True,
    ),
    View("ended", _("Ended"), "archive", _lines, _("Nothing has ended yet."), order="ended", counted=False),
    View("pinned", _("Pinned"), "pin", _kept("pinned"), _("Nothing is pinned."), order="kept", counted=False),
    View(
        "recent",
        _("Opened recently"),
        "clock",
        _kept("recent"),
        _("Nothing has been opened yet."),
        order="kept",
        counted=False,
    ),
)
VIEWS = {view.name: view for view in _ALL}
