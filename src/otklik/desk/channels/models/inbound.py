"""What came in, as it came."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.bare import run
from otklik.core.journal.rows import every
from otklik.desk.channels.models.channel import Channel

TRIES = 3
OLD_MAIL = "import:"
"""How the source of old mail begins."""


JOINED = ("opened", "appended")
"""Outcomes of what became a message of a conversation."""


TAKE_NEXT = """
SELECT i.*, i.external_id <> '' AND EXISTS (
    SELECT FROM channels_inbound same
    WHERE same.external_id = i.external_id AND same.external_id <> '' -- or the index of identifiers does not serve
        AND same.channel_id = i.channel_id AND same.id <> i.id
) AS identifier_reused
FROM channels_inbound i
WHERE state = 'accepted' AND (not_before IS NULL OR not_before <= %s)
ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s::text || '/' || %s, 0))"
READ = """
UPDATE channels_inbound SET state = %s, outcome = %s, automatic = %s, reason = '' WHERE id = %s
"""
"""Bare SQL: these statements run for every message, and the ORM needs four times as long for them."""


class InboundQuerySet(models.QuerySet["Inbound"]):
    def waiting(self) -> "InboundQuerySet":
        return self.filter(state=Inbound.State.ACCEPTED)

    def quarantined(self) -> "InboundQuerySet":
        return self.filter(state=Inbound.State.QUARANTINED)

    def take_next(self) -> "Inbound | None":
        """Lock the oldest unread message that nobody else is reading; call inside a transaction.

        It comes with its channel, that with its line and working hours, and with whether another message claims the
        same identifier.
        """
        taken = next(iter(every(Inbound, TAKE_NEXT, clock.now())), None)
        if taken is not None:
            taken.channel = Channel.objects.known(taken.channel_id)
        return taken


class Inbound(models.Model):
    """One message as it arrived: raw bytes first, everything else follows from them.

    `content_hash` covers the identifier, the visible headers and the body, not the marks of the way: a repeated
    delivery has the same hash on the same channel and is stored once.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        READ = "read", _("read")
        QUARANTINED = "quarantined", _("in quarantine")
        DISMISSED = "dismissed", _("dismissed")

    # `received_once` begins with it
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"), db_index=False)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    envelope_from = models.CharField(_("envelope sender"), max_length=1000, blank=True)
    envelope_to = models.JSONField(_("envelope recipients"), default=list)
    external_id = models.CharField(_("identifier of the sender's system"), max_length=500, blank=True)
    content_hash = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    raw = models.BinaryField()
    source = models.CharField(_("how it came"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ACCEPTED)
    outcome = models.CharField(_("what became of it"), max_length=20, blank=True)
    automatic = models.CharField(_("automatic"), max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    not_before = models.DateTimeField(null=True)
    reason = models.TextField(_("why in quarantine"), blank=True)
    let_in = models.BooleanField(_("let in by a person"), default=False)

    identifier_reused = False
    """Filled by `take_next()`: another message of the channel has the same identifier and other content."""

    objects = InboundQuerySet.as_manager()

    class Meta:
        verbose_name = _("received message")
        verbose_name_plural = _("received messages")
        constraints = [
            models.UniqueConstraint(fields=["channel", "content_hash"], name="received_once"),
        ]
        indexes = [
            models.Index(fields=["external_id"], name="inbound_identifier", condition=~models.Q(external_id="")),
            models.Index(fields=["id"], name="inbound_waiting", condition=models.Q(state="accepted")),
            models.Index(fields=["id"], name="inbound_quarantine", condition=models.Q(state="quarantined")),
            # Erasure asks who sent what became no message; terms of keeping ask for spans of time.
            models.Index(Upper("envelope_from"), name="inbound_apart", condition=~models.Q(outcome__in=JOINED)),
            BrinIndex(fields=["received_at"], name="inbound_received", autosummarize=True, pages_per_range=16),
        ]

    def __str__(self) -> str:
        return self.external_id or f"#{self.pk}"

    @property
    def is_old_mail(self) -> bool:
        """Brought in from files or from a mailbox's past: nobody waits for an answer from a machine."""
        return self.source.startswith(OLD_MAIL)

    def wait_for_earlier(self, identifiers: Sequence[str]) -> None:
        """Return when earlier messages of these identifiers, which others are reading just now, have been read.

        Call it before anything else is locked, for whoever reads the earlier one may need just that: two letters of
        somebody new both bring their sender.
        """
        earlier = type(self).objects.waiting().filter(pk__lt=self.pk, external_id__in=identifiers)
        list(earlier.select_for_update().order_by("pk").values_list("pk", flat=True))

    def wait_for_turn(self) -> None:
        """In a chat: return when what its sender wrote before, which others are reading just now, has been read.

        Nobody reads another word of theirs from then on.  What nobody is reading, as what waits for its file, is not
        waited for.  Call it before anything else is locked.  The latest is waited for first: so whoever waits holds
        only what is later than the one it waits for, and no two readers wait for each other.
        """
        earlier = type(self).objects.waiting().filter(pk__lt=self.pk, channel=self.channel_id)
        list(earlier.filter(envelope_from=self.envelope_from).select_for_update().order_by("-pk").values_list("pk"))
        run(TURN, [self.channel_id, self.envelope_from])

    def done(self, outcome: str, automatic: str = "") -> None:
        """Read to the end; `outcome` says what it became (opened, appended), `automatic` what machine wrote it."""
        self.state, self.outcome, self.automatic, self.reason = self.State.READ, outcome, automatic[:20], ""
        run(READ, [self.state, self.outcome, self.automatic, self.pk])

    def failed(self, reason: str, *, for_good: bool = False) -> None:
        """One more try was in vain; after the third, or at once when it is for good, to quarantine."""
        self.tries += 1
        self.reason, self.state, self.outcome = reason[:2000], self.State.ACCEPTED, ""
        if for_good or self.tries >= TRIES:
            self.state = self.State.QUARANTINED
        else:
            self.not_before = clock.now() + timedelta(seconds=5**self.tries)
        self.save(update_fields=["tries", "reason", "state", "outcome", "not_before"])

    @transaction.atomic
    def release(self) -> None:
        """Out of quarantine, to be read again from the start; no rule keeps it out any more."""
        self.state, self.tries, self.not_before, self.let_in = self.State.ACCEPTED, 0, None, True
        self.save(update_fields=["state", "tries", "not_before", "let_in"])

    def dismiss(self) -> None:
        """An administrator decided that it is of no use; the bytes stay."""
        self.state = self.State.DISMISSED
        self.save(update_fields=["state"])
