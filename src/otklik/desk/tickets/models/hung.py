"""Each hour in which a request hangs is written down, with its line and its owner at that moment (METRICS V20)."""

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.tickets import events
from otklik.desk.tickets.models.ticket import Ticket

# What hangs is read from one index (`ticket_hangs`); a request that hangs all day is one row, and not 24.
LOG = """
INSERT INTO tickets_hunghours (ticket_id, team_id, owner_id, day, first_at, last_at, hours)
SELECT id, team_id, owner_id, %(day)s, %(hour)s, %(hour)s, 1 FROM tickets_ticket
WHERE due_at IS NOT NULL AND LEAST(due_at, inform_by, take_by) < %(now)s
ORDER BY id
ON CONFLICT (ticket_id, day, team_id, owner_id)
DO UPDATE SET hours = tickets_hunghours.hours + 1, last_at = excluded.last_at
"""


class HangingHour(models.Model):
    """An hour that was looked at, and how many requests hung at that moment: where none is, nobody knows."""

    at = models.DateTimeField(_("hour"), unique=True)
    hanging = models.PositiveIntegerField(_("hanging"), default=0)

    class Meta:
        verbose_name = _("hour that was looked at")
        verbose_name_plural = _("hours that were looked at")


class HungHoursManager(models.Manager["HungHours"]):
    @transaction.atomic
    def log(self) -> int | None:
        """Count the present hour for whatever hangs now, once.

        Returns how many requests hang, None where this hour was counted before.
        """
        now = clock.now()
        hour, is_new = HangingHour.objects.get_or_create(at=now.replace(minute=0, second=0, microsecond=0))
        if not is_new:
            return None
        with connection.cursor() as cursor:
            cursor.execute(LOG, {"day": clock.today(), "hour": hour.at, "now": now})
            hour.hanging = cursor.rowcount
        if hour.hanging:
            hour.save(update_fields=["hanging"])
            publish(events.HangingLogged(hour.pk, hour.hanging))
        return hour.hanging


class HungHours(models.Model):
    """In how many hours of a day a request hung while this line had it and this person owned it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("request"), db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"), db_index=False)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"), db_index=False
    )
    day = models.DateField(_("day"))
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField(_("hours"))

    objects: HungHoursManager = HungHoursManager()

    class Meta:
        verbose_name = _("hours of a request that hung")
        verbose_name_plural = _("hours of requests that hung")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "day", "team", "owner"], name="hung_once_a_day", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["last_at"], name="hung_last")]
