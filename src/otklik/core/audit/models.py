"""The lines of the audit trail and the seals of its chain.  Neither is ever changed: the database refuses it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("did not succeed")


class DoorKind(models.TextChoices):
    """Through which door it came; the database itself is the door of jobs and of bare SQL."""

    PAGE = "page", _("page")
    API = "api", _("program")
    CONSOLE = "console", _("console")
    DATABASE = "database", _("the product itself")


class Line(models.Model):
    """One privileged act or refusal.

    `kind` is the name of the news ("staff.PersonLeft"), or how a row changed ("row.update"), or what the door saw
    ("door", "refused").  `about` names the table or the page, `about_id` its row.  `before` and `after` hold what
    changed: figures, dates, references and codes; of words and secrets only that they changed.
    """

    at = models.DateTimeField(_("when"), db_default=Now())
    kind = models.CharField(_("what"), max_length=80)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.DONE)
    about = models.CharField(_("about"), max_length=80, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,  # a line outlives whatever it names
        verbose_name=_("who"),
    )
    program_id = models.BigIntegerField(null=True)
    door = models.CharField(_("door"), max_length=8, choices=DoorKind, default=DoorKind.DATABASE)
    address = models.CharField(_("address"), max_length=45, blank=True)
    session = models.CharField(max_length=16, blank=True)
    call = models.CharField(max_length=16, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    entry_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("line of the audit trail")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["at"], name="audit_line_at"),
            models.Index(fields=["actor", "-id"], name="audit_line_actor"),
            models.Index(fields=["call"], name="audit_line_call", condition=~models.Q(call="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} {self.about_id}".strip()


class Seal(models.Model):
    """A link of the chain: the number of a line and a keyed digest of it and of the link before.

    Numbers have no gaps, although those of lines may: a transaction that is rolled back uses one up.
    `key` says with which key it was made, not the key.
    """

    number = models.BigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, models.DO_NOTHING, related_name="seal", db_constraint=False)
    mac = models.CharField(max_length=64)
    key = models.CharField(max_length=8)

    class Meta:
        verbose_name = _("seal of the audit trail")
        verbose_name_plural = _("seals of the audit trail")

    def __str__(self) -> str:
        return f"{self.number} {self.mac[:12]}"
