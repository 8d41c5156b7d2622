"""Boards with their figures, alerts, reports by mail, notes on charts."""

from typing import TypedDict

from otklik_client.cards import Person


class Figure(TypedDict):
    n: int
    value: float | None
    lo: float | None
    hi: float | None
    p90: float | None
    good: int | None
    status: str
    exact: bool
    wordings: int


class Tile(TypedDict):
    """One metric in one form; `side` and `key` narrow it (`me` as the key of a person: whoever looks)."""

    id: int
    metric: str
    form: str
    by: str
    width: int
    line_id: int | None
    side: str
    key: str


class BoardRow(TypedDict):
    id: int
    name: str
    owner: Person
    shared: str
    span: str
    may_change: bool


class Board(BoardRow):
    shared_with_id: int | None
    line_id: int | None
    side: str
    key: str
    present: bool
    tiles: list[Tile]


class TileRow(Figure):
    key: str
    name: str
    before: float | None


class DayFigure(TypedDict):
    day: str
    value: float | None
    n: int
    status: str


class TileFigure(TypedDict):
    """What a tile shows to this person; `why_not` says why there is nothing to see, and then all else is empty."""

    tile: Tile
    why_not: str
    narrowed: list[str]
    figure: Figure | None
    before: Figure | None
    course: list[DayFigure]
    rows: list[TileRow]
    more: int
    rest: int
    hours: list[list[int]]


class BoardFigures(TypedDict):
    board_id: int
    first: str
    last: str
    tiles: list[TileFigure]


class Alert(TypedDict):
    """A figure that is watched."""

    id: int
    name: str
    metric: str
    line_id: int | None
    side: str
    key: str
    kind: str
    way: str
    bound: float | None
    days: int
    weeks: int
    fewest: int
    whom: str
    owner: Person
    paused_at: str | None
    rings_since: str | None
    may_change: bool


class Ringing(TypedDict):
    """A stretch in which the condition of an alert held."""

    id: int
    began: str
    ended: str | None
    value: float
    n: int
    lo: float | None
    hi: float | None
    first: str | None
    last: str | None


class Report(TypedDict):
    """What is sent by mail, when and to whom; each reader gets what they may see."""

    id: int
    name: str
    subject: str
    board_id: int | None
    every: str
    weekday: int
    hour: int
    is_on: bool
    next_at: str | None
    owner: Person
    readers: list[Person]
    may_change: bool


class ReportLetter(TypedDict):
    """One letter of a report to one person."""

    id: int
    person: Person
    moment: str
    by_hand: bool
    state: str
    why: str


class ChartNote(TypedDict):
    """What happened on a day and may explain a figure; without a line it is of the whole department."""

    id: int
    on: str
    words: str
    kind: str
    line_id: int | None
    by: Person
    may_remove: bool
