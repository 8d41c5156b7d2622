"""Data panels as programs set them up."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given

Line = Annotated[str, Field(min_length=1, max_length=80)]


class PanelIn(Given):
    """A whole panel; what is left out is as in a new one."""

    name: str = Field(min_length=1, max_length=80)
    kind: Literal["json", "frame"] = "json"
    url: str = Field(min_length=1, max_length=1000)
    tells: list[Literal["name", "email", "organisation", "subject"]] = Field(
        default=[], max_length=4, description="beside the number of the request and that of the client"
    )
    roles: list[Literal["agent", "lead", "head", "quality", "admin"]] = Field(
        default=[], max_length=5, description="who sees it; everybody when empty"
    )
    lines: list[Line] = Field(default=[], max_length=100, description="names of lines that see it; all when empty")
    topic: int | None = Field(None, ge=1, le=2**63 - 1, description="only at requests on this topic or one below it")
    clients: Literal["all", "persons", "organisations"] = "all"
    on_cards: bool = True
    on_organisations: bool = Field(False, description="on the page of an organisation, where no person is told")
    opens: bool = Field(False, description="unfolded, and asked, as soon as it is seen")
    height: int = Field(320, ge=120, le=900, description="of a page of the program, in pixels")
    on: bool = True


class PanelOut(Schema):
    id: int
    name: str
    kind: str
    url: str
    tells: list[str]
    roles: list[str]
    lines: list[str]
    topic: int | None
    clients: str
    on_cards: bool
    on_organisations: bool
    opens: bool
    height: int
    state: str = Field(description="on, off or failing")
    answered_at: datetime | None
    failing_since: datetime | None
    trouble: str
    trouble_said: str = Field(description="more of it: the place in the answer and what belongs there, or the status")
    rest_until: datetime | None = Field(description="until then it is not asked, since it failed too often")


class PanelSecretOut(PanelOut):
    """With its secret, which is told this once."""

    secret: str


class TrialIn(Given):
    ticket: int = Field(ge=1, le=2**63 - 1, description="the number of the request that it is tried with")


class TrialOut(Schema):
    """What was sent and what came of it; `address` of a page of the program, the rest of data."""

    fits: bool = Field(description="whether the panel stands at this request")
    address: str
    head: dict[str, str]
    body: str
    status: int | None
    took_ms: int
    trouble: str
    said: str
    content: dict[str, Any] | None = Field(description="what people see, as the program told it")


class PanelHere(Schema):
    """A panel that stands beside a ticket or on a card, for the person of the token."""

    id: int
    name: str
    kind: Literal["json", "frame"]
    opens: bool = Field(description="pages ask it at once")


class PanelCell(Schema):
    """One value: by its `kind` it is in `amount`, in `day` and `moment`, or in `text`; all empty is no value."""

    kind: Literal["text", "number", "date", "money", "link", "badge"]
    text: str
    tone: Literal["calm", "ok", "soon", "breach"]
    href: str
    amount: str | None = Field(description="as a text, so that nothing of it is lost")
    currency: str
    day: date | None
    moment: datetime | None


class PanelRow(Schema):
    label: str
    value: PanelCell


class PanelTable(Schema):
    title: str
    heads: list[str]
    rows: list[list[PanelCell]]


class PanelAction(Schema):
    label: str
    href: str


class PanelContent(Schema):
    """What a program says of a client, as it was read; a stranger's words."""

    title: str
    notice: str
    tone: Literal["calm", "ok", "soon", "breach"]
    rows: list[PanelRow]
    tables: list[PanelTable]
    actions: list[PanelAction]


class PanelShown(PanelHere):
    """What the person sees in it: `content` of data, `address` of a page; or why neither is there."""

    content: PanelContent | None
    address: str = Field(description="of a page of the program, good for five minutes")
    trouble: Literal["", "silent", "status", "away", "large", "not_json", "malformed", "sealed", "resting"]
    rest_until: datetime | None = Field(description="of `resting`: nobody asks it before")
