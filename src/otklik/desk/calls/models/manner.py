"""How a line of the telephone is answered."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel


class MannerManager(models.Manager["Manner"]):
    def of(self, channel_id: int) -> "Manner":
        """The row of a channel; what nobody has set is as it was delivered."""
        return self.filter(channel=channel_id).first() or Manner(channel_id=channel_id)


class Manner(models.Model):
    """Times of one channel: seconds to answer and to write after a call, working minutes until we call back."""

    channel = models.OneToOneField(Channel, models.CASCADE, related_name="manner", verbose_name=_("channel"))
    answer_within = models.PositiveSmallIntegerField(
        _("answered within, seconds"), default=20, validators=[MinValueValidator(5), MaxValueValidator(600)]
    )
    wrap_seconds = models.PositiveSmallIntegerField(
        _("time for the result, seconds"), default=30, validators=[MinValueValidator(0), MaxValueValidator(900)]
    )
    call_back_minutes = models.PositiveSmallIntegerField(
        _("call back within, working minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )

    objects: MannerManager = MannerManager()

    class Meta:
        verbose_name = _("manner of answering")
        verbose_name_plural = _("manners of answering")

    def __str__(self) -> str:
        return str(self.channel)
