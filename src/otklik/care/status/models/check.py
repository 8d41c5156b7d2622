"""A question that is put to a component again and again, and what several answers in a row mean."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.status.models.component import Component
from otklik.care.status.models.outage import Outage
from otklik.care.status.models.report import in_both
from otklik.care.status.states import FAULTS, State
from otklik.core.journal import clock

OURS = ("forbidden", "address")
"""Why we could not even ask: that is no fault of the component, and nothing is known of it meanwhile."""
SLACK = timedelta(seconds=10)
"""A round may begin some seconds earlier in its minute than the one before: what is due in it is not put off a turn."""
BLIND = timedelta(minutes=15)
"""A pause between two looks that is longer, and longer than five of its turns, is time in which nobody looked."""
TURNS = 5


class CheckQuerySet(models.QuerySet["Check"]):
    def due(self) -> "CheckQuerySet":
        return self.filter(is_on=True, next_at__lte=clock.now()).order_by("next_at", "pk")

    @transaction.atomic
    def claim(self, most: int, lease: timedelta) -> "list[Check]":
        """What is due, for this round alone: no other takes it before `lease` is over or it is heard of."""
        held = self.due().select_for_update(skip_locked=True, of=("self",))
        rows = list(held.select_related("component__group", "component__product")[:most])
        self.filter(pk__in=[one.pk for one in rows]).update(next_at=clock.now() + lease)
        return rows


class Check(models.Model):
    """`misses` and `hits` are counted in a row; after `misses_needed` it fails, after `hits_needed` it works again.

    It began with the first miss and ended with the first answer, not when we believed it.  `why` is a code of ours.
    """

    class Kind(models.TextChoices):
        HTTP = "http", _("a page answers")
        TCP = "tcp", _("a port takes the line")

    component = models.ForeignKey(Component, models.CASCADE, related_name="checks", verbose_name=_("component"))
    kind = models.CharField(_("What is asked"), max_length=4, choices=Kind, default=Kind.HTTP)
    address = models.CharField(_("Address"), max_length=500)
    tells = models.CharField(
        _("If it fails"), max_length=8, choices=[(one.value, one.label) for one in FAULTS], default=State.DOWN
    )
    every = models.PositiveSmallIntegerField(
        _("Every … minutes"), default=1, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    misses_needed = models.PositiveSmallIntegerField(
        _("Misses in a row before it is told"), default=3, validators=[MinValueValidator(2), MaxValueValidator(20)]
    )
    hits_needed = models.PositiveSmallIntegerField(
        _("Answers in a row before it is over"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    is_on = models.BooleanField(_("Switched on"), default=True)
    misses = models.PositiveIntegerField(default=0, editable=False)
    hits = models.PositiveIntegerField(default=0, editable=False)
    failing = models.BooleanField(default=False, editable=False)
    first_miss_at = models.DateTimeField(null=True, editable=False)
    first_hit_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(_("last look"), null=True, editable=False)
    next_at = models.DateTimeField(default=clock.now, editable=False)
    took_ms = models.PositiveIntegerField(null=True, editable=False)
    why = models.CharField(max_length=40, blank=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a component")
        verbose_name_plural = _("checks of a component")
        indexes = [models.Index(fields=["next_at"], name="check_due", condition=models.Q(is_on=True))]

    def __str__(self) -> str:
        return self.address

    @property
    def turn(self) -> timedelta:
        return timedelta(minutes=self.every)

    def clean(self) -> None:
        if self.kind == self.Kind.HTTP:
            if not self.address.startswith(("http://", "https://")):
                raise ValidationError({"address": _("A page begins with http:// or https://.")})
        elif place(self.address) is None:
            raise ValidationError({"address": _("Write the host and the port, as in sip.example.org:5061.")})

    @transaction.atomic
    def heard(self, why: str, took_ms: int | None, at: datetime, *, asked_at: datetime | None = None) -> Outage | None:
        """One look: `why` is empty when it answered, one of OURS when we could not ask.

        Returns the outage that begins or ends with it.  The next look is a turn after `asked_at`.  What was switched
        off or set to ask for something else while the question was out is not judged by it.
        """
        asked = self.kind, self.address
        self.refresh_from_db(from_queryset=Check.objects.select_for_update())
        if not self.is_on or (self.kind, self.address) != asked:
            return None
        self.next_at = (asked_at or at) + self.turn - SLACK
        if why in OURS:
            self._blind(why, at)
            return None
        self._sees_again(at)
        self._mind_the_gap(at)
        self.checked_at, self.took_ms, self.why = at, took_ms, why
        if why:
            self.hits, self.first_hit_at = 0, None
            self.misses += 1
            self.first_miss_at = self.first_miss_at or at
        else:
            self.hits += 1
            self.first_hit_at = self.first_hit_at or at
            if not self.failing:
                self.misses, self.first_miss_at = 0, None
        turned = None
        if why and not self.failing and self.misses >= self.misses_needed:
            self.failing = True
            turned = Outage.objects.begin(
                self.component,
                self.tells,
                source=Outage.Source.CHECK,
                by=None,
                began_at=self.first_miss_at,
                check=self.pk,
            )
        elif not why and self.failing and self.hits >= self.hits_needed:
            turned = self._works_again()
        self.save()
        return turned

    @transaction.atomic
    def stop(self) -> None:
        """Switched off, removed, or set to ask for something else: what it said is over, its own report with it, and
        until it looks again nothing is known from it.
        """
        self.refresh_from_db(from_queryset=Check.objects.select_for_update())
        now = clock.now()
        self._sees_again(now)
        if self.failing:
            self.first_hit_at = now
            outage = self._works_again()
            if outage is not None and outage.report is not None:
                outage.report.over_by_itself(in_both(lambda: _now("What noticed it is looked at no more: it is over.")))
        self.misses = self.hits = 0
        self.first_miss_at = self.first_hit_at = self.checked_at = None
        self.save(update_fields=["failing", "misses", "hits", "first_miss_at", "first_hit_at", "checked_at"])

    def _blind(self, why: str, at: datetime) -> None:
        """Neither a miss nor an answer.  What was said before stays until somebody can look again."""
        self.why, self.took_ms = why, None
        self.hits, self.first_hit_at = 0, None
        if not self.failing:
            self.misses, self.first_miss_at = 0, None
            if not Outage.objects.going_on().filter(check_of=self).exists():
                self._unknown(self.checked_at or at, None)
        self.save()

    def _sees_again(self, at: datetime) -> None:
        unseen = Outage.objects.going_on().filter(check_of=self, state=State.UNKNOWN)
        for one in unseen:
            one.ended_at = max(one.began_at, at)
            one.save(update_fields=["ended_at"])
            self.checked_at = at  # the gap is written down by that

    def _unknown(self, began_at: datetime, ended_at: datetime | None) -> None:
        Outage.objects.create(
            component=self.component,
            check_of=self,
            state=State.UNKNOWN,
            source=Outage.Source.CHECK,
            began_at=began_at,
            ended_at=ended_at,
        )

    def _works_again(self) -> Outage | None:
        outage = self._going()
        if outage is not None:
            outage.end(by=None, at=self.first_hit_at)
        self.failing, self.misses, self.first_miss_at = False, 0, None
        return outage

    def _going(self) -> Outage | None:
        going = Outage.objects.faults().going_on().filter(check_of=self)
        return going.select_related("report", "component").first()

    def _mind_the_gap(self, at: datetime) -> None:
        """While the desk itself stood still nobody looked; that is neither good nor lost time, and no row of misses."""
        if self.checked_at is None or at - self.checked_at <= max(BLIND, TURNS * self.turn):
            return
        if not self.failing:
            self.misses, self.first_miss_at = 0, None
            self._unknown(self.checked_at, at)
        self.hits, self.first_hit_at = 0, None


def place(address: str) -> tuple[str, int] | None:
    """`host:port` or `[v6]:port`; None for anything else."""
    host, colon, port = address.strip().rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        return None
    if any(one in host for one in "/@ ") or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        return None
    return host.strip("[]"), int(port)
