"""One door of the company: a mailbox, later a messenger account or a phone number."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team


class ChannelQuerySet(models.QuerySet["Channel"]):
    def open(self) -> "ChannelQuerySet":
        return self.filter(is_active=True)

    def troubled(self) -> "ChannelQuerySet":
        return self.open().exclude(trouble="")


class Channel(models.Model):
    """A door: its kind, its address and the line behind it.

    `trouble` is what is wrong now, in words for an administrator; empty when all is well.
    """

    kind = models.CharField(_("kind"), max_length=12)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=320)
    team = models.ForeignKey(Team, models.PROTECT, related_name="channels", verbose_name=_("line"))
    from_name = models.CharField(_("sender's name"), max_length=120, blank=True)
    signature = models.TextField(_("signature"), blank=True)
    acknowledges = models.BooleanField(_("tells the client who answers and when"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)
    trouble = models.TextField(_("trouble"), blank=True)
    trouble_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(_("last heard of"), null=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_channel_per_address")]

    def __str__(self) -> str:
        return self.name or self.address

    def is_well(self) -> None:
        """The other side answered: clear any trouble."""
        type(self).objects.filter(pk=self.pk).update(trouble="", trouble_since=None, checked_at=clock.now())

    def has_trouble(self, text: str) -> None:
        """Remember what is wrong and since when; repeated calls keep the first moment."""
        now = clock.now()
        mine = type(self).objects.filter(pk=self.pk)
        mine.filter(trouble="").update(trouble_since=now)
        mine.update(trouble=text[:500], checked_at=now)
