"""Work of people: what they say of themselves, acts on many tickets, who watches, hours and shelves."""

from typing import Any, TypedDict

from otklik_client.cards import Person


class Watcher(TypedDict):
    person: Person
    since: str


class Refused(TypedDict):
    reason: str
    tickets: list[int]


class Many(TypedDict):
    """What became of an act on many tickets; by `undo` all of it is taken back for ten minutes."""

    done: list[int]
    same: list[int]
    refused: list[Refused]
    gone: int
    undo: int | None


class LeftOut(TypedDict):
    reason: str
    count: int
    tickets: list[int]


class Sample(TypedDict):
    ticket: int
    text: str


class AnswerToMany(TypedDict):
    """How far an answer to many is, and what is still to be decided about it."""

    id: int
    by: Person
    at: str
    state: str
    total: int
    done: int
    gone: int
    left_out: list[LeftOut]
    ended_at: str | None
    text: str
    next: str
    needs_second: bool
    approved_by: str
    may_approve: bool
    halted: bool
    unsent: int
    last_leaves_at: str | None
    can_be_undone: bool
    samples: list[Sample]


class Absence(TypedDict):
    id: int
    person: Person
    deputy: Person | None
    since: str
    until: str
    sudden: bool
    reason: str
    begun_at: str | None
    given_back_at: str | None


class OwnAvailability(TypedDict):
    """What the person of the token says of themselves; `pause_reasons` are those that may be said of a break."""

    login: str
    name: str
    role: str
    availability: str
    takes: str
    pause_reason: str
    absence: Absence | None
    since: str
    pause_reasons: list[str]


class Offered(TypedDict):
    """A text that its author would share with a line, or with everybody (None)."""

    at: str
    line: str | None


class Section(TypedDict):
    id: int
    name: str
    name_en: str
    place: int
    articles: int


class ShiftTemplate(TypedDict):
    id: int
    name: str
    short: str
    starts: str
    ends: str
    breaks: list[dict[str, Any]]
