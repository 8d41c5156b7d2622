"""What is done to many tickets at once, by whose right: the same for the queue, the lead's board and programs."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.staff.models import Team, User
from otklik.desk.routing import colleagues
from otklik.desk.routing.colleagues import Needs
from otklik.desk.tickets.access import can_answer, can_give
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Batch, Ticket, Topic
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.picks import way_of
from otklik.desk.tickets.steps import PutAside

MOST = 200
RELATED = ("conversation__channel", "contact__client", "team__calendar", "owner")


def chosen(ids: Sequence[int], by: User) -> tuple[list[Ticket], int]:
    """Those that the person may answer, and how many are not there for them.  Raises Invalid for none and too many."""
    if not ids:
        raise Invalid(_("Select requests first."), "tickets")
    if len(ids) > MOST:
        raise Invalid(_("At most %(most)s requests at once.") % {"most": MOST}, "tickets")
    seen = Ticket.objects.visible_to(by).filter(pk__in=ids).select_related(*RELATED).order_by("pk")
    tickets = [ticket for ticket in seen if can_answer(by, ticket)]
    return tickets, len(set(ids)) - len(tickets)


def give(tickets: Sequence[Ticket], owner: User | None, *, by: User) -> Outcome:
    """To one person who may answer each of them, or back to the queues of their lines."""
    known = colleagues.of_lines({ticket.team_id for ticket in tickets}) if owner else []
    theirs = next((one for one in known if owner and one.person.pk == owner.pk), None)
    needs = Needs()

    def judge(ticket: Ticket) -> None:
        must_answer(ticket, by)
        if not can_give(by, ticket):
            raise Conflict(_("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner})
        if owner and theirs is None:
            raise Invalid(_("%(name)s is not of its line") % {"name": owner})
        if theirs and (reason := theirs.why_not(ticket, needs)):
            raise Invalid(reason, "owner")

    def do(ticket: Ticket) -> None:
        ticket.assign(owner, by=by, way=way_of(owner, by))

    return Batch.objects.run(Batch.Act.OWNER, tickets, do, by=by, judge=judge)


def take(tickets: Sequence[Ticket], *, by: User) -> Outcome:
    def do(ticket: Ticket) -> None:
        ticket.must_be_open()
        ticket.take(by=by)

    return _run(Batch.Act.OWNER, tickets, do, by=by)


def hand_over(tickets: Sequence[Ticket], team: Team, brief: Brief, *, by: User) -> Outcome:
    return _run(Batch.Act.LINE, tickets, lambda ticket: ticket.hand_over(team, brief, by=by), by=by)


def label(
    tickets: Sequence[Ticket],
    *,
    by: User,
    topic: Topic | None = None,
    no_topic: bool = False,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> Outcome:
    """Another topic or none, where one of them is asked for; tags that come and tags that go, the others stay."""
    coming, going = list(add), set(remove)

    @transaction.atomic
    def do(ticket: Ticket) -> None:
        if topic or no_topic:
            ticket.classify(topic, by=by)
        if coming or going:
            ticket.lock()  # its tags as they are now
            ticket.tag([*(tag for tag in ticket.tags if tag not in going), *coming], by=by)

    return _run(Batch.Act.LABELS, tickets, do, by=by)


def prioritise(tickets: Sequence[Ticket], priority: int, *, by: User) -> Outcome:
    return _run(Batch.Act.PRIORITY, tickets, lambda ticket: ticket.prioritise(priority, by=by), by=by)


def put_aside(tickets: Sequence[Ticket], step: PutAside, *, by: User) -> Outcome:
    return _run(Batch.Act.ASIDE, tickets, lambda ticket: ticket.put_aside(step, by=by), by=by)


def close(tickets: Sequence[Ticket], reason: str, *, by: User) -> Outcome:
    """Without an answer: nobody waits for one."""
    return _run(Batch.Act.CLOSE, tickets, lambda ticket: ticket.close(reason, by=by), by=by)


def _run(act: str, tickets: Sequence[Ticket], do: Callable[[Ticket], object], *, by: User) -> Outcome:
    return Batch.objects.run(act, tickets, do, by=by, judge=lambda ticket: must_answer(ticket, by))


def must_answer(ticket: Ticket, by: User) -> None:
    """It may have left the lines of the person since they chose it."""
    if not can_answer(by, ticket):
        raise Conflict(_("It is not there any more."))


DONE: dict[str, Callable[[int], str]] = {
    "take": lambda count: ngettext("%(count)s taken", "%(count)s taken", count) % {"count": count},
    "assign": lambda count: ngettext("%(count)s given", "%(count)s given", count) % {"count": count},
    "line": lambda count: ngettext("%(count)s passed on", "%(count)s passed on", count) % {"count": count},
    "labels": lambda count: ngettext("%(count)s labelled", "%(count)s labelled", count) % {"count": count},
    "priority": lambda count: (
        ngettext("%(count)s has another priority", "%(count)s have another priority", count) % {"count": count}
    ),
    "aside": lambda count: ngettext("%(count)s put aside", "%(count)s put aside", count) % {"count": count},
    "close": lambda count: ngettext("%(count)s closed", "%(count)s closed", count) % {"count": count},
    "unread": lambda count: ngettext("%(count)s left unread", "%(count)s left unread", count) % {"count": count},
    "undo": lambda count: ngettext("%(count)s taken back", "%(count)s taken back", count) % {"count": count},
}
"""What was done to so many, in words."""
