"""A call without an exchange: a colleague writes it down."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls import numbers
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket

LONGEST = 600
"""Minutes."""


@transaction.atomic
def write_down(
    ticket: Ticket,
    *,
    by: User,
    outward: bool,
    minutes: int,
    result: str,
    number: str = "",
    note: str = "",
    until: datetime | None = None,
) -> Call:
    """A call about this request that has just ended.  Raises Invalid with the field to mend, and as `conclude` does."""
    if not 0 <= minutes <= LONGEST:
        raise Invalid(_("From 0 to %(most)s minutes.") % {"most": LONGEST}, "minutes")
    now = clock.now()
    begun = now - timedelta(minutes=minutes)
    call = Call.objects.create(
        channel=_channel(ticket),
        team_id=ticket.team_id,
        by_hand=True,
        outward=outward,
        number=numbers.plain(number),
        begun_at=begun,
        answered_at=begun,
        ended_at=now,
        wrap_until=now,
        talked=minutes * 60,
        answered_by=by,
        holder=by,
    )
    call.file_under(ticket, by=by)
    call.conclude(result, by=by, note=note, until=until)
    return call


def _channel(ticket: Ticket) -> Channel:
    """The door of the request: a call that no exchange has told of goes by none of ours."""
    return ticket.conversation.channel
