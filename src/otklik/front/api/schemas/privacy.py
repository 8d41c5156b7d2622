"""Requests of people about their data."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema


class DataRequestIn(Schema):
    kind: Literal["export", "erasure"]
    law: Literal["152fz", "gdpr"] = "152fz"
    confirmed: Literal["address", "call", "cabinet", "paper", "deed"] = Field(description="how it is known who asks")
    ground: Literal["", "withdrawn", "needless", "unlawful", "authority"] = Field(
        default="", description="why, for an erasure"
    )
    remark: str = Field(default="", max_length=2000)
    asked_on: date | None = Field(default=None, description="today, if it is not said; the terms count from it")


class RefusalOfDataIn(Schema):
    words: str = Field(min_length=1, max_length=2000, description="why not")


class CountOut(Schema):
    what: str
    rows: int
    fate: str = Field(description="given, removed, or words: they are gone, figures stay")


class DataRequestOut(Schema):
    id: int
    contact: int
    kind: str
    state: str
    law: str
    asked_on: date
    due_on: date
    asked_by: int
    decided_by: int | None
    ended_at: datetime | None
    counts: list[CountOut]
    file_until: datetime | None = Field(description="until when `/file` gives the archive")


class DataRequestPage(Schema):
    items: list[DataRequestOut]
    next: str | None


class GoesOut(Schema):
    what: str
    rows: int
    fate: str


class DataPreviewOut(Schema):
    """What an erasure would take, what it leaves and why, and what stands against it."""

    goes: list[GoesOut]
    besides: list[str]
    stays: list[str]
    against: list[str]
