"""Applying a macro to a ticket, saying beforehand what it does, and taking it back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import because_of, publish
from otklik.core.staff.models import User
from otklik.desk.automation.doing import Doer
from otklik.desk.automation.events import MacroApplied, MacroUndone
from otklik.desk.automation.models import Application, Macro
from otklik.desk.automation.running import RELATED, do_all
from otklik.desk.clients.models import Product
from otklik.desk.conversations import placeholders
from otklik.desk.tickets.access import can_give
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.known import values_of
from otklik.desk.tickets.models import Task, Ticket, Topic

PARTS = ("priority", "is_upset", "topic_id", "product_id", "owner_id", "tags", "details")
"""What can be taken back, with the tasks that were planned."""


@transaction.atomic
def apply(macro: Macro, ticket: Ticket, *, by: User) -> tuple[Application, list[dict[str, str]]]:
    """Do its acts as this person; the record, and each act as it went.  Raises Conflict when none could be done."""
    ticket.lock()
    ticket.must_stand()
    before, tasks = _parts(ticket), set(ticket.tasks.values_list("pk", flat=True))
    application = Application.objects.create(macro=macro, ticket=ticket, by=by)
    told = MacroApplied(ticket_id=ticket.pk, macro_id=macro.pk, name=macro.name, application_id=application.pk)
    with because_of(publish(told, by=by)):
        done = do_all(macro.acts, ticket, Doer(macro.name, by))
    if done and all(one["trouble"] for one in done):
        raise Conflict("; ".join(f"{one['said']}: {one['trouble']}" for one in done))
    after = _parts(ticket)
    application.changed = {name: [before[name], after[name]] for name in PARTS if before[name] != after[name]}
    made = ticket.tasks.exclude(pk__in=tasks).values_list("pk", flat=True)
    application.changed |= {"tasks": list(made)} if made else {}
    application.save(update_fields=["changed"])
    return application, done


def look(macro: Macro, ticket: Ticket, *, by: User) -> list[dict[str, str]]:
    """Each act as it would go here: the acts themselves, taken back at once (decision 0104).  Nothing is sent or told.

    Raises Conflict where the ticket goes on in another one.
    """
    with transaction.atomic():
        tried = Ticket.objects.select_related(*RELATED).get(pk=ticket.pk)  # the caller's stays as it is
        tried.lock()
        tried.must_stand()
        done = do_all(macro.acts, tried, Doer(macro.name, by))
        transaction.set_rollback(True)
    return done


def text_of(macro: Macro, ticket: Ticket, agent: User) -> str:
    """Its text with this client's values, for the composer."""
    return placeholders.filled(macro.text, values_of(ticket, agent)) if macro.text.strip() else ""


@transaction.atomic
def undo(application: Application, *, by: User) -> list[str]:
    """Everything that nobody has changed since is as it was; returns what had to stay.

    Notes, notices, letters and hand-overs stay: somebody has read them.  Raises Conflict the second time.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("macro").get(pk=application.pk)
    if row.undone_at:
        raise Conflict(_("This was taken back already."))
    ticket = row.ticket
    ticket.lock()
    ticket.must_stand()
    name = row.macro.name if row.macro else ""
    with because_of(publish(MacroUndone(ticket_id=ticket.pk, name=name, application_id=row.pk), by=by)):
        stayed = [part for part in row.changed if not _taken_back(part, row.changed[part], ticket, by)]
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    return stayed


def _parts(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in PARTS}


def _taken_back(part: str, told: Any, ticket: Ticket, by: User) -> bool:
    """False where somebody has changed it since, or it cannot be as it was."""
    try:
        with transaction.atomic():
            if part == "tasks":
                return _drop(ticket, told, by)
            was, became = told
            if getattr(ticket, part) != became:
                return False
            _put_back(part, was, became, ticket, by)
    except Refused:
        ticket.unpublished = []
        return False
    return True


def _put_back(part: str, was: Any, became: Any, ticket: Ticket, by: User) -> None:
    match part:
        case "priority":
            ticket.prioritise(was, by=by)
        case "is_upset":
            (ticket.mark_upset if was else ticket.mark_calm)(by=by)
        case "topic_id":
            ticket.classify(Topic.objects.filter(pk=was).first(), by=by)
        case "product_id":
            ticket.name_product(Product.objects.filter(pk=was).first(), by=by)
        case "tags":
            ticket.tag(was, by=by)
        case "details":
            changed = {*was, *became}
            ticket.fill({int(key): was.get(key) for key in changed if was.get(key) != became.get(key)}, by=by)
        case "owner_id":
            if not can_give(by, ticket):
                raise Conflict(_("Only a lead gives it to somebody else."))
            ticket.assign(User.objects.filter(pk=was).first(), by=by, slip=True)


def _drop(ticket: Ticket, made: list[int], by: User) -> bool:
    """Tasks that are not done; one that is done stays."""
    found = list(Task.objects.filter(ticket=ticket, pk__in=made))
    for task in found:
        if task.done_at is None:
            ticket.drop(task, by=by)
    return all(task.done_at is None for task in found)
