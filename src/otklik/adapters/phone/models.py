"""Where an exchange posts to, and what it signs with."""

import secrets
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models.renewed import Renewed
from otklik.desk.channels.models import Channel


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


class Exchange(Renewed):
    """`key` is a part of the address; `secret` and the one of before stand sealed."""

    begins_with = "otp_"

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="exchange", verbose_name=_("channel"))
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)

    objects: ExchangeManager = ExchangeManager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return str(self.channel)

    def secrets_at(self, now: datetime) -> list[str]:
        """Those that are believed at this moment.  Raises `Sealed` when the SECRET_KEY is another one now."""
        try:
            return super().secrets_at(now)
        except InvalidToken as error:
            raise Sealed from error


class Sealed(Exception):
    """The secret cannot be read any more: it has to be made anew."""
