"""Duplicates of clients, and what merging them does."""

from datetime import datetime

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given, PersonOut


class LikenessOut(Schema):
    """Somebody who may be the same person, or the same organisation; the score is of 100."""

    id: int
    name: str
    score: int
    reasons: list[str]
    can_merge: bool = Field(description="false: a lead decides, or somebody who sees all their requests")


class DifferentIn(Given):
    """Another card that was proposed as the same."""

    other: int = Field(ge=1, lt=2**63)


class CardMergeIn(Given):
    """Which of two cards stays, and what it takes of the other one."""

    into: int = Field(description="the contact, or the organisation, that stays", ge=1, lt=2**63)
    take: list[str] = Field(default=[], description="facts that are the merged one's from now on")
    dry_run: bool = Field(default=False, description="say exactly what would be, change nothing")


class MergingOut(Schema):
    """`id` is None for a dry run."""

    id: int | None
    into: int
    merged: int
    facts: dict[str, str] = Field(description="without those that are hidden from this person")
    notes: list[str] = Field(description="pinned ones as they stand then; the first one is the note of the card")
    requests: int = Field(description="that move, as far as the person sees them")
    until: datetime | None = Field(description="until when it can be undone")
    undone_at: datetime | None


class MergedOut(Schema):
    """Somebody who was merged into this one; `merged` is their number, which is theirs again after an undo."""

    id: int
    merged: int
    name: str
    by: PersonOut
    at: datetime
    until: datetime = Field(description="until when it can be undone")
    undone_at: datetime | None
    can_undo: bool
