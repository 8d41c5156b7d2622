"""Rules that wait for a moment: what has come due since the last look is found by indexes of moments.

A look costs what falls due in it and what was touched meanwhile, not what exists.  Each rule remembers up to when it
was looked through, so a desk that stood still runs late, once, and skips nothing.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from otklik.core.journal import clock
from otklik.core.staff.models import Organisation
from otklik.desk.automation import facts
from otklik.desk.automation.house import own_language
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.moments import DUES, STATES
from otklik.desk.automation.running import Cause, conditions_of, fitting, pause, run
from otklik.desk.automation.words import when_of
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

OVERLAP = timedelta(seconds=90)
"""Looked at once more: a transaction may have been under way at the last look.  No cause counts twice."""
OLDEST = timedelta(days=7)
"""A desk that stood still for longer does not run after what lies further back."""

# Commitments that came due in the span, and those of tickets that something has happened to since the last look: their
# moments may have moved into what was looked through already.  Not what was due before the rule stood in force.
COMMITMENTS = """
WITH touched AS (
    SELECT about_id AS id FROM journal_entry WHERE about = 'ticket' AND at > %(seen)s AND at <= %(now)s
    UNION SELECT c.ticket_id FROM sla_recount r JOIN sla_clock c ON c.id = r.of_id WHERE r.at > %(seen)s),
found AS (
    SELECT id FROM sla_clock WHERE due_at > %(from)s AND due_at <= %(to)s
    UNION SELECT c.id FROM touched t CROSS JOIN LATERAL (
        SELECT id FROM sla_clock WHERE ticket_id = t.id AND stopped_at IS NULL AND dropped_at IS NULL
            AND due_at <= %(to)s AND (due_at > %(begun)s OR started_at > %(active)s) OFFSET 0) c)
SELECT c.ticket_id, c.id, c.due_at FROM sla_clock c JOIN found f ON f.id = c.id
WHERE c.kind = ANY(%(kinds)s) AND c.stopped_at IS NULL AND c.dropped_at IS NULL ORDER BY c.due_at, c.id
"""
PROMISES = """
WITH touched AS (
    SELECT about_id AS id FROM journal_entry WHERE about = 'ticket' AND at > %(seen)s AND at <= %(now)s),
found AS (
    SELECT id FROM tickets_promise WHERE until > %(from)s AND until <= %(to)s
    UNION SELECT p.id FROM touched t CROSS JOIN LATERAL (
        SELECT id FROM tickets_promise WHERE ticket_id = t.id AND done_at IS NULL AND moved_at IS NULL
            AND until <= %(to)s AND (until > %(begun)s OR at > %(active)s) OFFSET 0) p)
SELECT p.ticket_id, p.id, p.until FROM tickets_promise p JOIN found f ON f.id = p.id
WHERE p.done_at IS NULL AND p.moved_at IS NULL AND p.taken_back_at IS NULL ORDER BY p.until, p.id
"""
# Tickets whose state began in the span, holds still and was not begun anew.
LASTING = """
SELECT t.id, {cause} FROM tickets_ticket t JOIN (
    SELECT about_id, max(id) AS entry FROM journal_entry
    WHERE about = 'ticket' AND at > %(from)s AND at <= %(to)s AND kind = ANY(%(begun_by)s) GROUP BY about_id
) began ON began.about_id = t.id
WHERE {holds} AND NOT EXISTS (SELECT FROM journal_entry l WHERE l.about = 'ticket' AND l.about_id = t.id
    AND l.id > began.entry AND l.kind = ANY(%(over_by)s))
ORDER BY t.id
"""
type Found = tuple[int, str]


@own_language()
def look() -> int:
    """Run what has come due; returns how many runs there were."""
    count = 0
    for rule in Rule.objects.timed():
        now = clock.now()
        try:
            count += _run_all(rule, _due(rule, now))
        except OperationalError as error:
            _busy(rule, error)
        except Exception:  # one broken rule does not hold up the others
            logger.exception("the moments of rule %s cannot be looked through", rule.pk)
        else:
            rule.looked(now)
    return count


def _busy(rule: Rule, error: OperationalError) -> None:
    """The next look comes again; conditions that take longer than a statement may would hold up everybody each time."""
    logger.warning("the database is busy: rule %s waits for the next look", rule.pk, exc_info=error)
    if isinstance(error.__cause__, QueryCanceled):
        with transaction.atomic():
            pause(rule, _("Its conditions take the database too long."))


def _run_all(rule: Rule, found: list[Found]) -> int:
    """What does not fit is left out by one statement before any row is held; ends where the rule pauses itself."""
    fit, why = fitting(rule, {ticket for ticket, _cause in found}) if found else set(), when_of(rule)
    count = 0
    for ticket, cause in found:
        if ticket not in fit:
            continue
        if run(rule, ticket, Cause(cause, why)) is not None:
            count += 1
        elif not Rule.objects.in_force().filter(pk=rule.pk).exists():
            break  # what is left may be everything that is open
    return count


def _due(rule: Rule, now: datetime) -> list[Found]:
    looked = max(rule.looked_at, now - OLDEST)
    match rule.trigger:
        case Trigger.DUE:
            return list(_moments(rule, looked, now))
        case Trigger.SINCE:
            return list(_lasting(rule, looked, now))
        case _:
            return list(_scheduled(rule, looked, now))


def _moments(rule: Rule, looked: datetime, now: datetime) -> Iterator[Found]:
    """Once for each; a warning once more where the moment was moved away after it."""
    shift, due = timedelta(minutes=rule.minutes), DUES[rule.what]
    span = {
        "from": looked - shift,
        "to": now - shift,
        "begun": rule.active_from - shift,
        "active": rule.active_from,
        "seen": looked - OVERLAP,
        "now": now,
        "kinds": list(due.kinds),
    }
    noun = "clock" if due.kinds else "promise"
    for ticket, pk, moment in _rows(COMMITMENTS if due.kinds else PROMISES, span):
        name = f"{noun}:{pk}"
        if rule.minutes >= 0:
            yield ticket, name
        elif not _is_warned(rule, ticket, name, moment + shift):
            yield ticket, f"{name}:{moment:%Y%m%d%H%M%S}"


def _is_warned(rule: Rule, ticket: int, name: str, since: datetime) -> bool:
    """It ran when this warning was due already, or later."""
    ran = Firing.objects.filter(rule=rule, ticket=ticket, cause__startswith=f"{name}:")
    return ran.filter(at__gte=since).exists()


def _lasting(rule: Rule, looked: datetime, now: datetime) -> Iterator[Found]:
    long, state = timedelta(minutes=rule.minutes), STATES[rule.what]
    waits = rule.what == "waits"
    cause = "extract(epoch FROM t.waiting_since)::bigint" if waits else "began.entry"
    span = {
        "from": looked - long - OVERLAP,
        "to": now - long,
        "begun_by": list(state.begun_by),
        "over_by": list(state.ended_by if waits else (*state.begun_by, *state.ended_by)),
    }
    for ticket, since in _rows(LASTING.format(cause=cause, holds=state.holds), span):
        yield ticket, f"since:{since}"


def _scheduled(rule: Rule, looked: datetime, now: datetime) -> Iterator[Found]:
    """All open tickets that fit, at the last of its times that has come."""
    time = last_time(rule, now)
    if time is None or time <= looked:
        return
    tickets = Ticket.objects.open()
    found = facts.matching(tickets, conditions_of(rule), matches_any=rule.matches_any).order_by("pk")
    for pk in found.values_list("pk", flat=True):
        yield pk, f"at:{time:%Y%m%d%H%M}"


def last_time(rule: Rule, now: datetime) -> datetime | None:
    """The last moment of its schedule that is not in the future, in the time zone of the company."""
    if rule.at_time is None:
        return None
    local = timezone.localtime(now, ZoneInfo(Organisation.objects.current().time_zone))
    for back in range(8):
        day = local.date() - timedelta(days=back)
        moment = datetime.combine(day, rule.at_time, tzinfo=local.tzinfo)
        if day.weekday() in rule.days and moment <= local:
            return moment
    return None


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
