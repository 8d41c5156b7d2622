"""Somebody called and nobody answered: we call them, by a moment, and know whether we reached them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.calls.models.call import Call
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def owed(self) -> "CallBackQuerySet":
        return self.filter(done_at=None)

    def to(self, channel_id: int, number: str) -> "CallBack | None":
        """The one that is owed to this number, held until the transaction ends.

        Its request is held first: whoever ends that settles the call-back after it.
        """
        theirs = self.owed().filter(channel=channel_id, number=number)
        if not (found := theirs.select_related("ticket").first()):
            return None
        found.ticket.lock()
        if held := theirs.filter(pk=found.pk).select_for_update().first():
            held.ticket = found.ticket
        return held


class CallBack(models.Model):
    """Owed until somebody has spoken to the caller or the request ended.

    `due_at` is the promised moment in working time, `reached_by` the call in which we spoke; `in_time` says whether
    that was within the time in which a lost caller counts as won back.  A request has one, and those of requests that
    were joined to it.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="call_backs", verbose_name=_("request"))
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", verbose_name=_("channel"))
    number = models.CharField(_("number"), max_length=32)
    caller = models.UUIDField(null=True, editable=False)
    missed_at = models.DateTimeField(_("missed"))
    due_at = models.DateTimeField(_("call back by"))
    counts_until = models.DateTimeField(_("counts as reached until"))
    reached_by = models.ForeignKey(Call, models.SET_NULL, null=True, related_name="+", verbose_name=_("reached by"))
    in_time = models.BooleanField(default=False)
    done_at = models.DateTimeField(_("done"), null=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "number"], name="one_call_back_is_owed", condition=models.Q(done_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.number

    def settle(self, call: Call | None) -> None:
        """Reached by this call, or over without one."""
        now = clock.now()
        self.reached_by, self.done_at = call, now
        self.in_time = bool(call and (call.answered_at or now) <= self.counts_until)
        self.save(update_fields=["reached_by", "done_at", "in_time"])
