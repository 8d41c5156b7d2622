"""What a rule would do, without doing it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from otklik.desk.automation import facts, words
from otklik.desk.automation.models import Rule
from otklik.desk.automation.running import RELATED, conditions_of
from otklik.desk.tickets.models import Ticket

LAST = 1000
EXAMPLES = 5


@dataclass(frozen=True)
class Preview:
    """Of so many last tickets so many fit, with some of them."""

    looked_at: int
    matched: int
    examples: list[Ticket]


@dataclass(frozen=True)
class Answer:
    """One condition of a dry run: what it says, whether it holds, what the ticket says of it."""

    said: str
    holds: bool
    told: str


@dataclass(frozen=True)
class DryRun:
    ticket: Ticket
    answers: list[Answer]
    fits: bool
    acts: list[str]


def preview(rule: Rule) -> Preview:
    """Over the last tickets, one statement for the count and one for the examples."""
    last = list(Ticket.objects.filter(merged_into=None).order_by("-pk").values_list("pk", flat=True)[:LAST])
    found = Ticket.objects.filter(pk__in=last)
    fitting = facts.matching(found, conditions_of(rule), matches_any=rule.matches_any)
    return Preview(len(last), fitting.count(), list(fitting.order_by("-pk")[:EXAMPLES]))


def dry_run(rule: Rule, ticket: Ticket) -> DryRun:
    """For every condition yes or no, and why."""
    conditions, known = conditions_of(rule), facts.facts()
    tickets = Ticket.objects.filter(pk=ticket.pk).select_related(*RELATED)
    row = facts.judged(tickets, conditions).get()
    answers = [
        Answer(
            facts.said(one, known),
            bool(getattr(row, f"holds_{number}")),
            known[one.fact].shown(row) if one.fact in known else _("nothing"),
        )
        for number, one in enumerate(conditions)
    ]
    holds = [one.holds for one in answers]
    fits = ticket.merged_into_id is None and (not holds or (any(holds) if rule.matches_any else all(holds)))
    return DryRun(row, answers, fits, words.acts_of(rule.acts))
