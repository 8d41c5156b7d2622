"""A shift as a line has it again and again: a name, hours, breaks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.validators import validate_windows
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team
from otklik.team.shifts.hours import Hours


class ShiftTemplateQuerySet(models.QuerySet["ShiftTemplate"]):
    def of(self, line: int) -> "ShiftTemplateQuerySet":
        """Those in use, in the order of the keys 1 to 9."""
        return self.filter(line=line, is_active=True).order_by("starts", "ends", "pk")


class ShiftTemplate(models.Model):
    """Times are those on the wall of the line; an end not after the beginning is of the next day.

    `breaks` are pairs as in a calendar, `[["13:00", "14:00"]]`; they are not paid (art. 108).
    """

    line = models.ForeignKey(Team, models.CASCADE, related_name="+", verbose_name=_("line"))
    name = models.CharField(_("name"), max_length=40)
    short = models.CharField(
        _("letters in the roster"),
        max_length=3,
        validators=[RegexValidator(r"^\w+$", _("One to three letters or digits."))],
        help_text=_("One to three, as Д for a day and Н for a night."),
    )
    starts = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"), help_text=_("Not after the beginning: on the next day."))
    breaks = models.JSONField(_("breaks"), default=list, blank=True, validators=[validate_windows])
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ShiftTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a shift")
        verbose_name_plural = _("templates of shifts")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "short"],
                condition=models.Q(is_active=True),
                name="letters_once_in_a_line",
                violation_error_message=_("Another template of the line has these letters."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def hours(self) -> Hours:
        return Hours.of(self.starts, self.ends, self.breaks)

    def clean(self) -> None:
        """Breaks lie within the shift."""
        from datetime import date
        from zoneinfo import ZoneInfo

        errors: dict[str, Any] = {}
        if self.starts is not None and self.ends is not None:
            try:
                self.hours.on(date(2026, 6, 1), ZoneInfo("UTC"))
            except Refused as error:
                errors[error.field] = error.text
            except (ValueError, TypeError):
                errors["breaks"] = _("Write breaks as 13:00–14:00, with commas between them.")
        if errors:
            raise ValidationError(errors)
