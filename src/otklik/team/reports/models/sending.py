"""One letter of a report to one person: the record of what left and what did not."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.reports.models.report import Reader, Report

MOST_AT_ONCE = 500
KEPT_FOR = timedelta(days=400)
"""So long the history goes back."""
LOST = timedelta(minutes=15)
"""Nobody is still sending what was begun so long ago."""
FORGOTTEN = timedelta(minutes=30)
"""A job waits less than this between two tries."""


class State(models.TextChoices):
    WAITING = "waiting", _("is about to leave")
    SENDING = "sending", _("is leaving")
    SENT = "sent", pgettext_lazy("a letter", "sent")
    SKIPPED = "skipped", _("not sent")
    FAILED = "failed", _("could not be sent")
    UNCERTAIN = "uncertain", _("unclear whether it left")


class SendingQuerySet(models.QuerySet["Sending"]):
    @transaction.atomic
    def begin_due(self) -> None:
        """A letter for each reader of each report whose moment has come.

        Of moments that were slept through only the last one counts.  Two at once make no letter twice.
        """
        now = clock.now()
        rows = Report.objects.due(now).select_related("owner").select_for_update(of=("self",), skip_locked=True)
        wanting = Prefetch("read_by", Reader.objects.filter(stopped_at=None, person__is_active=True))
        for report in rows.order_by("next_at").prefetch_related(wanting)[:MOST_AT_ONCE]:
            moment = report.rhythm.latest(now)
            report.plan()
            report.save(update_fields=["next_at"])
            if moment and report.owner.is_active:
                people = [one.person_id for one in report.read_by.all()]
                letters = [Sending(report=report, person_id=pk, moment=moment) for pk in people]
                Sending.objects.bulk_create(letters, ignore_conflicts=True)

    def untried(self) -> list[int]:
        """Numbers of letters that nobody has begun yet, or whose job came back to none of its later tries."""
        forgotten = Q(at=None) | Q(at__lt=clock.now() - FORGOTTEN)
        waiting = self.filter(forgotten, state=State.WAITING).order_by("pk")
        return list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])

    def now(self, report: Report, person: User) -> "Sending":
        """Outside of its rhythm, because somebody asked for it."""
        return self.create(report=report, person=person, moment=clock.now(), by_hand=True)

    def begin(self, pk: int) -> "Sending | None":
        """Take a letter that waits; None when another has it, or it has left."""
        waits = self.filter(pk=pk, state=State.WAITING)
        if not waits.update(state=State.SENDING, at=clock.now()):
            return None
        return self.select_related("report__owner", "report__board", "person").get(pk=pk)

    def find_lost(self) -> int:
        """What began to leave and never ended: a person decides whether to send it again."""
        return self.filter(state=State.SENDING, at__lt=clock.now() - LOST).update(state=State.UNCERTAIN)

    def forget_old(self) -> None:
        self.filter(moment__lt=clock.now() - KEPT_FOR).exclude(state__in=(State.WAITING, State.SENDING)).delete()


class Sending(models.Model):
    """`moment` is when it was due; `why` says in words why it was not sent."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sendings", verbose_name=_("report by mail"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("reader"))
    moment = models.DateTimeField(_("for when"))
    by_hand = models.BooleanField(pgettext_lazy("a letter", "asked for"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    at = models.DateTimeField(_("last tried"), null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    why = models.CharField(_("why"), max_length=200, blank=True, default="")

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter with a report")
        verbose_name_plural = _("letters with reports")
        constraints = [
            models.UniqueConstraint(fields=["report", "person", "moment"], name="one_letter_of_a_report_for_a_moment")
        ]
        indexes = [
            models.Index(fields=["report", "-moment"], name="sendings_of_report"),
            models.Index(fields=["state", "at"], name="sending_now", condition=Q(state__in=("waiting", "sending"))),
        ]

    @property
    def is_wanted(self) -> bool:
        """Whether it still is to leave: whoever asked by hand wants it, the others may have said no meanwhile."""
        if self.by_hand:
            return True
        reader = Reader.objects.filter(report=self.report_id, person=self.person_id, stopped_at=None)
        return self.report.is_on and self.report.owner.is_active and reader.exists()

    def end(self, state: State, why: str = "") -> None:
        self.state, self.why, self.at, self.tries = state, why[:200], clock.now(), self.tries + 1
        self.save(update_fields=["state", "why", "at", "tries"])
