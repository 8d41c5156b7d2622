"""Going through a file, a batch in a transaction: what is settled stays settled, whatever ends the process."""

from collections.abc import Callable, Iterator
from itertools import batched, islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from otklik.desk.imports import mapping
from otklik.desk.imports.kinds import KINDS, Fate, Kind, Remark
from otklik.desk.imports.models import Import, Problem
from otklik.desk.imports.reading import Row, Unreadable, opened
from otklik.desk.imports.values import Wrong

BATCH = 1000
TRIES = 3
MOST_PROBLEMS = 100_000
"""So many are kept with their rows; the rest are counted."""
TROUBLE = "__trouble"
"""A column of files that we write ourselves: what was wrong with a record before it became a row."""

type Progress = Callable[[Import], object]


class Overtaken(Exception):
    """Somebody stopped the import, or another process goes on with it."""


def run(of: Import, progress: Progress = lambda of: None) -> None:
    """From where it stands to the end of the file, or until it is stopped."""
    try:
        table = opened(of.path)
        _Run(of, table.columns, progress).through(table.rows)
        of.finish()
    except Overtaken:
        of.refresh_from_db()
    except (Unreadable, OSError) as trouble:
        of.fail(str(trouble))
    except Exception:  # the page does not wait for it any longer, and offers to go on
        of.fail(_("It broke off unexpectedly; what is brought in stays, and it can go on."))
        raise


class _Run:
    def __init__(self, of: Import, columns: list[str], progress: Progress) -> None:
        self.of, self.progress = of, progress
        self.dry = of.state == Import.State.CHECKING
        self.counted = "checked" if self.dry else "counts"
        self.mapping = {column: field for column, field in of.mapping.items() if column in columns}
        self.kind: Kind[Any] = KINDS[of.kind](of.source, of.channel)
        self.seen: set[str] = set()
        self.told = of.problems.count()
        """Problems that are kept, of wrong rows and of cells that were left out."""

    def through(self, rows: Iterator[Row]) -> None:
        for row in islice(rows, self.of.position):
            self._pass_over(row)
        for batch in batched(rows, BATCH):
            self._settle(batch)
            self.progress(self.of)

    def _pass_over(self, row: Row) -> None:
        """A row that was settled before: it only reminds of what came already."""
        try:
            self.kind.read(self._cells(row))
        except Wrong:
            return

    def _cells(self, row: Row) -> dict[str, str]:
        if row.surplus:
            words = _("The row has more cells than the table has columns: «%(value)s».")
            raise Wrong("", words % {"value": row.surplus[0][:60]})
        if trouble := row.cells.get(TROUBLE):
            raise Wrong("external_id", trouble)
        return mapping.taken(self.of.kind, self.mapping, row)

    def _settle(self, batch: tuple[Row, ...]) -> None:
        items, wrong = self._read(batch)
        for left in reversed(range(TRIES)):
            try:
                counts = self._write(batch, items, wrong)
                break
            except IntegrityError:  # a letter of a new address came at this very moment
                if not left:
                    raise
        setattr(self.of, self.counted, counts)
        self.of.position += len(batch)

    def _read(self, batch: tuple[Row, ...]) -> tuple[list[tuple[Row, Any]], list[tuple[Row, Fate]]]:
        items, wrong = list[tuple[Row, Any]](), list[tuple[Row, Fate]]()
        for row in batch:
            try:
                items.append((row, self.kind.read(self._cells(row))))
            except Wrong as why:
                wrong.append((row, why))
        return items, wrong

    @transaction.atomic
    def _write(
        self, batch: tuple[Row, ...], items: list[tuple[Row, Any]], wrong: list[tuple[Row, Fate]]
    ) -> dict[str, int]:
        """The counts with those of this batch."""
        self._hold()
        fates = [*zip((row for row, _item in items), self._fates([item for _row, item in items]), strict=True), *wrong]
        counts = dict(self.of.told)
        for _row, fate in fates:
            counts[_counted(fate)] += 1
        self._keep_problems(fates)
        settled = {self.counted: counts, "position": self.of.position + len(batch)}
        Import.objects.filter(pk=self.of.pk).update(**settled)
        return counts

    def _hold(self) -> None:
        """Nobody else goes on with it, and nobody has stopped it.  Raises Overtaken."""
        held = Import.objects.select_for_update().values_list("state", "position").get(pk=self.of.pk)
        if held != (self.of.state, self.of.position):
            raise Overtaken

    def _fates(self, items: list[Any]) -> list[Fate]:
        if not self.dry:
            return self.kind.keep(items)
        place = transaction.savepoint_create()
        fates = self.kind.keep(items)
        transaction.savepoint_rollback(place)
        return [self._after_others(item, fate) for item, fate in zip(items, fates, strict=True)]

    def _after_others(self, item: Any, fate: Fate) -> Fate:
        """What a batch before would have made is not there, but it is not new either."""
        key, known = self.kind.key(item), "changed"
        if fate == "new" and key in self.seen:
            return known
        self.seen.add(key)
        return fate

    def _keep_problems(self, fates: list[tuple[Row, Fate]]) -> None:
        found = [self._problem(row, fate) for row, fate in fates if not isinstance(fate, str)]
        kept = sorted(found, key=lambda one: one.line)[: max(MOST_PROBLEMS - self.told, 0)]
        Problem.objects.bulk_create(kept)
        self.told += len(kept)

    def _problem(self, row: Row, fate: Wrong | Remark) -> Problem:
        column = mapping.column_of(self.mapping, fate.field) if fate.field else ""
        kept = isinstance(fate, Remark)
        return Problem(
            of=self.of, line=row.line, column=column[:300], words=fate.words[:500], cells=row.cells, kept=kept
        )


def _counted(fate: Fate) -> str:
    if isinstance(fate, Wrong):
        return "wrong"
    return fate.fate if isinstance(fate, Remark) else fate
