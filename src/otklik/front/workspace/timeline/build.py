"""The timeline of one ticket, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import cached_property

from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.talk import File, Happened, Said, Window
from otklik.front.workspace.timeline.happened import Event, event_of
from otklik.front.workspace.timeline.messages import Shown, shown

LONG = 12
"""From so many pieces on a talk with notes offers to show one kind alone."""


@dataclass(frozen=True)
class Item:
    """One piece: `kind` is day, fresh (the line above what is new), message, machine, call or events."""

    kind: str
    words: str = ""
    message: Shown | None = None
    events: list[Shown | Event] = field(default_factory=list)

    @property
    def is_note(self) -> bool:
        return self.message is not None and self.message.side == "note"


@dataclass(frozen=True)
class Look:
    """Who looks at which ticket, when, and up to which message they had looked before.

    `wanted` are the senders whose remote pictures this person always sees, `let_in` the messages of others than the
    client that an agent put before the client's eyes.
    """

    ticket: Ticket
    me: int
    now: datetime
    seen: int = 0
    wanted: frozenset[str] = frozenset()
    let_in: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Talk:
    """What the template of the timeline needs."""

    items: list[Item]
    last_message: int
    last_event: int
    day: date | None
    earlier: int | None = None

    @property
    def has_calls(self) -> bool:
        return any(item.kind == "call" for item in self.items)

    @property
    def has_kinds(self) -> bool:
        """Whether one may want to read one kind alone: a call is among them, or a long talk has notes in it."""
        return self.has_calls or (len(self.items) >= LONG and any(item.is_note for item in self.items))

    @cached_property
    def files(self) -> list[File]:
        return [file for item in self.items if item.message for file in item.message.files]


def talk_of(window: Window, look: Look, last_day: date | None = None) -> Talk:
    """`last_day` is the day under which the page already stands, when the window continues it."""
    messages = [_shown(said, look) for said in window.messages]
    events = [event for entry in window.events if (event := event_of(entry, look.now))]
    moments = [one.at for one in messages] + [one.at for one in events]
    return Talk(
        items=list(_items(messages, events, look, last_day)),
        day=timezone.localtime(max(moments)).date() if moments else last_day,
        last_message=window.messages[-1].id if window.messages else 0,
        last_event=_last(window.events),
        earlier=window.messages[0].id if window.earlier else None,
    )


def _shown(said: Said, look: Look) -> Shown:
    ticket = look.ticket
    return shown(
        said,
        now=look.now,
        contact_id=ticket.contact_id,
        channel=ticket.channel_kind,
        seen=look.seen,
        me=look.me,
        wanted=look.wanted,
        let_in=look.let_in,
    )


def spoken(entry: Happened, look: Look) -> Item | None:
    """One call drawn anew."""
    event = event_of(entry, look.now)
    return Item("call", events=[event]) if event else None


def single(said: Said, look: Look) -> Item:
    """One message drawn anew."""
    message = _shown(said, look)
    return Item("machine" if message.automatic else "message", message=message)


def _items(messages: list[Shown], events: list[Event], look: Look, day: date | None) -> Iterator[Item]:
    fresh_told = False
    for group in _folded(messages, events):
        today = timezone.localtime(group[0].at).date()
        if today != day:
            day = today
            yield Item("day", words=words.day(group[0].at, look.now))
        first = group[0]
        if isinstance(first, Event) and first.call:
            yield Item("call", events=group)
            continue
        if isinstance(first, Event) or len(group) > 1:
            yield Item("events", events=group)
            continue
        if first.is_new and not fresh_told:
            fresh_told = True
            yield Item("fresh")
        yield Item("machine" if first.automatic else "message", message=first)


def _folded(messages: list[Shown], events: list[Event]) -> Iterator[list[Shown | Event]]:
    """Everything in its order; events, and what our machine wrote, are one group where they follow one another.

    An event that stands is a group of its own.
    """
    fold: list[Shown | Event] = []
    pieces: list[Shown | Event] = [*messages, *events]
    for piece in sorted(pieces, key=lambda one: (one.at, isinstance(one, Event), one.id)):
        if (isinstance(piece, Event) and not piece.stands) or (isinstance(piece, Shown) and piece.is_quiet):
            fold.append(piece)
            continue
        if fold:
            yield fold
            fold = []
        yield [piece]
    if fold:
        yield fold


def _last(events: list[Happened]) -> int:
    return events[-1].id if events else 0
