"""Works that are announced ahead."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.status.access import may_write
from otklik.care.status.errors import Conflict, Invalid
from otklik.care.status.events import WorksAnnounced, WorksCancelled, WorksEnded
from otklik.care.status.models.component import Component
from otklik.care.status.models.report import LONGEST, LONGEST_TITLE, Said, key_field
from otklik.care.status.states import spoken
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.care.status.models.policy import StatusPolicy

LONGEST_SPAN = timedelta(days=7)
LATE = timedelta(minutes=15)
"""So long after their end works that nobody has ended are told to who leads."""


class WorksQuerySet(models.QuerySet["Works"]):
    def standing(self) -> "WorksQuerySet":
        return self.filter(cancelled_at=None)

    def running(self) -> "WorksQuerySet":
        """Begun and ended by nobody, whatever was announced."""
        return self.standing().filter(begins_at__lte=clock.now(), ended_at=None)

    def keeping(self) -> "WorksQuerySet":
        """Running as announced: what fails meanwhile was told ahead.  Once their end has passed it was not."""
        return self.running().filter(ends_at__gt=clock.now())

    def ahead(self) -> "WorksQuerySet":
        return self.standing().filter(begins_at__gt=clock.now())

    def within(self, start: datetime, end: datetime) -> "WorksQuerySet":
        return self.standing().filter(begins_at__lt=end, ends_at__gt=start)


class WorksManager(models.Manager.from_queryset(WorksQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def announce(
        self,
        title: Said,
        text: Said,
        components: Iterable[Component],
        begins_at: datetime,
        ends_at: datetime,
        *,
        by: User,
        key: str = "",
    ) -> "Works":
        """The same form (`key`) again is the first.

        Raises Invalid for what is missing and for moments that make no sense, Conflict for who may not.
        """
        chosen = list(components)
        if not may_write(by):
            raise Conflict(_now("Only leads announce works."))
        if key and (again := self.filter(key=key, by=by).first()):
            return cast("Works", again)
        if title.is_empty:
            raise Invalid(_now("Give it a title that a stranger understands."), "title_ru")
        if not chosen:
            raise Invalid(_now("Choose what it concerns."), "components")
        if begins_at <= clock.now():
            raise Invalid(_now("Works are announced before they begin."), "begins_at")
        if not begins_at < ends_at <= begins_at + LONGEST_SPAN:
            raise Invalid(_now("They end after they begin, and within a week."), "ends_at")
        try:
            with transaction.atomic():
                made: Works = self.create(
                    title_ru=title.russian.strip(),
                    title_en=title.english.strip(),
                    text_ru=text.russian.strip(),
                    text_en=text.english.strip(),
                    begins_at=begins_at,
                    ends_at=ends_at,
                    announced_at=clock.now(),
                    by=by,
                    key=key or None,
                )
        except IntegrityError:
            if not key:
                raise
            return cast("Works", self.get(key=key, by=by))  # pressed twice at one moment
        made.components.set(chosen)
        publish(WorksAnnounced(works_id=made.pk, begins=begins_at.isoformat(), ends=ends_at.isoformat()), by=by)
        return made


class Works(models.Model):
    """`ended_at` is when somebody said that they are over; `told` names the letters that were addressed already."""

    title_ru = models.CharField(_("Title in Russian"), max_length=LONGEST_TITLE, blank=True)
    title_en = models.CharField(_("Title in English"), max_length=LONGEST_TITLE, blank=True)
    text_ru = models.TextField(_("Text in Russian"), max_length=LONGEST, blank=True)
    text_en = models.TextField(_("Text in English"), max_length=LONGEST, blank=True)
    components = models.ManyToManyField(Component, related_name="works", verbose_name=_("components"))
    begins_at = models.DateTimeField(pgettext_lazy("works", "Begin"))
    ends_at = models.DateTimeField(pgettext_lazy("works", "End"))
    announced_at = models.DateTimeField(_("announced"), default=clock.now)
    ended_at = models.DateTimeField(_("over"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    warned_at = models.DateTimeField(null=True, editable=False)
    told = models.JSONField(default=list, editable=False)
    key = key_field()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects: WorksManager = WorksManager()

    class Meta:
        verbose_name = _("planned works")
        verbose_name_plural = _("planned works")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="works_end_after_they_begin"
            )
        ]
        indexes = [models.Index(fields=["begins_at"], name="works_by_begin")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return spoken(self.title_ru, self.title_en)

    @property
    def text(self) -> str:
        return spoken(self.text_ru, self.text_en)

    @property
    def is_running(self) -> bool:
        return self.cancelled_at is None and self.ended_at is None and self.begins_at <= clock.now()

    @property
    def is_late(self) -> bool:
        return self.is_running and self.ends_at < clock.now()

    @property
    def span(self) -> tuple[datetime, datetime]:
        """What may be excluded: as announced, or until they were over before that."""
        return self.begins_at, max(self.begins_at, min(self.ends_at, self.ended_at or self.ends_at))

    def is_early_enough(self, policy: "StatusPolicy") -> bool:
        return self.announced_at <= self.begins_at - timedelta(hours=policy.notice_hours)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """Raises Conflict when they do not run."""
        self.refresh_from_db(from_queryset=Works.objects.select_for_update())
        if not may_write(by) or not self.is_running:
            raise Conflict(_now("These works do not run."))
        self.ended_at = clock.now()
        self.save(update_fields=["ended_at"])
        publish(WorksEnded(works_id=self.pk, ended=self.ended_at.isoformat()), by=by)

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Before they begin.  Raises Conflict later."""
        self.refresh_from_db(from_queryset=Works.objects.select_for_update())
        if not may_write(by) or self.cancelled_at or self.begins_at <= clock.now():
            raise Conflict(_now("Only what has not begun can be cancelled."))
        self.cancelled_at = clock.now()
        self.save(update_fields=["cancelled_at"])
        publish(WorksCancelled(works_id=self.pk), by=by)
