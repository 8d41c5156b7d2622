"""What a paper is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

type State = Literal["", "ok", "soon", "breach"]
type Told = str | Cell
"""A cell of a table: a text, or a text with more to say."""


@dataclass(frozen=True)
class Heading:
    text: str
    note: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph; a `quiet` one is an explanation."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Figure:
    """`was` is the earlier value in words, coloured by `state`; a `pale` value rests on little data."""

    label: str
    value: str
    was: str = ""
    state: State = ""
    notes: Sequence[str] = ()
    pale: bool = False


@dataclass(frozen=True)
class Figures:
    items: Sequence[Figure]


@dataclass(frozen=True)
class Cell:
    """`note` stands below the text, such as the interval of a value."""

    text: str
    note: str = ""
    pale: bool = False


@dataclass(frozen=True)
class Table:
    """A row begins with what it is about; from the `numbers`-th column on cells stand at the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Told]]
    numbers: int = 1


@dataclass(frozen=True)
class Facts:
    """What is said of one thing: a name and its value in each row."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Chart:
    """A drawing of `charts.read()`: `svg` has no class, no per cent and its own colours; `twin` has its numbers."""

    svg: str
    narrow: str
    """The same for a letter, which may be read on a phone."""
    says: str
    twin: Table | None = None


@dataclass(frozen=True)
class Bars:
    """(label, begins at, length, said): shares of the width from 0 to 1, and the value in words."""

    rows: Sequence[tuple[str, float, float, str]]
    says: str = ""


@dataclass(frozen=True)
class Heat:
    """A row for each (name, cells); a cell is its step from 0 to 6 and its value in words, to see where `numbers`."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[int, str]]]]
    says: str
    most: str
    numbers: bool = False


type Block = Heading | Words | Figures | Table | Facts | Chart | Bars | Heat


@dataclass(frozen=True)
class Paper:
    """`facts` say what it is about ("period", "lines"); `as_of` is the moment it was true, in words."""

    title: str
    as_of: str
    blocks: Sequence[Block] = ()
    lead: str = ""
    facts: Sequence[tuple[str, str]] = ()
    house: str = ""
    """Whose paper it is; stands at the foot of each page."""
    language: str = "en"
    twins: bool = field(default=True, kw_only=True)
    """Whether the numbers of charts stand at the end as tables."""
