"""Cards and plans of sampling are watched."""

from otklik.care.quality.models import Criterion, Plan, Scorecard
from otklik.core.audit.registry import watch

watch(Scorecard)
watch(Criterion)
watch(Plan)
