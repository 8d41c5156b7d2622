"""News about imports and exports: one for a file, none for its rows."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ImportFinished(News):
    """A file was gone through to its end; what became of its rows."""

    about: ClassVar[str] = "import"
    key: ClassVar[str] = "import_id"
    import_id: int
    what: str
    name: str
    new: int
    changed: int
    same: int
    wrong: int


@dataclass(frozen=True)
class Exported(News):
    """Somebody took a table out: of what, by which filter, how many rows."""

    about: ClassVar[str] = "export"
    what: str
    form: str
    query: str
    rows: int
