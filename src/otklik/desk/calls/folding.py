"""From events to a call: arithmetic that gives the same in whatever order, and however often, they were told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from otklik.desk.calls.told import ORDER, Kind, Told

LOST = "otklik:lost"
"""The key of an end that we wrote ourselves, since the exchange never told of it."""


@dataclass(frozen=True)
class Folded:
    """A call as its events tell it; durations are whole seconds, people are inner numbers.

    `rang` says that its beginning was told, `rings` are those that ring now, `holder` is who has it, or had it last.
    """

    begun_at: datetime
    rang: bool = False
    outward: bool = False
    number: str = ""
    queue: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    held_since: datetime | None = None
    rings: tuple[str, ...] = ()
    answered_by: str = ""
    holder: str = ""
    joined: tuple[str, ...] = ()
    waited: int = 0
    talked: int = 0
    held: int = 0
    holds: int = 0
    transfers: int = 0
    recording: str = ""


@dataclass
class _Course:
    """What is gathered while events are read in their order."""

    answered: Told | None = None
    rings: dict[str, None] = field(default_factory=dict)
    holder: str = ""
    joined: dict[str, None] = field(default_factory=dict)
    held_since: datetime | None = None
    held: float = 0.0
    holds: int = 0
    transfers: int = 0

    def take(self, event: Told) -> None:
        match event.kind:
            case Kind.RINGING if self.answered is None and event.extension:
                self.rings[event.extension] = None
            case Kind.ANSWERED if self.answered is None:
                self.answered, self.holder = event, event.extension
            case Kind.HELD if self.answered and self.held_since is None:
                self.held_since, self.holds = event.at, self.holds + 1
            case Kind.RESUMED:
                self.resume(event.at)
            case Kind.TRANSFERRED if self.answered and event.extension != self.holder:
                self.transfers, self.holder = self.transfers + 1, event.extension or self.holder
            case Kind.JOINED if self.answered and event.extension not in ("", self.holder):
                self.joined[event.extension] = None

    def resume(self, at: datetime) -> None:
        if self.held_since is not None:
            self.held, self.held_since = self.held + (at - self.held_since).total_seconds(), None


def folded(events: Iterable[Told]) -> Folded:
    """The call that these events tell of.  Raises ValueError of none.

    What a real end follows is not read any more, but for the recording; a second answer changes nothing.
    """
    known = sorted({event.key: event for event in events}.values(), key=lambda one: (one.at, ORDER[one.kind], one.key))
    if not known:
        raise ValueError("a call begins with an event")
    end = _end(known)
    course = _Course()
    for event in known:
        if end is None or event.at <= end:
            course.take(event)
    begun = next((one.at for one in known if one.kind == Kind.RINGING), known[0].at)
    answered = max(course.answered.at, begun) if course.answered else None
    held_since = course.held_since if end is None else None
    if end is not None:
        course.resume(end)
    spoken, held = _seconds(answered, end), round(course.held)
    if end is not None:  # clocks of an exchange differ: what is told of a hold before the call began is not counted
        held = min(held, spoken)
    return Folded(
        begun_at=begun,
        rang=any(one.kind == Kind.RINGING for one in known),
        outward=next((one.outward for one in known if one.outward is not None), False),
        number=next((one.number for one in known if one.number), ""),
        queue=next((one.queue for one in known if one.queue), ""),
        answered_at=answered,
        ended_at=end,
        held_since=held_since,
        rings=() if answered or end else tuple(course.rings),
        answered_by=course.answered.extension if course.answered else "",
        holder=course.holder,
        joined=tuple(one for one in course.joined if one != course.holder),
        waited=_seconds(begun, answered or end),
        talked=max(0, spoken - held),
        held=held,
        holds=course.holds,
        transfers=course.transfers,
        recording=next((one.address for one in reversed(known) if one.kind == Kind.RECORDED), ""),
    )


def _end(known: list[Told]) -> datetime | None:
    """The first that the exchange told of; our own only where it told of none."""
    ends = [one for one in known if one.kind == Kind.ENDED]
    real = [one for one in ends if one.key != LOST]
    return (real or ends)[0].at if ends else None


def _seconds(start: datetime | None, end: datetime | None) -> int:
    return max(0, round((end - start).total_seconds())) if start and end else 0
