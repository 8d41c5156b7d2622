"""Programs of others that hear our news."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.desk.automation.models.called import Called
from otklik.desk.automation.models.rule import KEPT_SECONDS
from otklik.desk.tickets.models import Ticket


class EndpointManager(models.Manager["Endpoint"]):
    def in_force(self) -> "models.QuerySet[Endpoint]":
        return self.filter(is_active=True, paused_at=None)

    def heard(self) -> frozenset[str]:
        """Names of the events that some endpoint wants, as they were some seconds ago."""
        return Endpoint.in_use.get(self._wanted)

    def _wanted(self) -> frozenset[str]:
        return frozenset(name for events in self.in_force().values_list("events", flat=True) for name in events)


class Endpoint(Called):
    """A program that hears of `events`; `paused_at` is when it was given up."""

    begins_with = "otw_"
    in_use: ClassVar[Recent[frozenset[str]]] = Recent(KEPT_SECONDS)

    name = models.CharField(_("name"), max_length=120)
    events = ArrayField(models.CharField(max_length=20), verbose_name=_("events"), default=list, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)

    objects: EndpointManager = EndpointManager()

    class Meta(Called.Meta):
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    @property
    def state(self) -> str:
        """on, off or paused."""
        return "paused" if self.paused_at else "on" if self.is_active else "off"

    def keep(self, by: User) -> None:
        """What a person has set; neither the secrets nor how its calls went, which may have changed meanwhile."""
        self.changed_by, self.changed_at = by, clock.now()
        self.save(update_fields=["name", "url", "events", "changed_by", "changed_at"])

    def switch(self, on: bool) -> None:
        """On or off; switching on ends a pause."""
        self.is_active, self.paused_at, self.failing_since = on, None, None
        self.save(update_fields=["is_active", "paused_at", "failing_since"])


class Delivery(models.Model):
    """One call: the exact bytes that are signed, and what came of each try (`{"at", "status", "detail"}`).

    `tries_before` are those before somebody sent it again, from when on its pauses are counted anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("on its way")
        DELIVERED = "delivered", _("delivered")
        DEAD = "dead", _("given up")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="+", db_index=False)
    event = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    tries = models.JSONField(default=list)
    tries_before = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("call of a webhook")
        verbose_name_plural = _("calls of webhooks")
        constraints = [models.UniqueConstraint(fields=["endpoint", "key"], name="called_once_for_each_news")]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="delivery_of_endpoint"),
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["at"], name="delivery_at"),
            models.Index(fields=["ticket"], name="delivery_of_ticket", condition=models.Q(ticket__isnull=False)),
        ]

    @property
    def last(self) -> dict[str, Any] | None:
        return self.tries[-1] if self.tries else None
