"""Problems and incidents: what is behind many tickets."""

from datetime import date, datetime

from ninja import Field, Schema

from otklik.front.api.schemas.common import PersonOut


class ProblemRow(Schema):
    """What comes again and again; `id` is the `problem` of `POST /tickets/many/problem`."""

    id: int
    title: str
    notices: str = Field(description="what clients notice")
    workaround: str = Field(description="what helps meanwhile")
    state: str
    owner: PersonOut
    wake_on: date | None = Field(description="when it is looked at again; null: it is over")
    begun_at: datetime
    removed_at: datetime | None
    tickets: int


class IncidentRow(Schema):
    """What does not work; `id` is the `incident` of `POST /tickets/many/incident`."""

    id: int
    title: str
    affects: str = Field(description="what clients notice")
    agreed: str = Field(description="what is answered now")
    severity: int = Field(description="1 is the worst")
    state: str
    leader: PersonOut
    started_at: datetime
    ended_at: datetime | None
    next_at: datetime | None = Field(description="when clients hear of it next")
    tickets: int = Field(description="that are part of it now")
