"""The clocks of one ticket, read from its story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from otklik.core.formulas.business_time import Calendar, WorkingTime
from otklik.core.formulas.instants import Instant, elapsed, from_micros, micros, moment

OVER = frozenset({"solved", "closed"})
PAUSING = ("pending_client", "scheduled_by_client")
type Event = Mapping[str, Any]


class Clocks(TypedDict):
    frt_business_s: float | None
    frt_calendar_s: float | None
    nrt_business_s: list[float]
    unanswered_since: datetime | None
    first_resolution_business_s: float | None
    full_resolution_business_s: float | None
    running_business_s: float | None
    full_resolution_calendar_s: float | None
    time_in_status_calendar_s: dict[str, float]


def ticket_clocks(
    events: Iterable[Event], calendar: Calendar, as_of: Instant, pausing: Iterable[str] = PAUSING
) -> Clocks:
    """First and next response (which never pause), resolution (which does), time in each status; seconds (V1–V4).

    Events are `{"type", "at"}` in any order, types: created (status, "open" by default) | client_msg | agent_reply
    (auto) | status (status); those after `as_of` are not known yet.  A reply by a person ends the client's turn.  A
    client's message ends a pause at once: the ticket is open again.  Time in solved and closed is never counted.
    Without a created event nothing is known.
    """
    limit = micros(as_of)
    story = sorted((event for event in events if micros(event["at"]) <= limit), key=_order)
    created = next((event for event in story if event["type"] == "created"), None)
    if created is None:
        return _Story(WorkingTime.of(calendar), frozenset(pausing), None).clocks()
    if created is not story[0]:
        raise ValueError("something happened to the ticket before it was created")
    told = _Story(WorkingTime.of(calendar), frozenset(pausing), moment(created["at"]), created.get("status", "open"))
    for event in story:
        told.hear(event)
    told.walk_to(from_micros(limit))
    return told.clocks()


def _order(event: Event) -> tuple[int, bool]:
    return micros(event["at"]), event["type"] != "created"


@dataclass(slots=True)
class _Story:
    """The ticket as it stands at `now`, and what its clocks have counted by then."""

    time: WorkingTime
    pausing: frozenset[str]
    created: datetime | None
    status: str = "open"
    now: datetime = field(init=False)
    turn: datetime | None = field(init=False)
    worked: float = 0.0
    lived: float = 0.0
    first_reply: tuple[float, float] | None = None
    next_replies: list[float] = field(default_factory=list)
    first_solved: float | None = None
    last_solved: tuple[float, float] | None = None
    in_status: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turn = self.created
        if self.created:
            self.now = self.created
            self._enter(self.status)

    def hear(self, event: Event) -> None:
        self.walk_to(moment(event["at"]))
        match event["type"]:
            case "client_msg":
                self._client_wrote()
            case "agent_reply" if not event.get("auto"):
                self._answered()
            case "status":
                self._enter(event["status"])
            case "created" | "agent_reply":
                pass
            case other:
                raise ValueError(f"no event of a ticket is called {other!r}")

    def walk_to(self, moment: datetime) -> None:
        """Let the clocks run up to a moment."""
        if self.status not in OVER:
            passed = elapsed(self.now, moment)
            self.lived += passed
            self.in_status[self.status] += passed
            if self.status not in self.pausing:
                self.worked += self.time.seconds(self.now, moment)
        self.now = moment

    def _client_wrote(self) -> None:
        self.turn = self.turn or self.now
        if self.status in self.pausing:
            self._enter("open")

    def _answered(self) -> None:
        if self.turn is None:
            return
        waited = self.time.seconds(self.turn, self.now)
        if self.first_reply is None:
            self.first_reply = waited, elapsed(self.turn, self.now)
        else:
            self.next_replies.append(waited)
        self.turn = None

    def _enter(self, status: str) -> None:
        """Solved is the step into an end, not the step from solved to closed."""
        if status in OVER and (self.status not in OVER or self.first_solved is None):
            self.first_solved = self.worked if self.first_solved is None else self.first_solved
            self.last_solved = self.worked, self.lived
        if status not in OVER:
            self.in_status.setdefault(status, 0.0)
        self.status = status

    def clocks(self) -> Clocks:
        is_open = self.created is not None and self.status not in OVER
        return {
            "frt_business_s": self.first_reply and self.first_reply[0],
            "frt_calendar_s": self.first_reply and self.first_reply[1],
            "nrt_business_s": self.next_replies,
            "unanswered_since": self.turn,
            "first_resolution_business_s": self.first_solved,
            "full_resolution_business_s": self.last_solved and self.last_solved[0],
            "running_business_s": self.worked if is_open else None,
            "full_resolution_calendar_s": self.last_solved and self.last_solved[1],
            "time_in_status_calendar_s": self.in_status,
        }
