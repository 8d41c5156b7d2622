"""Accept, then work.

`accept()` commits the raw bytes and returns; only then may the sender's server hear "ok".  `work_one()` reads one
stored message inside its own transaction, so a poisonous one never stops the next.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.desk.channels import outbox, wake
from otklik.desk.channels.events import ChoicePressed, MessageArrived, ReachChanged
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import Aside, Pressed, Unreadable, adapter_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Accepted:
    """The number of the stored row; `again` when the same message had been stored before."""

    inbound_id: int
    again: bool

    @property
    def inbound(self) -> Inbound:
        return Inbound.objects.defer("raw").get(pk=self.inbound_id)


def accept(
    channel: Channel,
    raw: bytes,
    *,
    external_id: str,
    content_hash: str,
    envelope_from: str = "",
    envelope_to: Sequence[str] = (),
    source: str = "",
    not_before: datetime | None = None,
) -> Accepted:
    """Store a message durably and wake the reader; `not_before` is when it is read at the latest without its files.

    Raises DatabaseError when it could not be stored.
    """
    row = Inbound(
        channel=channel,
        content_hash=content_hash,
        external_id=clean(external_id)[:500],
        raw=raw,
        size=len(raw),
        envelope_from=clean(envelope_from)[:1000],
        envelope_to=[clean(address) for address in envelope_to][:1000],
        source=clean(source)[:200],
        not_before=not_before,
    )
    if not insert(row, unless_known=True):
        known = Inbound.objects.values_list("pk", flat=True).get(channel=channel, content_hash=content_hash)
        return Accepted(known, again=True)
    wake.reader_after_commit()
    return Accepted(row.pk, again=False)


def work_all(seconds: float | None = None) -> int:
    """Read every waiting message; returns how many were taken.  What is written meanwhile leaves together.

    With `seconds` it ends after that time, and asks for another reader when something is left.
    """
    count, began = 0, time.monotonic()
    with wake.senders_together():
        while work_one():
            count += 1
            if seconds is not None and time.monotonic() - began >= seconds:
                wake.reader()
                break
    return count


def work_one() -> bool:
    """Read the oldest waiting message.  False when there is none."""
    taken: Inbound | None = None
    try:
        with transaction.atomic():
            taken = Inbound.objects.take_next()
            if taken is not None:
                read(taken)
    except Exception as error:
        if taken is None:
            raise
        _set_aside(taken, error)
    return taken is not None


@transaction.atomic
def _set_aside(taken: Inbound, error: Exception) -> None:
    """The reading left nothing behind; only the try is counted, unless somebody else read the message meanwhile."""
    inbound = Inbound.objects.waiting().defer("raw").select_for_update().filter(pk=taken.pk).first()
    if inbound is None:
        return
    if isinstance(error, Unreadable):
        inbound.failed(str(error), for_good=True)
        logger.warning("message %s cannot be read: %s", inbound.pk, error)
    else:
        inbound.failed(f"{type(error).__name__}: {error}")
        logger.error("message %s failed, try %s", inbound.pk, inbound.tries, exc_info=error)


def read(inbound: Inbound) -> None:
    """Hand one message to the rooms above; they say what it became by `inbound.done()`."""
    adapter = adapter_for(inbound.channel.kind)
    if adapter.talk.is_chat:
        inbound.wait_for_turn()
    told = adapter.read(inbound)
    if isinstance(told, Aside):
        _put_aside(inbound, told)
    elif isinstance(told, Pressed):
        publish(ChoicePressed(inbound=inbound, pressed=told))
        if inbound.state == Inbound.State.ACCEPTED:
            inbound.done("unknown_button")
    else:
        publish(MessageArrived(inbound=inbound, incoming=told))
    if inbound.state == Inbound.State.ACCEPTED:
        raise LookupError("no room took the message")


def _put_aside(inbound: Inbound, told: Aside) -> None:
    if told.reachable is not None:
        publish(ReachChanged(addresses=(told.sender,), reachable=told.reachable))
    answer = told.answer
    if answer and outbox.may_write_automatically(answer.to[0]):
        outbox.post(answer, inbound.channel, Outbound.Kind.AUTO)
    inbound.done(told.outcome)


def clean(value: str) -> str:
    """Text that PostgreSQL can store: no NUL, no lone surrogates."""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()
