"""The chain: lines are numbered and sealed after the fact, one batch at a time, so that acting never waits.

Each seal is `HMAC(key, mac before + line)`; the key is derived from the secret key and is not in the database.  Who
changes, removes or slips in a line would have to make every later seal anew, and cannot without the key.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from otklik.core.audit.models import Seal

LOCK = 0x07C11E
BATCH = 1000
READ = 5000
BEGINNING = "0" * 64
# A transaction that began before the newest sealed line was written may still add one with an earlier number.
STRAGGLERS = "1 hour"

COLUMNS = (
    *("id", "at", "kind", "outcome", "about", "about_id", "actor_id", "program_id"),
    *("door", "address", "session", "call", "before", "after", "entry_id"),
)
TEXT = ", ".join(f"line.{name}::text" for name in COLUMNS if name != "at")
LINE = f"(extract(epoch FROM line.at) * 1000000)::bigint::text, {TEXT}"
RECENT = f"""
SELECT line.id, {LINE} FROM audit_line line
WHERE NOT EXISTS (SELECT FROM audit_seal seal WHERE seal.line_id = line.id)
  AND (%s OR line.at > coalesce(
      (SELECT last.at FROM audit_line last JOIN audit_seal seal ON seal.line_id = last.id
       ORDER BY seal.number DESC LIMIT 1) - interval '{STRAGGLERS}', '-infinity'))
ORDER BY line.id LIMIT %s
"""  # noqa: S608
SEALED = f"""
SELECT seal.number, seal.line_id, seal.mac, seal.key, line.id IS NULL, {LINE}
FROM audit_seal seal LEFT JOIN audit_line line ON line.id = seal.line_id
WHERE seal.number > %s ORDER BY seal.number LIMIT %s
"""  # noqa: S608
UNSEALED = """
SELECT count(*), min(line.id) FROM audit_line line
WHERE line.at < now() - interval '1 hour' AND NOT EXISTS (SELECT FROM audit_seal seal WHERE seal.line_id = line.id)
"""


@dataclass(frozen=True)
class Head:
    """The last link; whoever has written it down elsewhere can tell a shorter or another chain."""

    number: int = 0
    mac: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"


@dataclass(frozen=True)
class Fault:
    """What is wrong, from which number on."""

    number: int
    what: str


def head() -> Head:
    last = Seal.objects.order_by("-number").first()
    return Head(last.number, last.mac) if last else Head()


def seal(*, everything: bool = False) -> int:
    """Seal what has been written; returns how many lines.  Two at once wait for one another, nobody else does.

    `everything` also looks for lines older than the stragglers, after a long time without a worker.
    """
    done = 0
    while made := _seal_batch(everything):
        done += made
        if made < BATCH:
            break
    return done


@transaction.atomic
def _seal_batch(everything: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(RECENT, [everything, BATCH])
        found = cursor.fetchall()
    last = head()
    number, mac, key = last.number, last.mac, _keys()[0]
    seals = []
    for line_id, *values in found:
        number, mac = number + 1, link(key, mac, number + 1, values)
        seals.append(Seal(number=number, line_id=line_id, mac=mac, key=_name(key)))
    Seal.objects.bulk_create(seals)
    return len(seals)


def link(key: bytes, before: str, number: int, values: Sequence[Any]) -> str:
    words = json.dumps([before, number, *values], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def verify(anchors: Sequence[Head] = ()) -> Iterator[Fault]:
    """What does not fit: changed, missing and inserted lines, a chain that is shorter or other than an anchor."""
    known = {_name(key): key for key in _keys()}
    wanted = {anchor.number: anchor.mac for anchor in anchors if anchor.number}
    last = Head()
    while rows := _sealed_after(last.number):
        for number, _line, mac, key, gone, *values in rows:
            yield from _faults_of(last, number, mac, known.get(key), gone, values)
            if wanted.get(number, mac) != mac:
                yield Fault(number, "is not what was written down elsewhere")
            last = Head(number, mac)
    if short := [number for number in wanted if number > last.number]:
        yield Fault(min(short), "was written down elsewhere and is missing: the end was cut off")
    count, first = _unsealed()
    if count:
        yield Fault(last.number + 1, f"{count} lines were never sealed, the first has the id {first}")


def _faults_of(
    last: Head, number: int, mac: str, key: bytes | None, gone: bool, values: Sequence[Any]
) -> Iterator[Fault]:
    if number != last.number + 1:
        yield Fault(last.number + 1, "a seal is missing")
    elif gone:
        yield Fault(number, "the line was removed")
    elif key is None:
        yield Fault(number, "was sealed with a key that is not among OTKLIK_SECRET_KEY and OTKLIK_OLD_SECRET_KEYS")
    elif not hmac.compare_digest(link(key, last.mac, number, values), mac):
        yield Fault(number, "the line or its seal was changed")


def waiting() -> int:
    """How many lines are older than an hour and have no seal."""
    return _unsealed()[0]


def _sealed_after(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SEALED, [number, READ])
        return list(cursor.fetchall())


def _unsealed() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED)
        found: tuple[int, int] = cursor.fetchone()
    return found


def _keys() -> list[bytes]:
    """The present one first; earlier ones prove what was sealed with them."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(secret.encode(), b"otklik.audit.chain", hashlib.sha256).digest() for secret in secrets]


def _name(key: bytes) -> str:
    return hashlib.sha256(b"name" + key).hexdigest()[:8]
