"""What stands on the page and by what it is counted is watched; what was said stays by itself."""

from otklik.care.status.events import NoteTakenBack, OutageWithdrawn
from otklik.care.status.models import Check, Component, Group, StatusPolicy, Target
from otklik.core.audit.registry import hears, watch

watch(Group)
watch(Component)
watch(Target)
watch(StatusPolicy)
watch(
    Check,
    passing=(
        *("misses", "hits", "failing", "first_miss_at", "first_hit_at"),
        *("checked_at", "next_at", "took_ms", "why"),
    ),
)
hears(OutageWithdrawn, NoteTakenBack)
