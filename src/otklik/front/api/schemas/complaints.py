"""Complaints as who works on them tells and reads them."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.care.complaints.causes import Cause
from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import Number

Grave = Annotated[int, Field(ge=1, le=3, description="3 is the gravest")]
Risks = Annotated[list[Literal["safety", "law", "vulnerable"]], Field(max_length=3)]
Login = Annotated[str, Field(min_length=1, max_length=60, description="login")]
AnyCause = Annotated[str, Field(max_length=24, description=f'one of {", ".join(Cause.values)}; "" for none')]


class ComplaintRow(Schema):
    """A complaint that the person may know of; `next_at` is the nearest of its dates, null once it is closed."""

    id: int
    stated: str = Field(description="the reason as the client gives it")
    state: str
    level: int
    severity: int = Field(description="3 is the gravest")
    client: str = Field(description='name of who complains, "" of somebody who does not name themselves')
    contact_id: int | None = Field(description="number of who complains; null of somebody who is nobody's card")
    ticket: int | None = Field(description="its number, where the person sees it")
    line: str
    owner: PersonOut
    received_at: datetime
    next_at: datetime | None
    next_due: str = Field(description='what is due then: "acknowledge", "progress", "legal", …')
    late: bool


class ComplaintFactOut(Schema):
    text: str
    source: str
    by: PersonOut
    at: datetime


class MeasureOut(Schema):
    """What is done so that it does not happen again."""

    id: int
    kind: Literal["corrective", "preventive"]
    text: str
    owner: PersonOut
    due_at: datetime
    done_at: datetime | None
    result: str


class ComplaintFull(ComplaintRow):
    words: str = Field(description="the client's own words")
    source: str
    said_by: str
    desired: str
    risks: list[str]
    lines: list[str] = Field(description="names of lines involved")
    against: PersonOut | None = Field(description="the person complained about")
    investigator: PersonOut | None
    filed_by: PersonOut
    stated_cause: str
    acknowledged_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    legal_due: datetime = Field(description="answer by law")
    check_at: datetime | None
    whys: list[str]
    found: str
    found_cause: str
    decision: str
    finding: str = Field(description="what was found, in words for the client")
    remedy: str
    reaction: str
    reaction_words: str
    bodies: str = Field(description="where the client may go from us")
    helped: str
    verdict: str
    facts: list[ComplaintFactOut]
    measures: list[MeasureOut]
    alike: list[int] = Field(description="complaints that are linked to it and that the person may know of")
    may: list[Literal["manage", "investigate", "decide", "add_facts"]] = Field(description="the person's rights in it")


class ComplaintPage(Schema):
    items: list[ComplaintRow]
    next: str | None


class ComplaintIn(Given):
    """Of a `ticket` that the person answers, or of `contact_id`, or of nobody who names themselves."""

    ticket: Number | None = None
    contact_id: Number | None = Field(None, description="without a ticket: somebody whom the person knows")
    words: str = Field(min_length=1, max_length=5000, description="what the client said")
    stated: str = Field(min_length=1, max_length=500, description="what it is about, in a line")
    source: Literal["talk", "phone", "letter", "person", "survey", "other"] = Field(
        "talk", description="`talk` of a ticket alone"
    )
    line: Number | None = Field(
        None, description="number of the line that answers for it; of a ticket it is its own, so 422 beside `ticket`"
    )
    severity: Grave = 1
    risks: Risks = []
    desired: str = Field("", max_length=1000, description="what the client wants")
    against: str = Field("", max_length=60, description="login: they will not see it and have no part in it")
    owner: str = Field("", max_length=60, description="login of who manages it, a lead or above; as usual when empty")
    received_at: AwareDatetime | None = Field(None, description="the legal term counts from then; now with none")


class ToldIn(Given):
    """By a letter of the ticket (`text`), or in another way (`how`): where both are given, `how` needs no letter."""

    text: str = Field("", max_length=20_000)
    how: str = Field("", max_length=1000, description="when, and what was said")


class AssessIn(Given):
    severity: Grave
    risks: Risks | None = Field(None, description="null: they stay")
    lines: Annotated[list[Number], Field(max_length=50)] | None = Field(
        None, description="numbers of lines involved; null: they stay"
    )
    stated_cause: AnyCause | None = Field(None, description="null: it stays")


class WhoIn(Given):
    login: Login


class ExplainIn(Given):
    whys: list[Annotated[str, Field(max_length=500)]] = Field(min_length=1, max_length=7)
    found: str = Field(min_length=1, max_length=1000, description="the cause that can be mended")
    cause: AnyCause


class DecideIn(ToldIn):
    decision: Literal["upheld", "partly", "not"]
    finding: str = Field(min_length=1, max_length=5000, description="what was found, in words for the client")
    remedy: str = Field("", max_length=1000, description="what the client gets")


class HearIn(Given):
    reaction: Literal["agrees", "disagrees", "silent"]
    words: str = Field("", max_length=1000)


class BodiesIn(Given):
    bodies: str = Field(min_length=1, max_length=500)


class MeasureIn(Given):
    text: str = Field(min_length=1, max_length=500)
    kind: Literal["corrective", "preventive"]
    owner: Login
    due_at: AwareDatetime


class MeasureDoneIn(Given):
    result: str = Field(min_length=1, max_length=1000, description="what came of it")


class AskedIn(Given):
    text: str = Field(min_length=1, max_length=20_000, description="the letter that asks whether it helped")


class WeighIn(Given):
    helped: Literal["helped", "not", "silent"] = Field(description="what the client says")


class FactIn(Given):
    text: str = Field(min_length=1, max_length=1000)
    source: str = Field(min_length=1, max_length=300, description="without it a fact is an opinion")


class HowIn(Given):
    how: str = Field(min_length=1, max_length=1000)


class AlikeIn(Given):
    other: Number = Field(description="a complaint that the person may know of")
