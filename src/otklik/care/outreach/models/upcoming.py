"""Something that is known to come for a client on a day, and the notice of it (METRICS V25)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Client, ClientEvent, Contact, Subscription
from otklik.desk.conversations.models import Message

if TYPE_CHECKING:
    from otklik.care.outreach.models.policy import OutreachPolicy


RUNS = (Subscription.State.TRIAL, Subscription.State.ACTIVE)


class Kind(models.TextChoices):
    TRIAL = "trial", _("a trial ends")
    CONTRACT = "contract", _("a product or contract ends")
    BALANCE = "balance", _("the balance runs out")


class Dropped(models.TextChoices):
    """Why it does not come on that day any more: it is no event then, told or not."""

    MOVED = "moved", pgettext_lazy("date", "the date was moved")
    ENDED = "ended", _("it ended or was paused before")


class UpcomingQuerySet(models.QuerySet["Upcoming"]):
    def standing(self) -> "UpcomingQuerySet":
        return self.filter(dropped="")

    def ahead(self, today: date) -> "UpcomingQuerySet":
        """Still to come, the nearest first.

        What ended or was renewed on its very day stands as an event that has come, and nobody is told of it any more.
        """
        runs_out = models.Q(subscription__state__in=RUNS, subscription__ends_on=models.F("on"))
        return self.standing().filter(runs_out | models.Q(subscription=None), on__gte=today).order_by("on", "pk")

    def with_fate(self) -> "UpcomingQuerySet":
        """With what is needed to say who and what it is, and whether the letter has arrived."""
        beside = ("contact", "client", "subscription__product", "message__outbound", "told_by")
        return self.select_related(*beside).defer(
            "message__search", "message__text", "message__html", "message__outbound__raw"
        )


class Upcoming(models.Model):
    """One event of one holder on one day, known from a product's last day or from a program (`ClientEvent`).

    `lead_days` are those by which a notice had to be sent when it became known.  `held_back` is a code: why the last
    try to write did not lead to a letter.
    """

    kind = models.CharField(_("what comes"), max_length=8, choices=Kind)
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+", verbose_name=_("contact"))
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+", verbose_name=_("organisation"))
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, related_name="+", db_index=False)
    event = models.OneToOneField(ClientEvent, models.CASCADE, null=True, related_name="+")
    on = models.DateField(_("on day"))
    lead_days = models.PositiveSmallIntegerField()
    known_at = models.DateTimeField(_("known since"), default=clock.now)
    dropped = models.CharField(max_length=5, choices=Dropped, blank=True, default="")
    told_at = models.DateTimeField(_("written"), null=True)
    told_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    held_back = models.CharField(max_length=12, blank=True, default="")

    objects = UpcomingQuerySet.as_manager()

    class Meta:
        verbose_name = _("event ahead of a client")
        verbose_name_plural = _("events ahead of clients")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "on"], name="upcoming_once"),
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="upcoming_has_one_holder",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="upcoming_on", condition=models.Q(dropped=""))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @property
    def in_time_until(self) -> date:
        """The last day on which a notice is in time."""
        return self.on - timedelta(days=self.lead_days)

    @property
    def was_predictable(self) -> bool:
        """Known early enough for a notice in time; of what nobody could have told earlier nothing is said."""
        return clock.house_day(self.known_at) <= self.in_time_until

    @property
    def arrived(self) -> bool:
        """The other side took the letter, and it has not come back."""
        return self._outbound is not None and self._outbound.state == Outbound.State.SENT

    @property
    def failed(self) -> bool:
        return self._outbound is not None and self._outbound.state == Outbound.State.FAILED

    @property
    def is_covered(self) -> bool:
        """Told in time, and it arrived."""
        sent: datetime | None = self._outbound.sent_at if self._outbound else None
        return self.arrived and sent is not None and clock.house_day(sent) <= self.in_time_until

    @property
    def _outbound(self) -> Outbound | None:
        return self.message.outbound if self.message else None

    @property
    def holder(self) -> Contact | Client:
        found = self.contact or self.client
        assert found is not None  # a constraint
        return found

    @property
    def about(self) -> str:
        """The product and its plan, as they are called to the client."""
        if self.subscription is None:
            return ""
        return " · ".join(filter(None, [self.subscription.product.name, self.subscription.plan]))

    def is_due(self, today: date, policy: "OutreachPolicy") -> bool:
        """It is time to write."""
        return not self.dropped and self.told_at is None and today >= self.on - timedelta(days=policy.begin_days)
