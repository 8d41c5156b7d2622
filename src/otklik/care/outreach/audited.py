"""How long before an event its client has to know, and whether the desk writes by itself."""

from otklik.care.outreach.models import OutreachPolicy
from otklik.core.audit.registry import watch

watch(OutreachPolicy)
