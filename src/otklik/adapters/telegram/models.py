"""A bot, how far each of our messages has got, and files that wait to be read."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff import seal
from otklik.desk.channels.models import Channel, Inbound, Outbound

API = "https://api.telegram.org"
NUMBERS_HOLD = timedelta(days=6)
"""After a week without news Telegram begins to count anew: what was counted before is asked for no more."""
BEAT = timedelta(minutes=1)
"""How often a bot that works says so on its channel."""
PAUSES = (5, 15, 60, 300)
"""Seconds after a failed try, the last one for all further ones."""


class Way(models.TextChoices):
    POLLING = "polling", _("we ask Telegram for news: works behind any firewall")
    WEBHOOK = "webhook", _("Telegram posts news to us: needs an address that it reaches by https")


class BotManager(models.Manager["Bot"]):
    def of(self, channel: Channel) -> "Bot | None":
        return self.select_related("channel").filter(channel=channel.pk).first() if channel.pk else None

    def of_hook(self, key: str) -> "Bot | None":
        """None for a stranger's key, a closed channel, and a bot that is not posted to."""
        open_ = self.select_related("channel").filter(channel__is_active=True, way=Way.WEBHOOK)
        return open_.exclude(hook_secret="").filter(key=key[:32]).first()

    def working(self, *ways: str) -> "models.QuerySet[Bot]":
        """Those with a token, on an open channel; of any way, or of these."""
        found = self.select_related("channel").filter(channel__is_active=True, way__in=ways or Way.values)
        return found.exclude(token_secret="")


class Bot(models.Model):
    """`name` is the bot's own, without @.  Without a token nothing leaves and nothing comes in.

    `offset` is the number of the next update that polling asks for; `hooked_at` when Telegram was told our address,
    `hooked_to` which one.
    """

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="bot", verbose_name=_("channel"))
    number = models.BigIntegerField(default=0, editable=False)
    name = models.CharField(max_length=64, blank=True, editable=False)
    token_secret = models.TextField(blank=True, editable=False)
    way = models.CharField(_("how messages come in"), max_length=8, choices=Way, default=Way.POLLING)
    api = models.CharField(_("address of the Bot API"), max_length=200, default=API)
    greeting_ru = models.TextField(_("greeting in Russian"), blank=True)
    greeting_en = models.TextField(_("greeting in English"), blank=True)
    key = models.CharField(max_length=32, unique=True, default=seal.new_key, editable=False)
    hook_secret = models.TextField(blank=True, editable=False)
    hooked_at = models.DateTimeField(null=True, editable=False)
    hooked_to = models.CharField(max_length=400, blank=True, default="", db_default="", editable=False)
    offset = models.BigIntegerField(default=0, editable=False)
    offset_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects: BotManager = BotManager()

    class Meta:
        verbose_name = _("bot")
        verbose_name_plural = _("bots")

    def __str__(self) -> str:
        return f"@{self.name}" if self.name else str(self.channel)

    @property
    def token(self) -> str:
        """Empty where none was entered.  Raises seal.Sealed."""
        return seal.open_(self.token_secret, self._place("token"))

    @token.setter
    def token(self, text: str) -> None:
        self.token_secret = seal.close(text, self._place("token"))

    @property
    def hook_proof(self) -> str:
        """What Telegram repeats in the head of each post.  Raises seal.Sealed."""
        return seal.open_(self.hook_secret, self._place("hook"))

    def _has_proof(self) -> bool:
        try:
            return bool(self.hook_proof)
        except seal.Sealed:
            return False

    def _place(self, field: str) -> str:
        return f"telegram:{self.key}:{field}"

    def configured(self) -> None:
        """Saved with new settings: whoever works with it begins anew."""
        if self.way == Way.WEBHOOK and not self._has_proof():
            self.hook_secret = seal.close(secrets.token_urlsafe(32), self._place("hook"))
        self.hooked_at, self.tries, self.next_try_at, self.changed_at = None, 0, None, clock.now()
        self.save()

    @property
    def next_update(self) -> int:
        """0 asks for whatever Telegram has."""
        fresh = self.offset_at is not None and self.offset_at > clock.now() - NUMBERS_HOLD
        return self.offset if fresh else 0

    def took(self, last_update: int) -> None:
        """Everything up to this one is stored.

        Whoever asked with settings that are others by now says nothing: another bot counts in numbers of its own.
        """
        self.offset, self.offset_at = last_update + 1, clock.now()
        mine = type(self).objects.filter(pk=self.pk, changed_at=self.changed_at)
        mine.update(offset=self.offset, offset_at=self.offset_at)

    def works(self) -> None:
        """Telegram answered, or posted; said on the channel once a minute."""
        if self.tries:
            self.tries, self.next_try_at = 0, None
            self.save(update_fields=["tries", "next_try_at"])
        channel = self.channel
        if channel.trouble or channel.checked_at is None or channel.checked_at < clock.now() - BEAT:
            channel.is_well()

    def sent(self) -> None:
        """A message of ours left; that says nothing of whether theirs come in."""
        self.refresh_from_db(fields=["tries"])  # a long file may lie between: whoever asks can have failed meanwhile
        if not self.tries:
            self.channel.refresh_from_db(fields=["trouble", "checked_at"])
            self.works()

    def failed(self, words: str) -> None:
        """The channel shows why; the next try comes after a pause that grows."""
        self.tries = min(self.tries + 1, 100)
        pause = PAUSES[min(self.tries, len(PAUSES)) - 1]
        self.next_try_at = clock.now() + timedelta(seconds=pause)
        self.save(update_fields=["tries", "next_try_at"])
        self.channel.has_trouble(words)

    def hurry(self) -> None:
        """It is asked, or told where to post, at once, and not at the end of its pause."""
        type(self).objects.filter(pk=self.pk).update(next_try_at=None, hooked_at=None)

    def rests(self, now: datetime) -> float:
        """Seconds until the next try."""
        return max(0.0, (self.next_try_at - now).total_seconds()) if self.next_try_at else 0.0


class Part(models.Model):
    """A piece of a message of ours that Telegram has: a second try goes on behind it."""

    outbound = models.ForeignKey(Outbound, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    message = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbound", "position"], name="one_part_at_a_place")]
        indexes = [models.Index(fields=["message"], name="telegram_part_message")]


class Fetched(models.Model):
    """A file of a message that is not read yet; it is gone when the message is."""

    inbound = models.OneToOneField(Inbound, models.CASCADE, related_name="+")
    content = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
