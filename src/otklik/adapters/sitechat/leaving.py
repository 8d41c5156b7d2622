"""Unread answers of whoever has left go by one letter to the address that they gave."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.expressions import Combinable

from otklik.adapters.sitechat.models import Line, Visitor
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.desk.channels.events import LeftUnread
from otklik.desk.channels.models import Channel, Outbound

logger = logging.getLogger(__name__)

AT_ONCE = 200
LOOKS_BACK = timedelta(days=3)
"""What nobody wanted to read for so long waits in the window."""
MINUTE = timedelta(minutes=1)


def hand_over_all() -> int:
    """Returns how many visitors a letter was written to; one that cannot be written must not hold up the others.

    In a house without a mailbox everything waits until there is one.
    """
    if not Channel.objects.writing().exists():
        return 0
    now = clock.now()
    unread = Line.objects.filter(seen_at=None, mailed_at=None, outbound__kind=Outbound.Kind.REPLY)
    unread = unread.filter(at__gte=now - LOOKS_BACK, outbound__state=Outbound.State.SENT).exclude(visitor__email="")
    gone = unread.filter(visitor__heard_at__lt=_left("visitor__channel__chat__leaves_after"))
    numbers = gone.order_by("visitor").values_list("visitor", flat=True).distinct()[:AT_ONCE]
    return sum(_guarded(number) for number in numbers)


def _left(leaves_after: str) -> Combinable:
    """Whoever was not heard of since then is gone."""
    return Value(clock.now()) - F(leaves_after) * Value(MINUTE)


def _guarded(number: int) -> bool:
    try:
        return hand_over(number)
    except Exception:
        logger.exception("what visitor %s has not read cannot go by mail", number)
        return False


@transaction.atomic
def hand_over(number: int) -> bool:
    """All that one visitor has not read, unless they came back.  The visitor is held, so two jobs write one letter."""
    gone = Visitor.objects.filter(pk=number, heard_at__lt=_left("channel__chat__leaves_after"))
    visitor = gone.select_for_update(of=("self",)).first()
    if visitor is None or not visitor.email:
        return False
    unread = Line.objects.filter(visitor=visitor, seen_at=None, mailed_at=None)
    unread = unread.filter(outbound__kind=Outbound.Kind.REPLY, outbound__state=Outbound.State.SENT)
    found = dict(unread.order_by("pk").values_list("pk", "outbound"))
    if not found:
        return False
    publish(LeftUnread(outbound_ids=tuple(found.values()), address=visitor.email))
    Line.objects.filter(pk__in=found).update(mailed_at=clock.now())
    return True
