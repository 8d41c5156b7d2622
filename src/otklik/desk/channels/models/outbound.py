"""What goes out, and what became of it."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.channels.models.channel import Channel
from otklik.desk.channels.recipients import open_of

PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]
GIVE_UP_AFTER = timedelta(days=3)
SEEN = "seen"
"""What the other side says where it can tell that a person has the message before their eyes."""


class OutboundQuerySet(models.QuerySet["Outbound"]):
    def due(self, at: datetime) -> "OutboundQuerySet":
        """Ready rows whose moment has come."""
        return self.filter(state=Outbound.State.READY, not_before__lte=at)

    def resting(self, channel: Channel) -> "OutboundQuerySet":
        """Due, but the channel has sent as much as it may by now."""
        now = clock.now()
        return self.due(now).filter(channel=channel, channel__rests_until__gt=now)

    def seen(self) -> int:
        """Those that were sent were read; returns of how many nobody knew that."""
        return self.filter(state=Outbound.State.SENT).exclude(detail=SEEN).update(detail=SEEN)

    def in_trouble(self) -> "OutboundQuerySet":
        return self.filter(state__in=(Outbound.State.FAILED, Outbound.State.UNCERTAIN))


class Outbound(models.Model):
    """One outgoing message: its bytes are fixed here and every attempt sends the same ones.

    `sending` is committed before a connection is opened, and `leaving_at` before the first moment at which the letter
    could arrive.  A row found in `sending` after a crash goes back to `ready` when it was not leaving yet; else nobody
    knows: it becomes `uncertain` and a person decides.

    `fates` says what became of it for each recipient where that is not the same for all (see `channels.recipients`);
    `sent_at` is when the first of them had it.
    """

    class State(models.TextChoices):
        READY = "ready", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        UNCERTAIN = "uncertain", _("delivery uncertain")
        CANCELLED = "cancelled", _("taken back")

    class Kind(models.TextChoices):
        REPLY = "reply", _("reply")
        AUTO = "auto", _("acknowledgement")
        SURVEY = "survey", _("survey")
        NOTIFY = "notify", _("notice")
        FORWARD = "forward", _("forwarded to a third party")
        PRESS = "press", _("answer to a pressed button")
        NEWS = "news", _("news of the service")

    BY_PEOPLE = (Kind.REPLY, Kind.FORWARD)

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    external_id = models.CharField(_("identifier"), max_length=200, unique=True)
    sender = models.CharField(_("envelope sender"), max_length=320, blank=True)
    recipients = models.JSONField(_("recipients"))
    first_recipient = models.CharField(max_length=320)
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    raw = models.BinaryField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READY)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), default=clock.now)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    sending_since = models.DateTimeField(null=True)
    leaving_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    detail = models.TextField(_("what the other side said"), blank=True)
    server = models.CharField(_("server"), max_length=255, blank=True)
    fates = models.JSONField(_("fate for each recipient"), default=dict)
    idempotency_key = models.CharField(max_length=100, unique=True, null=True)

    objects = OutboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent message")
        verbose_name_plural = _("sent messages")
        indexes = [
            models.Index(fields=["not_before"], name="outbound_ready", condition=models.Q(state="ready")),
            models.Index(fields=["sending_since"], name="outbound_sending", condition=models.Q(state="sending")),
            models.Index(fields=["id"], name="outbound_trouble", condition=models.Q(state__in=["failed", "uncertain"])),
            models.Index(
                fields=["first_recipient", "created_at"],
                name="outbound_automatic",
                condition=~models.Q(kind="reply"),
            ),
            models.Index(
                fields=["channel", "leaving_at"], name="outbound_pace", condition=models.Q(leaving_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def open_recipients(self) -> list[str]:
        """For whom the next attempt is."""
        return open_of(self.recipients, self.fates)

    def pause_after(self, attempt: int) -> timedelta:
        return PAUSES[min(attempt, len(PAUSES)) - 1]

    def is_behind(self, turn: timedelta) -> bool:
        """In a chat the order is part of what is said: an earlier message for the same person leaves first.

        `turn` is how soon the channel looks again; what waits for its turn itself is due within one.
        """
        earlier = type(self).objects.filter(channel=self.channel_id, first_recipient=self.first_recipient)
        ready = models.Q(state=self.State.READY)
        ready &= models.Q(not_before__lte=clock.now() + turn) | models.Q(attempt__gt=0)
        return earlier.filter(ready | models.Q(state=self.State.SENDING), pk__lt=self.pk).exists()

    def leaves(self) -> bool:
        """The adapter is about to do what cannot be undone; False when the attempt is not ours any more: then stop."""
        self.leaving_at = clock.now()
        mine = type(self).objects.filter(pk=self.pk, state=self.State.SENDING, attempt=self.attempt)
        return bool(mine.update(leaving_at=self.leaving_at, sending_since=self.leaving_at))
