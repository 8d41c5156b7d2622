"""Running one rule on one ticket: once for each cause, in bounds, with a record of why and of what was done."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal import clock
from otklik.core.journal.models import Notice, NoticeKind
from otklik.core.journal.news import because_of, publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import Role, User
from otklik.desk.automation import facts
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.asking import Condition
from otklik.desk.automation.doing import Doer
from otklik.desk.automation.events import RuleFailed, RuleFired
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.moments import EVENTS
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
ON_ONE_TICKET = 20
"""So often all rules together may run on one ticket in an hour: what goes on longer is a circle."""
RAN = """
SELECT EXISTS (SELECT FROM automation_firing WHERE rule_id = %(rule)s AND ticket_id = %(ticket)s AND cause = %(cause)s),
    (SELECT count(*) FROM automation_firing WHERE ticket_id = %(ticket)s AND at > %(since)s),
    (SELECT count(*) FROM automation_firing WHERE ticket_id = %(ticket)s AND at > %(since)s AND rule_id = %(rule)s),
    (SELECT count(*) FROM automation_firing WHERE rule_id = %(rule)s AND at > %(since)s)
"""
RELATED = ("team__calendar", "owner", "contact__client", "conversation__channel")


@dataclass(frozen=True)
class Cause:
    """Because of what: its name, by which it counts once, and the words for people."""

    name: str
    why: str


def conditions_of(rule: Rule) -> list[Condition]:
    return [Condition.of(one) for one in rule.conditions]


def fitting(rule: Rule, tickets: Iterable[int]) -> set[int]:
    """Those for which the conditions hold now, whatever number they are; one statement."""
    asked = Ticket.objects.filter(pk__in=list(tickets), merged_into=None)
    found = facts.matching(asked, conditions_of(rule), matches_any=rule.matches_any)
    return set(found.values_list("pk", flat=True))


def run(rule: Rule, ticket_id: int, cause: Cause) -> Firing | None:
    """None where the conditions do not hold, it ran for this cause before, or it may not run now.

    Raises OperationalError where the database is busy: whoever asked comes again.
    """
    try:
        return _run(rule.pk, ticket_id, cause)
    except OperationalError:
        raise
    except Exception:  # a fault of ours stops neither other rules nor other tickets
        logger.exception("rule %s cannot run on ticket %s", rule.pk, ticket_id)
        return None


@transaction.atomic
def _run(rule_id: int, ticket_id: int, cause: Cause) -> Firing | None:
    """The row of the rule is held, then that of the ticket: bounds are counted where nobody else counts."""
    rule = Rule.objects.in_force().select_for_update(no_key=True, of=("self",)).filter(pk=rule_id).first()
    ticket = Ticket.objects.select_related(*RELATED).filter(pk=ticket_id, merged_into=None).first()
    if rule is None or ticket is None:
        return None
    ticket.lock()
    held = _held(rule, ticket)
    if held is None or not _may_run(rule, ticket, cause):
        return None
    firing = Firing(rule=rule, ticket=ticket, cause=cause.name[:80], why=cause.why[:300], facts=held)
    entry = publish(RuleFired(ticket_id=ticket.pk, rule_id=rule.pk, name=rule.name, why=firing.why))
    firing.entry_id = entry.pk if entry else None
    with because_of(entry):
        firing.done = do_all(rule.acts, ticket, Doer(rule.name))
        for one in firing.done:
            if one["trouble"]:
                publish(
                    RuleFailed(
                        ticket_id=ticket.pk, rule_id=rule.pk, name=rule.name, act=one["said"], trouble=one["trouble"]
                    )
                )
    firing.in_trouble = any(one["trouble"] for one in firing.done)
    insert(firing)
    return firing


def _held(rule: Rule, ticket: Ticket) -> list[str] | None:
    """The conditions that hold, with what the ticket says of each; None where the rule does not fit."""
    conditions = conditions_of(rule)
    if not conditions:
        return []
    known = facts.facts()
    judged = facts.judged(Ticket.objects.filter(pk=ticket.pk), conditions, known)
    row = judged.values_list(*(f"holds_{number}" for number in range(len(conditions)))).get()
    if not (any(row) if rule.matches_any else all(row)):
        return None
    held = [one for one, holds in zip(conditions, row, strict=True) if holds]
    return [_shown(facts.said(one, known), known[one.fact].shown(ticket)) for one in held]


def _shown(said: str, shown: str) -> str:
    """A condition, and what the ticket says of it where that is not in its words already."""
    return said[:300] if said.endswith(shown) else f"{said} ({shown})"[:300]


def do_all(acts: Sequence[dict[str, Any]], ticket: Ticket, doer: Doer) -> list[dict[str, str]]:
    """Each in its own savepoint: what cannot be done does not take the others along."""
    return [_do(told, ticket, doer) for told in acts]


def _do(told: dict[str, Any], ticket: Ticket, doer: Doer) -> dict[str, str]:
    act = ACTS.get(told.get("act", ""))
    if act is None:
        return {"said": str(told.get("act", "")), "trouble": _("there is no such act any more")}
    said = act.said(told)
    try:
        with transaction.atomic():
            changed = act.do(ticket, told, doer)
    except Refused as error:
        ticket.unpublished = []  # told of what was taken back
        return {"said": said, "trouble": error.text}
    except Exception:
        ticket.unpublished = []
        logger.exception("the act %s cannot be done on ticket %s", act.name, ticket.pk)
        return {"said": said, "trouble": _("a fault of ours; the log of the server has it")}
    return {"said": said if changed else _("%(act)s (it was so already)") % {"act": said}, "trouble": ""}


def _may_run(rule: Rule, ticket: Ticket, cause: Cause) -> bool:
    """Not for this cause again, and in bounds: a storm or a circle pauses the rule, and its keepers are told."""
    asked: dict[str, Any] = {
        "rule": rule.pk,
        "ticket": ticket.pk,
        "cause": cause.name[:80],
        "since": clock.now() - HOUR,
    }
    with connection.cursor() as cursor:
        cursor.execute(RAN, asked)
        before, on_ticket, own, times = cursor.fetchone()
    if before:
        return False
    if on_ticket >= ON_ONE_TICKET and not _is_in_circle(rule, own):
        logger.warning(
            "rules ran %s times within an hour on ticket %s: rule %s does not", on_ticket, ticket.pk, rule.pk
        )
        return False
    if on_ticket >= ON_ONE_TICKET:
        said = _("Rules ran %(times)s times within an hour on request № %(number)s: they seem to call each other.")
        pause(rule, said % {"times": on_ticket, "number": ticket.number})
        return False
    if times >= rule.hourly:
        said = ngettext(
            "It ran %(times)s time within an hour, which is its bound.",
            "It ran %(times)s times within an hour, which is its bound.",
            times,
        )
        pause(rule, said % {"times": times})
        return False
    return True


def _is_in_circle(rule: Rule, own: int) -> bool:
    """It made a good part of the runs itself, and no client did: one who writes on and on switches no rule off."""
    event = EVENTS.get(rule.what) if rule.trigger == Trigger.EVENT else None
    return own >= ON_ONE_TICKET // 4 and not (event and event.by_clients)


def pause(rule: Rule, why: str) -> None:
    """Until somebody has looked at it; those who keep rules are told."""
    rule.pause(why)
    keepers = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD, Role.ADMIN)).values_list(
        "pk", flat=True
    )
    text = _("The rule “%(name)s” has paused itself. %(why)s") % {"name": rule.name, "why": why}
    Notice.objects.tell(keepers, text, kind=NoticeKind.DESK, about="rule", about_id=rule.pk, urgent=True)
