"""A person is away for a time, and somebody stands in."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import every
from otklik.core.staff import events
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models.attending import Availability
from otklik.core.staff.models.user import User

logger = logging.getLogger(__name__)

CURRENT = """
SELECT * FROM staff_absence WHERE user_id = %s AND given_back_at IS NULL AND since <= %s AND until > %s
"""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> "AbsenceQuerySet":
        """Neither over nor called off."""
        return self.filter(given_back_at=None)

    def at(self, moment: datetime) -> "AbsenceQuerySet":
        return self.standing().filter(since__lte=moment, until__gt=moment)

    def meeting(self, since: datetime, until: datetime) -> "AbsenceQuerySet":
        """Those that have a moment in common with this span."""
        return self.standing().filter(since__lt=until, until__gt=since)

    def current_of(self, person_id: int, moment: datetime) -> "Absence | None":
        """Asked for every letter of a client whose request has an owner, so in a bare statement."""
        return next(iter(every(Absence, CURRENT, person_id, moment, moment)), None)


class AbsenceManager(models.Manager.from_queryset(AbsenceQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def declare(
        self,
        person: User,
        *,
        by: User,
        until: datetime,
        since: datetime | None = None,
        deputy: User | None = None,
        sudden: bool = False,
        reason: str = "",
    ) -> "Absence":
        """The person will be away from `since` (now) until then; begins and ends by itself.

        Who may say so decides `access`.  Raises NotAllowed with the field to mend: the span is empty or meets another
        absence of the person, the deputy is away in it, has left, or is the person.
        """
        now = clock.now()
        list(User.objects.hold(person.pk, deputy.pk if deputy else None))
        since = max(since or now, now)
        if until <= since:
            raise NotAllowed(_now("The end must be after the beginning, and not be over."), "until")
        if met := self.meeting(since, until).filter(user=person).first():
            raise NotAllowed(_now("%(name)s is away then already.") % {"name": met.user}, "since")
        if deputy:
            self._check_deputy(deputy, person, since, until)
        absence = Absence(user=person, deputy=deputy, since=since, until=until, sudden=sudden)
        absence.reason, absence.declared_by = reason.strip()[:300], by
        absence.save()
        publish(
            events.AbsenceDeclared(
                person.pk,
                absence.pk,
                absence.deputy_id,
                since=since.isoformat(),
                until=until.isoformat(),
                sudden=sudden,
            ),
            by=by,
        )
        if since <= now:
            absence.begin()
        return absence

    def _check_deputy(self, deputy: User, person: User, since: datetime, until: datetime) -> None:
        if deputy.pk == person.pk:
            raise NotAllowed(_now("Choose somebody else to stand in."), "deputy")
        if not (deputy.is_active and deputy.answers):
            raise NotAllowed(_now("This person does not answer clients."), "deputy")
        if self.meeting(since, until).filter(user=deputy).exists():
            raise NotAllowed(_now("%(name)s is away in that time, too.") % {"name": deputy}, "deputy")

    def turn_due(self) -> int:
        """Begin and end what falls due; reads two indexes of what has not begun or not ended.  Returns how many."""
        now = clock.now()
        over = self.standing().filter(until__lte=now)
        to_begin = self.standing().filter(begun_at=None, since__lte=now, until__gt=now)
        return _each(over, Absence.end) + _each(to_begin, Absence.begin)


class Absence(models.Model):
    """From when until when a person is away, and who answers meanwhile (nobody: the queues of their lines).

    `given_back_at` closes it: the time is over, the person came earlier, or it was called off before it began.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("who"), db_index=False)
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who stands in"), db_index=False
    )
    since = models.DateTimeField(_("from when"))
    until = models.DateTimeField(_("until"))
    sudden = models.BooleanField(_("sudden"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    declared_at = models.DateTimeField(default=clock.now)
    begun_at = models.DateTimeField(null=True)
    given_back_at = models.DateTimeField(_("given back"), null=True)

    objects: AbsenceManager = AbsenceManager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="absence_has_a_length"),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("user")), name="nobody_stands_in_for_oneself"
            ),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[
                    (models.Func("since", "until", function="tstzrange", output_field=DateTimeRangeField()),
                     RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                ],
                condition=Q(given_back_at=None),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["user", "since"], name="absence_standing", condition=Q(given_back_at=None)),
            models.Index(fields=["deputy", "since"], name="absence_of_deputy", condition=Q(given_back_at=None)),
            models.Index(fields=["since"], name="absence_to_begin", condition=Q(given_back_at=None, begun_at=None)),
            models.Index(fields=["until"], name="absence_to_end", condition=Q(given_back_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since:%Y-%m-%d} – {self.until:%Y-%m-%d}"

    @transaction.atomic
    def begin(self) -> bool:
        """From now on the deputy answers.  False when it has begun or is closed."""
        if not self._still() or self.begun_at:
            return False
        self.begun_at = clock.now()
        self.save(update_fields=["begun_at"])
        self.user.say(Availability.AWAY, by=None)
        self._note_work()
        publish(events.AbsenceBegan(self.user_id, self.pk, self.deputy_id))
        return True

    @transaction.atomic
    def end(self, *, by: User | None = None) -> bool:
        """The person answers again, or the absence is called off.  False when it is closed."""
        if not self._still():
            return False
        self.given_back_at = clock.now()
        self.save(update_fields=["given_back_at"])
        if self.begun_at is None:
            publish(events.AbsenceCancelled(self.user_id, self.pk, self.deputy_id), by=by)
            return True
        if by and by.pk == self.user_id:
            by.say(Availability.READY, by=by)
        self._note_work()
        publish(events.AbsenceEnded(self.user_id, self.pk, self.deputy_id), by=by)
        return True

    @transaction.atomic
    def end_at(self, until: datetime, *, by: User) -> None:
        """It lasts longer, or less long.  Raises NotAllowed as `declare` does, and when it is closed."""
        if not self._still():
            raise NotAllowed(_now("This absence has ended already."), "until")
        if until <= max(self.since, clock.now()):
            raise NotAllowed(_now("The end must be after the beginning, and not be over."), "until")
        met = Absence.objects.meeting(self.since, until).exclude(pk=self.pk)
        if met.filter(user=self.user).exists():
            raise NotAllowed(_now("%(name)s is away then already.") % {"name": self.user}, "until")
        if self.deputy_id and met.filter(user=self.deputy_id).exists():
            raise NotAllowed(_now("%(name)s is away in that time, too.") % {"name": self.deputy}, "until")
        was, self.until = self.until, until
        self.save(update_fields=["until"])
        moment = {"until": until.isoformat(), "was": was.isoformat()}
        publish(events.AbsenceMoved(self.user_id, self.pk, self.deputy_id, **moment), by=by)

    @transaction.atomic
    def let_stand_in(self, deputy: User | None, *, by: User) -> "Absence":
        """Somebody else answers for the rest of it: it ends, another begins.  Raises NotAllowed as `declare`."""
        if not self._still(deputy.pk if deputy else None):
            raise NotAllowed(_now("This absence has ended already."), "deputy")
        self.end()
        return Absence.objects.declare(
            self.user,
            by=by,
            since=self.since,
            until=self.until,
            deputy=deputy,
            sudden=self.sudden,
            reason=self.reason,
        )

    @property
    def stands_in(self) -> User | None:
        """The deputy, unless they have left or answer nobody any more."""
        return self.deputy if self.deputy and self.deputy.is_active and self.deputy.answers else None

    def _note_work(self) -> None:
        """Whose lines these two answer for has changed."""
        for person in (self.user, self.deputy):
            if person:
                person.note_work()

    def _still(self, *others: int | None) -> bool:
        """Held until the transaction ends: two processes do not begin or end the same one."""
        row = Absence.objects.select_for_update(of=("self",)).select_related("user").get(pk=self.pk)
        # Both people before any line: who says that they go holds themselves, and then their lines.
        list(User.objects.hold(row.user_id, row.deputy_id, *others))
        self.begun_at, self.given_back_at, self.user = row.begun_at, row.given_back_at, row.user
        return self.given_back_at is None


def _each(absences: Iterable[Absence], turn: Callable[[Absence], bool]) -> int:
    count = 0
    for absence in absences:
        try:
            count += turn(absence)
        except Exception:  # one broken row must not hold the others
            logger.exception("absence %s cannot turn", absence.pk)
    return count
