"""Which tickets: the adjectives of the noun."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Least

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.models.states import ASLEEP
from otklik.desk.tickets.models.turns import level_at
from otklik.desk.tickets.picks import Way

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

HANDFUL = 10
"""More people do not take work of the same line in one moment."""
REPEAT_NAMES = """
UPDATE tickets_ticket t SET contact_name = c.name, client_name = coalesce(o.name, '')
FROM clients_contact c LEFT JOIN clients_client o ON o.id = c.client_id
WHERE t.contact_id = c.id AND {of} = ANY(%s)
    AND (t.contact_name, t.client_name) IS DISTINCT FROM (c.name, coalesce(o.name, ''))
"""
HANGS_FROM = Least("due_at", "inform_by", "take_by")
"""The moment past which an open ticket hangs: one index answers for all of its reasons."""


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: User) -> "TicketQuerySet":
        """All for those who look at the whole department, else the person's lines, own and joint tickets."""
        if not user.is_active:
            return self.none()
        if user.role in (Role.HEAD, Role.QUALITY, Role.ADMIN):
            return self
        joint = ~Q(works_with=[]) & Q(works_with__contains=[user.pk])  # both: so it has an index
        return self.filter(Q(team__in=user.team_ids) | Q(owner=user) | joint)

    def with_promise(self) -> "TicketQuerySet":
        """Carry the date of the open promise along as `promised_until`, for pages that must not ask twice."""
        from otklik.desk.tickets.models.outcomes import Promise

        current = Promise.objects.current().filter(ticket=models.OuterRef("pk"))
        return self.annotate(promised_until=models.Subquery(current.values("until")[:1]))

    def open(self) -> "TicketQuerySet":
        return self.filter(due_at__isnull=False)

    def our_move(self) -> "TicketQuerySet":
        return self.open().filter(status__in=("new", "open"))

    def put_aside(self) -> "TicketQuerySet":
        return self.open().filter(status="scheduled")

    def ended(self) -> "TicketQuerySet":
        return self.filter(due_at__isnull=True)

    def unowned(self) -> "TicketQuerySet":
        return self.open().filter(owner=None)

    def next_without_owner(self, fit: Q | None = None) -> "Ticket | None":
        """Whose turn it is of those that wait for us; when none does, one that sleeps: it needs an owner, too.

        The row is held; one that another person is taking is passed over.  `fit` is what no index knows: it is asked
        of the rows whose turn has come, and not of the whole queue.
        """
        awake = self.our_move().unowned().by_turn(clock.now())
        asleep = self.unowned().filter(status__in=ASLEEP).order_by("due_at", "id")
        return next(filter(None, (queue._first_free(fit or Q()) for queue in (awake, asleep))), None)

    def _first_free(self, fit: Q) -> "Ticket | None":
        """The first of a long queue: its order is made of an index alone, and only the row that is held is read."""
        free = self.filter(fit).select_for_update(skip_locked=True, of=("self",))
        for pk in list(self.values_list("pk", flat=True)[:HANDFUL]):
            if ticket := free.filter(pk=pk).order_by().first():
                return ticket
        return free.first()

    def late(self, at: datetime) -> "TicketQuerySet":
        return self.our_move().filter(due_at__lt=at)

    def to_wake(self, at: datetime) -> "TicketQuerySet":
        """Waiting or put aside, and the moment has come."""
        return self.filter(status__in=("pending_client", "scheduled"), due_at__lte=at)

    def to_inform(self, at: datetime) -> "TicketQuerySet":
        """Put aside without a word to the client, who must hear from us now."""
        return self.filter(status__in=("pending_client", "scheduled"), inform_by__lte=at)

    def hanging(self, at: datetime) -> "TicketQuerySet":
        """METRICS V20: nobody owns it, its moment has passed, or the client was left in the dark."""
        return self.open().annotate(hangs_from=HANGS_FROM).filter(hangs_from__lt=at)

    def repeat_names_of(self, contacts: Iterable[int]) -> None:
        """Many people were changed at once: rows of lists repeat what they are called and for whom they speak."""
        _repeat_names("c.id", contacts)

    def repeat_names_of_clients(self, clients: Iterable[int]) -> None:
        _repeat_names("c.client_id", clients)

    def longest_hanging_first(self) -> "TicketQuerySet":
        return self.order_by(HANGS_FROM, "pk")

    def hanging_behind(self, since: datetime, pk: int) -> "TicketQuerySet":
        """What follows that one where the longest hanging stands first."""
        place = Q(hangs_from__gt=since) | Q(hangs_from=since, pk__gt=pk)
        return self.annotate(hangs_from=HANGS_FROM).filter(place)

    def in_trouble(self) -> "TicketQuerySet":
        return self.filter(delivery_trouble=True)

    def by_turn(self, at: datetime) -> "TicketQuerySet":
        """The order in which work is given out: see `turns`."""
        return self.order_by(level_at(at), "opened_at", "id")


class TicketManager(models.Manager.from_queryset(TicketQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def take_next(self, by: User, among: Q | None = None) -> "Ticket | None":
        """Give the person the ticket of their lines whose turn it is and that nobody has; None when nobody waits.

        `among` narrows what may be given.  People who press at the same moment get different tickets.
        """
        theirs, open_to = self.filter(among or Q(), team__in=by.team_ids), ~Q(closed_to__contains=[by.pk])
        ticket: Ticket | None = theirs.next_without_owner(open_to)
        if ticket:
            ticket.take(by=by, way=Way.NEXT)
        return ticket

    def wake_due(self) -> int:
        """Bring back every ticket whose moment has come; each in its own transaction.  Returns how many."""
        count = 0
        now = clock.now()
        due = [*self.to_wake(now).values_list("pk", flat=True), *self.to_inform(now).values_list("pk", flat=True)]
        for pk in dict.fromkeys(due):
            try:
                count += self.get(pk=pk).wake()
            except Exception:  # one broken ticket must not keep the others asleep
                logger.exception("ticket %s cannot wake", pk)
        return count

    def mind_promises(self) -> int:
        """Warn of the dates that are near and name those that were missed.  Returns how many."""
        from otklik.desk.tickets.models.outcomes import Promise

        count = 0
        for pk in Promise.objects.marked(clock.now()).values_list("ticket_id", flat=True):
            try:
                count += self.get(pk=pk).mind_promise()
            except Exception:  # one broken ticket must not hide the others
                logger.exception("the promise of ticket %s cannot be minded", pk)
        return count

    def mind_visits(self) -> int:
        """Call to mind the visits that are near, and those whose time is over without a result.  Returns how many."""
        from otklik.desk.tickets.models.visit import Visit

        count = 0
        for visit in Visit.objects.marked(clock.now()).only("pk", "ticket_id"):
            try:
                count += self.get(pk=visit.ticket_id).mind_visit(visit)
            except Exception:  # one broken ticket must not hide the others
                logger.exception("the visit %s of ticket %s cannot be minded", visit.pk, visit.ticket_id)
        return count


def _repeat_names(of: str, numbers: Iterable[int]) -> None:
    if chosen := list(numbers):
        with connection.cursor() as cursor:
            cursor.execute(REPEAT_NAMES.format(of=of), [chosen])
