"""Many requests at once come to a problem, with one undo."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from otklik.care.problems import telling
from otklik.care.problems.models import Linked, Problem
from otklik.care.problems.models.unlinked import Unlinked
from otklik.core.staff.models import User
from otklik.desk.routing.many import DONE, must_answer
from otklik.desk.tickets.models import Batch, Ticket
from otklik.desk.tickets.models.batch import Outcome, teach

ACT = "problem"


def link(tickets: Sequence[Ticket], problem: Problem, *, by: User) -> Outcome:
    """Those that belong to another problem are refused; owners hear once of all that came again."""
    outcome = Batch.objects.run(
        ACT, tickets, lambda ticket: problem.take(ticket, by=by), by=by, judge=lambda ticket: must_answer(ticket, by)
    )
    came = set(outcome.done)
    telling.tell_again(problem, [ticket for ticket in tickets if ticket.pk in came], by=by)
    return outcome


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _value, _back)
    DONE[ACT] = lambda count: (
        ngettext("%(count)s linked to the problem", "%(count)s linked to the problem", count) % {"count": count}
    )


def _value(ticket: Ticket) -> int | None:
    return Linked.objects.filter(ticket=ticket).values_list("problem", flat=True).first()


def _back(ticket: Ticket, before: int | None, by: User) -> None:
    """It was a slip: nothing is remembered as “not of this problem”."""
    linked = Linked.objects.filter(ticket=ticket).select_related("problem").first()
    if linked and linked.problem_id != before:
        linked.problem.unlink(ticket, by=by)
        Unlinked.objects.filter(problem=linked.problem, ticket=ticket, by=by).delete()
    if before:
        Problem.objects.get(pk=before).take(ticket, by=by)
