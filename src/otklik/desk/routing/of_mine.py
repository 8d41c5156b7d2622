"""What the owner of a request, or whoever has to do something in it, is told by name."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from otklik.core.journal.news import doer, on
from otklik.core.journal.notice import NoticeKind
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.telling import tell

OWNED = """
SELECT t.owner_id FROM tickets_ticket t JOIN staff_user u ON u.id = t.owner_id
WHERE t.id = %s AND u.is_active AND NOT EXISTS (
    SELECT 1 FROM journal_notice n WHERE n.person_id = t.owner_id AND n.kind = 'answer'
        AND n.about = 'ticket' AND n.about_id = t.id AND n.seen_at IS NULL)
"""
"""The owner, unless they are told already and have not looked: five letters of a client are one piece of news."""


@on(events.ClientWrote)
def the_client_answered(news: events.ClientWrote) -> None:
    found = first(OWNED, news.ticket_id)
    if found:
        owners = User.objects.filter(pk=found[0])
        _tell(owners, news.ticket_id, NoticeKind.ANSWER, lambda: _("№ %s: the client wrote"))


@on(events.TicketAssigned, events.TicketDelegated, later=True, when=lambda news: news.owner_id is not None)
def it_is_yours(news: events.TicketAssigned | events.TicketDelegated) -> None:
    if news.owner_id != news.was:
        _tell(_others(news.owner_id), news.ticket_id, NoticeKind.ASSIGNED, lambda: _("№ %s is yours now"))


@on(events.TicketSentBack, later=True, when=lambda news: news.owner_id is not None)
def it_came_back(news: events.TicketSentBack) -> None:
    _tell(_others(news.owner_id), news.ticket_id, NoticeKind.RETURNED, lambda: _("№ %s came back to you"))


@on(events.TaskPlanned, later=True, when=lambda news: news.executor_id is not None)
def a_task(news: events.TaskPlanned) -> None:
    _tell(_others(news.executor_id), news.ticket_id, NoticeKind.TASK, lambda: _("№ %s: a task for you"), news.text)


@on(events.PartnerInvited, later=True)
def work_together(news: events.PartnerInvited) -> None:
    people = User.objects.filter(pk__in=news.people, is_active=True)
    _tell(people, news.ticket_id, NoticeKind.TOGETHER, lambda: _("№ %s: you are asked to work on it together"))


@on(events.PromiseBroken, later=True)
def a_date_was_not_kept(news: events.PromiseBroken) -> None:
    _tell(_owners(news.ticket_id), news.ticket_id, NoticeKind.PROMISE, lambda: _("№ %s: a date was not kept"))


@on(events.PromiseNear, later=True)
def a_date_is_near(news: events.PromiseNear) -> None:
    _tell(_owners(news.ticket_id), news.ticket_id, NoticeKind.DUE, lambda: _("№ %s: a date you gave is near"))


def _others(person_id: int | None) -> Iterable[User]:
    """The person, unless it was their own act."""
    return User.objects.filter(pk=person_id or 0, is_active=True).exclude(pk=doer() or 0)


def _owners(ticket_id: int) -> Iterable[User]:
    return User.objects.filter(tickets=ticket_id, is_active=True)


def _tell(people: Iterable[User], ticket_id: int, kind: NoticeKind, say: Callable[[], str], more: str = "") -> None:
    """`say` holds the place of the number; `more` are words of a person."""
    tell(people, lambda: f"{say() % ticket_id}: {more}" if more else say() % ticket_id, kind=kind, about_id=ticket_id)
