"""Everything of another desk at once: its files or its address, and the imports that come of them."""

from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel


class Takeover(models.Model):
    """Files of a desk are read once; then its parts (`Import`) are checked and brought in one after the other.

    `source` keeps two desks of one system apart, whose numbers are the same; "" is the first or the only one.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("read, nothing is brought in yet")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("looked through")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("brought in")
        FAILED = "failed", _("failed")

    system = models.CharField(_("from which system"), max_length=40)
    source = models.CharField(_("which one of them"), max_length=40, blank=True, default="", db_default="")
    address = models.CharField(_("address"), max_length=300, blank=True)
    token = models.TextField(blank=True, editable=False)
    """Sealed, and forgotten when everything is read."""
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    trouble = models.CharField(_("what went wrong"), max_length=500, blank=True)
    read = models.BigIntegerField(_("records read"), default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("move from another desk")
        verbose_name_plural = _("moves from other desks")

    def __str__(self) -> str:
        return f"{self.system} {self.pk}"

    @property
    def names(self) -> str:
        """Whose identifiers its records carry (`ExternalId.source`)."""
        return self.source or self.system

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.READING, self.State.CHECKING, self.State.RUNNING)

    @property
    def is_read(self) -> bool:
        return self.parts.exists()

    @property
    def folder(self) -> Path:
        """Where its files, and what was read of them, lie until its parts are written."""
        return Path(settings.MEDIA_ROOT) / "imports" / "desks" / str(self.pk)

    def stand(self, state: str, trouble: str = "") -> None:
        self.state, self.trouble = state, trouble[:500]
        self.save(update_fields=["state", "trouble"])

    @transaction.atomic
    def begin(self, *, dry: bool) -> None:
        """All parts from the first row, or on from where they were stopped; what was not read is read first."""
        if not self.is_read:
            self.stand(self.State.READING)
            return
        goes_on = not dry and any(part.can_go_on or part.state == part.State.DONE for part in self.parts.all())
        if not (goes_on and self.state in (self.State.STOPPED, self.State.FAILED)):
            self.parts.update(state="draft", trouble="")
        self.stand(self.State.CHECKING if dry else self.State.RUNNING)

    @transaction.atomic
    def stop(self) -> None:
        for part in self.parts.all():
            part.stop()
        going = (self.State.READING, self.State.CHECKING, self.State.RUNNING)
        type(self).objects.filter(pk=self.pk, state__in=going).update(state=self.State.STOPPED)
        self.refresh_from_db(fields=["state"])
