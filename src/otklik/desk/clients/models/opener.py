"""Lines with which an answer or a call may begin, and what a client heard last."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.opening.places import unknown

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class Situation(models.TextChoices):
    """When a line fits, from the most telling to the most general."""

    UPSET = "upset", _("the client is upset")
    MISSED = "missed", _("we missed a date")
    REFUSED = "refused", _("we refused last time")
    FIRST = "first", _("their first request")
    HOLIDAY = "holiday", _("a holiday at their place")
    LONG_AGO = "long_ago", _("long time no see")
    SOLVED = "solved", _("the last request was solved")
    STORM = "storm", _("thunderstorm")
    SNOW = "snow", _("snow")
    RAIN = "rain", _("rain")
    FROST = "frost", _("frost")
    HEAT = "heat", _("heat")
    CLEAR = "clear", _("clear sky")
    MORNING = "morning", _("morning")
    DAY = "day", _("day")
    EVENING = "evening", _("evening")
    NIGHT = "night", _("night")
    WINTER = "winter", _("winter")
    SPRING = "spring", _("spring")
    SUMMER = "summer", _("summer")
    AUTUMN = "autumn", _("autumn")


class Opener(models.Model):
    """One line in one language for one situation."""

    language = models.CharField(_("language"), max_length=5, default="ru")
    situation = models.CharField(_("when it fits"), max_length=10, choices=Situation)
    text = models.CharField(_("words of the line"), max_length=300)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("opening line")
        verbose_name_plural = _("opening lines")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="opener_once")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if names := unknown(self.text):
            raise ValidationError({"text": _("Nobody fills in %(names)s.") % {"names": ", ".join(names)}})


class Opened(models.Model):
    """The line that a client had last: it is not the next one again."""

    contact: models.OneToOneField["Contact"] = models.OneToOneField(
        "clients.Contact", models.CASCADE, related_name="+", primary_key=True
    )
    opener = models.ForeignKey(Opener, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("last opening line")
        verbose_name_plural = _("last opening lines")

    def __str__(self) -> str:
        return f"{self.opener_id} to {self.contact_id}"
