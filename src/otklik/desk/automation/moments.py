"""When a rule runs: the events it can hear, the moments it can count from, the states it can watch.

Rooms above add events of their own (`add_event`), as a score of a survey is one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.news import News
from otklik.desk.sla.events import TargetAtRisk, TargetBreached
from otklik.desk.sla.models import Kind
from otklik.desk.tickets import events

type Label = str | Promise


def _every(news: Any) -> bool:
    return True


@dataclass(frozen=True)
class Event:
    """Something that happens to a ticket, under the name that rules, webhooks and programs know it by.

    `by_clients` where a client makes it happen as often as they like.
    """

    name: str
    label: Label
    news: tuple[type[News], ...]
    fits: Callable[[Any], bool] = _every
    by_clients: bool = False


def _owner_changed(news: Any) -> bool:
    return news.owner_id != news.was


def _line_changed(news: Any) -> bool:
    return news.team_id != news.team_was


def _answered_by_machine(news: Any) -> bool:
    return news.automatic in ("", "list")


_FIRST = (
    Event("opened", _("a request is opened"), (events.TicketOpened,), _answered_by_machine),
    Event("client_wrote", _("the client writes"), (events.ClientWrote,), by_clients=True),
    Event("answered", _("we answer the client"), (events.Answered,)),
    Event("noted", _("a note is written"), (events.Noted,)),
    Event("status", _("the status changes"), (events.StatusChanged,)),
    Event("resolved", _("it is solved"), (events.TicketResolved,)),
    Event("refused", _("it is refused"), (events.TicketRefused,)),
    Event("closed", _("it is closed without an answer"), (events.TicketClosed,)),
    Event("reopened", _("it is opened again"), (events.TicketReopened,), by_clients=True),
    Event("rejected", _("the client says: not solved"), (events.SolutionRejected,), by_clients=True),
    Event(
        "owner",
        _("the owner changes"),
        (events.TicketAssigned, events.TicketDelegated, events.TicketGivenBack),
        _owner_changed,
    ),
    Event("line", _("it goes to another line"), (events.TicketAssigned, events.TicketSentBack), _line_changed),
    Event("returned", _("the other line returns it"), (events.TicketSentBack,)),
    Event("topic", _("the topic changes"), (events.TopicChanged,)),
    Event("product", _("the product changes"), (events.ProductChanged,)),
    Event("tags", _("tags change"), (events.TagsChanged,)),
    Event("priority", _("the priority changes"), (events.PriorityChanged,)),
    Event("upset", _("the client is upset: the mark is set"), (events.ClientUpset,), by_clients=True),
    Event("calm", _("the client is calm: the mark is taken away"), (events.ClientCalm,)),
    Event("field", _("a field is filled in"), (events.FieldFilled,)),
    Event("promised", _("a date is promised"), (events.DatePromised,)),
    Event("broken", _("a promised date is missed"), (events.PromiseBroken,)),
    Event(
        "date_rejected",
        _("a moved date, or the time of a visit, does not suit the client"),
        (events.DateAnswered, events.VisitAnswered),
        lambda news: not news.agreed,
    ),
    Event("visit_missed", _("the time of a visit passes without a result"), (events.VisitMissed,)),
    Event("at_risk", _("little time is left of a target"), (TargetAtRisk,)),
    Event("breached", _("a target is missed"), (TargetBreached,)),
)
EVENTS: dict[str, Event] = {one.name: one for one in _FIRST}
_by_news: dict[type[News], list[Event]] = {}


def add_event(event: Event) -> None:
    """An event of a room above; called while the product starts, before anything is heard."""
    EVENTS[event.name] = event
    _by_news.clear()


def events_of(news: News) -> list[Event]:
    """Under which names this news is heard."""
    if not _by_news:
        for event in EVENTS.values():
            for kind in event.news:
                _by_news.setdefault(kind, []).append(event)
    return [event for event in _by_news.get(type(news), ()) if event.fits(news)]


@dataclass(frozen=True)
class Due:
    """A moment that falls due: of commitments of these kinds, or of a promise (none)."""

    label: Label
    kinds: tuple[str, ...]


DUES: dict[str, Due] = {
    "answer": Due(_("an answer (first or next)"), (Kind.FIRST, Kind.NEXT)),
    "first_answer": Due(_("the first answer"), (Kind.FIRST,)),
    "next_answer": Due(_("the next answer"), (Kind.NEXT,)),
    "update": Due(_("word on how it goes"), (Kind.UPDATE,)),
    "resolution": Due(_("the solution"), (Kind.RESOLUTION,)),
    "promise": Due(_("the promised date"), ()),
}


@dataclass(frozen=True)
class State:
    """Something that lasts: the news that begin it, those that end it, and what holds of the row `t` meanwhile."""

    label: Label
    begun_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    holds: str


STATES: dict[str, State] = {
    "waits": State(
        _("the client waits for our answer"),
        ("tickets.TicketOpened", "tickets.ClientWrote", "tickets.TicketReopened"),
        (),
        "t.due_at IS NOT NULL AND t.waiting_since <= %(to)s",
    ),
    "silent": State(
        _("the client has not answered us"),
        ("tickets.Answered",),
        ("tickets.ClientWrote", "tickets.AnswerTakenBack"),
        "t.due_at IS NOT NULL AND t.waiting_since IS NULL",
    ),
    "status": State(
        _("it is in the same status"),
        ("tickets.StatusChanged", "tickets.TicketOpened"),
        (),
        "t.due_at IS NOT NULL",
    ),
    "queue": State(
        _("nobody has taken it"),
        ("tickets.TicketOpened", "tickets.TicketAssigned", "tickets.TicketSentBack", "tickets.TicketDelegated"),
        (),
        "t.due_at IS NOT NULL AND t.owner_id IS NULL",
    ),
    "upset": State(
        _("the client is upset"),
        ("tickets.ClientUpset",),
        ("tickets.ClientCalm",),
        "t.due_at IS NOT NULL AND t.upset_since IS NOT NULL",
    ),
    "opened": State(_("it was opened"), ("tickets.TicketOpened",), (), "t.due_at IS NOT NULL"),
    "ended": State(
        _("it has ended"),
        ("tickets.StatusChanged",),
        ("tickets.TicketReopened",),
        "t.due_at IS NULL AND t.merged_into_id IS NULL",
    ),
}
