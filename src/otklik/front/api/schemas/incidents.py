"""Incidents as who leads one tells and reads them."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import Number

GoesOn = Literal["declared", "identified", "mitigating", "monitoring"]
Level = Field(ge=1, le=4, description="1 is the worst")


class IncidentIn(Given):
    """What does not work, and who leads it: the person of the token, unless another login is named."""

    title: str = Field(min_length=1, max_length=200)
    affects: str = Field(min_length=1, max_length=4000, description="what clients notice, in their words")
    severity: int = Level
    leader: str = Field("", max_length=60, description="login")
    started_at: AwareDatetime | None = Field(None, description="clients feel it since; with none since it was noticed")
    detected_at: AwareDatetime | None = Field(None, description="now, with none")


class IncidentChangeIn(Given):
    """Only what is named, all of it or nothing; what stood there before is in the journal."""

    title: str | None = Field(None, min_length=1, max_length=200)
    affects: str | None = Field(None, min_length=1, max_length=4000)
    agreed: str | None = Field(None, max_length=4000, description="what is answered now")
    leader: str | None = Field(None, max_length=60, description="login")
    started_at: AwareDatetime | None = None
    detected_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = Field(None, description="of one that is over")


class SeverityIn(Given):
    severity: int = Level
    reason: str = Field("", max_length=500, description="asked for where it becomes less severe")


class IncidentStateIn(Given):
    state: GoesOn = Field(description="an update with `resolved` says that it is over")


class IncidentCloseIn(Given):
    learned: str = Field(min_length=1, max_length=4000)
    post_mortem: str = Field("", max_length=20_000, description="asked for where `post_mortem_due` is a moment")
    causes: list[str] = Field([], max_length=30, description="by their names; those that are not there yet are made")


class IncidentDetails(Schema):
    """What is behind the row of `GET /incidents/{pk}`."""

    id: int
    worst: int = Field(description="the highest level it ever had")
    detected_at: datetime
    declared_at: datetime
    told_at: datetime | None = Field(description="the first letter to one of its clients")
    closed_at: datetime | None
    overdue: bool = Field(description="`next_at` has passed")
    post_mortem_due: datetime | None
    learned: str
    post_mortem: str
    causes: list[str]
    clients: int = Field(description="organisations, and people of none, whom it concerns")
    may_lead: bool = Field(description="whether the person writes to its clients and changes it")


class UpdateIn(Given):
    """What clients are told at one moment; `next_at` is when they hear from us again, of `resolved` there is none."""

    what: str = Field("", max_length=2000, description="what happened; may be empty with `no_news`")
    whom: str = Field("", max_length=2000, description="whom it concerns")
    doing: str = Field("", max_length=2000, description="what we do")
    workaround: str = Field("", max_length=2000, description="what helps meanwhile")
    no_news: bool = False
    state: GoesOn | Literal["resolved"] = Field(description="how far it is by then; `resolved`: it is over")
    next_at: AwareDatetime | None = None
    ends: bool = Field(False, description="with `resolved`: its tickets are resolved by it")
    quiet: bool = Field(False, description="for us alone: no client gets it")


class UpdateOut(Schema):
    """An update and how many have it by now; letters leave some seconds after it was written."""

    id: int
    author: PersonOut
    at: datetime
    state: str
    what: str
    whom: str
    doing: str
    workaround: str
    no_news: bool
    quiet: bool
    ends: bool
    next_at: datetime | None
    going: bool = Field(description="letters of it still wait, and it can be stopped")
    stopped_at: datetime | None
    waiting: int
    sent: int
    left_out: int
    stopped: int


class WhyOut(Schema):
    reason: str
    count: int


class ThroughOut(Schema):
    channel: str
    count: int


class UpdateLookOut(Schema):
    """What would leave: nothing is written by looking."""

    count: int
    people: int = Field(description="of them so many have no ticket in it")
    channels: list[ThroughOut]
    left_out: list[WhyOut]
    sample: str = Field(description='the letter of one ticket that the person sees, "" where there is none')
    sample_of: int | None = Field(description="the number of that ticket")


class ActionIn(Given):
    text: str = Field(min_length=1, max_length=500, description="what changes; about us, name no client")
    owner: str = Field(min_length=1, max_length=60, description="login")
    due_on: date


class ActionEndIn(Given):
    result: str = Field(min_length=1, max_length=500, description="of what is given up, why")
    dropped: bool = False


class ActionOut(Schema):
    """What changes after an incident."""

    id: int
    text: str
    owner: PersonOut
    due_on: date
    late: bool
    ended_at: datetime | None
    dropped: bool
    result: str


class ConcernIn(Given):
    """Exactly one of `product`, `tag` and the numbers says who else is affected."""

    product: str = Field("", max_length=200, description="by name: who has it now")
    tag: str = Field("", max_length=40, description="of their card")
    contacts: list[Number] = Field([], max_length=500, description="people whom the person knows")
    organisations: list[Number] = Field([], max_length=500, description="as a whole, which the person knows")
    why: str = Field(min_length=1, max_length=500, description="about the failure; name no client")


class FindingOut(Schema):
    """How some of its clients were found, and how many they are."""

    id: int
    how: Literal["product", "tag", "list", "hand"]
    source: str
    why: str
    by: PersonOut
    at: datetime
    count: int


class ConcernedOut(Schema):
    """Somebody whom it concerns and whom the person knows: a contact, or an organisation as a whole."""

    id: int
    finding_id: int
    contact_id: int | None
    organisation_id: int | None
    name: str


class OfMatter(Schema):
    """A ticket of an incident or of a problem, as far as the person sees it."""

    number: int
    subject: str
    status: str
    client: str
