"""One table for the timeline, the audit trail and the triggers."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.journal.once import Once


class TransactionId(models.Func):
    """Number of the running transaction: lets a reader skip rows whose neighbours are not committed yet."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class OldestRunning(models.Func):
    """Number of the oldest transaction that has not ended."""

    template = "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"
    output_field = models.BigIntegerField()


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, noun: str, pk: int) -> "EntryQuerySet":
        """The story of one object, oldest first."""
        return self.filter(about=noun, about_id=pk).order_by("id")

    def settled_after(self, entry_id: int) -> "EntryQuerySet":
        """Entries past a watermark that no running transaction can still precede."""
        return self.filter(id__gt=entry_id, tx__lt=OldestRunning())


class Entry(models.Model):
    """One thing that happened: what, to which object, by whom and because of what.

    `kind` is the name of the news ("tickets.TicketOpened"), `data` its plain fields, `about`/`about_id` the object
    whose timeline it belongs to ("ticket", 4817).  Rows are only ever added.
    """

    at = models.DateTimeField(_("when"), default=clock.now)
    kind = models.CharField(_("what"), max_length=80)
    about = models.CharField(_("about"), max_length=24, blank=True)
    about_id = models.BigIntegerField(null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    cause = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("because of"))
    data = models.JSONField(default=dict)
    tx = models.BigIntegerField(db_default=TransactionId())

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["about", "about_id", "id"], name="entry_story"),
            # Rows are only added, so a few bytes for each stretch of them find those of a span of time.
            BrinIndex(fields=["at"], name="entry_at", autosummarize=True, pages_per_range=16),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.about_id or ''}".strip()


__all__ = ["Entry", "Notice", "NoticeKind", "Once"]
