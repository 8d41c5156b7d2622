"""The first lines of the client's panel: their time, holiday and weather, and how an answer may begin."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.clients.weather import Weather
from otklik.desk.tickets.beginning import Line, beginning_of
from otklik.desk.tickets.models import Status, Ticket
from otklik.front.workspace.may_write import said_now
from otklik.front.workspace.panel import Clock, clock_of

OFFERED = 3


@dataclass(frozen=True)
class Hello:
    """What `workspace/hello.html` shows; `lines` begins with the chosen one, `turn` is its number."""

    contact: Contact
    ticket: Ticket | None
    clock: Clock | None
    weather: Weather | None
    holiday: str
    outcome: str
    may: list[str]
    lines: list[Line]
    turn: int

    @property
    def offered(self) -> list[Line]:
        """As many as are read at a glance."""
        return self.lines[:OFFERED]

    @property
    def has_more(self) -> bool:
        return len(self.lines) > OFFERED

    @property
    def next_turn(self) -> int:
        return self.turn + OFFERED


def hello_of(contact: Contact, ticket: Ticket | None, user: User, turn: int = 0) -> Hello:
    now = clock.now()
    found = beginning_of(contact, ticket, user, now)
    turn = turn % len(found.lines) if found.lines else 0
    return Hello(
        contact,
        ticket,
        clock_of(contact, now, found.guess),
        found.weather,
        found.holiday,
        _outcome(found.last),
        said_now(contact, now),
        [*found.lines[turn:], *found.lines[:turn]],
        turn,
    )


def _outcome(last: Ticket | None) -> str:
    if last is None:
        return ""
    said = {Status.RESOLVED: _("solved"), Status.REFUSED: _("refused"), Status.CLOSED: _("closed")}
    what = said.get(Status(last.status), _("still open"))
    return _("Last time: “%(subject)s”, %(what)s") % {"subject": last.subject[:80], "what": what}
