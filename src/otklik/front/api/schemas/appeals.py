"""Appeals against refusals, as programs read and decide them."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut


class AppealIn(Given):
    """The client does not agree with the refusal."""

    text: str = Field(
        "", max_length=10_000, description="what they said; empty: what they wrote last since the refusal"
    )


class GrantIn(Given):
    """The refusal is taken back: why, and what happens next."""

    words: str = Field(min_length=1, max_length=10_000, description="the reasons; the client reads them")
    next: Literal["promise", "aside"] = Field("promise", description="a date for an answer, or put aside until then")
    until: AwareDatetime
    what: str = Field("", max_length=300, description="what happens then; required to put aside")


class UpholdIn(Given):
    """The refusal stands."""

    words: str = Field(min_length=1, max_length=10_000, description="the reasons; the client reads them")


class AppealOut(Schema):
    """The client does not agree with a refusal."""

    id: int
    ticket: int
    refused_by: PersonOut
    holder: PersonOut | None = Field(description="whom it waits for; other leads of the line may decide as well")
    at: datetime
    until: datetime = Field(description="when it is decided, as the client was told")
    reason: str
    explanation: str
    text: str
    state: Literal["open", "granted", "upheld"]


class AppealQueue(Schema):
    """Those on which the person may decide, the soonest due first."""

    total: int
    items: list[AppealOut]
    next: str | None
