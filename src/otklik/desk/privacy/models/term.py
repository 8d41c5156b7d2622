"""How long a class of data is kept."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Aged, aging
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.privacy.events import TermChanged, TermRan


class TermManager(models.Manager["Term"]):
    def all_known(self) -> "list[Term]":
        """One for each class of the map, stored or not yet, in the order in which the rooms declared them."""
        stored = {term.code: term for term in self.all()}
        return [stored.get(code) or Term(code=code, days=kind.usual_days) for code, kind in aging().items()]

    def of(self, code: str) -> "Term | None":
        return next((term for term in self.all_known() if term.code == code), None)


class Term(models.Model):
    """Off until somebody has looked at what it would remove; `through` is the moment up to which it has removed."""

    code = models.CharField(max_length=20, unique=True, editable=False)
    days = models.PositiveIntegerField(
        _("days"),
        validators=[MinValueValidator(1), MaxValueValidator(36500)],
        help_text=_("counted from the last change"),
    )
    is_on = models.BooleanField(_("removes every night"), default=False)
    through = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects: TermManager = TermManager()

    class Meta:
        verbose_name = _("term of keeping")
        verbose_name_plural = _("terms of keeping")

    def __str__(self) -> str:
        return str(self.kind.label) if self.kind else self.code

    @property
    def kind(self) -> Aged | None:
        return aging().get(self.code)

    @property
    def before(self) -> datetime:
        return clock.now() - timedelta(days=self.days)

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Set days and switch.  Raises ValidationError."""
        self.changed_by, self.changed_at = by, clock.now()
        self.full_clean()
        self.save()
        publish(TermChanged(term_id=self.pk, what=self.code, days=self.days, is_on=self.is_on), by=by)


class TermRun(models.Model):
    """One night of one term: so many rows went, so many were passed over because of a hold."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="runs")
    before = models.DateTimeField()
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("run of a term")
        verbose_name_plural = _("runs of terms")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.term} {self.started_at}"

    @transaction.atomic
    def end(self, held: int) -> None:
        self.ended_at, self.held = clock.now(), held
        self.save()
        publish(TermRan(term_id=self.term_id, what=self.term.code, rows=self.rows, held=held))
