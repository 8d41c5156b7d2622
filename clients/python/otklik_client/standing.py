"""Where things stand: answers that a curator reads first, appeals, letters, problems, incidents, layouts."""

from typing import TypedDict

from otklik_client.cards import Person


class WayOut(TypedDict):
    """A mailbox or a chat of ours from which an answer may leave."""

    kind: str
    address: str
    name: str
    usual: bool


class Invitation(TypedDict):
    """The event of a letter; `open` while it can be answered."""

    summary: str
    organizer: str
    place: str
    starts: str
    ends: str
    answer: str
    open: bool


class HeldAnswer(TypedDict):
    """An answer of somebody in training that waits for their curator."""

    id: int
    ticket: int
    by: Person
    curator: Person
    at: str
    until: str
    passed_on: str | None
    text: str
    to: list[str]
    cc: list[str]
    next: str
    next_until: str | None


class Appeal(TypedDict):
    """The client does not agree with a refusal; `holder` decides by `until`, and never whoever refused."""

    id: int
    ticket: int
    refused_by: Person
    holder: Person | None
    at: str
    until: str
    reason: str
    explanation: str
    text: str
    state: str


class KnownProblem(TypedDict):
    """What comes again and again, and what helps meanwhile."""

    id: int
    title: str
    notices: str
    workaround: str
    state: str
    owner: Person
    wake_on: str | None
    begun_at: str
    removed_at: str | None
    tickets: int


class Incident(TypedDict):
    """What does not work; of severities 1 is the worst."""

    id: int
    title: str
    affects: str
    agreed: str
    severity: int
    state: str
    leader: Person
    started_at: str
    ended_at: str | None
    next_at: str | None
    tickets: int


class Block(TypedDict):
    """A block of the page of a ticket, and whether a layout may fold it or leave it out."""

    code: str
    area: str
    label: str
    folds: bool
    hides: bool


class Layout(TypedDict):
    """The layout of one kind of ticket; `order` has every block."""

    kind: str
    label: str
    as_delivered: bool
    order: list[str]
    folded: list[str]
    hidden: list[str]


class ContactKey(TypedDict):
    """An OpenPGP key by which signed letters of a person are known."""

    id: int
    fingerprint: str
    name: str
    added_by: Person
    added_at: str


class OpenerLine(TypedDict):
    """A line with which an answer may begin."""

    id: int
    situation: str
    text: str


class Certain(TypedDict):
    """A fact of a card, and who made sure of it within a year."""

    fact: str
    value: str
    confirmed_at: str | None
    confirmed_by: Person | None


class StillTrue(TypedDict):
    """How sure the desk is of a card; who confirms sends `seen` along."""

    seen: str
    facts: list[Certain]
