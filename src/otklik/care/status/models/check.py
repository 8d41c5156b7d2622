"""A question that is put to a component again and again, and what several answers in a row mean."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.care.status.models.component import Component
from otklik.care.status.models.outage import Outage
from otklik.care.status.states import FAULTS, State
from otklik.core.journal import clock

BLIND = timedelta(minutes=15)
"""A pause between two looks that is longer, and longer than five of its turns, is time in which nobody looked."""
TURNS = 5


class CheckQuerySet(models.QuerySet["Check"]):
    def due(self) -> "CheckQuerySet":
        return self.filter(is_on=True, next_at__lte=clock.now()).order_by("next_at", "pk")


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
    def heard(self, why: str, took_ms: int | None, at: datetime) -> Outage | None:
        """One look: `why` is empty when it answered.  Returns the outage that begins or ends with it."""
        self.refresh_from_db(from_queryset=Check.objects.select_for_update())
        self._mind_the_gap(at)
        self.checked_at, self.next_at, self.took_ms, self.why = at, at + self.turn, took_ms, why
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

    def stop(self) -> None:
        """Switched off: what it said is over, and until it looks again nothing is known from it."""
        if self.failing:
            self.first_hit_at = clock.now()
            self._works_again()
        self.misses = self.hits = 0
        self.first_miss_at = self.first_hit_at = self.checked_at = None

    def _works_again(self) -> Outage | None:
        outage = self._going()
        if outage is not None:
            outage.end(by=None, at=self.first_hit_at)
        self.failing, self.misses, self.first_miss_at = False, 0, None
        return outage

    def _going(self) -> Outage | None:
        return Outage.objects.going_on().filter(check_of=self).select_related("report", "component").first()

    def _mind_the_gap(self, at: datetime) -> None:
        """While the desk itself stood still nobody looked; that is neither good nor lost time, and no row of misses."""
        if self.checked_at is None or at - self.checked_at <= max(BLIND, TURNS * self.turn):
            return
        if not self.failing:
            self.misses, self.first_miss_at = 0, None
            Outage.objects.create(
                component=self.component,
                check_of=self,
                state=State.UNKNOWN,
                source=Outage.Source.CHECK,
                began_at=self.checked_at,
                ended_at=at,
            )
        self.hits, self.first_hit_at = 0, None


def place(address: str) -> tuple[str, int] | None:
    """`host:port` or `[v6]:port`; None for anything else."""
    host, colon, port = address.strip().rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        return None
    if any(one in host for one in "/@ ") or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        return None
    return host.strip("[]"), int(port)
