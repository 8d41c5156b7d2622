"""Lines of the audit trail."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class TrailLineOut(Schema):
    id: int
    at: datetime
    kind: str = Field(description="row.insert, row.update, row.delete, door, refused, or the name of the news")
    outcome: str
    about: str
    about_id: str
    actor_id: int | None
    program_id: int | None = Field(description="the token by which a program acted")
    door: str = Field(description="page, api, console or database")
    address: str
    session: str = Field(description="a digest; the same for all acts of one session")
    call: str = Field(description="the same for all lines of one request")
    before: dict[str, Any] = Field(description="`*` stands for words and secrets")
    after: dict[str, Any]


class TrailPage(Schema):
    items: list[TrailLineOut]
    next: str | None
    head: str = Field(description="number and digest of the last link of the chain: keep it elsewhere")
