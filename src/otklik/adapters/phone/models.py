"""Where an exchange posts to, and what it signs with."""

import secrets
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff import seal
from otklik.desk.channels.models import Channel

BOTH_SECRETS = timedelta(days=3)
"""How long the secret of before is believed beside the new one."""


def new_key() -> str:
    """Nobody finds the address by guessing, before any signature is looked at."""
    return secrets.token_hex(16)


class ExchangeManager(models.Manager["Exchange"]):
    def of(self, channel: Channel) -> "Exchange | None":
        return self.filter(channel=channel).first() if channel.pk else None

    def of_hook(self, key: str) -> "Exchange | None":
        """That of an open channel; None for a stranger's key, a closed channel and one without a secret."""
        found = self.select_related("channel__team").filter(key=key[:32], channel__is_active=True)
        return found.exclude(secret="").first()


class Exchange(models.Model):
    """`key` is a part of the address; `secret` and the one of before stand sealed."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="exchange", verbose_name=_("channel"))
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    secret = models.TextField(editable=False)
    old_secret = models.TextField(blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)

    objects: ExchangeManager = ExchangeManager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return str(self.channel)

    @transaction.atomic
    def renew_secret(self) -> str:
        """A new secret, told once; the one of before is believed beside it for some days.  A new row is stored."""
        told, own = f"otp_{secrets.token_urlsafe(32)}", ["secret", "old_secret", "old_until"]
        if self.pk:
            self.refresh_from_db(fields=own, from_queryset=Exchange.objects.select_for_update())
            self.old_secret, self.old_until = self.secret, clock.now() + BOTH_SECRETS
        self.secret = seal.close(told)
        self.save(update_fields=own if self.pk else None)
        return told

    def secrets_at(self, now: datetime) -> list[str]:
        """Those that are believed at this moment.  Raises `Sealed` when the SECRET_KEY is another one now."""
        old = [self.old_secret] if self.old_secret and self.old_until and self.old_until > now else []
        try:
            return [seal.open_(one) for one in (self.secret, *old)]
        except InvalidToken as error:
            raise Sealed from error


class Sealed(Exception):
    """The secret cannot be read any more: it has to be made anew."""
