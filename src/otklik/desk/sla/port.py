"""What tickets ask about times, answered by their class."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.sla import keeping
from otklik.desk.sla.covering import cover_of
from otklik.desk.sla.models import Clock, Kind
from otklik.desk.sla.plan import planned, warning_of
from otklik.desk.sla.standing import turning
from otklik.desk.sla.times import Times, times_of
from otklik.desk.tickets.models import NextStep, Ticket
from otklik.desk.tickets.models.states import ASLEEP
from otklik.desk.tickets.terms import Cover, Moment, TimesOfTheLine

RANKS = "SELECT array_agg(rank ORDER BY rank) FROM (SELECT DISTINCT rank FROM sla_serviceclass) AS found"
"""Bare SQL, for whoever answers what nobody has asks it."""
STEPS = {Kind.RESOLUTION: NextStep.SOLVE, Kind.UPDATE: NextStep.UPDATE}


class TimesOfTheClass(TimesOfTheLine):
    """The line's own times where no class covers a ticket."""

    def cover(self, ticket: Ticket) -> Cover:
        contact = ticket.contact
        channel = ticket.conversation.channel_id
        return cover_of(contact.pk, contact.client_id, channel, clock.now(), ticket.product_id)

    def ranks(self) -> Sequence[int]:
        found = first(RANKS)
        return (found and found[0]) or []

    def first_answer_due(self, ticket: Ticket, since: datetime) -> datetime:
        if ticket.class_version is None:
            return super().first_answer_due(ticket, since)
        return _due(ticket, since, Kind.FIRST)

    def next_answer_due(self, ticket: Ticket, since: datetime) -> datetime:
        if ticket.class_version is None:
            return super().next_answer_due(ticket, since)
        return _due(ticket, since, Kind.NEXT)

    def update_every(self, ticket: Ticket) -> timedelta | None:
        if ticket.class_version is None:
            return None
        every = _times(ticket).every
        return timedelta(seconds=every) if every else None

    def update_due(self, ticket: Ticket, since: datetime) -> datetime | None:
        if ticket.class_version is None or not (every := _times(ticket).every):
            return None
        return _times(ticket).due(since, every)

    def nearest(self, ticket: Ticket, status: str, moment: Moment) -> Moment:
        """A promise or a date may lie behind a solution or a word that is due before.

        A ticket that sleeps wakes up when the warning of it is due, with time to act.  A solution that is late already
        is no moment any more: the page says that it was missed, and the next step is what can still be kept.
        """
        if ticket.class_version is None:
            return moment
        now, times, asleep = clock.now(), _times(ticket), status in ASLEEP
        facts, clocks = turning(ticket, status)
        owed = [one for one in planned(facts, clocks, times, now) if _is_owed(one, now)]
        asked = [_moment(one, times, now if asleep else None, moment.note) for one in owed]
        return min([moment, *asked], key=lambda each: each.due)

    def recounted(self, ticket: Ticket, why: str, by: User | None) -> None:
        keeping.keep(ticket.pk, why, by)


def _is_owed(one: Clock, now: datetime) -> bool:
    return one.is_live and (one.kind == Kind.UPDATE or (one.kind == Kind.RESOLUTION and one.due_at > now))


def _moment(one: Clock, times: Times, asleep_since: datetime | None, note: str) -> Moment:
    """Of a sleeping ticket the warning, unless it has passed already."""
    warned = warning_of(one, times) if asleep_since else one.due_at
    due = warned if asleep_since is None or warned > asleep_since else one.due_at
    return Moment(STEPS[Kind(one.kind)], note, due, one.started_at)


def _times(ticket: Ticket) -> Times:
    return times_of(ticket.class_version, ticket.team_id, ticket.priority)


def _due(ticket: Ticket, since: datetime, kind: Kind) -> datetime:
    times = _times(ticket)
    return times.due(since, times.within[kind])
