"""Sending exactly once in effect.

A row is `ready` with its final bytes, is committed as `sending` before the adapter opens a connection, and ends
`sent`, `failed` or `uncertain`.  Nothing sends an uncertain message again but a person.
"""

import json
import logging
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import every, first, insert
from otklik.desk.channels import recipients, wake
from otklik.desk.channels.events import Delivered, DeliveryFailed, ReachChanged
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.models.outbound import GIVE_UP_AFTER
from otklik.desk.channels.port import Fate, Letter, Receipt, adapter_for, talk_on

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
    outbound = Outbound(
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
    insert(outbound)
    wake.sender(outbound.not_before)
    return outbound


def posted_as(idempotency_key: str | None) -> int | None:
    """The number of the letter that was put into the outbox under this key."""
    if idempotency_key is None:
        return None
    found = first("SELECT id FROM channels_outbound WHERE idempotency_key = %s", idempotency_key)
    return found[0] if found else None


LATELY = """
SELECT count(*), count(*) FILTER (WHERE created_at >= %s), count(*) FILTER (WHERE kind = 'auto')
FROM channels_outbound
WHERE first_recipient = %s AND created_at BETWEEN %s AND %s AND NOT kind = 'reply'
    AND kind NOT IN ('forward', 'press', 'news')
"""


def may_write_automatically(address: str, *, acknowledgement: bool = True) -> bool:
    """The breaker: 3 automatic messages an hour, 10 a day, 3 acknowledgements a day to one address.

    News of the service, which their reader has asked for, have bounds of their own (`care.status.mailing`): who hears
    that it fails and writes to us gets a receipt.
    """
    now = clock.now()
    lately = first(LATELY, now - timedelta(hours=1), address.lower()[:320], now - timedelta(days=1), now)
    day, hour, receipts = lately or (0, 0, 0)
    if acknowledgement and receipts >= ACKNOWLEDGEMENTS:
        return False
    return bool(hour < HOURLY and day < DAILY)


def cancel(outbound: Outbound) -> bool:
    """Take a message back; False when it is already on its way, or has arrived at one of several."""
    ready = Outbound.objects.filter(pk=outbound.pk, state=Outbound.State.READY, sent_at=None)
    return bool(ready.update(state=Outbound.State.CANCELLED))


def send_due(seconds: float | None = None) -> int:
    """Send everything whose moment has come; returns how many were tried.

    With `seconds` it ends after the letter during which they are over, and asks for another sender.
    """
    count, began = 0, time.monotonic()
    while (outbound := _take()) is not None:
        _try(outbound)
        count += 1
        if seconds is not None and time.monotonic() - began >= seconds:
            wake.one_sender()
            break
    return count


@transaction.atomic
def send_again(outbound: Outbound) -> bool:
    """A person decided: send the same bytes, with the same identifier, once more, but to nobody who surely has it."""
    stopped = Outbound.objects.in_trouble().filter(pk=outbound.pk)
    row = stopped.select_for_update().only("fates", "sent_at").first()
    if row is None:
        return False
    fates, now = recipients.once_more(row.fates), clock.now()
    sent_at = row.sent_at if fates else None
    stopped.update(state=Outbound.State.READY, attempt=0, not_before=now, created_at=now, fates=fates, sent_at=sent_at)
    wake.sender(now)
    return True


def hurry(channel: Channel) -> None:
    """The channel was repaired: what failed to leave before is tried now, and not at the end of its pause."""
    channel.rest(None)
    waiting = Outbound.objects.filter(channel=channel, state=Outbound.State.READY, attempt__gt=0)
    waiting.filter(not_before__gt=clock.now()).update(not_before=clock.now())
    wake.sender(clock.now())


@transaction.atomic
def arrived_after_all(outbound: Outbound) -> bool:
    """A person knows that an uncertain message arrived, or the piece of it that was uncertain.

    Whoever was to wait is tried again, and what stands behind that piece leaves now.
    """
    uncertain = Outbound.objects.filter(pk=outbound.pk, state=Outbound.State.UNCERTAIN)
    row = uncertain.select_for_update().defer("raw").first()
    if row is None:
        return False
    now = clock.now()
    fates = recipients.arrived(row.recipients, row.fates)
    has_more = talk_on(row.channel.kind).arrived
    if has_more and has_more(row):
        begun = row.sent_at or now
        uncertain.update(state=Outbound.State.READY, attempt=0, not_before=now, created_at=now, sent_at=begun)
        wake.sender(now)
        return True
    state = Outbound.State.READY if recipients.anybody_waits(fates) else Outbound.State.SENT
    kept = recipients.told(row.recipients, fates)
    uncertain.update(state=state, sent_at=row.sent_at or now, fates=kept, not_before=now)
    if state == Outbound.State.READY:
        wake.sender(now)
    publish(Delivered(outbound_id=row.pk, warning=recipients.not_accepted(kept)))
    return True


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


TAKE = """
UPDATE channels_outbound SET state = 'sending', sending_since = %s, leaving_at = NULL, attempt = attempt + 1
WHERE id = (SELECT id FROM channels_outbound WHERE state = 'ready' AND not_before <= %s
            AND channel_id NOT IN (SELECT id FROM channels_channel WHERE rests_until > %s)
            ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *
"""


def _take() -> Outbound | None:
    """The next due letter, committed as being sent, in one statement."""
    now = clock.now()
    taken = next(iter(every(Outbound, TAKE, now, now, now)), None)
    if taken is not None:
        taken.channel = Channel.objects.known(taken.channel_id)
    return taken


def _try(outbound: Outbound) -> None:
    if not outbound.open_recipients:  # it came back from all of them while it was put off
        _settle(outbound, Receipt(Fate.FAILED, recipients.why_not(outbound.fates)))
        return
    try:
        receipt = adapter_for(outbound.channel.kind).send(outbound)
    except Exception as error:  # a fault of ours after an unknown part of the talk
        logger.exception("sending %s failed", outbound.external_id)
        fate = Fate.RETRY if _stayed(outbound) else Fate.UNCERTAIN
        receipt = Receipt(fate, f"{type(error).__name__}: {error}")
    _settle(outbound, receipt)


SETTLE = """
UPDATE channels_outbound SET state = %s, not_before = coalesce(%s, not_before), sent_at = %s, detail = %s, server = %s,
    sending_since = NULL, fates = %s::jsonb
WHERE id = %s AND state = 'sending' AND attempt = %s AND fates = %s::jsonb RETURNING id
"""
MINE = "SELECT fates FROM channels_outbound WHERE id = %s AND state = 'sending' AND attempt = %s FOR UPDATE"


@transaction.atomic
def _settle(tried: Outbound, receipt: Receipt) -> bool:
    """Write down what became of an attempt; False when somebody else did already."""
    pk = tried.pk
    if receipt.until is not None:
        return _put_back(tried, receipt.until, rests=receipt.fate is not Fate.BEHIND)
    if (settled := _written(tried, receipt)) is None:
        known = first(MINE, pk, tried.attempt)
        if known is None:
            return False
        tried.fates = json.loads(known[0])  # somebody's server has sent it back meanwhile
        settled = _written(tried, receipt)
    assert settled is not None  # the row is held
    fate, fates, detail = settled
    if fate is Fate.SENT:
        publish(Delivered(outbound_id=pk, warning=recipients.not_accepted(fates)))
    elif fate is not Fate.RETRY or tried.attempt == 1:
        publish(DeliveryFailed(outbound_id=pk, uncertain=fate is Fate.UNCERTAIN, detail=detail))
    if receipt.gone:
        publish(ReachChanged(addresses=tuple(tried.recipients), reachable=False))
    return True


def _written(tried: Outbound, receipt: Receipt) -> tuple[Fate, recipients.Fates, str] | None:
    """What was decided and written; None where the row is not as this attempt knows it, and nothing was."""
    known = tried.fates
    fate, fates, detail = _decided(tried, receipt)
    if fate is Fate.UNCERTAIN and (how_far := talk_on(tried.channel.kind).how_far):
        detail = f"{detail} {how_far(tried)}".strip()
    state, again, sent_at = _turned(tried, fate, fates)
    told = (state, again, sent_at, detail, receipt.server[:255], json.dumps(fates))
    return (fate, fates, detail) if first(SETTLE, *told, tried.pk, tried.attempt, json.dumps(known)) else None


def _decided(tried: Outbound, receipt: Receipt) -> tuple[Fate, recipients.Fates, str]:
    """The fate of the letter, and of each recipient where they differ, and why.

    It is tried again as long as one may get it.
    """
    whom = tried.recipients
    fate, fates, detail = receipt.fate, recipients.after(whom, tried.fates, receipt), receipt.detail
    if not recipients.open_of(whom, fates):
        fate = Fate.SENT if recipients.anybody_has_it(fates) else Fate.FAILED
    elif fate is Fate.SENT:
        fate = Fate.RETRY
    if fate is Fate.RETRY and clock.now() - tried.created_at > GIVE_UP_AFTER:
        fate = Fate.FAILED
    if fate is Fate.FAILED and receipt.fate is Fate.SENT:
        detail = recipients.why_not(fates) or detail
    if fate is Fate.FAILED:
        fates = recipients.given_up(whom, fates, detail)
        fate = Fate.SENT if recipients.anybody_has_it(fates) else fate
    return fate, recipients.told(whom, fates), detail[:2000]


def _put_back(tried: Outbound, until: datetime, *, rests: bool) -> bool:
    """That was no attempt: the channel has sent as much as it may by now (it rests), or it is not this one's turn."""
    mine = Outbound.objects.filter(pk=tried.pk, state=Outbound.State.SENDING, attempt=tried.attempt)
    later = {} if rests else {"not_before": until}
    if not mine.update(state=Outbound.State.READY, sending_since=None, attempt=tried.attempt - 1, **later):
        return False
    if rests:
        tried.channel.rest(until)
    wake.sender(until)
    return True


def _turned(tried: Outbound, fate: Fate, fates: recipients.Fates) -> tuple[str, datetime | None, datetime | None]:
    """Its state, when it is tried again, and when somebody got it."""
    now = clock.now()
    has_it = fate is Fate.SENT or recipients.anybody_has_it(fates)
    sent_at = tried.sent_at or now if has_it else None
    if fate is not Fate.RETRY:
        return Outbound.State(fate.value).value, None, sent_at
    again = now + tried.pause_after(tried.attempt)
    wake.sender(again)
    return Outbound.State.READY.value, again, sent_at
