"""Cards and plans of sampling are watched."""

from otklik.care.quality.models import Criterion, Plan, Scorecard
from otklik.core.audit.registry import watch

watch(Scorecard, codes=("channel",))
watch(Criterion)
watch(Plan, codes=("channel",), passing=("begun_at", "looked_at", "next_at"))
