"""One file, and how far it has been brought in."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.imports.events import ImportFinished
from otklik.desk.imports.models.takeover import Takeover
from otklik.desk.imports.reading import Unreadable

COUNTS = ("new", "changed", "same", "wrong")


class Import(models.Model):
    """A file of one kind with its mapping; `position` is the number of rows whose fate is settled and stored.

    `checked` are the counts of the last dry run, `counts` those of the import itself.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("looked through")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("brought in")
        FAILED = "failed", _("failed")

    class Kind(models.TextChoices):
        CONTACTS = "contacts", _("clients")
        ORGANISATIONS = "organisations", _("organisations")
        PRODUCTS = "products", _("products")
        TICKETS = "tickets", _("requests")
        SUBSCRIPTIONS = "subscriptions", _("products of clients")
        PAYMENTS = "payments", _("payments")
        OUTSIDE = "outside", _("answers of an independent survey")

    kind = models.CharField(_("what it holds"), max_length=16, choices=Kind)
    source = models.CharField(_("from which system"), max_length=40, default="file")
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=300)
    name = models.CharField(_("name of the file"), max_length=255)
    mapping = models.JSONField(_("which column is what"), default=dict)
    looked = models.JSONField(default=dict, editable=False)
    """Its columns with examples and its first rows, read once when the file came."""
    takeover = models.ForeignKey(
        Takeover, models.CASCADE, null=True, editable=False, related_name="parts", verbose_name=_("move")
    )
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    trouble = models.CharField(_("what went wrong"), max_length=500, blank=True)
    position = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Raises Unreadable where the file went with a person who was erased, or by its term."""
        if not self.file:
            raise Unreadable(_now("The file was removed, for it held data of people. Hand it over anew."))
        return Path(settings.MEDIA_ROOT) / str(self.file.name)

    @property
    def is_going(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.RUNNING)

    @property
    def told(self) -> dict[str, int]:
        """The counts that hold in this state."""
        dry = self.state in (self.State.CHECKING, self.State.CHECKED) or not self.counts
        found: dict[str, Any] = self.checked if dry else self.counts
        return {name: int(found.get(name, 0)) for name in COUNTS}

    @property
    def can_go_on(self) -> bool:
        """Some rows are brought in, and the next one is known."""
        return self.state in (self.State.STOPPED, self.State.FAILED) and 0 < self.position == sum(self.counts.values())

    @transaction.atomic
    def begin(self, *, dry: bool) -> None:
        """From the first row, or on from where it was stopped; a dry run always looks at all."""
        if dry or not self.can_go_on:
            self.problems.all().delete()
            self.position, self.started_at, self.ended_at = 0, clock.now(), None
            setattr(self, "checked" if dry else "counts", dict.fromkeys(COUNTS, 0))
        self.state, self.trouble = self.State.CHECKING if dry else self.State.RUNNING, ""
        self.save()

    @transaction.atomic
    def stop(self) -> None:
        """What is brought in stays; it can go on later."""
        type(self).objects.filter(pk=self.pk, state__in=(self.State.CHECKING, self.State.RUNNING)).update(
            state=self.State.STOPPED
        )
        self.refresh_from_db(fields=["state"])

    @transaction.atomic
    def finish(self) -> None:
        """Every row has its fate."""
        dry = self.state == self.State.CHECKING
        self.state, self.ended_at = self.State.CHECKED if dry else self.State.DONE, clock.now()
        self.save(update_fields=["state", "ended_at"])
        if not dry:
            publish(ImportFinished(import_id=self.pk, what=self.kind, name=self.name, **self.told), by=self.by)

    def fail(self, words: str) -> None:
        self.state, self.trouble = self.State.FAILED, words[:500]
        self.save(update_fields=["state", "trouble"])
