"""By which routes which notices go: of a person, of a line, of the department."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Team, User


class Digest(models.TextChoices):
    """When a letter gathers what was not looked at."""

    OFF = "off", _("never")
    MORNING = "morning", _("each morning, when the shift begins")
    HOURLY = "hourly", _("every hour while I am away")


class PersonChoice(models.Model):
    """What one person chose for themselves; a kind that is not named in `routes` is as in their line."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="notice_choice")
    routes = models.JSONField(default=dict, blank=True)
    digest = models.CharField(_("letter"), max_length=8, choices=Digest, default=Digest.MORNING)
    bare = models.BooleanField(_("no content in browser notices"), default=False)

    class Meta:
        verbose_name = _("choice of routes")
        verbose_name_plural = _("choices of routes")

    def __str__(self) -> str:
        return str(self.person)


class LineChoice(models.Model):
    """What holds for the people of a line (`team` None: of the department) until they choose."""

    team = models.OneToOneField(Team, models.CASCADE, null=True, related_name="+", verbose_name=_("line"))
    routes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("choice of a line")
        verbose_name_plural = _("choices of lines")
        constraints = [
            models.UniqueConstraint(fields=["team"], name="one_choice_of_the_department", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return str(self.team or "")
