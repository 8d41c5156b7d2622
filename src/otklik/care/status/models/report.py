"""What everybody reads of a failure: public words, written apart from ours, in the order in which they were said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.status.access import may_write
from otklik.care.status.errors import Conflict, Invalid
from otklik.care.status.events import NoteTakenBack, NoteWritten, ReportPublished
from otklik.care.status.states import Stage, spoken
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.care.status.models.component import Component

LONGEST_TITLE = 160
LONGEST = 4000
LONGEST_KEY = 60


@dataclass(frozen=True)
class Said:
    """The same in both languages; one may be empty, then its readers get the other."""

    russian: str = ""
    english: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.russian.strip() or self.english.strip())


def in_both(say: Callable[[], str]) -> Said:
    """The same words in both languages of the page; `say` is asked in each."""
    with translation.override("ru"):
        russian = say()
    with translation.override("en"):
        english = say()
    return Said(russian, english)


def key_field() -> models.CharField:
    """Of the form from which it was made: the same form sent twice makes one."""
    return models.CharField(max_length=LONGEST_KEY, null=True, unique=True, editable=False)


class ReportManager(models.Manager["Report"]):
    @transaction.atomic
    def publish(
        self,
        title: Said,
        text: Said,
        components: "Iterable[Component]",
        state: str,
        *,
        by: User,
        began_at: datetime | None = None,
        reason: str = "",
        incident: int | None = None,
        affected: int | None = None,
        stage: str = Stage.SEEN,
        key: str = "",
    ) -> "Report":
        """Put it on the page: its components are in this state from `began_at` on.

        What a check has found of them by now goes on as part of it.  One incident has one report, and so has one form
        (`key`): the same again is the first.  Who leads the incident is asked for above.  Raises Invalid for what is
        missing, Conflict for who may not.
        """
        from otklik.care.status.models.outage import Outage

        same = models.Q(incident=incident) if incident else models.Q(key=key, by=by)
        if (incident or key) and (again := self.filter(same).first()):
            return again
        if incident is None and not may_write(by):
            raise Conflict(_now("Only leads write on the status page."))
        chosen = list(components)
        if not chosen:
            raise Invalid(_now("Choose what it concerns."), "components")
        if title.is_empty:
            raise Invalid(_now("Give it a title that a stranger understands."), "title_ru")
        if text.is_empty:
            raise Invalid(_now("Write what readers of the page are to know."), "text_ru")
        began = began_at or clock.now()
        try:
            with transaction.atomic():
                made = self.create(
                    title_ru=title.russian.strip(),
                    title_en=title.english.strip(),
                    incident=incident,
                    began_at=began,
                    by=by,
                    key=key or None,
                )
        except IntegrityError:  # pressed twice at one moment
            return self.get(same)
        for component in chosen:
            going = Outage.objects.faults().going_on().filter(component=component, source=Outage.Source.CHECK)
            for one in going.select_related("report"):
                _absorb(one.report, made)
                going.filter(pk=one.pk).update(report=made, affected=affected)
            Outage.objects.begin(
                component,
                state,
                source=Outage.Source.INCIDENT if incident else Outage.Source.HAND,
                by=by,
                began_at=began,
                reason=reason,
                report=made,
                affected=affected,
            )
        publish(ReportPublished(report_id=made.pk, incident=incident), by=by)
        made.say(stage, text, by=by)
        return made


def _absorb(before: "Report | None", after: "Report") -> None:
    """What the checks said by themselves is over: the new report goes on with it."""
    if before is not None and before.is_automatic and before.ended_at is None:
        before.ended_at = clock.now()
        before.continued_by = after
        before.save(update_fields=["ended_at", "continued_by"])


class Report(models.Model):
    """`incident` is the number of the incident that it tells of; while it `follows`, what clients of that incident are
    told stands here, too.  `is_automatic` is what a check has begun, in general words, until a person writes.
    """

    title_ru = models.CharField(_("Title in Russian"), max_length=LONGEST_TITLE, blank=True)
    title_en = models.CharField(_("Title in English"), max_length=LONGEST_TITLE, blank=True)
    incident = models.PositiveBigIntegerField(_("incident"), null=True, unique=True)
    follows = models.BooleanField(_("follows the incident"), default=True)
    is_automatic = models.BooleanField(default=False, editable=False)
    continued_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("over"), null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    key = key_field()

    objects: ReportManager = ReportManager()

    class Meta:
        verbose_name = _("report on the status page")
        verbose_name_plural = _("reports on the status page")
        indexes = [
            models.Index(fields=["-began_at", "-id"], name="report_by_begin"),
            models.Index(fields=["id"], name="report_going", condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return spoken(self.title_ru, self.title_en)

    @property
    def goes_on(self) -> bool:
        return self.ended_at is None

    @transaction.atomic
    def say(
        self,
        stage: str,
        text: Said,
        *,
        by: User | None,
        at: datetime | None = None,
        update: int | None = None,
        ended_at: datetime | None = None,
        key: str = "",
    ) -> "Note":
        """What was said before stays as it is: a mistake is put right by another note.

        `update` is the number of the incident's update that says the same, `key` is of the form; the same again is the
        first.  A note with the stage "over" ends the report and what persons or the incident said of its components.
        Whoever leads an incident writes in its report; who that is, is asked for above.  Raises Invalid for no words,
        Conflict for who may not.
        """
        if by is not None and self.incident is None and not may_write(by):
            raise Conflict(_now("Only leads write on the status page."))
        if text.is_empty:
            raise Invalid(_now("Write what readers of the page are to know."), "text_ru")
        if update is not None and (again := Note.objects.filter(update=update).first()):
            return again
        self.refresh_from_db(from_queryset=Report.objects.select_for_update())
        mark = f"{self.pk}-{key}" if key else None
        if mark and (again := Note.objects.filter(key=mark).first()):
            return again
        if not self.goes_on:
            stage = Stage.ADDED
        made = Note.objects.create(
            report=self,
            stage=stage,
            text_ru=text.russian.strip()[:LONGEST],
            text_en=text.english.strip()[:LONGEST],
            at=at or clock.now(),
            update=update,
            by=by,
            key=mark,
        )
        publish(NoteWritten(report_id=self.pk, note_id=made.pk, stage=stage), by=by)
        if stage == Stage.OVER:
            self.end(by=by, at=ended_at or made.at)
        return made

    def over_by_itself(self, text: Said) -> None:
        """What a check began by itself is over with the last of its outages; a person ends what they wrote."""
        if self.is_automatic and self.goes_on and not self.outages.going_on().exists():
            self.say(Stage.OVER, text, by=None)

    def concern(self, affected: int | None) -> None:
        """So many clients felt it, as is known by now: whoever found an outage of it, it weighs by them."""
        self.outages.faults().update(affected=affected)

    @property
    def affected(self) -> int | None:
        """How many clients felt it, where somebody counted them."""
        counted = self.outages.faults().exclude(affected=None)
        return counted.order_by("pk").values_list("affected", flat=True).first()

    @transaction.atomic
    def take_back(self, update: int, *, by: User | None) -> bool:
        """Of an update that was stopped before a letter had gone: what nobody could read yet is no word of ours."""
        found = Note.objects.select_for_update().filter(report=self, update=update, addressed_at=None).first()
        if found is None:
            return False
        publish(NoteTakenBack(report_id=self.pk, note_id=found.pk), by=by)
        was_last = found.stage == Stage.OVER
        found.delete()
        if was_last:
            self.reopen(by=by)
        return True

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """What a check found goes on until the check sees that it works."""
        from otklik.care.status.models.outage import Outage

        moment = max(self.began_at, at or clock.now())
        for outage in Outage.objects.going_on().filter(report=self).exclude(source=Outage.Source.CHECK):
            outage.end(by=by, at=moment)
        self.ended_at = moment
        self.save(update_fields=["ended_at"])

    @transaction.atomic
    def correct(self, *, began_at: datetime | None = None, ended_at: datetime | None = None) -> None:
        """Moments of its incident were put right: its own and those of its outages go along."""
        from otklik.care.status.models.outage import Outage

        self.began_at = began_at or self.began_at
        if self.ended_at is not None:
            self.ended_at = max(self.began_at, ended_at or self.ended_at)
        self.save(update_fields=["began_at", "ended_at"])
        for outage in Outage.objects.counted().filter(report=self, source=Outage.Source.INCIDENT):
            outage.correct(began_at=began_at, ended_at=ended_at)

    @transaction.atomic
    def reopen(self, *, by: User | None) -> None:
        """It was not over: its components are as they were, without a gap."""
        from otklik.care.status.models.outage import Outage

        if self.goes_on:
            return
        ended = Outage.objects.counted().filter(report=self, ended_at=self.ended_at)
        ended.exclude(source=Outage.Source.CHECK).update(ended_at=None)
        self.ended_at = None
        self.save(update_fields=["ended_at"])


class NoteQuerySet(models.QuerySet["Note"]):
    def readable(self) -> "NoteQuerySet":
        return self.filter(at__lte=clock.now())


class Note(models.Model):
    """Never changed.  `at` may lie some seconds ahead, while its author can still take it back."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes", verbose_name=_("report"))
    stage = models.CharField(_("how far it is"), max_length=8, choices=Stage)
    text_ru = models.TextField(_("Text in Russian"), max_length=LONGEST, blank=True)
    text_en = models.TextField(_("Text in English"), max_length=LONGEST, blank=True)
    at = models.DateTimeField(_("when"))
    update = models.PositiveBigIntegerField(_("update of the incident"), null=True, unique=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    addressed_at = models.DateTimeField(null=True, editable=False)
    key = key_field()

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of a report")
        verbose_name_plural = _("notes of a report")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["at"], name="note_to_address", condition=models.Q(addressed_at=None))]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.at:%Y-%m-%d %H:%M}"

    @property
    def text(self) -> str:
        return spoken(self.text_ru, self.text_en)

    @property
    def is_english(self) -> bool:
        """In which language it is read, where that is not the reader's."""
        return self.text == self.text_en and bool(self.text_en)
