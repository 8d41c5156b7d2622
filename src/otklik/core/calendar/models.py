"""Working hours of the company's lines (first version by the lead to unblock the kernel; refine freely)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BusinessCalendarManager(models.Manager["BusinessCalendar"]):
    def default(self) -> "BusinessCalendar":
        return self.get(is_default=True)


class BusinessCalendar(models.Model):
    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow")
    weekly = models.JSONField(_("working week"), default=dict)
    is_default = models.BooleanField(_("default"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: BusinessCalendarManager = BusinessCalendarManager()

    def working_time(self):
        from otklik.core.formulas.business_time import WorkingTime

        return WorkingTime.of({"tz": self.time_zone, "weekly": self.weekly, "exceptions": {}})
