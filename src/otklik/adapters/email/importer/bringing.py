"""From files to tickets, with the books kept: every letter is accounted for."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any

from django.db import transaction

from otklik.adapters.email.importer.sources import Found, files_of, letters_in
from otklik.adapters.email.parse import identity
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.models.inbound import OLD_MAIL

BATCH = 50
PATIENCE = 300.0

type Progress = Callable[[int, int | None], object]


class NoChannel(LookupError):
    """There is no mailbox to bring the letters into; the words name what was asked for."""


@dataclass
class Report:
    """read = tickets_created + messages_appended + duplicates + quarantined (+ waiting, when somebody else reads).

    `automatic` of the first two were written by machines, by kind.  `unreadable` are files that gave no letter.
    """

    read: int = 0
    tickets_created: int = 0
    messages_appended: int = 0
    duplicates: int = 0
    quarantined: int = 0
    waiting: int = 0
    automatic: Counter[str] = field(default_factory=Counter)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    unreadable: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        counts = ("read", "tickets_created", "messages_appended", "duplicates", "quarantined", "waiting")
        return {
            **{name: getattr(self, name) for name in counts},
            "automatic": sum(self.automatic.values()),
            "automatic_kinds": dict(self.automatic),
            "quarantine": self.quarantine,
            "unreadable": self.unreadable,
        }


def import_path(
    path: Path, *, channel: str = "", acknowledge: bool = False, progress: Progress = lambda done, total: None
) -> Report:
    """Bring in every letter below `path` and read all of them.  Raises NoChannel."""
    return _Import(_channel(channel), acknowledge, progress).run(path)


def _channel(address: str) -> Channel:
    mailboxes = Channel.objects.open().filter(kind="email").order_by("id")
    found = mailboxes.filter(address__iexact=address).first() if address else mailboxes.first()
    if found is None:
        raise NoChannel(address)
    return found


class _Import:
    def __init__(self, channel: Channel, acknowledge: bool, progress: Progress) -> None:
        self.channel, self.progress = channel, progress
        self.origin = "file:" if acknowledge else OLD_MAIL
        self.report = Report()
        self.taken: dict[int, str] = {}

    def run(self, path: Path) -> Report:
        for letters in batched(self._letters(path), BATCH):
            mine = {pk: name for pk, name in map(self._accept, letters) if pk}
            inbox.work_all()
            _finish(mine)
            self._book(mine)
        self.progress(self.report.read, self.report.read)
        return self.report

    def _letters(self, path: Path) -> Iterator[Found]:
        files = files_of(path)
        for file in files:
            name = str(file.relative_to(path)) if path.is_dir() else file.name
            for found in letters_in(file, name):
                if found.raw is None:
                    self.report.unreadable.append({"file": found.name, "reason": found.reason})
                    continue
                self.report.read += 1
                self.progress(self.report.read, len(files) if self.report.read <= len(files) else None)
                yield found

    @transaction.atomic
    def _accept(self, found: Found) -> tuple[int | None, str]:
        """The row of a new letter; None for one that is known.  What is no mail goes to quarantine."""
        assert found.raw is not None
        external_id, content_hash = identity(found.raw)
        accepted = inbox.accept(
            self.channel,
            found.raw,
            external_id=external_id,
            content_hash=content_hash,
            envelope_to=[self.channel.address],
            source=f"{self.origin}{found.name}",
        )
        if accepted.again:
            self.report.duplicates += 1
            return None, found.name
        if found.reason:
            accepted.inbound.failed(found.reason, for_good=True)
        return accepted.inbound.pk, found.name

    def _book(self, mine: dict[int, str]) -> None:
        rows = Inbound.objects.filter(pk__in=mine).order_by("id")
        for row in rows.only("state", "outcome", "automatic", "reason"):
            match row.state:
                case Inbound.State.READ:
                    self._book_read(row)
                case Inbound.State.QUARANTINED:
                    self.report.quarantined += 1
                    self.report.quarantine.append({"file": mine[row.pk], "id": row.pk, "reason": row.reason})
                case _:
                    self.report.waiting += 1

    def _book_read(self, row: Inbound) -> None:
        if row.outcome == "opened":
            self.report.tickets_created += 1
        else:
            self.report.messages_appended += 1
        if row.automatic:
            self.report.automatic[row.automatic] += 1


def _finish(mine: Iterable[int]) -> None:
    """Try again at once what failed, and wait for what another process is reading just now."""
    deadline = time.monotonic() + PATIENCE
    waiting = Inbound.objects.waiting().filter(pk__in=mine)
    while waiting.exists() and time.monotonic() < deadline:
        waiting.update(not_before=None)
        if not inbox.work_all():
            time.sleep(0.05)
