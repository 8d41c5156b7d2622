"""Shifts, and time at work."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import Number


def _of_the_wall(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("a time on the wall of the line, without an offset")
    return value.replace(second=0, microsecond=0)


Wall = Annotated[time, AfterValidator(_of_the_wall)]


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


class BreakOut(Schema):
    starts: time
    ends: time


class TemplateOut(Schema):
    """Hours that a line has again and again, on its wall; an end not after the beginning is of the next day."""

    id: int
    name: str
    short: str
    starts: time
    ends: time
    breaks: list[BreakOut]


class BreakIn(Given):
    starts: Wall
    ends: Wall


class TemplateFull(TemplateOut):
    """With its line, and whether it is offered."""

    line_id: int
    line: str
    in_use: bool


class TemplateIn(Given):
    """Hours on the wall of the line; an end not after the beginning is of the next day."""

    name: str = Field(min_length=1, max_length=40)
    short: str = Field(min_length=1, max_length=3, description="letters in the roster, which the line has once")
    starts: Wall
    ends: Wall
    breaks: list[BreakIn] = Field([], max_length=8, description="within the shift, not paid")


class HoursIn(Given):
    """A `template` of the line, or `starts` and `ends` on its wall; an end not after the start is of the next day."""

    template: Number | None = None
    starts: Wall | None = None
    ends: Wall | None = None
    breaks: list[BreakIn] = Field([], max_length=8, description="within the shift, not paid; of own hours")


class FaultOut(Schema):
    """What speaks against a shift: a rule of the law or of the company by its code, or `AWAY`."""

    shift_id: int
    person: PersonOut
    day: date
    code: str
    hours: float | None = Field(description="how many there are, or over what is allowed")


class WeekOut(Schema):
    """A week of a line, from its Monday on."""

    line_id: int
    monday: date
    published_at: datetime | None
    published_by: PersonOut | None
    faults: list[FaultOut]


class PublishIn(Given):
    sure: bool = Field(False, description="what speaks against it is known, and it is meant")


class CopiedOut(Schema):
    put: int
    left: int = Field(description="the person is away then, works elsewhere or left, or the day is over")


class SwapOut(Schema):
    """A shift goes to a colleague, `back` comes for it; after the two a lead decides."""

    id: int
    shift: ShiftOut
    back: ShiftOut | None
    asker: PersonOut
    taker: PersonOut
    words: str
    state: Literal["asked", "accepted", "approved", "declined", "refused", "withdrawn", "ended"]
    asked_at: datetime
    decided_at: datetime | None


class SwapIn(Given):
    shift_id: Number = Field(description="one of one's own that is published and ahead")
    taker: str = Field(min_length=1, max_length=60, description="login")
    back_id: Number | None = Field(None, description="a shift of theirs that one would take")
    words: str = Field("", max_length=200)


class SwapTurnIn(Given):
    """Who takes it accepts or declines, who asks withdraws, a lead who is neither approves or refuses."""

    state: Literal["accepted", "declined", "withdrawn", "approved", "refused"]


class ExceptionOut(Schema):
    """Time in which a person need not be where the roster has them, once a lead approves it."""

    id: int
    person: PersonOut
    starts_at: datetime
    ends_at: datetime
    reason: str
    state: Literal["asked", "approved", "refused"]
    asked_at: datetime
    decided_at: datetime | None


class ExceptionIn(Given):
    login: str = Field("", max_length=60, description="of whom one leads; the person of the token when empty")
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: str = Field(min_length=1, max_length=200)


class ExceptionTurnIn(Given):
    state: Literal["approved", "refused"]
