"""Accept, then work.

`accept()` commits the raw bytes and returns; only then may the sender's server hear "ok".  `work_one()` reads one
stored message inside its own transaction, so a poisonous one never stops the next.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from otklik.core.journal.news import publish
from otklik.desk.channels import wake
from otklik.desk.channels.events import MessageArrived
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.port import Unreadable, adapter_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Accepted:
    """The stored row; `again` when the same message had been stored before."""

    inbound: Inbound
    again: bool


def accept(
    channel: Channel,
    raw: bytes,
    *,
    external_id: str,
    content_hash: str,
    envelope_from: str = "",
    envelope_to: Sequence[str] = (),
    source: str = "",
) -> Accepted:
    """Store a message durably and wake the reader.  Raises DatabaseError when it could not be stored."""
    inbound, created = Inbound.objects.defer("raw").get_or_create(
        channel=channel,
        content_hash=content_hash,
        defaults={
            "external_id": clean(external_id)[:500],
            "raw": raw,
            "size": len(raw),
            "envelope_from": clean(envelope_from)[:1000],
            "envelope_to": [clean(address) for address in envelope_to][:1000],
            "source": clean(source)[:200],
        },
    )
    if created:
        transaction.on_commit(wake.reader)
    return Accepted(inbound, again=not created)


def work_all() -> int:
    """Read every waiting message; returns how many were taken."""
    count = 0
    while work_one():
        count += 1
    return count


def work_one() -> bool:
    """Read the oldest waiting message.  False when there is none."""
    with transaction.atomic():
        inbound = Inbound.objects.take_next()
        if inbound is None:
            return False
        try:
            with transaction.atomic():
                read(inbound)
        except Unreadable as error:
            inbound.failed(str(error), for_good=True)
            logger.warning("message %s cannot be read: %s", inbound.pk, error)
        except Exception as error:
            inbound.failed(f"{type(error).__name__}: {error}")
            logger.exception("message %s failed, try %s", inbound.pk, inbound.tries)
            if connection.needs_rollback:
                raise
        return True


def read(inbound: Inbound) -> None:
    """Hand one message to the rooms above; they say what it became by `inbound.done()`."""
    incoming = adapter_for(inbound.channel.kind).read(inbound)
    publish(MessageArrived(inbound=inbound, incoming=incoming))
    if inbound.state == Inbound.State.ACCEPTED:
        raise LookupError("no room took the message")


def clean(value: str) -> str:
    """Text that PostgreSQL can store: no NUL, no lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()
