"""Whose time a duration is."""

from django.utils.translation import gettext_lazy as _

WORKING = _("working time of the line")
CALENDAR = _("by the calendar")
