"""One request of a person about their data, and the act that remains of it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Fate
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, User
from otklik.desk.clients.models import Contact
from otklik.desk.privacy.deadlines import month_later, working_days_later
from otklik.desk.privacy.events import DataAllowed, DataAsked, DataDone, DataRefused, DataTaken

KEPT = timedelta(days=7)
"""So long can the file of an export be taken; then it is removed."""
SALT = "privacy.export"
DECIDERS = (Role.ADMIN, Role.HEAD)


class Law(models.TextChoices):
    RU = "152fz", _("152-FZ: 10 working days")
    EU = "gdpr", _("GDPR: one month")


class Confirmed(models.TextChoices):
    """How we know that it is the person who asks."""

    ADDRESS = "address", _("wrote from a known address")
    CALL = "call", _("called back on a known number")
    CABINET = "cabinet", _("signed in to their account with us")
    PAPER = "paper", _("showed a document")
    DEED = "deed", _("a representative with a power of attorney")


class Ground(models.TextChoices):
    """Why erasure is asked for."""

    WITHDRAWN = "withdrawn", _("consent is withdrawn")
    NEEDLESS = "needless", _("the purpose is reached, the contract is over")
    UNLAWFUL = "unlawful", _("we hold it without a ground")
    AUTHORITY = "authority", _("an authority demands it")


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def unanswered(self) -> "DataRequestQuerySet":
        return self.filter(state__in=(DataRequest.State.ASKED, DataRequest.State.RUNNING, DataRequest.State.FAILED))

    def spent(self) -> "DataRequestQuerySet":
        """Exports whose file nobody can take any more."""
        return self.filter(file_until__lte=clock.now()).exclude(file="")


class DataRequest(models.Model):
    """`counts` says how many rows of what were given or erased, `cursor` how far the job is.

    What it says in words about the person is erased with the person: the act keeps a number, dates, names of ours.
    Of an export, `with_notes` gives what our own people wrote for themselves as well, for the reason in `notes_why`.
    """

    class Kind(models.TextChoices):
        EXPORT = "export", _("give the data")
        ERASURE = "erasure", _("erase the data")

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a decision")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("broke off")

    class How(models.TextChoices):
        RIGHT = "right", _("by the right of the role")
        SECOND = "second", _("by a second person")
        FRESH = "fresh", _("alone, after signing in again")

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="data_requests", verbose_name=_("contact"))
    kind = models.CharField(_("what is asked for"), max_length=8, choices=Kind)
    law = models.CharField(_("by which law"), max_length=6, choices=Law, default=Law.RU)
    confirmed = models.CharField(_("how we know who asks"), max_length=10, choices=Confirmed)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    with_notes = models.BooleanField(_("with internal notes"), default=False)
    notes_why = models.TextField(_("why the notes go along"), max_length=2000, blank=True)
    ground = models.CharField(_("why"), max_length=10, choices=Ground, blank=True)
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer until"), editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    how = models.CharField(_("let happen"), max_length=6, choices=How, blank=True, editable=False)
    words = models.TextField(_("why not"), max_length=2000, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    cursor = models.JSONField(default=dict, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    trouble = models.CharField(max_length=200, blank=True, editable=False)
    file = models.FileField(max_length=200, editable=False)
    file_until = models.DateTimeField(null=True, editable=False)
    told_on = models.DateField(null=True, editable=False)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        indexes = [
            models.Index(fields=["due_on"], name="data_request_due", condition=models.Q(state__in=["asked", "failed"])),
            models.Index(fields=["file_until"], name="data_request_file", condition=models.Q(file_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}: {self.get_kind_display()}"

    @property
    def is_erasure(self) -> bool:
        return self.kind == self.Kind.ERASURE

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_late(self) -> bool:
        return self.state not in (self.State.DONE, self.State.REFUSED) and clock.today() > self.due_on

    @property
    def rows(self) -> int:
        return sum(one["rows"] for one in self.counts.values())

    @property
    def has_file(self) -> bool:
        is_made = self.state == self.State.DONE and bool(self.file)
        return is_made and self.file_until is not None and clock.now() < self.file_until

    @property
    def signature(self) -> str:
        """A part of the address of the file that cannot be guessed and does not live longer than the file."""
        return signing.TimestampSigner(salt=SALT).sign(str(self.pk))

    def is_signed(self, signature: str) -> bool:
        try:
            return signing.TimestampSigner(salt=SALT).unsign(signature, max_age=KEPT) == str(self.pk)
        except signing.BadSignature:
            return False

    @transaction.atomic
    def ask(self, *, by: User) -> "DataRequest":
        """Write it down.  Raises ValidationError, also when the same is being done for this person already."""
        self.by, self.due_on = by, due(self.law, self.asked_on)
        Contact.objects.select_for_update().get(pk=self.contact_id)
        self.full_clean(exclude=["file", "counts", "cursor"])
        if self.asked_on > clock.today():
            raise ValidationError({"asked_on": gettext("It is a day to come.")})
        if self.is_erasure and not self.ground:
            raise ValidationError({"ground": gettext("Say why.")})
        same = DataRequest.objects.unanswered().filter(contact=self.contact_id, kind=self.kind)
        if same.exists():
            raise ValidationError(gettext("This is being done for the person already."))
        self.save()
        publish(DataAsked(**self._named), by=by)
        return self

    @transaction.atomic
    def let_notes_along(self, why: str, *, by: User) -> None:
        """The archive holds internal notes too; said before it begins.

        Raises PermissionDenied for who decides nothing, ValidationError without a reason, and where there is no
        archive to be made any more.
        """
        if by.role not in DECIDERS:
            raise PermissionDenied
        if self.is_erasure:
            raise ValidationError({"with_notes": gettext("An erasure gives nothing to anybody.")})
        if not why.strip():
            raise ValidationError({"notes_why": gettext("Say why the internal notes go along.")})
        row = DataRequest.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.state != self.State.ASKED:
            raise ValidationError(gettext("It does not wait any more."))
        self.with_notes, self.notes_why = True, why.strip()[:2000]
        self.save(update_fields=["with_notes", "notes_why"])

    @transaction.atomic
    def allow(self, how: str, *, by: User) -> None:
        """Let it begin; the job is the caller's.  Raises ValidationError when it does not wait any more."""
        self._take(self.State.RUNNING, by)
        self.how, self.started_at, self.trouble = how, clock.now(), ""
        self.save()
        publish(DataAllowed(**self._named, how=how, with_notes=self.with_notes), by=by)

    @transaction.atomic
    def refuse(self, words: str, *, by: User) -> None:
        """It does not happen, and the person is told why by those who decided."""
        if not words.strip():
            raise ValidationError({"words": gettext("Say why: the person has a right to know.")})
        self._take(self.State.REFUSED, by)
        self.words, self.ended_at = words.strip()[:2000], clock.now()
        self.save()
        publish(DataRefused(**self._named), by=by)

    @transaction.atomic
    def go_on(self, *, by: User) -> None:
        """A job that broke off begins anew: since then something may have come where it had been."""
        row = DataRequest.objects.select_for_update().get(pk=self.pk)
        if row.state != self.State.FAILED:
            raise ValidationError(gettext("It does not wait any more."))
        self.state, self.trouble = self.State.RUNNING, ""
        self.save(update_fields=["state", "trouble"])
        self.anew()
        publish(DataAllowed(**self._named, how=self.how, with_notes=self.with_notes), by=by)

    def anew(self) -> None:
        """From the first phase; rows that stay are met, and counted, once more."""
        self.cursor = {}
        self.counts = {name: one for name, one in self.counts.items() if one["fate"] == Fate.REMOVED}
        self.save(update_fields=["cursor", "counts"])

    @transaction.atomic
    def finish(self) -> None:
        self.state, self.ended_at = self.State.DONE, clock.now()
        self.save(update_fields=["state", "ended_at"])
        publish(DataDone(**self._named, rows=self.rows), by=self.decided_by)

    def fail(self, words: str) -> None:
        self.state, self.trouble = self.State.FAILED, words[:200]
        self.save(update_fields=["state", "trouble"])

    @transaction.atomic
    def taken(self, *, by: User) -> None:
        """Somebody downloads the file."""
        publish(DataTaken(**self._named), by=by)

    def _take(self, state: str, by: User) -> None:
        row = DataRequest.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.state != self.State.ASKED:
            raise ValidationError(gettext("It does not wait any more."))
        self.state, self.decided_by, self.decided_at = state, by, clock.now()

    @property
    def _named(self) -> dict[str, Any]:
        return {"contact_id": self.contact_id, "request_id": self.pk, "what": self.kind, "value": str(self)}


def due(law: str, asked: date | datetime) -> date:
    """By when it must be answered."""
    day = asked.date() if isinstance(asked, datetime) else asked
    return month_later(day) if law == Law.EU else working_days_later(day)
