"""Dates that differ from the week."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models.calendar import BusinessCalendar
from otklik.core.calendar.validators import validate_windows


class CalendarException(models.Model):
    """One date with hours of its own; none means a day off.  A night shift belongs to the date on which it begins."""

    calendar = models.ForeignKey(BusinessCalendar, models.CASCADE, related_name="exceptions")
    date = models.DateField(_("date"))
    windows = models.JSONField(_("working hours"), default=list, blank=True, validators=[validate_windows])
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_imported = models.BooleanField(_("from the production calendar"), default=False, editable=False)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "date"],
                name="one_exception_per_date",
                violation_error_message=_("This date is already in the calendar."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.name}".strip()

    def save(self, **kwargs: Any) -> None:
        """Hours that cannot be read are never stored: ValidationError."""
        validate_windows(self.windows)
        super().save(**kwargs)


@receiver([post_save, post_delete], sender=CalendarException)
def hours_changed(instance: CalendarException, **kwargs: Any) -> None:
    instance.calendar.touch()
