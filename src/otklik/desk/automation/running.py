"""Running one rule on one ticket: once for each cause, in bounds, with a record of why and of what was done."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.journal.news import because_of, publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import Role, User
from otklik.desk.automation import facts
from otklik.desk.automation.acts import ACTS
from otklik.desk.automation.asking import Condition
from otklik.desk.automation.doing import Doer
from otklik.desk.automation.events import RuleFailed, RuleFired
from otklik.desk.automation.models import Firing, Rule
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
ON_ONE_TICKET = 20
"""So often all rules together may run on one ticket in an hour: what goes on longer is a circle."""
RELATED = ("team__calendar", "owner", "contact__client", "conversation__channel")


@dataclass(frozen=True)
class Cause:
    """Because of what: its name, by which it counts once, and the words for people."""

    name: str
    why: str


def conditions_of(rule: Rule) -> list[Condition]:
    return [Condition.of(one) for one in rule.conditions]


def fits(rule: Rule, ticket_id: int) -> bool:
    tickets = Ticket.objects.filter(pk=ticket_id, merged_into=None)
    return facts.matching(tickets, conditions_of(rule), matches_any=rule.matches_any).exists()


def run(rule: Rule, ticket_id: int, cause: Cause) -> Firing | None:
    """None where the conditions do not hold, it ran for this cause before, or it may not run now."""
    if not fits(rule, ticket_id):
        return None
    try:
        return _run(rule.pk, ticket_id, cause)
    except Exception:  # a fault of ours stops neither other rules nor other tickets
        logger.exception("rule %s cannot run on ticket %s", rule.pk, ticket_id)
        return None


@transaction.atomic
def _run(rule_id: int, ticket_id: int, cause: Cause) -> Firing | None:
    """The row of the rule is held, then that of the ticket: bounds are counted where nobody else counts."""
    rule = Rule.objects.in_force().select_for_update(no_key=True, of=("self",)).filter(pk=rule_id).first()
    ticket = Ticket.objects.select_related(*RELATED).filter(pk=ticket_id).first()
    if rule is None or ticket is None:
        return None
    ticket.lock()
    if not fits(rule, ticket_id):
        return None
    if Firing.objects.filter(rule=rule, ticket=ticket, cause=cause.name).exists() or not _in_bounds(rule, ticket):
        return None
    firing = Firing(rule=rule, ticket=ticket, cause=cause.name[:80], why=cause.why[:300], facts=_facts(rule, ticket))
    if not insert(firing, unless_known=True):
        return None
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
    firing.save(update_fields=["done", "in_trouble", "entry_id"])
    return firing


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


def _facts(rule: Rule, ticket: Ticket) -> list[str]:
    """Which conditions held, and what the ticket says of each."""
    conditions, known = conditions_of(rule), facts.facts() if rule.conditions else {}
    row = facts.judged(Ticket.objects.filter(pk=ticket.pk), conditions).get()
    held = [one for number, one in enumerate(conditions) if getattr(row, f"holds_{number}")]
    return [_held(facts.said(one, known), known[one.fact].shown(ticket)) for one in held if one.fact in known]


def _held(said: str, shown: str) -> str:
    """A condition, and what the ticket says of it where that is not in its words already."""
    return said[:300] if said.endswith(shown) else f"{said} ({shown})"[:300]


def _in_bounds(rule: Rule, ticket: Ticket) -> bool:
    """A storm or a circle pauses the rule, which is told to those who keep it."""
    since = clock.now() - HOUR
    on_ticket = Firing.objects.filter(ticket=ticket, at__gt=since).count()
    if on_ticket >= ON_ONE_TICKET:
        _pause(
            rule,
            _("Rules ran %(times)s times within an hour on request № %(number)s: they seem to call each other.")
            % {"times": on_ticket, "number": ticket.number},
        )
        return False
    times = Firing.objects.filter(rule=rule, at__gt=since).count()
    if times >= rule.hourly:
        said = ngettext(
            "It ran %(times)s time within an hour, which is its bound.",
            "It ran %(times)s times within an hour, which is its bound.",
            times,
        )
        _pause(rule, said % {"times": times})
        return False
    return True


def _pause(rule: Rule, why: str) -> None:
    rule.pause(why)
    keepers = User.objects.filter(is_active=True, role__in=(Role.LEAD, Role.HEAD, Role.ADMIN)).values_list(
        "pk", flat=True
    )
    text = _("The rule “%(name)s” has paused itself. %(why)s") % {"name": rule.name, "why": why}
    Notice.objects.tell(keepers, text, about="rule", about_id=rule.pk, urgent=True)
