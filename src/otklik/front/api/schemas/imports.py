"""Files that are brought in by a program."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.common import Given

Kind = Literal["contacts", "organisations", "products", "tickets", "subscriptions", "payments", "outside"]
"""As `Import.Kind` has them."""


class CountsOut(Schema):
    """What became of the rows that are settled."""

    new: int
    changed: int
    same: int
    wrong: int


class ImportOut(Schema):
    """One file, and how far it is: `position` rows are settled."""

    id: int
    kind: Kind
    source: str
    name: str
    state: Literal["draft", "checking", "checked", "running", "stopped", "done", "failed"]
    trouble: str = Field(description="why it failed")
    position: int
    counts: CountsOut = Field(description="of the run; of the dry run where there was no other since")
    problems: int = Field(description="rows and cells that were left out")
    can_go_on: bool = Field(description="the next start goes on where this one ended")
    by: str | None = Field(description="login")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class ColumnOut(Schema):
    """A column of the file with the first values in it; `field` is what it is taken for, "" for nothing."""

    name: str
    samples: list[str]
    field: str


class ImportFull(ImportOut):
    columns: list[ColumnOut] = Field(description="none where the file is not there any more")


class ImportFieldOut(Schema):
    """What a column may be taken for; `names` by which it is guessed."""

    name: str
    label: str
    names: list[str]


class PreviewRow(Schema):
    """A row as it would become, fields without a value left out; or what is wrong with it."""

    line: int
    values: dict[str, str]
    wrong: str


class ImportProblemOut(Schema):
    """A row that was not brought in; with `kept` only the cell of this column was left out."""

    id: int
    line: int
    column: str
    words: str
    kept: bool
    cells: dict[str, str]


class MappingIn(Given):
    """Columns by name and the field of each, "" to leave one out; columns that are not named stay as they are."""

    mapping: dict[str, str] = Field(max_length=500)
