"""To whom figures are sent by themselves."""

from otklik.core.audit.registry import watch
from otklik.team.reports.models import Report

watch(Report)
