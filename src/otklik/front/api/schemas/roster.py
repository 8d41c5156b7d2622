"""Shifts, and time at work."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import PersonOut


class RosterLineOut(Schema):
    """A line whose roster the person reads; `plans`: what is not published yet is theirs to read as well."""

    id: int
    name: str
    time_zone: str = Field(description="of its wall; days of shifts are days there")
    plans: bool


class PauseOut(Schema):
    """Not paid, within the shift."""

    starts_at: datetime
    ends_at: datetime


class ShiftOut(Schema):
    """A person on a line; `published_at` since when they know of it, null in a plan."""

    id: int
    person: PersonOut
    line_id: int
    line: str
    day: date = Field(description="on which it begins, on the wall of the line")
    starts_at: datetime
    ends_at: datetime
    breaks: list[PauseOut]
    template: str | None = Field(description="letters of the template, as in the roster")
    published_at: datetime | None


class AttendanceOut(Schema):
    """A stretch in which somebody was at work; time that is in none of them was away."""

    id: int
    person: PersonOut
    state: Literal["ready", "busy", "break"]
    since: datetime
    until: datetime | None = Field(description="null: it goes on")
    lapsed: bool = Field(description="nobody said that it ended: it lasts until they were heard of")
