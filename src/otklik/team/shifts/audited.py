"""By which rules people work, and who published and approved what."""

from otklik.core.audit.registry import hears, watch
from otklik.team.shifts import events
from otklik.team.shifts.models import Rules, ShiftTemplate

watch(Rules)
watch(ShiftTemplate)
hears(events.WeekPublished, events.ShiftChanged, events.SwapDecided, events.ExceptionDecided)
