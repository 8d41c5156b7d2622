"""Providers take so many letters a minute or an hour; we keep to that, so that they never have to refuse one."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

# What left within the window, and what other workers took before us and may send any moment: the latest first.
LATELY = """
SELECT at FROM (
    SELECT leaving_at AS at FROM channels_outbound
    WHERE channel_id = %(channel)s AND leaving_at > %(since)s AND id <> %(mine)s
    UNION ALL
    SELECT sending_since FROM channels_outbound
    WHERE state = 'sending' AND channel_id = %(channel)s AND leaving_at IS NULL AND id <> %(mine)s
        AND (sending_since, id) < (%(taken)s, %(mine)s)
) lately ORDER BY at DESC OFFSET %(before)s LIMIT 1
"""


def rests_until(mailbox: "Mailbox", outbound: Outbound) -> datetime | None:
    """When this letter may leave; None when that is now."""
    limits = ((mailbox.per_minute, timedelta(minutes=1)), (mailbox.per_hour, timedelta(hours=1)))
    moments = [_free_at(outbound, many, window) for many, window in limits if many]
    return max((moment for moment in moments if moment), default=None)


def _free_at(outbound: Outbound, many: int, window: timedelta) -> datetime | None:
    told = {
        "channel": outbound.channel_id,
        "mine": outbound.pk,
        "taken": outbound.sending_since,
        "since": clock.now() - window,
        "before": many - 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(LATELY, told)
        row = cursor.fetchone()
    return row[0] + window if row else None
