"""A ticket that one line passed to another."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.events import HandoverWaits
from otklik.desk.tickets.models import Ticket

logger = logging.getLogger(__name__)

WARN_AFTER, LIMIT = timedelta(minutes=15), timedelta(minutes=30)
"""Of the hours of the line that got it (SERVICE_PRACTICE, appendix: hand-over accepted)."""
SEVERAL = 2
"""So many returns of one ticket say that the lines should talk instead of passing it on."""

# Every answer asks, so in one bare statement: the client has heard from us, the brief has done its work.
ANSWERED = """
UPDATE routing_handover SET answer_id = %(message)s,
    accepted_at = CASE WHEN returned_at IS NULL THEN COALESCE(accepted_at, %(now)s) ELSE accepted_at END,
    accepted_by_id = CASE WHEN returned_at IS NULL AND accepted_at IS NULL
        THEN (SELECT author_id FROM conversations_message WHERE id = %(message)s) ELSE accepted_by_id END
WHERE ticket_id = %(ticket)s AND answer_id IS NULL
"""


@dataclass(frozen=True)
class Figures:
    """Hand-overs to a line: how many, accepted within the limit, returned."""

    count: int
    accepted: int
    in_time: int
    returned: int


class HandoverQuerySet(models.QuerySet["Handover"]):
    def waiting(self) -> "HandoverQuerySet":
        """Neither accepted nor returned."""
        return self.filter(accepted_at=None, returned_at=None)

    def latest_of(self, ticket_id: int) -> "Handover | None":
        return self.filter(ticket=ticket_id).order_by("-id").first()

    def figures(self, team: Team, since: datetime) -> Figures:
        """Of what came to this line since then."""
        came = self.filter(target=team, at__gte=since)
        return Figures(
            **came.aggregate(
                count=Count("pk"),
                accepted=Count("pk", Q(accepted_at__isnull=False)),
                in_time=Count("pk", Q(accepted_at__lte=F("late_at"))),
                returned=Count("pk", Q(returned_at__isnull=False)),
            )
        )


class HandoverManager(models.Manager.from_queryset(HandoverQuerySet)):  # type: ignore[misc]
    def accept(self, ticket_id: int, by_id: int) -> None:
        """Somebody of the line took the ticket."""
        self.waiting().filter(ticket=ticket_id).update(accepted_at=clock.now(), accepted_by=by_id)

    def take_back(self, ticket_id: int, team_id: int) -> None:
        """What was passed on by a slip counts as no hand-over to that line."""
        self.waiting().filter(ticket=ticket_id, target=team_id).delete()

    def answered(self, ticket_id: int, message_id: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(ANSWERED, {"ticket": ticket_id, "message": message_id, "now": clock.now()})

    def unanswered(self, message_id: int) -> None:
        """That answer was taken back: the words of the other line are needed again."""
        self.filter(answer_id=message_id).update(answer_id=None)

    def tell_waiting(self) -> int:
        """Say once of each that it waits, and once that the limit is over; reads an index of due moments."""
        now, count = clock.now(), 0
        for late in (True, False):
            due = {"late_at__lte": now, "told_late_at": None} if late else {"warn_at__lte": now, "warned_at": None}
            for pk in self.waiting().filter(**due).values_list("pk", flat=True):
                try:
                    count += self.get(pk=pk)._tell(late)
                except Exception:  # one broken row must not keep the others silent
                    logger.exception("hand-over %s cannot be told", pk)
        return count


class Handover(models.Model):
    """Which line passed what to which one: the question, what was tried, what is expected, and what became of it.

    It is accepted when somebody of the line takes the ticket or answers it.  `answer_id` is the first answer to the
    client after it: until then the words stand above the conversation.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="handovers", db_index=False)
    source = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("from which line"))
    target = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("to which line"), db_index=False)
    owner_was = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    question = models.TextField(_("what the client asks"))
    tried = models.TextField(_("what was tried"), blank=True)
    expected = models.TextField(_("what is expected"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    warn_at = models.DateTimeField()
    late_at = models.DateTimeField(_("to be accepted by"))
    warned_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    returned_at = models.DateTimeField(_("returned"), null=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    return_reason = models.TextField(_("why it came back"), blank=True)
    answer_id = models.BigIntegerField(null=True)

    objects: HandoverManager = HandoverManager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(return_reason=""), name="what_is_returned_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "-id"], name="handover_of_ticket"),
            models.Index(fields=["target", "at"], name="handover_of_line"),
            models.Index(
                fields=["warn_at"],
                name="handover_to_warn",
                condition=Q(accepted_at=None, returned_at=None, warned_at=None),
            ),
            models.Index(
                fields=["late_at"],
                name="handover_to_tell_late",
                condition=Q(accepted_at=None, returned_at=None, told_late_at=None),
            ),
            models.Index(
                fields=["ticket"],
                name="handover_came_back",
                condition=Q(returned_at__isnull=False, answer_id=None),
            ),
        ]

    @property
    def returns(self) -> int:
        """How often lines have sent this ticket back."""
        return Handover.objects.filter(ticket=self.ticket_id, returned_at__isnull=False).count()

    @transaction.atomic
    def send_back(self, reason: str, *, by: User) -> bool:
        """The receiving line returns the ticket; True when it has come back so often that both should work on it.

        Raises Conflict where there is nothing to return any more, Invalid without a reason.
        """
        self.ticket.lock()
        last = Handover.objects.latest_of(self.ticket_id)
        if last is None or last.pk != self.pk or last.returned_at or self.ticket.team_id != self.target_id:
            raise Conflict(_now("There is no hand-over to return any more."))
        self.ticket.go_back(self.source, self.owner_was, reason, by=by)
        self.returned_at, self.returned_by, self.return_reason = clock.now(), by, reason.strip()
        self.save(update_fields=["returned_at", "returned_by", "return_reason"])
        return self.returns >= SEVERAL

    @transaction.atomic
    def _tell(self, late: bool) -> bool:
        """Once: the row is held and read again."""
        row = Handover.objects.waiting().select_for_update(of=("self",)).filter(pk=self.pk).first()
        if row is None or (row.told_late_at if late else row.warned_at):
            return False
        now = clock.now()
        row.warned_at = row.warned_at or now
        row.told_late_at = now if late else None
        row.save(update_fields=["warned_at", "told_late_at"])
        if not Ticket.objects.open().filter(pk=row.ticket_id).exists():
            return False
        minutes = round((LIMIT if late else WARN_AFTER).total_seconds() / 60)
        publish(HandoverWaits(ticket_id=row.ticket_id, handover_id=row.pk, minutes=minutes, late=late))
        return True
