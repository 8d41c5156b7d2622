"""A macro on many requests, with one undo."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.staff.models import User
from otklik.desk.automation import applying
from otklik.desk.automation.models import Application, Macro
from otklik.desk.routing.many import DONE, must_answer
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Batch, Ticket
from otklik.desk.tickets.models.batch import Outcome, teach

ACT = "macro"


def apply(tickets: Sequence[Ticket], macro: Macro, *, by: User) -> Outcome:
    """Its acts; its text is of an answer, which a person finishes, so nothing is sent."""

    def do(ticket: Ticket) -> None:
        if macro.team_id is not None and macro.team_id != ticket.team_id:
            raise Conflict(_("This macro is of another line."))
        applying.apply(macro, ticket, by=by)

    return Batch.objects.run(ACT, tickets, do, by=by, judge=lambda ticket: must_answer(ticket, by))


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _value, _back)
    DONE[ACT] = lambda count: (
        ngettext("the macro was applied to %(count)s", "the macro was applied to %(count)s", count) % {"count": count}
    )


def _last(ticket: Ticket) -> Application | None:
    return Application.objects.filter(ticket=ticket, undone_at=None).order_by("-id").first()


def _value(ticket: Ticket) -> int | None:
    last = _last(ticket)
    return last.pk if last else None


def _back(ticket: Ticket, _before: int | None, by: User) -> None:
    last = _last(ticket)
    if last is None:
        return
    if not last.changed:
        raise Conflict(_("Nothing of it can be taken back: somebody has read it."))
    applying.undo(last, by=by)
