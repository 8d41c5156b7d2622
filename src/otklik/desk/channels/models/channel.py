"""One door of the company: a mailbox, later a messenger account or a phone number."""

from datetime import datetime

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.recent import Recent, RecentBy
from otklik.core.staff.models import Brand, Team
from otklik.desk.channels.port import chats

KEPT_SECONDS = 5.0
"""Every message asks for its channel several times; another process may see a change this much later."""

VOICE = "phone"
"""The kind of channel by which people speak."""
FORM = "form"
"""The kind of channel on which people fill in a form of ours."""
SILENT = (VOICE, FORM)
"""By these no letter leaves: what we answer goes by a mailbox."""

_known: "RecentBy[int, Channel]" = RecentBy(KEPT_SECONDS)
_own: Recent[frozenset[str]] = Recent(KEPT_SECONDS)


class ChannelQuerySet(models.QuerySet["Channel"]):
    def known(self, pk: int) -> "Channel":
        """The channel with its line and the line's working hours, at most some seconds old; not to be changed."""
        return _known.get(pk, lambda: self.select_related("team__calendar").get(pk=pk))

    def is_own(self, address: str) -> bool:
        """Whether one of our channels has this address, also with a secret part (`support+token@…`).

        As of some seconds ago.
        """
        own = _own.get(lambda: frozenset(one.lower() for one in self.values_list("address", flat=True)))
        local, _at, domain = address.lower().rpartition("@")
        return not own.isdisjoint((f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"))

    def kinds(self) -> list[str]:
        """Those that there are."""
        return sorted(set(self.values_list("kind", flat=True)))

    def open(self) -> "ChannelQuerySet":
        return self.filter(is_active=True)

    def writing(self) -> "ChannelQuerySet":
        """Open ones by which letters leave to whomever we like."""
        return self.open().exclude(kind__in=[*SILENT, *chats()])

    def for_letters(self, channel: "Channel", *, out_of_chat: bool = False) -> "Channel":
        """By which door a letter leaves where people have spoken or filled in a form: a mailbox of the line, else any.

        `out_of_chat`: it is for somebody whom a messenger does not know.
        """
        if channel.kind not in SILENT and not (out_of_chat and channel.kind in chats()):
            return channel
        written = self.writing().order_by("team__level", "pk")
        return written.filter(team=channel.team_id).first() or written.first() or channel

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
    brand = models.ForeignKey(
        Brand, models.SET_NULL, null=True, blank=True, related_name="channels", verbose_name=_("brand")
    )
    from_name = models.CharField(_("sender's name"), max_length=120, blank=True)
    signature = models.TextField(_("signature"), blank=True)
    acknowledges = models.BooleanField(_("tells the client who answers and when"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)
    trouble = models.TextField(_("trouble"), blank=True)
    trouble_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(_("last heard of"), null=True)
    rests_until = models.DateTimeField(_("sends nothing until"), null=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="one_channel_per_address")]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def shown_as(self) -> Brand:
        """The company that a client sees behind this door."""
        return Brand.objects.house().brand(self.brand_id, self.team_id)

    def rest(self, until: datetime | None) -> None:
        """It has sent as much as it may, or reaches nobody: its letters wait, in their order.  None ends that."""
        type(self).objects.filter(pk=self.pk).update(rests_until=until)

    def is_well(self) -> None:
        """The other side answered: clear any trouble."""
        type(self).objects.filter(pk=self.pk).update(trouble="", trouble_since=None, checked_at=clock.now())

    def has_trouble(self, text: str) -> None:
        """Remember what is wrong and since when; repeated calls keep the first moment."""
        now = clock.now()
        mine = type(self).objects.filter(pk=self.pk)
        mine.filter(trouble="").update(trouble_since=now)
        mine.update(trouble=text[:500], checked_at=now)


for sender in (Channel, Team, BusinessCalendar):
    for signal in (post_save, post_delete):
        signal.connect(_known.changed, sender=sender)
        signal.connect(_own.changed, sender=sender)
