"""Sending exactly once in effect.

A row is `ready` with its final bytes, is committed as `sending` before the adapter opens a connection, and ends
`sent`, `failed` or `uncertain`.  Nothing sends an uncertain message again but a person.
"""

import logging
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.desk.channels import wake
from otklik.desk.channels.events import Delivered, DeliveryFailed
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.models.outbound import GIVE_UP_AFTER
from otklik.desk.channels.port import Fate, Letter, Receipt, adapter_for

logger = logging.getLogger(__name__)

LOST_AFTER = timedelta(seconds=90)
HOURLY, DAILY, ACKNOWLEDGEMENTS = 3, 10, 3


def post(
    letter: Letter,
    channel: Channel,
    kind: str,
    *,
    not_before: datetime | None = None,
    idempotency_key: str | None = None,
) -> Outbound:
    """Put a letter into the outbox, in the caller's transaction; it leaves after the commit and `not_before`.

    Raises ValueError when the letter cannot be given the form of its channel (no recipient, for one).
    """
    rendered = adapter_for(channel.kind).render(letter, channel)
    outbound = Outbound.objects.create(
        channel=channel,
        kind=kind,
        external_id=rendered.external_id,
        sender=rendered.sender,
        recipients=list(rendered.recipients),
        first_recipient=rendered.recipients[0].lower()[:320],
        subject=letter.subject[:1000],
        raw=rendered.raw,
        not_before=not_before or clock.now(),
        idempotency_key=idempotency_key,
    )
    wake.sender(outbound.not_before)
    return outbound


def may_write_automatically(address: str, *, acknowledgement: bool = True) -> bool:
    """The breaker: 3 automatic messages an hour, 10 a day, 3 acknowledgements a day to one address."""
    now = clock.now()
    hour_ago = models.Q(created_at__gte=now - timedelta(hours=1))
    counted = Outbound.objects.automatic_to(address, now - timedelta(days=1)).aggregate(
        day=models.Count("pk"),
        hour=models.Count("pk", filter=hour_ago),
        receipts=models.Count("pk", filter=models.Q(kind=Outbound.Kind.AUTO)),
    )
    if acknowledgement and counted["receipts"] >= ACKNOWLEDGEMENTS:
        return False
    return bool(counted["hour"] < HOURLY and counted["day"] < DAILY)


def cancel(outbound: Outbound) -> bool:
    """Take a message back; False when it is already on its way."""
    ready = Outbound.objects.filter(pk=outbound.pk, state=Outbound.State.READY)
    return bool(ready.update(state=Outbound.State.CANCELLED))


def send_due() -> int:
    """Send everything whose moment has come; returns how many were tried."""
    count = 0
    while (outbound := _take()) is not None:
        _try(outbound)
        count += 1
    return count


def send_again(outbound: Outbound) -> bool:
    """A person decided: send the same bytes, with the same identifier, once more."""
    stopped = Outbound.objects.in_trouble().filter(pk=outbound.pk)
    done = stopped.update(state=Outbound.State.READY, attempt=0, not_before=clock.now(), created_at=clock.now())
    if done:
        wake.sender(clock.now())
    return bool(done)


@transaction.atomic
def arrived_after_all(outbound: Outbound) -> bool:
    """A person knows that an uncertain message arrived."""
    uncertain = Outbound.objects.filter(pk=outbound.pk, state=Outbound.State.UNCERTAIN)
    known = bool(uncertain.update(state=Outbound.State.SENT, sent_at=clock.now()))
    if known:
        publish(Delivered(outbound_id=outbound.pk))
    return known


def find_lost() -> int:
    """Rows left in `sending` by a worker that died: sent again when they surely did not leave, else uncertain."""
    lost = Outbound.objects.filter(state=Outbound.State.SENDING, sending_since__lt=clock.now() - LOST_AFTER)
    return sum(_find(outbound) for outbound in lost.defer("raw").select_related("channel"))


def _find(outbound: Outbound) -> bool:
    if not _stayed(outbound):
        words = _("The sending process ended before the server answered.")
        return _settle(outbound, Receipt(Fate.UNCERTAIN, words))
    mine = Outbound.objects.filter(pk=outbound.pk, state=Outbound.State.SENDING, attempt=outbound.attempt)
    found = bool(mine.update(state=Outbound.State.READY, sending_since=None, not_before=clock.now()))
    if found:
        wake.sender(clock.now())
    return found


def _stayed(outbound: Outbound) -> bool:
    """The attempt surely ended before anything could arrive."""
    return outbound.leaving_at is None and adapter_for(outbound.channel.kind).says_when_leaving


@transaction.atomic
def _take() -> Outbound | None:
    due = Outbound.objects.due(clock.now()).select_related("channel").order_by("not_before")
    outbound = due.select_for_update(skip_locked=True, of=("self",)).first()
    if outbound:
        outbound.state, outbound.sending_since, outbound.leaving_at = Outbound.State.SENDING, clock.now(), None
        outbound.attempt += 1
        outbound.save(update_fields=["state", "sending_since", "leaving_at", "attempt"])
    return outbound


def _try(outbound: Outbound) -> None:
    try:
        receipt = adapter_for(outbound.channel.kind).send(outbound)
    except Exception as error:  # a fault of ours after an unknown part of the talk
        logger.exception("sending %s failed", outbound.external_id)
        fate = Fate.RETRY if _stayed(outbound) else Fate.UNCERTAIN
        receipt = Receipt(fate, f"{type(error).__name__}: {error}")
    _settle(outbound, receipt)


@transaction.atomic
def _settle(tried: Outbound, receipt: Receipt) -> bool:
    """Write down what became of an attempt; False when somebody else did already."""
    pk = tried.pk
    outbound = Outbound.objects.defer("raw").select_for_update().get(pk=pk)
    if outbound.state != Outbound.State.SENDING or outbound.attempt != tried.attempt:
        return False
    fate = receipt.fate
    if fate is Fate.RETRY and clock.now() - outbound.created_at > GIVE_UP_AFTER:
        fate = Fate.FAILED
    outbound.detail, outbound.server = receipt.detail[:2000], receipt.server[:255]
    outbound.sending_since = None
    _turn(outbound, fate)
    outbound.save(update_fields=["state", "detail", "server", "sending_since", "sent_at", "not_before"])
    if fate is Fate.SENT:
        publish(Delivered(outbound_id=pk, warning=receipt.warning))
    elif fate is not Fate.RETRY or outbound.attempt == 1:
        publish(DeliveryFailed(outbound_id=pk, uncertain=fate is Fate.UNCERTAIN, detail=outbound.detail))
    return True


def _turn(outbound: Outbound, fate: Fate) -> None:
    if fate is Fate.RETRY:
        outbound.state = Outbound.State.READY
        outbound.not_before = clock.now() + outbound.pause_after(outbound.attempt)
        wake.sender(outbound.not_before)
    else:
        outbound.state = Outbound.State(fate.value)
        outbound.sent_at = clock.now() if fate is Fate.SENT else None
