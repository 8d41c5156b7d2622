"""Acts on many tickets, who watches them, and one answer to many."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import ManyIn, Number

People = Field(min_length=1, max_length=50, description="logins")


class WatcherOut(Schema):
    """Who is told what becomes of a ticket."""

    person: PersonOut
    since: datetime


class WatchersIn(Given):
    """Colleagues who are asked to watch."""

    people: list[str] = People


class AskedOut(Schema):
    """All who watch now; by `undo` (`POST /tickets/many/{undo}/undo`) those who were asked leave, for ten minutes."""

    watchers: list[WatcherOut]
    undo: int | None = Field(description="null where all of them watched already")


class WatchManyIn(ManyIn):
    """Colleagues who are asked to watch all of them; one who may not see a ticket is told of none by it."""

    people: list[str] = People


class ProblemManyIn(ManyIn):
    """To which problem they belong: what is behind all of them."""

    problem: Number


class IncidentManyIn(ManyIn):
    """Of which incident they are a part; null: of none any more."""

    incident: Number | None


class MacroManyIn(ManyIn):
    """The macro whose acts are done; its text is of an answer and is not sent."""

    macro: Number


class AsideManyIn(ManyIn):
    """Put aside until a date, on which they wake up by themselves."""

    until: AwareDatetime
    what: str = Field(min_length=1, max_length=300)
    agreed: bool = Field(False, description="the clients agreed to this date")
    whom: str = Field("", max_length=120, description="a third party for whom we wait; clients still hear from us")


class CloseManyIn(ManyIn):
    """Why nobody waits for an answer."""

    reason: Literal["no_answer", "spam", "duplicate"]


class AnswerManyIn(Given):
    """One text for many clients, each in their own ticket and by their own channel, and what comes next in each."""

    tickets: list[Number] = Field(min_length=1, max_length=1000)
    text: str = Field(min_length=1, max_length=10_000, description="with places in braces, filled in for each client")
    next: Literal["wait", "promise", "resolve"]
    until: AwareDatetime | None = Field(None, description="of wait and promise")
    promise: str = Field("", max_length=300, description="what exactly is promised")
    why: str = Field("", max_length=300, description="why the date promised earlier moves")
    summary: str = Field("", max_length=10_000, description="of resolve")
    link: str = Field("", max_length=500, description="of resolve")
    seen: int | None = Field(
        None, ge=1, lt=2**63, description="the newest message that you read: whoever wrote after it is left out"
    )


class LeftOutOf(Schema):
    """Why some are not answered; of many only the first are named."""

    reason: str = Field(description="in the language of who began it")
    count: int
    tickets: list[int]


class SampleOut(Schema):
    """What one of the clients reads."""

    ticket: int
    text: str


class AnswerManyRow(Schema):
    """How far an answer to many is: looked at, waiting for a word, under way, over, or taken back."""

    id: int
    by: PersonOut
    at: datetime
    state: Literal["looking", "ready", "running", "done", "stopped", "undoing", "undone"]
    total: int
    done: int = Field(description="answered; while it is looked at, how many would be")
    gone: int = Field(description="not there, or not for the person")
    left_out: list[LeftOutOf]
    ended_at: datetime | None


class AnswerManyOut(AnswerManyRow):
    """With what is still to be decided about it."""

    text: str
    next: str
    needs_second: bool = Field(description="too many for one pair of eyes: somebody else approves before it may go")
    approved_by: str = Field(description="name of the second person; empty where nobody has read it")
    may_approve: bool = Field(description="the person of the token is one whose word lets it leave")
    halted: bool = Field(description="it stopped by itself: more tickets were in the list than one may answer alone")
    unsent: int = Field(description="letters that have not left: as long as there are some, undo takes them back")
    last_leaves_at: datetime | None
    can_be_undone: bool
    samples: list[SampleOut] = Field(description="what the first clients read, of tickets that the person may see")
