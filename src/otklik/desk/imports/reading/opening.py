"""Which reader reads a file: its first bytes say more than its name."""

from pathlib import Path

from otklik.desk.imports.reading import delimited, documents, workbook
from otklik.desk.imports.reading.row import Table


def opened(path: Path) -> Table:
    """Raises Unreadable, here or while its rows are read."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        return workbook.read(path)
    if documents.looks_like(start):
        return documents.read(path)
    return delimited.read(path)
