"""Where an exchange posts to, and what it signs with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff import seal
from otklik.core.staff.models.renewed import Renewed
from otklik.desk.channels.models import Channel


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
    key = models.CharField(max_length=32, unique=True, default=seal.new_key, editable=False)

    objects: ExchangeManager = ExchangeManager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return str(self.channel)
