"""To whom figures are sent by themselves."""

from otklik.core.audit.registry import watch
from otklik.team.reports.models import Reader, Report

watch(Report, passing=("next_at",))
watch(Reader)
