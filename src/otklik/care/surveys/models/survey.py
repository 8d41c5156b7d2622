"""A survey: why clients are asked, when, how many of them, and what happens when one is dissatisfied."""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Brand, Organisation, Team
from otklik.core.versions.versioned import Versioned
from otklik.desk.clients.models import ContractRole
from otklik.desk.clients.purposes import Asks

if TYPE_CHECKING:
    from otklik.care.surveys.models import Version
    from otklik.desk.clients.models import Contact

MOST_QUESTIONS = 5
"""More need a reason in writing (METRICS S8)."""
LATEST_REMINDER = 12
"""Days: whoever is reminded has two days left to answer."""


class CannotBegin(Exception):
    """In words of the reader: why a survey cannot be started as it is."""


class SurveyManager(models.Manager["Survey"]):
    def after_answer(self) -> "Survey | None":
        """The one that asks about answers, if any does now; a desk that never had one begins with the usual."""
        found = self.filter(occasion=Survey.Occasion.RESOLVED, state=Survey.State.RUNNING).first()
        if found or self.filter(occasion=Survey.Occasion.RESOLVED).exists():
            return found
        return self._usual()

    @transaction.atomic
    def _usual(self) -> "Survey":
        made = self.create(name=_now("After the answer"), occasion=Survey.Occasion.RESOLVED)
        made.draft().questions.create(kind=Kind.CSAT5)
        made.begin()
        return made

    def of_link(self, token: str) -> "Survey | None":
        """The running survey of an open address; None when it never was or has ended."""
        found = self.filter(link=token, occasion=Survey.Occasion.LINK, state=Survey.State.RUNNING)
        return found.select_related("brand").first()


class Survey(Versioned["Version"]):
    """What is asked stands in its versions; a running one keeps its questions until another version begins.

    `remind_days` empty sends no reminder.  `roles` are those that a person has in their organisation who may be asked,
    all where none is named.  `sites` are origins, as "https://shop.example"; `refused` counts answers by the open link
    that came too fast from one place, or all together.
    """

    class Occasion(models.TextChoices):
        RESOLVED = "resolved", _("after a solution")
        RELATIONSHIP = "relationship", _("from time to time, a part of the clients each month")
        EVENT = "event", _("when a program asks for it")
        LINK = "link", _("by an open link or QR code")
        EXIT = "exit", _("when a product of the client ends")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")

    name = models.CharField(_("name"), max_length=120)
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion, default=Occasion.RESOLVED)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    delay_minutes = models.PositiveIntegerField(
        _("waits, minutes"), null=True, blank=True, validators=[MaxValueValidator(4320)]
    )
    share = models.PositiveSmallIntegerField(
        _("share asked, %"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    every_months = models.PositiveSmallIntegerField(
        _("one client once in, months"), default=6, validators=[MinValueValidator(2), MaxValueValidator(24)]
    )
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    follow_up = models.BooleanField(_("call whoever is dissatisfied"), default=True)
    follow_up_hours = models.PositiveSmallIntegerField(
        _("within working hours"), default=8, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    roles = ArrayField(
        models.CharField(max_length=12, choices=ContractRole), verbose_name=_("roles"), default=list, blank=True
    )
    guidance = models.TextField(_("guidance"), max_length=1000, blank=True)
    remind_days = models.PositiveSmallIntegerField(
        _("reminds once, days after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(LATEST_REMINDER)],
    )
    by_phone = models.BooleanField(_("call whoever has no e-mail address"), default=False, db_default=False)
    sites = models.JSONField(_("sites on which it may appear"), default=list, blank=True)
    refused = models.PositiveIntegerField(default=0, editable=False)
    reason_for_more = models.CharField(_("why more than five questions"), max_length=300, blank=True)
    link = models.CharField(max_length=32, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    began_at = models.DateTimeField(_("started"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects: SurveyManager = SurveyManager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion"],
                condition=models.Q(occasion="resolved", state="running"),
                name="one_survey_asks_about_answers",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> Asks:
        """About an act, or about the relation: each has a rest of its own (METRICS S12)."""
        return Asks.RELATION if self.occasion == self.Occasion.RELATIONSHIP else Asks.ACT

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    def is_for(self, contact: "Contact") -> bool:
        """Whether one of their roles is asked by it; of a person nobody knows roles of (METRICS S12, `role`)."""
        if not self.roles:
            return True
        theirs = contact.memberships.current().filter(is_main=True).values_list("roles", flat=True).first()
        return bool(set(theirs or ()) & set(self.roles))

    def count_refused(self) -> None:
        Survey.objects.filter(pk=self.pk).update(refused=models.F("refused") + 1)

    @transaction.atomic
    def begin(self) -> "Version":
        """Freeze the draft and ask by it from now on.  Raises CannotBegin."""
        mine = Survey.objects.select_for_update().get(pk=self.pk)
        if mine.state == self.State.ENDED:
            raise CannotBegin(_now("This survey has ended: make a new one."))
        draft = mine.drafted()
        if draft is None:
            raise CannotBegin(_now("Nothing has changed since the version that is asked now."))
        draft.check_words(mine)
        if mine.occasion == self.Occasion.RESOLVED:
            others = Survey.objects.filter(occasion=self.Occasion.RESOLVED, state=self.State.RUNNING)
            if other := others.exclude(pk=mine.pk).first():
                raise CannotBegin(_now("“%(name)s” asks about answers already: end it first.") % {"name": other.name})
        draft.frozen_at = clock.now()
        draft.save(update_fields=["frozen_at"])
        self.state, self.began_at = self.State.RUNNING, mine.began_at or clock.now()
        if self.occasion == self.Occasion.LINK and not mine.link:
            self.link = secrets.token_urlsafe(12)
        self.save(update_fields=["state", "began_at", "link"])
        return draft

    @transaction.atomic
    def end(self) -> None:
        """Nobody is asked any more, nor called; whoever has a letter may still answer."""
        self.state, self.ended_at = self.State.ENDED, clock.now()
        self.save(update_fields=["state", "ended_at"])
        self.invitations.call_off()

    def draws(self, key: str) -> bool:
        """Whether this request or person is in the share that is asked.

        It follows from the number alone: the same at every call, to be checked afterwards, and nobody whose work is
        judged can steer it (METRICS C9).
        """
        return self._place_of(key) % 100 < self.share

    def group_of(self, contact_id: int) -> tuple[int, int]:
        """(month of the round, day of the month) on which a person's turn comes, the same in every round (S12)."""
        place = self._place_of(f"group {contact_id}")
        return place % self.every_months, place // self.every_months % 28 + 1

    def _place_of(self, key: str) -> int:
        return int.from_bytes(hashlib.sha256(f"survey {self.pk} {key}".encode()).digest()[:8])

    def pause(self) -> timedelta:
        """How long the question waits after the answer; the demonstration shows the whole round within a minute."""
        if Organisation.objects.current().is_demo:
            return timedelta(0)
        if self.delay_minutes is not None:
            return timedelta(minutes=self.delay_minutes)
        return timedelta(seconds=settings.SURVEY_DELAY_SECONDS)
