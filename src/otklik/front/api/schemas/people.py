"""People and their absences."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut


class AbsenceOut(Schema):
    """From when until when a person is away; without a deputy the queues of their lines have the requests."""

    id: int
    person: PersonOut
    deputy: PersonOut | None
    since: datetime
    until: datetime
    sudden: bool
    reason: str = Field(description="empty for keys of people who could not have declared it")
    begun_at: datetime | None
    given_back_at: datetime | None = Field(description="over: the time has passed, or it was ended before")


Work = Literal["any", "calls", "chats", "live", "writing"]


class ColleagueOut(PersonOut):
    """A person, what they say of themselves, and the absence of this moment."""

    role: str
    availability: Literal["ready", "busy", "break", "away", "off"]
    takes: Work = Field(description="the work they are given while they are ready; `any` otherwise")
    pause_reason: str = Field(description="of a break, where it was said; empty for keys of others than them and leads")
    absence: AbsenceOut | None


class OwnAvailabilityOut(ColleagueOut):
    """What the person of the token says of themselves."""

    since: datetime = Field(description="when it was said")
    pause_reasons: list[str] = Field(description="the department's list, one of which may be said of a break")


class AvailabilityIn(Given):
    """Whether the person can be given work, and of which kind."""

    availability: Literal["ready", "busy", "break", "away", "off"]
    takes: Work | None = Field(
        None, description="with `ready`, of who answers clients; null: everything, after a break what it was before"
    )
    pause_reason: str | None = Field(
        None,
        max_length=60,
        description="with `break`, of `pause_reasons`; null leaves it as it is, empty takes it away",
    )


class AbsenceIn(Given):
    """A time in which somebody else answers."""

    person: str = Field("", max_length=60, description="login; the person of the token when empty")
    since: AwareDatetime | None = Field(None, description="from now on when null")
    until: AwareDatetime
    deputy: str = Field("", max_length=60, description="login of who stands in; the queues of the lines when empty")
    sudden: bool = False
    reason: str = Field("", max_length=300)


class AbsenceMoveIn(Given):
    """When the person is back."""

    until: AwareDatetime


class DeputyIn(Given):
    """Who stands in from now on."""

    deputy: str = Field("", max_length=60, description="login; the queues of the lines when empty")
