"""Calling other programs: the body is fixed when the news comes, each call is tried for three days, then given up."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from otklik.core import egress
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice, NoticeKind
from otklik.core.journal.news import News, publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import Organisation, User
from otklik.desk.automation import signing
from otklik.desk.automation.events import EndpointPaused
from otklik.desk.automation.house import own_language
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.desk.automation.moments import events_of
from otklik.desk.tickets.models import Ticket, Topic

logger = logging.getLogger(__name__)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
"""Between the tries: about three days in all."""
GIVEN_UP_AFTER = timedelta(days=3)
"""An endpoint that has failed for so long is paused."""
LEASE = timedelta(minutes=2)
"""A try that has begun is nobody else's for so long."""
KEPT = timedelta(days=30)
MOST_ANSWER = 64 * 1024
LATE = 500
"""So many calls of an endpoint that no job came for are looked at in a round."""
TEST = "test"
WRITTEN = {"words"}
"""What of the news repeats a client's letter."""


def tell(news: News, entry: Entry) -> int:
    """A call for each endpoint that wants it; returns how many.  The same entry makes no second one."""
    names = {event.name for event in events_of(news)}
    data = {name: value for name, value in entry.data.items() if name not in WRITTEN}
    count = 0
    for endpoint in Endpoint.objects.in_force().filter(events__overlap=sorted(names)):
        event = next(name for name in endpoint.events if name in names)
        count += prepare(endpoint, event, f"entry:{entry.pk}", entry.about_id, data, entry.at) is not None
    return count


@transaction.atomic
def prepare(
    endpoint: Endpoint, event: str, key: str, ticket_id: int | None, data: dict[str, Any], at: datetime
) -> Delivery | None:
    """Fix what is sent and ask a job to send it; None when there is such a call already."""
    ticket = Ticket.objects.select_related("team", "owner", "contact").filter(pk=ticket_id).first()
    told = {"event": event, "at": at, "desk": Organisation.objects.current().address}
    told |= {"ticket": shown(ticket) if ticket else None, "data": data}
    body = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    delivery = Delivery(endpoint=endpoint, ticket=ticket, event=event, key=key, body=body, next_at=clock.now())
    if not insert(delivery, unless_known=True):
        return None
    ask(delivery)
    return delivery


def shown(ticket: Ticket) -> dict[str, Any]:
    """What a program learns of a ticket: nothing of what was written, which it may ask the interface for."""
    names = ("number", "subject", "status", "priority", "due_at", "waiting_since", "opened_at", "ended_at", "tags")
    owner, contact = ticket.owner, ticket.contact
    return {
        **{name: getattr(ticket, name) for name in names},
        "upset_since": ticket.upset_since,
        "line": ticket.team.name,
        "owner": owner.login if owner else None,
        "topic": Topic.objects.tree().said(ticket.topic_id) or None,
        "service_class": ticket.class_name or None,
        "channel": ticket.channel_kind,
        "contact": {"name": contact.name, "email": contact.email, "organisation": ticket.client_name or None},
    }


def ask(delivery: Delivery, pause: timedelta | None = None) -> None:
    """A job for the next try, in the transaction of the caller."""
    later = {"seconds": pause.total_seconds()} if pause else None
    app.configure_task("automation.call", allow_unknown=False, schedule_in=later).defer(delivery_id=delivery.pk)


@own_language()
def call(delivery_id: int, *, late: bool = False) -> bool:
    """One try, outside of any transaction; True when the program answered well.

    A new call does not press an endpoint that fails: it waits for the round, which is `late`.
    """
    delivery = _begun(delivery_id, late=late)
    if delivery is None:
        return False
    body = delivery.body.encode()
    now = clock.now()
    try:
        secrets = delivery.endpoint.secrets_at(now)
        head = signing.head(secrets, f"{delivery.endpoint_id}-{delivery.pk}", int(now.timestamp()), body)
        answer = egress.send(delivery.endpoint.url, body, head, most=MOST_ANSWER)
    except egress.Refused as error:
        logger.info("webhook %s: %s", delivery.endpoint_id, error.reason)
        return _settle(delivery_id, now, None, _("no answer"))
    except Exception:
        logger.exception("webhook %s cannot be called", delivery.endpoint_id)
        return _settle(delivery_id, now, None, _("a fault of ours; the log of the server has it"))
    return _settle(delivery_id, now, answer.status, "")


@transaction.atomic
def _begun(delivery_id: int, *, late: bool) -> Delivery | None:
    """Take the try: whoever comes for the same call meanwhile finds nothing to do."""
    rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True).select_related("endpoint")
    delivery = rows.filter(pk=delivery_id, state=Delivery.State.WAITING, next_at__lte=clock.now() + MINUTE / 2).first()
    if delivery is None or delivery.endpoint.state != "on" or (not late and _waits_for_others(delivery)):
        return None
    delivery.next_at = clock.now() + LEASE
    delivery.save(update_fields=["next_at"])
    return delivery


def _waits_for_others(delivery: Delivery) -> bool:
    """A new call while the endpoint fails and another one is tried now or soon: who hangs does not hold all workers."""
    if delivery.endpoint.failing_since is None or delivery.tries or delivery.event == TEST:
        return False
    now = clock.now()
    return delivery.endpoint.deliveries.filter(next_at__gt=now, next_at__lte=now + LEASE).exists()


@transaction.atomic
def _settle(delivery_id: int, at: datetime, status: int | None, detail: str) -> bool:
    """Write down what came of the try, and what follows from it."""
    endpoint = Endpoint.objects.select_for_update(of=("self",)).filter(deliveries=delivery_id).first()
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if endpoint is None or delivery is None:  # removed while the program thought
        return False
    well = status is not None and 200 <= status < 300
    delivery.tries = [*delivery.tries, {"at": at.isoformat(), "status": status, "detail": detail}]
    if well:
        delivery.state, delivery.done_at, delivery.next_at = Delivery.State.DELIVERED, clock.now(), None
        if endpoint.failing_since:
            endpoint.failing_since = None
            endpoint.save(update_fields=["failing_since"])
    else:
        _failed(delivery, endpoint)
    delivery.save(update_fields=["tries", "state", "done_at", "next_at"])
    return well


def _failed(delivery: Delivery, endpoint: Endpoint) -> None:
    now, tried = clock.now(), len(delivery.tries) - delivery.tries_before
    if tried > len(PAUSES) or delivery.event == TEST:
        delivery.state, delivery.done_at, delivery.next_at = Delivery.State.DEAD, now, None
    else:
        delivery.next_at = now + PAUSES[tried - 1]
        ask(delivery, PAUSES[tried - 1])
    if delivery.event == TEST:
        return
    endpoint.failing_since = endpoint.failing_since or now
    if endpoint.paused_at is None and now - endpoint.failing_since >= GIVEN_UP_AFTER:
        _give_up(endpoint)
    endpoint.save(update_fields=["failing_since", "paused_at"])


def _give_up(endpoint: Endpoint) -> None:
    endpoint.paused_at = clock.now()
    publish(EndpointPaused(endpoint_id=endpoint.pk, name=endpoint.name))
    text = _("The webhook “%(name)s” has not answered for three days and is paused; its calls wait.")
    keepers = User.objects.administrators().filter(is_active=True).values_list("pk", flat=True)
    Notice.objects.tell(
        keepers,
        text % {"name": endpoint.name},
        kind=NoticeKind.DESK,
        about="webhook",
        about_id=endpoint.pk,
        urgent=True,
    )


def call_due() -> int:
    """Calls whose moment has passed although no job came; returns how many went well."""
    return sum(_call_late(endpoint) for endpoint in Endpoint.objects.in_force())


def _call_late(endpoint: Endpoint) -> int:
    """The longest waiting first, up to one that fails: the others are not better off in this round."""
    late = endpoint.deliveries.filter(next_at__lte=clock.now() - MINUTE).order_by("next_at")
    count = 0
    for pk in late.values_list("pk", flat=True)[:LATE]:
        if not call(pk, late=True):
            break
        count += 1
    return count


@transaction.atomic
def again(delivery: Delivery) -> None:
    """Send the same bytes once more, whatever came of them; its pauses begin anew."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    row.state, row.done_at, row.next_at, row.tries_before = Delivery.State.WAITING, None, clock.now(), len(row.tries)
    row.save(update_fields=["state", "done_at", "next_at", "tries_before"])
    ask(row)


def test(endpoint: Endpoint) -> Delivery:
    """A call that says nothing but that it is a test."""
    now = clock.now()
    made = prepare(endpoint, TEST, f"test:{now.timestamp()}", None, {"text": "It works."}, now)
    assert made is not None
    return made


def forget_old() -> None:
    """What was delivered or given up a month ago is nobody's question any more."""
    Delivery.objects.filter(at__lt=clock.now() - KEPT, next_at=None).delete()
