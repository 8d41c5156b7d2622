"""Who was able to work, and when: one row for each change, nothing for each request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Max, Min, Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models.attending import AT_WORK, REASON_LONGEST, WORD_HOLDS, Availability, Takes
from otklik.core.staff.policies import STINT_DAYS

if TYPE_CHECKING:
    from otklik.core.staff.models.user import User

KEPT = timedelta(days=STINT_DAYS)

type Sign = Callable[[int, datetime, datetime], datetime | None]
"""When a person was last heard of between two moments, if they were."""
_signs: list[Sign] = []


def heard_of_by(sign: Sign) -> Sign:
    """A room knows of acts that no journal tells, as calls are: it says when the last one of a person was."""
    if sign not in _signs:
        _signs.append(sign)
    return sign


class StintQuerySet(models.QuerySet["Stint"]):
    def meeting(self, start: datetime, end: datetime) -> "StintQuerySet":
        """Those that have a moment in common with this span."""
        return self.filter(Q(until=None) | Q(until__gt=start), since__lt=end)

    def seen_by(self, user: "User") -> "StintQuerySet":
        """One's own; of the people of a line its leads read them, the head and administrators all."""
        if not user.leads:
            return self.filter(user=user)
        return self if user.sees_everything else self.filter(Q(user=user) | Q(lines__overlap=list(user.team_ids)))

    def recorded_since(self) -> datetime | None:
        """From when on what is not here did not happen; None before anything was recorded."""
        first: datetime | None = self.aggregate(first=Min("since"))["first"]
        return first and max(first, clock.now() - KEPT)

    def sweep(self, before: datetime) -> int:
        """Drop what was over by then."""
        return self.filter(until__lt=before).delete()[0]


class StintManager(models.Manager.from_queryset(StintQuerySet)):  # type: ignore[misc]
    def keep(self, person: "User") -> None:
        """Write down what holds from now on, unless it held before.

        In the transaction of the change, which holds the row of the person.
        """
        now = clock.now()
        state = person.availability_at(now)
        at_work = state in AT_WORK
        lines = _lines_of(person, now) if at_work else []
        takes = person.takes if state == Availability.READY else Takes.ANY
        reason = person.pause_reason if state == Availability.BREAK else ""
        last = self._last(person)
        if last and last.until is None:
            if at_work and last.goes_on(state, lines, takes, reason):
                return
            last = last if last.end(now) else self._last(person)
        if at_work:
            # Nothing overlaps, even when the clock of the machine was set back.
            since = max(now, last.until) if last and last.until else now
            self.create(user=person, state=state, lines=lines, takes=takes, reason=reason, since=since)

    def _last(self, person: "User") -> "Stint | None":
        found: Stint | None = self.filter(user=person).order_by("-since").first()
        return found

    def lapse(self, person: "User") -> None:
        """What goes on ended unseen: it lasted until they were last heard of."""
        for stint in self.filter(user=person, until=None):
            stint.lapse(min(clock.now(), person.availability_since + WORD_HOLDS))

    def lapse_due(self) -> int:
        """End what nobody ended, once the word it rests on holds no more.  Returns how many."""
        forgotten = Q(user__availability_since__lt=clock.now() - WORD_HOLDS)
        found = list(self.filter(forgotten, until=None).values_list("user_id", flat=True)[:500])
        return sum(_lapse_held(pk) for pk in found)


class Stint(models.Model):
    """A stretch of time in which a person was at work and in one state, for these lines: their own, and of whom they
    stand in for; none while they are declared absent.  `takes` is the kind of work that whoever is ready is given,
    `reason` that of a break in the words of the department, "" where it was not said.

    `until` None goes on.  `lapsed`: nobody said that it ended, a session or a word ran out, so it ends where the person
    was last heard of.  Time away is not written down: it is what is not here.
    """

    user = models.ForeignKey("staff.User", models.CASCADE, related_name="stints", verbose_name=_("who"), db_index=False)
    state = models.CharField(_("availability"), max_length=8, choices=Availability)
    lines = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("lines"))
    takes = models.CharField(_("kind of work"), max_length=8, choices=Takes, default=Takes.ANY, db_default=Takes.ANY)
    reason = models.CharField(
        _("reason of the pause"), max_length=REASON_LONGEST, blank=True, default="", db_default=""
    )
    since = models.DateTimeField(_("from when"))
    until = models.DateTimeField(_("until"), null=True)
    lapsed = models.BooleanField(default=False)

    objects: StintManager = StintManager()

    class Meta:
        verbose_name = _("stretch of work")
        verbose_name_plural = _("stretches of work")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="stint_has_a_length"),
            models.CheckConstraint(condition=Q(state__in=AT_WORK), name="stint_is_at_work"),
            ExclusionConstraint(
                name="one_stint_at_a_time",
                expressions=[
                    (models.Func("since", "until", function="tstzrange", output_field=DateTimeRangeField()),
                     RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                ],
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["since"], name="stint_since"),
            models.Index(fields=["user", "-since"], name="stint_of_person"),
            models.Index(fields=["user"], name="stint_open", condition=Q(until=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since:%Y-%m-%d %H:%M} {self.state}"

    @property
    def said(self) -> str:
        """The state with the kind of work or the reason of the pause."""
        if self.takes != Takes.ANY:
            return f"{self.get_state_display()}, {self.get_takes_display()}"
        return f"{self.get_state_display()}: {self.reason}" if self.reason else str(self.get_state_display())

    def goes_on(self, state: str, lines: list[int], takes: str, reason: str) -> bool:
        """Whether it is still the same; a reason that is said a while after the beginning is that of all of it."""
        if (self.state, self.lines, self.takes) != (state, lines, takes):
            return False
        if reason and not self.reason:
            self.reason = reason
            self.save(update_fields=["reason"])
        return self.reason == reason

    def end(self, at: datetime, *, lapsed: bool = False) -> bool:
        """What lasted no moment was not: False then."""
        if at <= self.since:
            self.delete()
            return False
        self.until, self.lapsed = at, lapsed
        self.save(update_fields=["until", "lapsed"])
        return True

    def lapse(self, latest: datetime) -> None:
        told = Entry.objects.filter(actor=self.user_id, at__gt=self.since, at__lte=latest).aggregate(last=Max("at"))
        heard = [told["last"], *(sign(self.user_id, self.since, latest) for sign in _signs)]
        self.end(max((one for one in heard if one), default=self.since), lapsed=True)


def _lines_of(person: "User", now: datetime) -> list[int]:
    """Whom clients may expect an answer of: quality controllers answer nobody."""
    from otklik.core.staff.models.absence import Absence
    from otklik.core.staff.models.team import Membership

    if not person.answers:
        return []
    concerned = Absence.objects.at(now).filter(Q(user=person) | Q(deputy=person))
    away = list(concerned.values_list("user_id", flat=True))
    if person.pk in away:
        return []
    lines = Membership.objects.filter(user__in=[person.pk, *away]).values_list("team_id", flat=True)
    return sorted(set(lines))


def _lapse_held(pk: int) -> bool:
    """Once more in a transaction that holds the person: they may have spoken meanwhile."""
    from django.db import transaction

    from otklik.core.staff.models.user import User

    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=pk)
        if person.availability_at(clock.now()) in AT_WORK:
            return False
        Stint.objects.lapse(person)
    return True
