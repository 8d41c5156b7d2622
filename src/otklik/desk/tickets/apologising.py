"""A missed date: a letter that says so, with a new date that can be kept, begun for a person to finish."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from otklik.core.formulas.business_time import WorkingTime
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets import letters, presets
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.presets import Hours


def is_broken(promised: datetime | None) -> bool:
    """The date of the open promise has passed: the client heard nothing, whatever else is due before."""
    return promised is not None and promised < clock.now()


@transaction.atomic
def begin(ticket: Ticket, *, by: User, work: WorkingTime) -> None:
    """Regret, a place for the reason, the new date; what was typed already stands below it, and twice is once."""
    promise = Promise.objects.current_of(ticket.pk)
    with translation.override(letters.language_of(ticket)):
        text = letters.apology_of(ticket, promise.until if promise else None)
    kept = Draft.objects.filter(conversation=ticket.conversation_id, author=by, mode=Draft.Mode.REPLY).first()
    if kept is None or not kept.text.startswith(text):
        form = {"next": "promise", "until": _safe_date(ticket, work)}
        Draft.objects.bring_back(ticket.conversation, by, Draft.Mode.REPLY, text, form)


def _safe_date(ticket: Ticket, work: WorkingTime) -> str:
    """Not the nearest of the dates offered: the second time it must be kept."""
    offered = presets.for_promise(clock.now(), Hours(work, letters.zone_of(ticket)))
    return offered[min(1, len(offered) - 1)].isoformat() if offered else ""
