"""One event of a call, as the exchange told it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.calls.models.call import Call, own_id
from otklik.desk.calls.told import Kind, Told


class CallEvent(models.Model):
    """`key` is the exchange's own name of the event: a second telling finds the same row."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="events", db_index=False)  # `told_once` begins with it
    key = models.CharField(max_length=80, default=own_id)
    kind = models.CharField(_("what"), max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    at = models.DateTimeField(_("when"))
    extension = models.CharField(_("inner number"), max_length=16, blank=True)
    number = models.CharField(_("number"), max_length=32, blank=True)
    outward = models.BooleanField(null=True)
    queue = models.CharField(_("queue"), max_length=80, blank=True)
    address = models.CharField(_("address of the recording"), max_length=500, blank=True)
    heard_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("event of a call")
        verbose_name_plural = _("events of calls")
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="call_event_told_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"

    def told(self) -> Told:
        return Told(
            kind=Kind(self.kind),
            at=self.at,
            key=self.key,
            extension=self.extension,
            number=self.number,
            outward=self.outward,
            queue=self.queue,
            address=self.address,
        )
