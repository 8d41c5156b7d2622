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


class ColleagueOut(PersonOut):
    """A person, what they say of themselves, and the absence of this moment."""

    role: str
    availability: Literal["ready", "busy", "break", "away", "off"]
    absence: AbsenceOut | None


class AvailabilityIn(Given):
    """Whether the person can be given work."""

    availability: Literal["ready", "busy", "break", "away", "off"]


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
