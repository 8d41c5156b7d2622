"""A ticket that is with somebody else while its owner is away."""

import logging
from collections.abc import Callable, Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.models import Task, Ticket
from otklik.desk.tickets.models.states import ASLEEP, OUR_MOVE
from otklik.desk.tickets.models.task import TaskQuerySet

logger = logging.getLogger(__name__)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def standing(self) -> "DelegationQuerySet":
        """The time is not over."""
        return self.filter(over_at=None)


class DelegationManager(models.Manager.from_queryset(DelegationQuerySet)):  # type: ignore[misc]
    def hand_over(self, absence: Absence) -> int:
        """Everything the absent one would have to act on: our move, or due before they are back; then their tasks.

        May be repeated at any time; what is with the deputy already stays there.  Each ticket in its own transaction.
        Returns how many changed hands.
        """
        ours = models.Q(status__in=OUR_MOVE)
        due = models.Q(status__in=ASLEEP, due_at__lt=absence.until)
        tickets = Ticket.objects.open().filter(ours | due, owner=absence.user_id).order_by("pk")
        count = _each(tickets, Ticket.leave_to_deputy)
        return count + _each(_with_tickets(Task.objects.of_who_is_away(absence)), _leave)

    def lose(self, deputy: User) -> None:
        """They left, and what they stood in for went to the queue: as if it had gone there at once."""
        self.standing().filter(deputy=deputy).update(deputy=None)

    def hand_over_all(self) -> int:
        """Nothing stays with anybody who is away now, whatever happened at the moment they left."""
        away = Absence.objects.at(clock.now()).exclude(begun_at=None)
        return sum(self.hand_over(absence) for absence in away.select_related("user"))

    def give_back(self, absence_id: int) -> int:
        """The absence is over: what nobody else has answered returns.  Returns how many did."""
        tasks = _with_tickets(Task.objects.lent().filter(absence=absence_id))
        return self._end(self.standing().filter(absence=absence_id)) + _each(tasks, _return)

    def give_back_all(self) -> int:
        """Nothing stays with a deputy whose time is over: what could not return at that moment, or came after it."""
        tasks = _with_tickets(Task.objects.lent().exclude(absence__given_back_at=None))
        return self._end(self.standing().exclude(absence__given_back_at=None)) + _each(tasks, _return)

    def _end(self, delegations: DelegationQuerySet) -> int:
        """In the order in which everybody locks tickets."""
        rows = delegations.select_related("ticket", "absence__user").order_by("ticket_id", "pk")
        return _each(rows, Delegation.end)


class Delegation(models.Model):
    """Whose ticket it is, who answers meanwhile (nobody: the queue of the line), because of which absence.

    `over_at` ends it; `returned` says whether the ticket came back or stayed where it had gone on to.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="delegations")
    absence = models.ForeignKey(Absence, models.PROTECT, related_name="delegations")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("whose"))
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who answers"))
    at = models.DateTimeField(_("when"), default=clock.now)
    over_at = models.DateTimeField(null=True)
    returned = models.BooleanField(null=True)

    objects: DelegationManager = DelegationManager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        indexes = [
            models.Index(fields=["ticket", "-id"], name="delegation_standing", condition=models.Q(over_at=None)),
        ]

    def end(self) -> bool:
        """Give the ticket back where it is still with whom it was delegated to; True when it came back."""
        with transaction.atomic():
            self.ticket.lock()
            standing = Delegation.objects.standing().filter(ticket=self.ticket_id).order_by("-id")
            last = standing.select_related("deputy").first()
            if last is None or not standing.filter(pk=self.pk).exists():
                return False
            back = self.ticket.give_back(
                self.absence.user, stood_in=last.deputy_id, since=self.at, absence_id=self.absence_id
            )
            over = standing.filter(pk__gte=self.pk) if back else standing.filter(pk=self.pk)
            over.filter(pk__lte=last.pk).update(over_at=clock.now(), returned=back)
        return back


def _with_tickets(tasks: TaskQuerySet) -> TaskQuerySet:
    return tasks.select_related("ticket").order_by("ticket_id", "pk")


def _leave(task: Task) -> bool:
    return task.ticket.leave_task(task)


def _return(task: Task) -> bool:
    return task.ticket.return_task(task)


def _each[T: (Ticket, Delegation, Task)](rows: Iterable[T], verb: Callable[[T], bool]) -> int:
    count = 0
    for row in rows:
        try:
            count += verb(row)
        except Exception:  # one broken ticket must not keep the others
            logger.exception("ticket %s cannot change hands", row.pk if isinstance(row, Ticket) else row.ticket_id)
    return count
