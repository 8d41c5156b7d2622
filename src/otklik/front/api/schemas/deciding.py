"""What waits for the word of a lead or a curator: refusals, answers of trainees, abuse and what came of it."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import PersonOut


class RefusalAsked(Schema):
    """A refusal that waits for a lead; nothing of it was sent."""

    id: int
    ticket: int
    by: PersonOut
    at: datetime
    until: datetime = Field(description="when a decision is owed")
    reason: str
    explanation: str
    alternatives: list[str]
    text: str


class RefusalQueue(Schema):
    """Those on which the person may decide, the soonest due first."""

    total: int
    items: list[RefusalAsked]
    next: str | None


class HeldAnswerOut(Schema):
    """An answer of somebody in training that waits for their curator; nothing of it was sent."""

    id: int
    ticket: int
    by: PersonOut
    curator: PersonOut
    at: datetime
    until: datetime = Field(description="when the curator has looked")
    passed_on: datetime | None = Field(description="since when a stand-in or a lead is asked in the curator's place")
    text: str
    to: list[str]
    cc: list[str]
    next: str = Field(description="wait, promise, resolve, refuse: what happens once it has left")
    next_until: datetime | None


class ReleaseQueue(Schema):
    """Answers that the person may release, the soonest due first."""

    total: int
    items: list[HeldAnswerOut]
    next: str | None


class RestrictionOut(Schema):
    """What holds for new requests of a contact."""

    id: int
    contact: int
    mode: Literal["line", "daily", "refuse"]
    line: str | None
    lead: PersonOut | None
    until: datetime


class RestrictionPage(Schema):
    """What holds now, the soonest to end first."""

    items: list[RestrictionOut]
    next: str | None


class AbuseOut(Schema):
    """A report of abuse; `decision` is empty until a lead has looked at it."""

    id: int
    ticket: int
    contact: int
    by: PersonOut
    at: datetime
    step: Literal["warning", "stop"]
    what: str
    quote: str
    decision: Literal["", "lift", "warn", "restrict"]


class AbuseQueue(Schema):
    """Reports on which the person may decide."""

    items: list[AbuseOut]
    next: str | None
