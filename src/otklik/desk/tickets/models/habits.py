"""What a line does beside its times: the way back, reminders, refusals and appeals, answers for another, and with what
an answer begins.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team
from otklik.desk.tickets.models.states import RefusalReason


class UsualNext(models.TextChoices):
    """What follows an answer until its author chooses (UI-33: it comes from the line, never from the last request)."""

    PROMISE = "", _("a date that is promised, as usual")
    WAIT = "wait", _("waiting for the client")
    RESOLVE = "resolve", _("the solution")


class HabitsQuerySet(models.QuerySet["Habits"]):
    def of_line(self, team_id: int) -> "Habits":
        """Those of a line; the usual ones, not saved, where nobody has chosen."""
        return self.filter(team_id=team_id).first() or Habits(team_id=team_id)


class Habits(models.Model):
    """One row for a line that differs from what is usual."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="habits", verbose_name=_("line"))
    reopen_days = models.PositiveSmallIntegerField(
        _("days in which a word of the client reopens"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    reminders = models.PositiveSmallIntegerField(
        _("reminders to a silent client"), default=2, validators=[MaxValueValidator(5)]
    )
    remind_days = models.PositiveSmallIntegerField(
        _("working days between them"), default=5, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    approved_reasons = ArrayField(
        models.CharField(max_length=12, choices=RefusalReason),
        verbose_name=_("refusals that a lead approves"),
        default=list,
        db_default=[],
        blank=True,
    )

    appeals = models.BooleanField(_("clients may appeal against refusals"), default=True, db_default=True)
    appeal_days = models.PositiveSmallIntegerField(
        _("days in which a client may appeal"),
        default=30,
        db_default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    appeal_decided_in = models.PositiveSmallIntegerField(
        _("working days in which an appeal is decided"),
        default=2,
        db_default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    appeal_words_ru = models.TextField(
        _("how to appeal, in Russian"), max_length=1000, default="", db_default="", blank=True
    )
    appeal_words_en = models.TextField(
        _("how to appeal, in English"), max_length=1000, default="", db_default="", blank=True
    )

    asks_owner = models.BooleanField(_("ask before one answers for another"), default=False, db_default=False)

    usual_next = models.CharField(
        _("what an answer begins with"), max_length=7, choices=UsualNext, blank=True, default="", db_default=""
    )

    objects = HabitsQuerySet.as_manager()

    def appeal_words(self, language: str) -> str:
        """What the line says of appeals in this language; "" where the usual words hold."""
        return str(getattr(self, f"appeal_words_{language[:2]}", "")).strip()

    class Meta:
        verbose_name = _("habits of a line")
        verbose_name_plural = _("habits of lines")
