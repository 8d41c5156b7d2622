"""Cards, plans of sampling and terms are watched."""

from otklik.care.quality.models import Criterion, Plan, ReviewPolicy, Scorecard
from otklik.core.audit.registry import watch

watch(Scorecard, codes=("channel",))
watch(Criterion)
watch(ReviewPolicy)
watch(Plan, codes=("channel",), passing=("begun_at", "looked_at", "next_at"))
