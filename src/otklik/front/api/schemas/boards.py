"""Boards with their tiles, alerts, scheduled reports and notes on charts."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.metrics import FigureOut
from otklik.front.api.schemas.told import Number

Side = Annotated[str, Field(max_length=8, description='as `by` of `GET /metrics/{name}`, "" for none')]
Span = Literal["7", "28", "91", "month", "last_month"]
LINE = "number of a line; null: all that the reader sees"


class TileOut(Schema):
    """One metric in one form; `side` and `key` narrow it (`me` as the key of a person: whoever looks)."""

    id: int
    metric: str = Field(description="an `id` of `GET /metrics`")
    form: Literal["number", "course", "split", "heat", "table"]
    by: str = Field(description="the side that bars and tables show it from")
    width: int = Field(description="thirds of the board")
    line_id: int | None
    side: str
    key: str


class BoardRow(Schema):
    id: int
    name: str
    owner: PersonOut
    shared: Literal["nobody", "line", "everybody"]
    span: Span = Field(description="days up to today, this month or the last one")
    may_change: bool


class BoardFull(BoardRow):
    shared_with_id: int | None = Field(description="number of the line that sees it")
    line_id: int | None
    side: str
    key: str
    present: bool = Field(description="the present moment stands above the tiles")
    tiles: list[TileOut]


class BoardIn(Given):
    """`shared` with a line that one leads, or with everybody by who looks at the whole department."""

    name: str = Field(min_length=1, max_length=80)
    span: Span = "28"
    shared: Literal["nobody", "line", "everybody"] = "nobody"
    shared_with_id: Number | None = None
    line_id: Number | None = Field(None, description=LINE)
    side: Side = ""
    key: str = Field("", max_length=20)
    present: bool = False


class TileIn(Given):
    metric: str = Field(max_length=32)
    form: Literal["number", "course", "split", "heat", "table"] = "number"
    by: Side = ""
    width: int = Field(1, ge=1, le=3)
    line_id: Number | None = Field(None, description=LINE)
    side: Side = ""
    key: str = Field("", max_length=20)


class TileMoveIn(Given):
    steps: int = Field(ge=-50, le=50, description="so many places further, or nearer below zero")


class TileRowOut(FigureOut):
    key: str
    name: str
    before: float | None = Field(description="the same of the days before")


class DayFigureOut(Schema):
    day: date
    value: float | None
    n: int
    status: str


class TileFigureOut(Schema):
    """What a tile shows to this person; `why_not` says why there is nothing to see, and then all else is empty."""

    tile: TileOut
    why_not: str
    narrowed: list[str] = Field(description="to what, in words")
    figure: FigureOut | None
    before: FigureOut | None = Field(description="the same of as many days before")
    course: list[DayFigureOut]
    rows: list[TileRowOut] = Field(description="those with most readings first")
    more: int = Field(description="how many rows were left out")
    rest: int = Field(description="how many counted ones have no value on this side")
    hours: list[list[int]] = Field(description="seven rows of 24 counts from Monday on")


class BoardFiguresOut(Schema):
    board_id: int
    first: date
    last: date
    tiles: list[TileFigureOut]


class AlertOut(Schema):
    """A figure that is watched."""

    id: int
    name: str
    metric: str
    line_id: int | None
    side: str
    key: str
    kind: Literal["threshold", "anomaly"]
    way: Literal["above", "below", "either"]
    bound: float | None = Field(description="in the unit of the metric")
    days: int = Field(description="over which time; 0: as it stands now")
    weeks: int
    fewest: int = Field(description="with fewer readings it says nothing")
    whom: Literal["owner", "leads", "chosen"]
    owner: PersonOut
    paused_at: datetime | None
    rings_since: datetime | None = Field(description="its condition holds now")
    may_change: bool


class RingingOut(Schema):
    """A stretch in which the condition of an alert held."""

    id: int
    began: datetime
    ended: datetime | None
    value: float
    n: int
    lo: float | None
    hi: float | None
    first: date | None = Field(description="days it is of, null of what stood at the moment")
    last: date | None


class AlertPausedIn(Given):
    paused: bool


class ReportOut(Schema):
    """What is sent by mail, when and to whom; each reader gets what they may see."""

    id: int
    name: str
    subject: Literal["department", "board"]
    board_id: int | None
    every: str
    weekday: int = Field(description="of a weekly one, 1 is Monday")
    hour: int = Field(description="of the wall clock of its owner")
    is_on: bool
    next_at: datetime | None
    owner: PersonOut
    readers: list[PersonOut]
    may_change: bool


class ReportIn(Given):
    name: str = Field(min_length=1, max_length=80)
    subject: Literal["department", "board"] = "department"
    board_id: Number | None = Field(None, description="of `board`: one that the person sees")
    every: Literal["day", "week", "month"] = "week"
    weekday: int = Field(1, ge=1, le=7)
    hour: int = Field(9, ge=0, le=23)
    readers: list[Annotated[str, Field(max_length=60)]] = Field(max_length=50, description="logins of colleagues")


class ReportOnIn(Given):
    on: bool


class SendingOut(Schema):
    """One letter of a report to one person."""

    id: int
    person: PersonOut
    moment: datetime
    by_hand: bool
    state: Literal["waiting", "sending", "sent", "skipped", "failed", "uncertain"]
    why: str


class ChartNoteOut(Schema):
    """What happened on a day and may explain a figure; without a line it is of the whole department."""

    id: int
    on: date
    words: str
    kind: Literal["change", "incident", "training", "other"]
    line_id: int | None
    by: PersonOut
    may_remove: bool


class ChartNoteIn(Given):
    on: date = Field(description="of the last three years or of the year ahead")
    words: str = Field(min_length=1, max_length=160)
    kind: Literal["change", "incident", "training", "other"] = "change"
    line_id: Number | None = Field(None, description="null: the whole department, by who looks at it")
